"""Sheets as communes make them, built on the spot; every person here is invented."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

Cells = Sequence[Any]


def workbook(build: Callable[[Any, Any], None], *, name: str = "Sheet1") -> bytes:
    """An .xlsx of one sheet that `build` fills."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    build(book.add_worksheet(name), book)
    book.close()
    return out.getvalue()


def xlsx(rows: Sequence[Cells], *, name: str = "Sheet1", merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An .xlsx with these rows; `merges` are 0-based (top, left, bottom, right) over values already written."""

    def build(sheet: Any, book: Any) -> None:
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                put(sheet, number, column, value, dated)
        for top, left, bottom, right in merges:
            sheet.merge_range(top, left, bottom, right, rows[top][left])

    return workbook(build, name=name)


def put(sheet: Any, row: int, column: int, value: Any, dated: Any) -> None:
    """One cell of its own type."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, dated)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


def text(rows: Sequence[Cells], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A text file with these rows."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode(encoding)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Trang 1">'
)
_ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(rows: Sequence[Cells], *, tail: str = "", manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument sheet written by hand; `tail` is raw XML after the rows."""
    body = "".join("<table:table-row>" + "".join(_ods_cell(cell) for cell in row) + "</table:table-row>" for row in rows)
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (_ODS + body + tail + _ODS_END).encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"><text:p>x</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same zip with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: change(name, archive.read(name)) for name in archive.namelist()})
