"""The day or the moment a cell gives, by the grammar of written days: what it leaves over, or what is out of time, is asked."""

from datetime import datetime
from typing import Final

from tienphuong.core.text.dates import YEARS_BACK, DateReading, read_date
from tienphuong.core.text.terms import DateFlag, DateOrder, Precision
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

_OUT: Final = "Ngày không có trong lịch, hoặc ở ngoài thời gian của dịch."


def read_datetime(text: str, *, context: CellContext) -> Reading:
    """The day, or the day and hour in Vietnam time; a month or a year where no more is written."""
    found = read_date(text, order=DateOrder(context.order) if context.order else None, context=context.day)
    if {DateFlag.EMPTY, DateFlag.NOT_TOLD} & set(found.flags):
        return Reading(NONE)
    if found.precision is Precision.NONE:
        return Reading(ASK, reason=found.flags[0].explanation)
    written = _written(found)
    if found.year is None or found.year < context.day.year - YEARS_BACK or written[:10] > context.day.isoformat()[: len(written)]:
        return Reading(ASK, reason=_OUT)
    return Reading(written)


def _written(found: DateReading) -> str:
    """As much as is written, in ISO form."""
    if found.value is None:
        return f"{found.year}" if found.month is None else f"{found.year}-{found.month:02d}"
    if found.clock is None:
        return found.value.isoformat()
    return datetime.combine(found.value, found.clock).isoformat(timespec="seconds" if found.clock.second else "minutes")
