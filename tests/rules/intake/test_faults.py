"""Hostile and broken files: each is refused with a reason and a remedy, in bounded memory and time."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.rules.intake.sheets import compound_file, ods, repacked, workbook, xlsx, zipped

from tienphuong.intake.reading.faults import UnreadableFile
from tienphuong.intake.reading.limits import MIB, Limits
from tienphuong.intake.reading.reader import read_book
from tienphuong.intake.reading.terms import Notice, Reason

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(data: bytes, name: str = "a.xlsx", *, limits: Limits | None = None) -> UnreadableFile:
    """The refusal of a file."""
    with pytest.raises(UnreadableFile) as caught:
        read_book(data, name, limits=limits or Limits())
    assert len(caught.value.message) > 20
    return caught.value


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"{\\rtf1 abc}", "RTF"),
        (b'{"a": [1, 2]}', "JSON"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (zipped({"word/document.xml": b"x", "[Content_Types].xml": b"x"}), "Word"),
        (zipped({"xa1.xlsx": b"x", "xa2.xlsx": b"x"}), "2 bảng tính"),
        (b"<html><body>no table here</body></html>", "trang web"),
        (bytes(range(256)) * 8, "không phải là bảng tính"),
    ],
)
def test_what_is_no_spreadsheet_is_called_by_its_name(data: bytes, word: str) -> None:
    refusal = refused(data)
    assert refusal.reason is Reason.NOT_A_SPREADSHEET
    assert word in refusal.message


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", xlsx([[]])])
def test_an_empty_file(data: bytes) -> None:
    assert refused(data).reason is Reason.EMPTY


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "to.csv"
    with path.open("wb") as file:
        file.truncate(500 * MIB)
    with pytest.raises(UnreadableFile) as caught:
        read_book(path, path.name)
    assert caught.value.reason_code == "too_big"
    assert "500 MB" in caught.value.message


def test_a_password() -> None:
    manifest = '<manifest xmlns:m="x"><m:encryption-data/></manifest>'
    assert refused(ods([["a"]], manifest=manifest), "a.ods").reason is Reason.PASSWORD


def test_an_encrypted_workbook() -> None:
    """Excel wraps an encrypted workbook in a compound file whose directory names the encrypted package."""
    assert refused(compound_file({"EncryptedPackage": b"x"})).reason is Reason.PASSWORD


@pytest.mark.parametrize("cut", [60, 400, -30])
def test_a_file_cut_short(cut: int) -> None:
    assert refused(xlsx([["a", "b"]] * 50)[:cut]).reason is Reason.BROKEN


def test_an_old_word_document() -> None:
    refusal = refused(compound_file({"WordDocument": b"x"}), "a.xls")
    assert refusal.reason is Reason.NOT_A_SPREADSHEET
    assert "Word" in refusal.message


def test_a_part_that_lies_about_its_size() -> None:
    data = bytearray(xlsx([["a", "b"]] * 50))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (5).to_bytes(4, "little")
    assert refused(bytes(data)).reason is Reason.BROKEN


def test_garbage_after_the_mark_of_an_old_workbook() -> None:
    assert refused(OLE + b"\0" * 2000, "a.xls").reason is Reason.BROKEN


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/image1.bin"])
def test_a_zip_bomb_is_refused_by_its_directory(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    refusal = refused(zipped({**parts, part: b" " * 120_000_000}))
    assert refusal.reason is Reason.ZIP_BOMB
    assert "MB" in refusal.message


def test_a_file_that_inflates_beyond_the_absolute_limit() -> None:
    data = xlsx([[f"{row} {column}" for column in range(20)] for row in range(3000)])
    assert refused(data, limits=Limits(max_inflated=1 * MIB)).reason is Reason.ZIP_BOMB


def test_macros_are_told_and_never_run() -> None:
    data = xlsx([["a", "b"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book = read_book(zipped({**parts, "xl/vbaProject.bin": b"x"}), "a.xlsm")
    assert [remark.notice for remark in book.remarks] == [Notice.MACROS]
    assert [row.cells for row in book.sheets[0].rows()] == [["a", "b"]]


def test_a_lone_far_cell_costs_nothing_and_is_told() -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, "a")
        sheet.write(1, 1, "b")
        sheet.write(1048575, 16383, "xa")

    book = read_book(workbook(build), "a.xlsx")
    assert [(row.number, row.cells) for row in book.sheets[0].rows()] == [(1, ["a"]), (2, [None, "b"])]
    assert [(remark.notice, remark.cells) for remark in book.remarks] == [(Notice.FAR_CELLS, ("XFD1048576",))]


def test_a_far_cell_in_an_opendocument_sheet_is_refused_with_a_remedy() -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    far = '<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    refusal = refused(ods([["a"]], tail=tail + far), "a.ods")
    assert refusal.reason is Reason.TOO_MUCH_MEMORY
    assert ".xlsx" in refusal.message


def test_a_parser_that_needs_too_long_is_stopped() -> None:
    data = xlsx([[f"{row} {column}" for column in range(30)] for row in range(20_000)])
    refusal = refused(data, limits=Limits(seconds=0, max_area=10))
    assert refusal.reason is Reason.TOO_SLOW


_MEASURED = """
import resource, sys
from tienphuong.intake.reading.reader import read_book
book = read_book(sys.argv[1], "a.xlsx")
rows = sum(1 for sheet in book.sheets for _ in sheet.rows())
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(rows, own // 1024, child // 1024)
"""


def measured(path: Path) -> tuple[int, int, int]:
    """Rows read, and the peak memory in MB of a fresh reader and of its child.

    The reader asks for its own high-water mark, because ru_maxrss counts the process it was started from too."""
    done = subprocess.run([sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True, timeout=120)
    rows, own, child = (int(number) for number in done.stdout.split())
    return rows, own, child


def test_a_million_empty_rows_cost_a_bounded_memory(tmp_path: Path) -> None:
    row = b'<row r="%d" s="1" customFormat="1" ht="15"><c r="A%d" s="1"/></row>'
    blank = b"".join(row % (number, number) for number in range(3, 1_048_577))
    path = tmp_path / "trong.xlsx"
    change = lambda name, content: content.replace(b"</sheetData>", blank + b"</sheetData>") if name.endswith("sheet1.xml") else content  # noqa: E731
    path.write_bytes(repacked(xlsx([["a"], ["b"]]), change))
    rows, own, child = measured(path)
    assert rows == 2
    assert own < 60
    assert child < 250


def test_values_at_both_ends_of_a_sheet_are_read_without_its_empty_middle(tmp_path: Path) -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, "đầu")
        sheet.write(1048575, 0, "cuối")

    path = tmp_path / "xa.xlsx"
    path.write_bytes(workbook(build))
    rows, own, child = measured(path)
    assert rows == 2
    assert own < 60
    assert child < 300
