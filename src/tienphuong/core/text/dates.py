"""Dates as Vietnamese lists write them. The order of day and month is declared by the column, never guessed per cell."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.terms import DateFlag, DateOrder, Precision

DateCell = str | int | float | date | datetime | None

_NUMERIC: Final = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_MONTH_YEAR: Final = re.compile(r"(?:tháng\s*|t)?(\d{1,2})\s*(?:[/.\-]|năm)\s*(\d{4})")
_WORDS: Final = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})(?:\s*(?:,|năm|[/.\-])?\s*(?:năm\s*)?(\d{4}))?")
_YEAR: Final = re.compile(r"(?:năm\s*)?((?:18|19|20)\d\d)")
_COMPACT: Final = re.compile(r"\d{8}")
_LEAD: Final = re.compile(r"^(?:(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn|t[2-7])\s*,?\s*)?(?:ngày\s*|ngay\s*|hôm\s*)?")
_TAIL: Final = re.compile(r"(?:t| )0{1,2}:00(?::00(?:\.0+)?)?z?$")
_FUTURE_SLACK: Final = timedelta(days=31)
_LAST_SERIAL: Final = 2_958_465


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date with what is known of it. Without a full date, `year`, `month`, `day` hold what was written."""

    value: date | None
    precision: Precision
    original: str
    flags: tuple[DateFlag, ...] = ()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    alternatives: tuple[date, ...] = ()


def read_date(raw: DateCell, *, order: DateOrder | None = DateOrder.DMY, context: date | None = None, epoch: int = 1900) -> DateReading:
    """The date in a cell. `context` (the report's day) gives a missing year; `order=None` means the column's order is unknown."""
    if isinstance(raw, datetime):
        return _whole(raw.date(), raw.isoformat())
    if isinstance(raw, date):
        return _whole(raw, raw.isoformat())
    if isinstance(raw, int | float):
        return _of_serial(float(raw), epoch)
    return _of_text(clean(raw or ""), order, context)


@lru_cache(maxsize=32768)
def _of_text(text: str, order: DateOrder | None, context: date | None) -> DateReading:
    if not text:
        return _nothing("", DateFlag.EMPTY)
    bare = _TAIL.sub("", _LEAD.sub("", text.lower())).strip(" .,")
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(bare):
            return read(match, text, order, context)
    return _nothing(text, DateFlag.UNREADABLE)


def _of_numeric(match: re.Match[str], text: str, order: DateOrder | None, context: date | None) -> DateReading:
    first, second, third = match.groups()
    if len(first) == 4 or order is DateOrder.YMD:
        return _checked(_full_year(first), int(second), int(third), text)
    if len(first) == 3:
        return _nothing(text, DateFlag.UNREADABLE)
    flags = (DateFlag.TWO_DIGIT_YEAR,) if len(third) == 2 else ()
    return _ordered(int(first), int(second), _full_year(third), text=text, order=order, flags=flags)


def _of_day_month(match: re.Match[str], text: str, order: DateOrder | None, context: date | None) -> DateReading:
    day, month = int(match.group(1)), int(match.group(2))
    if order is DateOrder.MDY:
        day, month = month, day
    return _without_year(day, month, text, order, context)


def _of_words(match: re.Match[str], text: str, order: DateOrder | None, context: date | None) -> DateReading:
    day, month, year = match.groups()
    if year:
        return _checked(int(year), int(month), int(day), text)
    return _without_year(int(day), int(month), text, DateOrder.DMY, context)


def _of_month(match: re.Match[str], text: str, order: DateOrder | None, context: date | None) -> DateReading:
    month, year = int(match.group(1)), int(match.group(2))
    if not 1 <= month <= 12:
        return _nothing(text, DateFlag.IMPOSSIBLE)
    return DateReading(None, Precision.MONTH, text, year=year, month=month)


def _of_year(match: re.Match[str], text: str, order: DateOrder | None, context: date | None) -> DateReading:
    return DateReading(None, Precision.YEAR, text, year=int(match.group(1)))


