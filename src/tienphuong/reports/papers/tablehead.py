"""How does a table's head stand? One row, or two when neighbouring columns share a group; worked out once for Word and PDF."""

from dataclasses import dataclass
from itertools import groupby

from tienphuong.reports.papers.paper import Column


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One header cell: where it starts and how far it spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def head_depth(columns: tuple[Column, ...]) -> int:
    """Two rows when any column belongs to a group, else one."""
    return 2 if any(column.group for column in columns) else 1


def head_cells(columns: tuple[Column, ...]) -> tuple[HeadCell, ...]:
    """Every header cell, row by row: a group over its columns, a lone column down through both rows."""
    depth = head_depth(columns)
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    place = 0
    for group, members in groupby(columns, key=lambda column: column.group):
        titles = [column.title for column in members]
        if group:
            upper.append(HeadCell(group, row=0, column=place, columns=len(titles)))
            lower.extend(HeadCell(title, row=1, column=place + offset) for offset, title in enumerate(titles))
        else:
            upper.extend(HeadCell(title, row=0, column=place + offset, rows=depth) for offset, title in enumerate(titles))
        place += len(titles)
    return (*upper, *lower)


def column_widths(columns: tuple[Column, ...], *, width: float) -> tuple[float, ...]:
    """Millimetres for each column: its share of the width."""
    whole = sum(column.width for column in columns)
    return tuple(width * column.width / whole for column in columns)
