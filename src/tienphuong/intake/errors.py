"""The sender's own sheets given back, with a column that says what to look at again in each row and how to mend it."""

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tienphuong.core.sentences import sentence
from tienphuong.intake.models import IntakeFile, IntakeRow, IntakeSheet
from tienphuong.intake.reading.book import Row, Sheet, Value
from tienphuong.intake.services.sheets import opened
from tienphuong.intake.terms import Severity, Verdict

COLUMN = "Cần xem lại"
_WIDTH = 60
_CELL = "Cột {column} “{value}”: {reason} {remedy}"
_DOUBT = "Có thể là người đã có hồ sơ ({reasons}); đã chuyển cán bộ quyết định. Bổ sung số giấy tờ hoặc ngày sinh đầy đủ."
# A text that begins so would run as a formula in a spreadsheet opened from this one.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def error_file(file: IntakeFile) -> bytes:
    """The file as a workbook: every sheet as it was sent, rows that need attention coloured, with reason and remedy behind them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    )
    pens = _pens(book)
    with opened(file) as source:
        stored = {sheet.name: sheet for sheet in IntakeSheet.objects.filter(file=file)}
        for sheet in source.sheets:
            if sheet.name[:120] in stored:
                _write_sheet(book.add_worksheet(_tab(sheet.name)), sheet, stored[sheet.name[:120]], pens)
    book.close()
    return target.getvalue()


def attention(row: IntakeRow) -> list[str]:
    """What is to be looked at again in a row, each with its remedy; certain repairs are left out."""
    columns = [
        sentence(_CELL, column=column, value=value, reason=reason, remedy=remedy) if column else f"{reason} {remedy}"
        for severity, _, column, value, reason, remedy in row.issues
        if severity != Severity.INFO
    ]
    if row.verdict == Verdict.DUPLICATE:
        columns.append(sentence(_DOUBT, reasons="; ".join(row.match.get("reasons", [])) or "chưa đủ căn cứ"))
    return columns


def _pens(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """The few formats of the workbook."""
    return {
        "text": book.add_format({"quote_prefix": True}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        "hour": book.add_format({"num_format": "hh:mm"}),
        "reason": book.add_format({"text_wrap": True, "bg_color": "#FFF2CC", "valign": "top"}),
        "refused": book.add_format({"text_wrap": True, "bg_color": "#F8CBAD", "valign": "top"}),
        "heading": book.add_format({"bold": True, "bg_color": "#FFF2CC"}),
    }


def _write_sheet(page: Worksheet, sheet: Sheet, stored: IntakeSheet, pens: dict[str, Format]) -> None:
    """One sheet, its rows where the sender had them."""
    behind = sheet.width
    columns = _remarks_of(stored)
    page.set_column(behind, behind, _WIDTH)
    heading = max(stored.header_rows, default=1) - 1
    for row in sheet.rows():
        _write_row(page, row, pens)
        reasons, refused = columns.get(row.number, ("", False))
        if reasons:
            page.write_string(row.number - 1, behind, reasons, pens["refused" if refused else "reason"])
    page.write_string(heading, behind, COLUMN, pens["heading"])
    page.freeze_panes(heading + 1, 0)
    if sheet.last_row > heading + 1:
        page.autofilter(heading, 0, sheet.last_row - 1, behind)


def _remarks_of(stored: IntakeSheet) -> dict[int, tuple[str, bool]]:
    """Reason and whether the row was refused, by row; several people of one row speak in turn."""
    rows = IntakeRow.objects.filter(sheet=stored).order_by("number", "part").only("number", "part", "issues", "match", "verdict")
    found: dict[int, tuple[str, bool]] = {}
    for number, group in groupby(rows.iterator(chunk_size=2000), key=lambda row: row.number):
        members = list(group)
        texts = list(dict.fromkeys(text for member in members for text in attention(member)))
        if texts:
            found[number] = "\n".join(texts), any(member.verdict == Verdict.REFUSED for member in members)
    return found


def _write_row(page: Worksheet, row: Row, pens: dict[str, Format]) -> None:
    for column, value in enumerate(row.cells):
        if value is not None:
            _write_cell(page, row.number - 1, column, value, pens)


def _write_cell(page: Worksheet, row: int, column: int, value: Value, pens: dict[str, Format]) -> None:
    """One cell of its own type; what could run stays text."""
    match value:
        case bool():
            page.write_boolean(row, column, value)
        case int() | float():
            # more digits than a double holds would come back rounded: such numbers are papers, not figures
            page.write_number(row, column, value) if abs(value) < 1e15 else page.write_string(row, column, str(value))
        case datetime():
            page.write_datetime(row, column, value.replace(tzinfo=None), pens["day" if value.time() == time() else "moment"])
        case date():
            page.write_datetime(row, column, value, pens["day"])
        case time():
            page.write_datetime(row, column, value, pens["hour"])
        case str() if value.startswith(_ACTIVE):
            page.write_string(row, column, value[:32767], pens["text"])
        case _:
            page.write_string(row, column, str(value)[:32767])


def _tab(name: str) -> str:
    """A name a worksheet may have."""
    plain = "".join("_" if char in "[]:*?/\\" else char for char in name).strip("'")
    return plain[:31] or "Trang"


def rows_to_look_at(file: IntakeFile) -> Iterable[IntakeRow]:
    """The rows of a file that need attention."""
    return (row for row in IntakeRow.objects.filter(sheet__file=file).order_by("sheet__position", "number", "part") if attention(row))