def _of_compact(match: re.Match[str], text: str, order: DateOrder | None, context: date | None) -> DateReading:
    """Eight digits: year first or year last, whichever is a date; both or neither is left to a person."""
    digits = match.group()
    found = {d for d in (_date_or_none(digits[:4], digits[4:6], digits[6:]), _date_or_none(digits[4:], digits[2:4], digits[:2])) if d}
    likely = sorted(d for d in found if 1900 <= d.year <= 2100)
    if len(likely) == 1:
        return _whole(likely[0], text)
    return _nothing(text, DateFlag.AMBIGUOUS_DAY_MONTH if likely else DateFlag.UNREADABLE, alternatives=tuple(likely))


_FORMS: Final = (
    (_NUMERIC, _of_numeric),
    (_DAY_MONTH, _of_day_month),
    (_MONTH_YEAR, _of_month),
    (_WORDS, _of_words),
    (_YEAR, _of_year),
    (_COMPACT, _of_compact),
)


def _ordered(first: int, second: int, year: int, *, text: str, order: DateOrder | None, flags: tuple[DateFlag, ...]) -> DateReading:
    """Day and month in the declared order; in the other only when that is the single possible reading, and flagged."""
    as_dmy, as_mdy = _date_or_none(year, second, first), _date_or_none(year, first, second)
    wanted, other = (as_mdy, as_dmy) if order is DateOrder.MDY else (as_dmy, as_mdy)
    if order is None and as_dmy and as_mdy and as_dmy != as_mdy:
        return _nothing(text, DateFlag.AMBIGUOUS_DAY_MONTH, *flags, alternatives=(as_dmy, as_mdy))
    if wanted:
        return _whole(wanted, text, *flags)
    if other:
        return _whole(other, text, *flags, *((DateFlag.DAY_MONTH_EXCHANGED,) if order else ()))
    return _nothing(text, DateFlag.IMPOSSIBLE, *flags)


def _without_year(day: int, month: int, text: str, order: DateOrder | None, context: date | None) -> DateReading:
    """Day and month; the year is the last one that does not put the day more than a month after the context."""
    if not _date_or_none(2000, month, day):
        return _nothing(text, DateFlag.IMPOSSIBLE)
    if order is None and _date_or_none(2000, day, month) and day != month:
        return _nothing(text, DateFlag.AMBIGUOUS_DAY_MONTH, DateFlag.YEAR_MISSING)
    if context is None:
        return DateReading(None, Precision.NONE, text, (DateFlag.YEAR_MISSING,), month=month, day=day)
    years = (context.year + 1, context.year, context.year - 1)
    value = next((d for y in years if (d := _date_or_none(y, month, day)) and d <= context + _FUTURE_SLACK), None)
    return _whole(value, text, DateFlag.YEAR_FROM_CONTEXT) if value else _nothing(text, DateFlag.IMPOSSIBLE)


def _of_serial(number: float, epoch: int) -> DateReading:
    """A number in a date column: an Excel day count, or `24.8` that Excel took for a decimal."""
    text = f"{number:g}" if number < 1e6 else str(number)
    if not isfinite(number):
        return _nothing(text, DateFlag.UNREADABLE)
    if number % 1 and number < 32:
        return _nothing(text, DateFlag.NUMBER_NOT_DATE)
    if number == int(number) and 1850 <= number <= 2150:
        return DateReading(None, Precision.YEAR, text, year=int(number))
    value = _from_serial(int(number), epoch)
    return _whole(value, text, DateFlag.EXCEL_SERIAL) if value else _nothing(text, DateFlag.UNREADABLE)


def _from_serial(days: int, epoch: int) -> date | None:
    """Day 60 of the 1900 system is 29 February 1900, which never was; days after it are one too high."""
    if not 1 <= days <= _LAST_SERIAL or (epoch == 1900 and days == 60):
        return None
    start = date(1904, 1, 1) if epoch == 1904 else date(1899, 12, 31 if days < 60 else 30)
    return start + timedelta(days=days)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _checked(year: int, month: int, day: int, text: str) -> DateReading:
    value = _date_or_none(year, month, day)
    return _whole(value, text) if value else _nothing(text, DateFlag.IMPOSSIBLE)


def _date_or_none(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _whole(value: date, text: str, *flags: DateFlag) -> DateReading:
    return DateReading(value, Precision.DAY, text, flags, value.year, value.month, value.day)


def _nothing(text: str, *flags: DateFlag, alternatives: tuple[date, ...] = ()) -> DateReading:
    return DateReading(None, Precision.NONE, text, flags, alternatives=alternatives)
