"""A list as a spreadsheet: nothing in it is a formula, and every sheet says who took it out and when."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import TextIOWrapper
from typing import IO

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.core import clock
from tienphuong.core.own_lines import plain
from tienphuong.web import formats

# A cell that begins with one of these is a formula to whoever opens a copy of it as text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(
    out: IO[bytes],
    *,
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    officer: str,
    at: datetime,
    count: int,
    narrowed: str,
) -> None:
    """An .xlsx, written row by row: title, watermark, headings that repeat on paper, one row a record."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "d/m/yyyy", "align": "left"})
    moment, small = (
        book.add_format({"num_format": "d/m/yyyy hh:mm", "align": "left"}),
        book.add_format({"italic": True, "font_color": "#555555"}),
    )
    watermark = _watermark(officer=officer, at=at, count=count, narrowed=narrowed)
    sheet.set_column(0, max(0, len(head) - 1), 20)
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, watermark, small)
    for column, words in enumerate(head):
        sheet.write_string(3, column, words, bold)
    for at_row, row in enumerate(rows, start=4):
        for column, value in enumerate(row):
            _write(sheet, at_row, column, value, day=day, moment=moment)
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{watermark.replace('&', '&&')[:200]}&R&8&P/&N")
    book.close()


def text_table(
    out: IO[bytes],
    *,
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    officer: str,
    at: datetime,
    count: int,
    narrowed: str,
) -> None:
    """The same as delimited text, in UTF-8 with the mark by which spreadsheet programs know it."""
    file = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    write = csv.writer(file)
    write.writerows([[title], [_watermark(officer=officer, at=at, count=count, narrowed=narrowed)], [], head])
    write.writerows([escaped(plain(value)) for value in row] for row in rows)
    file.flush()
    file.detach()


def escaped(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever it is saved as later."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _write(sheet: object, row: int, column: int, value: object, *, day: object, moment: object) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, clock.local(value).replace(tzinfo=None), moment)  # type: ignore[attr-defined]
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)  # type: ignore[attr-defined]
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)  # type: ignore[attr-defined]
    elif value:
        sheet.write_string(row, column, escaped(str(value)))  # type: ignore[attr-defined]


def _watermark(*, officer: str, at: datetime, count: int, narrowed: str) -> str:
    language = get_language() or "vi"
    when, number = formats.moment(at, language=language), formats.number(count, language=language)
    words = _("Xuất bởi %(officer)s, %(at)s; %(count)s dòng.") % {"officer": officer, "at": when, "count": number}
    return f"{words} {narrowed}".strip()
