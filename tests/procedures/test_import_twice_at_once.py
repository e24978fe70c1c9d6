"""Two processes that apply one file: what the first wrote, the second leaves alone."""

import csv

import pytest

from tienphuong.cases.models import Case
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.services import applying
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(tmp_path, areas, lan, at, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    path = tmp_path / "ca benh.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["STT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Mã ca bệnh", "Ngày lấy mẫu", "Kết quả xét nghiệm"])
        for n in range(1, 41):
            writer.writerow(
                [
                    n,
                    f"Nguyễn Văn Thử {chr(64 + n % 26 or 90)}",
                    1960 + n,
                    "Nam",
                    f"0010{60 + n % 40:02d}{n:06d}",
                    f"LN{n}",
                    "22/8/2021",
                    "Dương tính",
                ]
            )
    return receive_file(path, path.name, sender="Trạm Y tế", area=areas["00682"], disease="covid-19", actor=lan, at=at)


@pytest.mark.parametrize("previewed", [True, False], ids=["previewed", "at once"])
def test_rows_another_process_wrote_meanwhile_are_not_written_again(listed, lan, at, policy, previewed, monkeypatch):
    if previewed:
        check_file(listed)
    other_done: list[bool] = []
    monkeypatch.setattr(applying, "_pending", _slow(applying._pending, lan=lan, at=at, policy=policy, file=listed, done=other_done))
    apply_file(listed, actor=lan, at=at, policy=policy)
    assert IntakeFile.objects.get().state == "applied"
    assert Case.objects.count() == Person.objects.count() == IntakeRow.objects.filter(applied_at__isnull=False).count() == 40


def _slow(pending, *, lan, at, policy, file, done):
    """This process has read the rows; before it writes them, another one applies the whole file."""

    def slow(sheet, digests):
        yield from pending(sheet, digests)
        if not done:
            done.append(True)
            apply_file(IntakeFile.objects.get(pk=file.pk), actor=lan, at=at, policy=policy)

    return slow
