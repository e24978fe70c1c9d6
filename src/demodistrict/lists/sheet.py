"""A laid-out list: its lines in order, header merges, and the row number where each entry came to stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from demodistrict.lists.entry import Entry, Layout

Merge = tuple[int, int, int, int]
_FORMATS = {
    "d-m-yy": "{0.day}-{0.month}-{1:02d}",
    "d.m": "{0.day}.{0.month}",
    "d/m": "{0.day}/{0.month}",
    "dd/mm/yyyy": "{0:%d/%m/%Y}",
    "iso": "{0:%Y-%m-%d}",
}


@dataclass
class Line:
    """One row of a sheet."""

    cells: list[Any]
    kind: str = "row"
    entry: Entry | None = None


@dataclass
class Sheet:
    """One sheet, ready to be written."""

    name: str
    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    font: str = "Times New Roman"

    def add(self, cells: list[Any], kind: str, entry: Entry | None = None) -> None:
        """Appends a row."""
        self.lines.append(Line(cells, kind, entry))


def lay_out(name: str, layout: Layout, entries: list[Entry], *, number_of: str = "STT") -> Sheet:
    """The sheet of these entries in this layout."""
    sheet = Sheet(name, font=layout.font)
    for title in layout.titles:
        sheet.add([layout.text(title)], "title" if title else "blank")
    for comment in layout.comments:
        sheet.add([comment], "comment")
    _header(sheet, layout, number_of)
    for section, members in _sections(layout, entries):
        _section(sheet, layout, section, members)
    width = len(layout.columns) + layout.numbered
    if layout.total:
        sheet.add(_total(layout, "Tổng cộng", len(entries), width), "total")
    if layout.signature:
        sheet.add([], "blank")
        sheet.add([""] * (width - 2) + [layout.text("NGƯỜI LẬP BIỂU")], "signature")
    return sheet


def _header(sheet: Sheet, layout: Layout, number_of: str) -> None:
    headers = ([(number_of,)] if layout.numbered else []) + [column.header for column in layout.columns]
    depth = max(len(words) for words in headers)
    # A short header word stands in the top row of its column; the rows below it are part of the merged cell.
    grid = [[words[row] if row < len(words) else "" for words in headers] for row in range(depth)]
    top = len(sheet.lines)
    sheet.merges += _merges(grid, top)
    for words in grid:
        shown = [word if column == 0 or word == "" or word != words[column - 1] else "" for column, word in enumerate(words)]
        sheet.add([layout.text(word) for word in shown], "header")


def _merges(grid: list[list[str]], top: int) -> Iterator[Merge]:
    for row, words in enumerate(grid[:-1]):
        column = 0
        for word, run in groupby(words):
            length = len(list(run))
            if word and length > 1:
                yield top + row, column, top + row, column + length - 1
            column += length
    for column in range(len(grid[0])):
        depth = max(row for row, words in enumerate(grid) if words[column])
        if depth < len(grid) - 1:
            yield top + depth, column, top + len(grid) - 1, column


def _sections(layout: Layout, entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    if not layout.sections:
        return [("", entries)]
    ordered = sorted(entries, key=lambda entry: str(entry.values.get(layout.sections, "")))
    return [(name, list(members)) for name, members in groupby(ordered, key=lambda entry: str(entry.values.get(layout.sections, "")))]


def _section(sheet: Sheet, layout: Layout, section: str, members: list[Entry]) -> None:
    width = len(layout.columns) + layout.numbered
    if section:
        sheet.add([layout.text(section)], "section")
    for number, entry in enumerate(members, 1):
        cells = [_cell(entry, column.value, layout) for column in layout.columns]
        sheet.add(([number] if layout.numbered else []) + cells, "row", entry)
    if layout.subtotals and section:
        sheet.add(_total(layout, "Cộng", len(members), width), "total")


def _total(layout: Layout, word: str, count: int, width: int) -> list[Any]:
    cells: list[Any] = [""] * width
    cells[1 if layout.numbered else 0] = layout.text(word)
    cells[2 if layout.numbered else 1] = count
    return cells


def _cell(entry: Entry, value: str, layout: Layout) -> Any:
    written = _written(entry, value)
    if isinstance(written, date):
        # Nobody drops the year of a birth.
        style = "dd/mm/yyyy" if value == "birth" and layout.dates in ("d.m", "d/m", "d-m-yy") else layout.dates
        return _date(entry, written, style)
    if isinstance(written, str):
        return layout.text(written)
    return "" if written is None else written


def _written(entry: Entry, value: str) -> Any:
    """The value of a column; birth years under Nam/Nữ and ages are worked out from what is written as birth and sex."""
    if value in ("birth_male", "birth_female"):
        birth = entry.values.get("birth")
        fits = (entry.values.get("sex") == "nam") == (value == "birth_male")
        return (birth.year if isinstance(birth, date) else birth) if fits else ""
    return entry.values.get(value, "")


def _date(entry: Entry, day: date, style: str) -> Any:
    if style == "cells":
        return day
    if style == "us":
        return _us(entry, day)
    return _FORMATS[style].format(day, day.year % 100)


def _us(entry: Entry, day: date) -> Any:
    """What US Excel makes of a typed dd/mm/yyyy: day and month change places where that is a date, text is left where not."""
    if day.day > 12:
        return f"{day:%d/%m/%Y}"
    if day.day != day.month and "us_swapped_date" not in entry.traps:
        entry.mark("us_swapped_date", "date_swap_proposed")
    return date(day.year, day.day, day.month)
