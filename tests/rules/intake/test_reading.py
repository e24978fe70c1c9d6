"""What is kept of a spreadsheet: types, zeros, merges, hidden parts, formulas; and in which time."""

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from tests.rules.intake.sheets import ods, text, workbook, xls, xlsb, xlsx

from tienphuong.intake.reading.book import BrokenCell, Merge
from tienphuong.intake.reading.reader import read_book
from tienphuong.intake.reading.terms import FileKind, Notice

# Spreadsheets hold local times without a zone.
DAY = datetime(2021, 8, 24)  # noqa: DTZ001
AT = datetime(2021, 8, 24, 15, 30)  # noqa: DTZ001
EPOCH = datetime(1904, 1, 1)  # noqa: DTZ001


def notices(book: Any) -> set[Notice]:
    """What the reader remarked."""
    return {remark.notice for remark in book.remarks}


def test_types_and_leading_zeros_are_kept() -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_string(0, 0, "001085012345")
        sheet.write(0, 1, 912345678)
        sheet.write(0, 2, 51.6)
        sheet.write(0, 3, True)
        sheet.write_datetime(0, 4, DAY, book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(0, 5, AT, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write(0, 6, 0.5, book.add_format({"num_format": "hh:mm"}))
        sheet.write_string(0, 7, "  ")
        sheet.write(0, 8, 0)

    (row,) = read_book(workbook(build), "a.xlsx").sheets[0].rows()
    assert row.cells == ["001085012345", 912345678, 51.6, True, date(2021, 8, 24), AT, time(12, 0), None, 0]
    assert type(row.cells[1]) is int


def test_rows_keep_the_number_the_sender_sees() -> None:
    book = read_book(xlsx([[], [], ["a"], [], [None, "b"]]), "a.xlsx")
    assert [(row.number, row.cells) for row in book.sheets[0].rows()] == [(3, ["a"]), (5, [None, "b"])]
    assert book.sheets[0].last_row == 5


def test_hidden_sheets_and_rows_are_read_and_told() -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.append(["b"])
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("Kín").append(["c"])
    book["Kín"].sheet_state = "hidden"
    book.save(out)
    read = read_book(out.getvalue(), "a.xlsx")
    assert [sheet.hidden for sheet in read.sheets] == [False, True]
    assert read.sheets[0].hidden_rows == frozenset({2})
    assert {Notice.HIDDEN_SHEET, Notice.HIDDEN_ROWS} <= notices(read)


def test_formulas_give_their_stored_value_and_are_never_calculated() -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_formula(0, 0, '=HYPERLINK("http://example.test","x")', None, "chữ đã tính")
        sheet.write_formula(1, 0, "=NGUYEN", None, "#NAME?")
        sheet.write_formula(2, 0, '=""', None, "")
        sheet.write(3, 0, "cuối")

    book = read_book(workbook(build), "a.xlsx")
    values = {row.number: row.cells[0] for row in book.sheets[0].rows()}
    assert values[1] == "chữ đã tính"
    assert isinstance(values[2], BrokenCell)
    assert values[2] == "#NAME?"
    assert {Notice.FORMULAS, Notice.CELL_ERRORS} <= notices(book)
    remark = next(remark for remark in book.remarks if remark.notice is Notice.CELL_ERRORS)
    assert remark.cells == ("A2",)


def test_a_formula_that_was_never_calculated_is_not_silently_empty() -> None:
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(["a", "=1+1"])
    made.save(out)
    book = read_book(out.getvalue(), "a.xlsx")
    assert Notice.UNCOMPUTED in notices(book)
    assert isinstance(next(book.sheets[0].rows()).cells[1], BrokenCell)


def test_merged_ranges_are_told_by_the_senders_rows() -> None:
    assert read_book(xlsx([["a"], ["b"]], merges=[(1, 0, 3, 1)]), "a.xlsx").sheets[0].merged == (Merge(2, 0, 4, 1),)


def test_the_1904_calendar() -> None:
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.epoch = EPOCH
    made.active["A1"] = date(2021, 8, 24)
    made.save(out)
    book = read_book(out.getvalue(), "a.xlsx")
    assert book.date_system == 1904
    assert next(book.sheets[0].rows()).cells[0] in (date(2021, 8, 24), DAY)


def test_an_opendocument_sheet() -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    book = read_book(ods([["Họ tên", "Ngày", "Số"], ["Nguyễn Văn An", date(2021, 8, 24), 12]], tail=tail), "a.ods")
    assert book.kind is FileKind.ODS
    assert [row.cells for row in book.sheets[0].rows()] == [["Họ tên", "Ngày", "Số"], ["Nguyễn Văn An", date(2021, 8, 24), 12]]


def test_an_excel_97_workbook() -> None:
    book = read_book(xls([["STT", "Họ tên"], [1, "Nguyễn Văn An"], [2.5, "001085012345"]]), "a.xls")
    assert book.kind is FileKind.XLS
    assert [row.cells for row in book.sheets[0].rows()] == [["STT", "Họ tên"], [1, "Nguyễn Văn An"], [2.5, "001085012345"]]


def test_an_excel_binary_workbook() -> None:
    book = read_book(xlsb([["STT", "Họ tên"], [1, "Nguyễn Văn An"], [2.5, "001085012345"], [None, "Trần Thị Bình"]]), "a.xlsb")
    assert book.kind is FileKind.XLSB
    assert [row.cells for row in book.sheets[0].rows()] == [
        ["STT", "Họ tên"],
        [1, "Nguyễn Văn An"],
        [2.5, "001085012345"],
        [None, "Trần Thị Bình"],
    ]


def test_a_web_page_saved_as_xls() -> None:
    page = """<html><head><meta charset="utf-8"></head><body><table><tr><th>STT</th><th colspan="2">Họ và tên</th></tr>
    <tr><td rowspan="2">1</td><td>Nguyễn Văn</td><td>An</td></tr><tr><td>Trần Thị</td><td>Bình&nbsp;<br>x</td></tr></table></body></html>"""
    book = read_book(page.encode(), "danh sach.xls")
    assert book.kind is FileKind.HTML
    assert Notice.WRONG_EXTENSION in notices(book)
    assert [row.cells for row in book.sheets[0].rows()][1:] == [["1", "Nguyễn Văn", "An"], [None, "Trần Thị", "Bình\xa0\nx"]]
    assert book.sheets[0].merged == (Merge(1, 1, 1, 2), Merge(2, 0, 3, 0))


def test_a_wrong_extension_is_told_and_read() -> None:
    assert Notice.WRONG_EXTENSION in notices(read_book(xlsx([["a"]]), "a.csv"))
    assert Notice.WRONG_EXTENSION in notices(read_book(text([["a", "b"], ["c", "d"]]), "a.xlsx"))


def test_several_readers_go_through_one_book(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx([[number, "x"] for number in range(50)]))
    sheet = read_book(path, path.name).sheets[0]
    assert all(a == b for a, b in zip(sheet.rows(), sheet.rows(), strict=True))
    assert len(sheet.head(3)) == 3


def test_twenty_thousand_rows_are_read_to_the_last() -> None:
    data = xlsx([[f"chữ {row % 977} {column}" if column % 3 else row * column for column in range(20)] for row in range(20_000)])
    assert sum(1 for _ in read_book(data, "a.xlsx").sheets[0].rows()) == 20_000
