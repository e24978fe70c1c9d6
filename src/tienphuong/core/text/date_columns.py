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

_THREE: Final = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(?:\d{4}|\d{2})\b")
_YEAR_FIRST: Final = re.compile(r"\s*\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}")


class ColumnSign(StrEnum):
    """What a column of dates shows."""

    PLAIN = "plain"
    SWAPPED_BY_EXCEL = "swapped_by_excel"
    MIXED_ORDERS = "mixed_orders"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    ColumnSign.PLAIN: "Cột ngày viết thống nhất.",
    ColumnSign.SWAPPED_BY_EXCEL: "Excel đã đảo ngày và tháng của các ô kiểu ngày (ngày từ 1 đến 12); các ô còn lại vẫn là chữ. Đề nghị đảo lại.",
    ColumnSign.MIXED_ORDERS: "Trong cột có cả ngày/tháng và tháng/ngày. Cần chọn cho từng ô.",
    ColumnSign.UNDECIDED: "Chưa đủ căn cứ để biết ngày hay tháng đứng trước.",
}


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """The order to read the column's text in, whether to swap its date cells back, and the counts that say so."""

    sign: ColumnSign
    order: DateOrder | None
    swap_date_cells: bool
    text_day_first: int
    text_month_first: int
    text_either: int
    date_cells: int
    date_cells_over_12: int


def column_date_order(values: Iterable[DateCell]) -> ColumnProposal:
    """The order a column of dates is written in. It proposes; a person confirms before any cell is swapped."""
    texts, dates = [], []
    for value in values:
        if isinstance(value, str):
            texts.append(_text_shape(clean(value)))
        elif isinstance(value, date):
            dates.append(value)
    day_first, month_first, either = (texts.count(shape) for shape in ("dmy", "mdy", "either"))
    over_12 = sum(1 for value in dates if value.day > 12)
    sign, order = _sign(day_first, month_first, either, year_first=texts.count("ymd"), dates=len(dates), over_12=over_12)
    return ColumnProposal(sign, order, sign is ColumnSign.SWAPPED_BY_EXCEL, day_first, month_first, either, len(dates), over_12)


def _text_shape(text: str) -> str:
    if _YEAR_FIRST.match(text):
        return "ymd"
    match = _THREE.match(text)
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
        return ColumnSign.MIXED_ORDERS, None
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


def swapped(value: date) -> date:
    """The same date cell with day and month exchanged back; a day beyond the 12th has nothing to exchange."""
    if isinstance(value, datetime):
        return value.replace(month=value.day, day=value.month) if value.day <= 12 else value
    return date(value.year, value.day, value.month) if value.day <= 12 else value
