"""Spoilt files of every format: each is read, or refused in words; none stops with a fault of the post's own.

300 of them by default; `TIENPHUONG_FUZZ=10000` makes as many, `TIENPHUONG_FUZZ_SEED` begins elsewhere.
"""

import os
import random
from collections.abc import Callable

import pytest
from tests.rules.intake.sheets import ods, repacked, text, xls, xlsb, xlsx

from tienphuong.intake.errors import error_file
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.services.trying import left_behind_nothing
from tienphuong.intake.terms import FileState

pytestmark = pytest.mark.django_db
MUTANTS, SEED = int(os.environ.get("TIENPHUONG_FUZZ", "300")), int(os.environ.get("TIENPHUONG_FUZZ_SEED", "0"))
PARTS = 4
HEAD = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Điện thoại",
    "Địa chỉ",
    "Mã ca bệnh",
    "Ngày lấy mẫu",
    "Kết quả xét nghiệm",
]
ROWS = [
    [n, f"Nguyễn Văn {chr(64 + n)}", f"{n}/3/19{60 + n}", "Nam", f"0010{60 + n}{n:06d}", "0912345678", "thôn Thọ Am", f"BN{n}", "22/8/2021", "Dương tính"]
    for n in range(1, 6)
]  # fmt: skip
CELLS = [
    "01/01/0001", "31/12/9999", "0/0/0", "29/2/2021", "1/1/10000", "12345678901\x0b", "001\x1f", "9" * 400, "-1", "1e400", "NaN", "\x00", "\ufeff",
    "\u202e", "\ud7ff", "=1/0", "#REF!", '"', "a" * 40_000, "24h60", "99:99", "22-8-2021T25:00", "²³", "٣/٤/٢٠٢١", "F99999999999999999999", "BN" + "0" * 300,
    "100%", "0,0,0", "(", "[", "\\", "\r", "\n\n", "\t", "Nữ/Nam", "1900", "45000000000", "-0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
]  # fmt: skip


def html(rows: list[list[object]]) -> bytes:
    """A web page saved as a list."""
    told = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><meta charset=utf-8><table>{told}</table></html>".encode()


WRITTEN: dict[str, Callable[[list[list[object]]], bytes]] = {"csv": text, "html": html, "xls": xls, "xlsb": xlsb, "xlsx": xlsx, "ods": ods}


def _cells(rng: random.Random, kind: str) -> list[list[object]]:
    """The rows with some cells that nobody expects."""
    rows: list[list[object]] = [list(HEAD), *(list(row) for row in ROWS)]
    for _ in range(rng.randrange(1, 6)):
        row = rows[rng.randrange(len(rows))]
        submitted = rng.choice(CELLS)
        if kind in ("xls", "xlsb", "xlsx", "ods"):
            submitted = "".join(letter for letter in submitted if letter >= " " and letter not in "<&")[:30_000]
        row[rng.randrange(len(row))] = submitted
    if rng.random() < 0.2:
        rng.shuffle(rows)
    return rows


def _spoilt(data: bytes, rng: random.Random) -> bytes:
    """The bytes with some turned, cut out, doubled or put in."""
    spoilt = bytearray(data)
    for _ in range(rng.choice((0, 0, 1, 3, 20))):
        at, length = rng.randrange(len(spoilt) + 1), rng.randrange(1, 9)
        match rng.randrange(5):
            case 0:
                spoilt[at : at + length] = rng.randbytes(length)
            case 1:
                del spoilt[at : at + length]
            case 2:
                spoilt[at:at] = spoilt[at : at + 100]
            case 3:
                spoilt[at:at] = rng.choice((b'"', b"\0", b"<", b"\xff\xfe", b"\r", b"&#0;", b"&#xD800;", b"]]>"))
            case _:
                del spoilt[max(at, 8) :]
    return bytes(spoilt) or b"\0"


def _mutant(number: int) -> tuple[str, bytes]:
    rng = random.Random(SEED * 1_000_003 + number)
    # Every other one is text or a page: those are read at once, the others by a process each.
    kind = rng.choice(("csv", "csv", "csv", "csv", "html", "xls", "xlsb", "xlsx", "ods"))
    data = WRITTEN[kind](_cells(rng, kind))
    if kind in ("xlsx", "xlsb", "ods") and rng.random() < 0.7:
        which = rng.random()
        return kind, repacked(data, lambda name, part: _spoilt(part, rng) if rng.random() < which and part else part)
    return kind, _spoilt(data, rng)


def _take_in(kind: str, data: bytes, *, area, lan, at, apply: bool = False) -> str:
    file = receive_file(data, f"danh sách.{kind}", sender="Trạm Y tế", area=area, disease="covid-19", actor=lan, at=at)
    check_file(file)
    if file.state == FileState.CHECKED:
        error_file(file)
        if apply:
            apply_file(file, actor=lan, at=at)
    return str(IntakeFile.objects.get(pk=file.pk).state)


@pytest.fixture
def post(settings, tmp_path, areas, lan, at):
    settings.MEDIA_ROOT = tmp_path
    return {"area": areas["00682"], "lan": lan, "at": at}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_spoilt_file_stops_with_a_fault_of_ours(post, part):
    failed = {}
    for number in range(part, MUTANTS, PARTS):
        kind, data = _mutant(number)
        try:
            with left_behind_nothing():
                _take_in(kind, data, apply=number % 3 == 0, **post)
        except Exception as fault:  # whatever it is, it is told with its number, by which it can be made again
            failed[number] = f"{kind}: {type(fault).__name__}: {fault}"[:200]
    assert failed == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_a_strange_cell_costs_no_other_row(post, part):
    ended = {}
    for cell in CELLS[part::PARTS]:
        rows: list[list[object]] = [HEAD, *(list(row) for row in ROWS)]
        # A text with many of these is no text: one of them is a slip.
        columns = (4,) if min(cell) < "\t" or "\x1f" in cell else range(1, len(HEAD))
        for column in columns:
            rows.append([len(rows), *ROWS[0][1:column], cell, *ROWS[0][column + 1 :]])
        with left_behind_nothing():
            state = _take_in("csv", text(rows), apply=True, **post)
            ended[cell[:30]] = state in ("applied", "checked") and IntakeFile.objects.get().rows_total >= len(ROWS)
    assert [cell for cell, well in ended.items() if not well] == []


def test_a_quote_that_is_never_closed_is_told_and_stops_nothing(post):
    data = text([HEAD, *ROWS]) + b'6,"' + b"x" * 1_200_000
    assert _take_in("csv", data, **post) in ("checked", "unreadable")
