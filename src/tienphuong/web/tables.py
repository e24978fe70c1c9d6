"""The rows of a list as HTML: a list of a hundred rows has a thousand cells, which the template language takes most of the page's time for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape as escape
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tienphuong.web.templatetags.post import icon

if TYPE_CHECKING:
    from tienphuong.web.cells import Cell, Column, Row


def table_rows(rows: Iterable[Row], columns: Sequence[Column], *, picks: bool) -> SafeString:
    """One `tr` a row: a box to pick it by, what the row is of, and a cell a column."""
    openings = [_opening(column) for column in columns]
    return mark_safe("".join(_row(row, openings, columns, picks) for row in rows))


def _opening(column: Column) -> str:
    words, key = escape(str(column.words)), escape(column.key)
    return f'<td data-words="{words}" data-column="{key}"'


def _row(row: Row, openings: Sequence[str], columns: Sequence[Column], picks: bool) -> str:
    first, *rest = row.cells
    cells = (
        f"{opening}{_kind(column, cell)}>{_inside(cell)}</td>"
        for opening, column, cell in zip(openings[1:], columns[1:], rest, strict=True)
    )
    href = f' data-href="{escape(row.href)}"' if row.href else ""
    return f'<tr{href}>{_pick(row) if picks else ""}<th scope="row">{_link(first)}</th>{"".join(cells)}</tr>'


def _pick(row: Row) -> str:
    return format_html(
        '<td class="picker"><label class="pick"><input type="checkbox" name="pick" value="{}" form="bulk" data-pick aria-label="{}"></label></td>',
        row.key, row.name,
    )  # fmt: skip


def _kind(column: Column, cell: Cell) -> str:
    return ' class="num"' if column.number else ' class="tight"' if cell.tight else ""


def _inside(cell: Cell) -> str:
    detail = f' <span class="state warning">{icon("test-pipe")} {escape(cell.detail)}</span>' if cell.detail else ""
    if cell.level:
        return f'<span class="state {escape(cell.level)}">{icon(cell.icon)} {escape(cell.words)}</span>{detail}'
    return f"{_link(cell)}{detail}"


def _link(cell: Cell) -> str:
    words = escape(cell.words)
    return f'<a href="{escape(cell.href)}">{words}</a>' if cell.href else str(words)
