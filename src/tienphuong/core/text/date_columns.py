"""In which order a whole column writes its dates, and whether an Excel with US settings has swapped some of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.dates import DateCell
from tienphuong.core.text.terms import DateOrder

_THREE: Final = re.compile(r"(?<![\d/.\-])(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(?:\d{4}|\d{2})\b")
_YEAR_FIRST: Final = re.compile(r"(?<![\d/.\-])\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HANDFUL: Final = 10
"""A column has an order of its own where its clear cells outnumber the contrary ones by so much."""


class ColumnSign(StrEnum):
    """What a column of dates shows."""

    PLAIN = "plain"
    SWAPPED_BY_EXCEL = "swapped_by_excel"
    FEW_CONTRARY = "few_contrary"
    MIXED_ORDERS = "mixed_orders"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    ColumnSign.PLAIN: "Cột ngày viết thống nhất.",
    ColumnSign.SWAPPED_BY_EXCEL: "Excel đã đảo ngày và tháng của các ô kiểu ngày (ngày từ 1 đến 12); các ô còn lại vẫn là chữ. Đề nghị đảo lại.",
    ColumnSign.FEW_CONTRARY: "Vài ô viết ngược thứ tự ngày, tháng với cả cột; cột đọc theo số đông, các ô ấy được hỏi riêng.",
    ColumnSign.MIXED_ORDERS: "Trong cột có cả ngày/tháng và tháng/ngày: ô chỉ đọc được một cách thì đã đọc, ô đọc được hai cách chưa ghi ngày. Chọn thứ tự cho cả cột, hoặc sửa ô ấy rồi gửi lại.",
    ColumnSign.UNDECIDED: "Chưa đủ căn cứ để biết ngày hay tháng đứng trước.",
}


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """The order to read the column's text in, whether to swap its date cells back, the counts that say so, and its usual year."""

    sign: ColumnSign
    order: DateOrder | None
    swap_date_cells: bool
    text_day_first: int
    text_month_first: int
    text_either: int
    date_cells: int
    date_cells_over_12: int
    usual_year: int | None = None


def column_date_order(values: Iterable[DateCell]) -> ColumnProposal:
    """The order a column of dates is written in. It proposes; a person confirms before any cell is swapped."""
    written, dates = [], []
    for value in values:
        if isinstance(value, str):
            written.append(clean(value))
        elif isinstance(value, date):
            dates.append(value)
    texts = [_text_shape(text) for text in written]
    day_first, month_first, either = (texts.count(shape) for shape in ("dmy", "mdy", "either"))
    over_12 = sum(1 for value in dates if value.day > 12)
    sign, order = _sign(day_first, month_first, either, year_first=texts.count("ymd"), dates=len(dates), over_12=over_12)
    year = _usual_year([*(int(found.group()) for text in written if (found := _YEAR.search(text))), *(value.year for value in dates)])
    return ColumnProposal(sign, order, sign is ColumnSign.SWAPPED_BY_EXCEL, day_first, month_first, either, len(dates), over_12, year)


def _usual_year(years: list[int]) -> int | None:
    """The year in the middle of all: what a list of past years is judged by."""
    return sorted(years)[len(years) // 2] if years else None


def _text_shape(text: str) -> str:
    if _YEAR_FIRST.search(text):
        return "ymd"
    match = _THREE.search(text)
    if not match:
        return "other"
    first, second = int(match.group(1)), int(match.group(2))
    if first > 12:
        return "dmy" if second <= 12 else "other"
    return "mdy" if second > 12 else "either"


def _sign(
    day_first: int, month_first: int, either: int, *, year_first: int, dates: int, over_12: int
) -> tuple[ColumnSign, DateOrder | None]:
    if day_first and month_first:
        return _of_both(day_first, month_first)
    # Excel turned every text it could into a date: none with a day up to 12 is left as text, and no date is beyond the 12th.
    if day_first and dates and not over_12 and not either:
        return ColumnSign.SWAPPED_BY_EXCEL, DateOrder.DMY
    if day_first or month_first:
        return ColumnSign.PLAIN, DateOrder.DMY if day_first else DateOrder.MDY
    if either:
        return ColumnSign.UNDECIDED, None
    if year_first or over_12:
        return ColumnSign.PLAIN, DateOrder.YMD if year_first else DateOrder.DMY
    return ColumnSign.UNDECIDED, None


def _of_both(day_first: int, month_first: int) -> tuple[ColumnSign, DateOrder | None]:
    """The order of nearly all clear cells; where neither order has them, each cell is for a person to say."""
    if max(day_first, month_first) < _HANDFUL * min(day_first, month_first):
        return ColumnSign.MIXED_ORDERS, None
    return ColumnSign.FEW_CONTRARY, DateOrder.DMY if day_first > month_first else DateOrder.MDY


def swapped(value: date) -> date:
    """The same date cell with day and month exchanged back; a day beyond the 12th has nothing to exchange."""
    if isinstance(value, datetime):
        return value.replace(month=value.day, day=value.month) if value.day <= 12 else value
    return date(value.year, value.day, value.month) if value.day <= 12 else value
