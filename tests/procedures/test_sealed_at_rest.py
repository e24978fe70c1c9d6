"""What lies on the disk of a post, opened by somebody without its key: no identity number, in no table and in no file."""

import os
import random
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.policy import pack
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.reading.child import _named_error
from tienphuong.intake.reading.terms import FileKind
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file, stored_bytes, stored_path
from tienphuong.jobs.schedule import drop_half_files

pytestmark = pytest.mark.django_db
HEADER = "STT,Mã ca,Họ và tên,Năm sinh,Giới tính,CCCD,Số điện thoại,Nơi ở,Ngày phát hiện,Tình trạng,Ghi chú"
NUMBER = re.compile(rb"(?<!\d)\d{9}(?:\d{3})?(?!\d)")


@pytest.fixture
def numbers():
    """Two hundred made-up numbers of the identity cards of Hanoi."""
    draw = random.Random(4711)
    return [f"001{draw.choice('0123')}{draw.randrange(10):02d}{draw.randrange(10**6):06d}" for _ in range(200)]


@pytest.fixture
def taken(numbers, areas, at, settings, tmp_path):
    """A list with those numbers received, checked and applied; some say what the person's sex and year contradict, one is in a note."""
    settings.MEDIA_ROOT = tmp_path / "files"
    rows = [
        f"{n},LN{n:03d},Nguyễn Thị {chr(65 + n % 26)}{n},{1950 + n % 60},{'Nam' if n % 3 else 'Nữ'},{number},,Thôn 1 xã Liên Ninh,20/08/2021,"
        f"Đang điều trị,{f'thẻ của mẹ {numbers[n - 2]}' if n == 7 else ''}"
        for n, number in enumerate(numbers, start=1)
    ]
    content = "\n".join([HEADER, *rows]).encode("utf-8-sig")
    file = receive_file(content, "f0.csv", sender="Trạm", area=areas["00682"], disease="covid-19", actor=system_viewer(), at=at)
    check_file(file)
    apply_file(file, actor=system_viewer(), at=at + timedelta(minutes=1), policy=pack("vn-2021-07-30"))
    file.refresh_from_db()
    assert file.state == "applied"
    return file, content


def told(raw, numbers):
    """The known numbers among the bytes."""
    return set(NUMBER.findall(raw)) & {number.encode() for number in numbers}


def whole_database():
    """Every cell of every table, as it lies in the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor:
                for cell in row:
                    yield bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def test_no_number_lies_open_in_the_database(taken, numbers):
    assert IntakeRow.objects.count() == len(numbers)
    assert told(b"\n".join(whole_database()), numbers) == set()


def test_no_number_lies_open_in_a_kept_file_and_only_its_owner_opens_it(taken, numbers, tmp_path):
    file, content = taken
    kept = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert kept and not any(told(path.read_bytes(), numbers) for path in kept)
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert stored_bytes(file) == content


def test_rows_and_remarks_are_read_back_as_they_were_written(taken, numbers):
    rows = IntakeRow.objects.order_by("number")
    assert [row.cells["identity_no"][1] for row in rows] == numbers
    doubtful = rows.filter(remarked__contains="warning:")
    assert doubtful and all(any(issue[0] == "warning" for issue in row.issues) for row in doubtful)
    assert not any(issue[0] == "warning" for row in rows.exclude(remarked__contains="warning:") for issue in row.issues)


def test_a_sealed_file_that_was_changed_is_no_file(taken):
    from cryptography.exceptions import InvalidTag

    from tienphuong.intake.services.receive import stored_path

    file, _ = taken
    path = stored_path(IntakeFile.objects.get(pk=file.pk))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(InvalidTag):
        stored_bytes(file)


def test_what_a_killed_process_left_half_written_is_dropped_once_nobody_can_be_at_it(taken, settings):
    file, content = taken
    folder = settings.MEDIA_ROOT / "intake" / file.sha256[:2]
    left, begun = folder / "a.csv.sealed.7.7.part", folder / "b.csv.sealed.8.8.part"
    for half in (left, begun):
        half.write_bytes(b"half")
    os.utime(left, (0, 0))
    drop_half_files(file.received_at)
    assert [path.name for path in sorted(folder.iterdir())] == sorted([stored_path(file).name, begun.name])
    assert stored_bytes(file) == content


def test_a_list_that_no_parser_opens_is_at_no_time_a_file_with_a_name(monkeypatch, tmp_path):
    seen = []

    def looked_at(path):
        seen.append((path.read_bytes(), [one for one in tmp_path.rglob("*") if one.is_file() and not one.is_symlink()]))
        raise ValueError("broken")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("python_calamine.CalamineWorkbook", SimpleNamespace(from_path=looked_at))
    assert str(_named_error(b"a list", FileKind.XLSX)) == "broken"
    assert seen == [(b"a list", [])] and list(tmp_path.iterdir()) == []
