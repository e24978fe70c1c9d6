"""A file as it leaves the sender: workbook or delimited text in the sender's code page."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from demodistrict.encodings import cp1258
from demodistrict.lists.entry import BrokenFormula
from demodistrict.lists.sheet import Line, Sheet

# Workbooks carry the time they were made: a fixed one keeps the bytes the same for the same seed.
MADE = datetime(2020, 1, 1)  # noqa: DTZ001 - spreadsheet properties have no zone


@dataclass
class Document:
    """One file of one sender."""

    name: str
    sender: str
    layout: str
    sheets: list[Sheet]
    codec: str = "utf-8"
    separator: str = ","
    date_1904: bool = False
    traps: tuple[str, ...] = ()
    copy_of: str = ""
    corrects: str = ""

    def write(self, folder: Path) -> Path:
        """Writes the file into the folder."""
        path = folder / self.name
        if path.suffix == ".xlsx":
            _workbook(path, self)
        else:
            path.write_bytes(_delimited(self))
        return path


def _delimited(document: Document) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=document.separator, lineterminator="\r\n")
    for line in document.sheets[0].lines:
        writer.writerow([_as_text(cell) for cell in line.cells])
    if document.codec == "cp1258":
        return cp1258(out.getvalue())
    return out.getvalue().encode(document.codec)


def _as_text(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return cell.shown if isinstance(cell, BrokenFormula) else str(cell)


def _workbook(path: Path, document: Document) -> None:
    book = xlsxwriter.Workbook(str(path), {"date_1904": document.date_1904, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    for sheet in document.sheets:
        _worksheet(book, sheet)
    book.close()


def _worksheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    plain = book.add_format({"font_name": sheet.font, "font_size": 11})
    bold = book.add_format(
        {"font_name": sheet.font, "font_size": 11, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
    )
    dated = book.add_format({"font_name": sheet.font, "font_size": 11, "num_format": "dd/mm/yyyy"})
    page.set_column(0, 0, 6)
    page.set_column(1, 24, 18)
    for row, line in enumerate(sheet.lines):
        style = plain if line.kind == "row" else bold
        for column, cell in enumerate(line.cells):
            _write(page, row, column, cell, style, dated)
    for top, left, bottom, right in sheet.merges:
        page.merge_range(top, left, bottom, right, _at(sheet.lines[top], left), bold)


def _at(line: Line, column: int) -> Any:
    return line.cells[column] if column < len(line.cells) else ""


def _write(page: Any, row: int, column: int, cell: Any, style: Any, dated: Any) -> None:
    if isinstance(cell, BrokenFormula):
        page.write_formula(row, column, cell.formula, style, cell.shown)
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), dated)  # noqa: DTZ001 - a cell has no zone
    elif isinstance(cell, str):
        if cell:
            page.write_string(row, column, cell, style)
    else:
        page.write(row, column, cell, style)
