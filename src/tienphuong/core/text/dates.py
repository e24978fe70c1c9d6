"""Dates as lists write them, with or without an hour. The order of day and month is declared by the column, never guessed per cell."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from math import isfinite
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.date_forms import (
    CLOCK,
    DAY_OF,
    LITTER,
    NO_FACT,
    SAID,
    WEEKDAY,
    Found,
    Habit,
    clock_of,
    days_in,
    in_vietnam,
    is_month,
    only_numbers,
    whole,
    year_of,
)  # fmt: skip
from tienphuong.core.text.fold import fold
from tienphuong.core.text.terms import DateFlag, DateOrder, Precision

DateCell = str | int | float | date | datetime | None

# Vietnam keeps UTC+7 all year; no zone data is needed to say so.
VIETNAM: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
YEARS_BACK: Final = 2
"""How many years before its list a fact may lie; an older one is most likely a slip of the year."""
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?")
_LAST_SERIAL: Final = 2_950_000


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date with what is known of it. Without a full date, `year`, `month`, `day` hold what was written; `clock` is Vietnam's."""

    value: date | None
    precision: Precision
    original: str
    flags: tuple[DateFlag, ...] = ()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    alternatives: tuple[date, ...] = ()
    clock: time | None = None


def read_date(raw: DateCell, *, order: DateOrder | None = DateOrder.DMY, context: date | None = None, epoch: int = 1900) -> DateReading:
    """The date in a cell. `context` (the report's day) gives a missing year; `order=None` means the column's order is unknown."""
    if isinstance(raw, datetime):
        return _of_moment(raw.astimezone(VIETNAM) if raw.tzinfo else raw, raw.isoformat())
    if isinstance(raw, date):
        return _made(whole(raw), raw.isoformat())
    if isinstance(raw, int | float):
        return _of_serial(float(raw), epoch)
    return _of_text(clean(raw or ""), order, context, epoch)


@lru_cache(maxsize=32768)
def _of_text(text: str, order: DateOrder | None, context: date | None, epoch: int) -> DateReading:
    low = re.sub(r"(?<=\d)t(?=\d{1,2}:)", " ", fold(text))
    bare = low.strip(LITTER)
    if not text or NO_FACT.fullmatch(bare) or NO_FACT.fullmatch(low):
        return _nothing(text, DateFlag.NOT_TOLD if text else DateFlag.EMPTY)
    if _SERIAL.fullmatch(bare):
        return _of_serial(float(bare.replace(",", ".")), epoch, text)
    if year := year_of(bare):
        return DateReading(None, Precision.YEAR, text, year=year)
    return _of_words(low, text, Habit(order, context))


def _of_words(low: str, text: str, habit: Habit) -> DateReading:
    """One day with its hour and weekday; a second day, words nobody knows or a weekday that disagrees leave it to a person."""
    if plain := only_numbers(low, habit):
        return _made(plain, text)
    clocks, rest = list(CLOCK.finditer(low)), CLOCK.sub(" ", low)
    week = WEEKDAY.search(rest) if not is_month(rest.strip(LITTER)) else None
    rest = f"{rest[: week.start()]} {rest[week.end() :]}" if week else rest
    found, rest = days_in(rest, habit)
    if len(clocks) > 1 or len(found) != 1:
        return _nothing(text, DateFlag.SEVERAL if found else DateFlag.UNREADABLE)
    if SAID.sub(" ", rest).strip(LITTER):
        return _nothing(text, DateFlag.OTHER_WORDS)
    value = found[0].value
    if week and value and value.weekday() != DAY_OF[week.group(1)]:
        return _nothing(text, DateFlag.WEEKDAY_DISAGREES)
    return _at_clock(found[0], clocks[0], text) if clocks else _made(found[0], text)


def _at_clock(found: Found, match: re.Match[str], text: str) -> DateReading:
    clock = clock_of(match)
    if clock is None or found.value is None:
        return _nothing(text, *(found.flags or (DateFlag.TIME_IMPOSSIBLE,)))
    if clock.idle or not 1 < found.value.year < 9999:  # the first and the last year have no day before or after that an hour could mean
        return _made(found, text)
    return _of_moment(in_vietnam(found.value, clock), text, *found.flags)


def _of_moment(moment: datetime, text: str, *flags: DateFlag) -> DateReading:
    """A moment in Vietnam as its day and hour."""
    day = moment.date()
    return DateReading(day, Precision.DAY, text, flags, day.year, day.month, day.day, clock=moment.time())


def _of_serial(number: float, epoch: int, text: str = "") -> DateReading:
    """A number in a date column: an Excel day count, eight digits of a date, or `24.8` that Excel took for a decimal."""
    text = text or (f"{number:g}" if number < 1e6 else str(number))
    if not isfinite(number):
        return _nothing(text, DateFlag.UNREADABLE)
    if number % 1 and number < 32:
        return _nothing(text, DateFlag.NUMBER_NOT_DATE)
    if number == int(number) and 1850 <= number <= 2150:
        return DateReading(None, Precision.YEAR, text, year=int(number))
    if number == int(number) and 10_000_000 <= number < 100_000_000:
        return _made(days_in(str(int(number)), Habit(None, None))[0][0], text)
    return _counted(number, epoch, text)


def _counted(number: float, epoch: int, text: str) -> DateReading:
    day = _from_serial(int(number), epoch)
    if day is None:
        return _nothing(text, DateFlag.UNREADABLE)
    seconds = round(number % 1 * 86400)
    if not seconds:
        return _made(whole(day, DateFlag.EXCEL_SERIAL), text)
    return _of_moment(datetime.combine(day, time()) + timedelta(seconds=seconds), text, DateFlag.EXCEL_SERIAL)


def _from_serial(days: int, epoch: int) -> date | None:
    """Day 60 of the 1900 system is 29 February 1900, which never was; days after it are one too high."""
    if not 1 <= days <= _LAST_SERIAL or (epoch == 1900 and days == 60):
        return None
    start = date(1904, 1, 1) if epoch == 1904 else date(1899, 12, 31 if days < 60 else 30)
    return start + timedelta(days=days)


def _made(found: Found, text: str) -> DateReading:
    value, flags, precision, year, month, day, alternatives = found
    return DateReading(value, precision, text, flags, year, month, day, alternatives)


def _nothing(text: str, *flags: DateFlag) -> DateReading:
    return DateReading(None, Precision.NONE, text, flags)
