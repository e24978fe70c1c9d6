"""Birth dates with their precision: a day, a month, a year, or a year worked out from an age."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.dates import DateReading, read_date
from tienphuong.core.text.fold import fold
from tienphuong.core.text.terms import DateFlag, DateOrder, Precision
from tienphuong.lists.words import ages
from tienphuong.lists.words.reading import NONE, CellContext, Reading
from tienphuong.registry.rules.placeholders import no_name
from tienphuong.registry.rules.terms import BirthFlag, BirthPrecision

BirthCell = str | int | float | date | datetime | None

_YEAR: Final = re.compile(
    r"(?:sinh\s*nam|nam\s*sinh|sinh|sn|ns|nam)?\s*[:.]?\s*((?:18|19|20)\d\d)\s*(?:[(,]\s*(\d{1,3})\s*(?:tuoi|t)\s*\)?)?"
)
_NO_DAY: Final = re.compile(r"(?:0{1,2}|x{1,2}|\?{1,2}|\.{2,})[/.\-](0{1,2}|x{1,2}|\?{1,2}|\.{2,}|\d{1,2})[/.\-]((?:18|19|20)\d\d)")
_AGED: Final = re.compile(r"[a-z]\)?$")
"""A count in a column of births is an age only where a unit stands behind it."""
_DAYS_OF: Final = {"days": 1, "weeks": 7}
_CARRIED: Final = {
    DateFlag.DAY_MONTH_EXCHANGED: BirthFlag.EXCHANGED, DateFlag.EXCEL_SERIAL: BirthFlag.EXCEL_SERIAL, DateFlag.AMBIGUOUS_DAY_MONTH: BirthFlag.AMBIGUOUS,
    DateFlag.TWO_DIGIT_YEAR: BirthFlag.TWO_DIGIT_YEAR,
}  # fmt: skip
_OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class BirthReading:
    """Year of birth, and the date or month when known. `age_months` is kept for children given in months."""

    year: int | None
    birth_date: date | None
    precision: BirthPrecision
    original: str
    month: int | None = None
    age_months: int | None = None
    flags: tuple[BirthFlag, ...] = ()


def read_birth(raw: BirthCell, *, at: date, order: DateOrder | None = DateOrder.DMY, epoch: int = 1900) -> BirthReading:
    """The birth in a cell of birth dates or birth years, judged on the day `at`."""
    if isinstance(raw, str) or raw is None:
        return _of_text(clean(raw or ""), at, order)
    if isinstance(raw, int | float) and 0 <= raw <= _OLDEST:
        return _nothing(f"{raw:g}", BirthFlag.AGE_OR_YEAR)
    return _checked(_from_date(read_date(raw, order=order, epoch=epoch)), at)


def read_age(raw: str | float | None, *, at: date) -> BirthReading:
    """The birth year worked out from a cell of ages on the day `at`; a birth written there is a birth after all."""
    return _of_age(f"{raw:g}" if isinstance(raw, int | float) else clean(raw or ""), at)


@lru_cache(maxsize=32768)
def _of_age(text: str, at: date) -> BirthReading:
    age = ages.read_age(text, context=CellContext(at))
    if age.word == NONE:
        return _nothing(text, BirthFlag.EMPTY)
    if counted := _counted(age, text, at):
        return counted
    born, year = _of_text(text, at, DateOrder.DMY), age.facts.get("birth_year")
    if born.year is None:
        return BirthReading(year, None, BirthPrecision.YEAR, text) if isinstance(year, int) else _nothing(text, BirthFlag.AGE_UNREADABLE)
    return born


def _counted(age: Reading, text: str, at: date) -> BirthReading | None:
    """The birth by an age that is counted in years, months, weeks or days; None where the cell tells none."""
    count, _, unit = age.value.partition(" ")
    if not count.isdecimal():
        return None
    return _from_age(int(count), unit, at, text=text, counted_from_conception="counted_from_conception" in age.facts)


@lru_cache(maxsize=32768)
def _of_text(text: str, at: date, order: DateOrder | None) -> BirthReading:
    if not text or no_name(text):
        return _nothing(text, BirthFlag.EMPTY)
    bare = fold(text)
    if match := _YEAR.fullmatch(bare):
        return _checked(_from_year(int(match.group(1)), match.group(2), at, text), at)
    if match := _NO_DAY.fullmatch(bare):
        return _checked(_without_day(match.group(1), int(match.group(2)), text), at)
    if bare.isdecimal() and len(bare) <= 3:
        return _nothing(text, BirthFlag.AGE_OR_YEAR)
    if _AGED.search(bare) and (age := _counted(ages.read_age(text, context=CellContext(at)), text, at)):
        return age
    return _checked(_of_date(read_date(_strip_label(text), order=order), text, at), at)


def _strip_label(text: str) -> str:
    return re.sub(r"^(?:sinh ngày|ngày sinh|sinh|sn)\s*:?\s*", "", text, flags=re.IGNORECASE)


def _from_date(reading: DateReading, text: str | None = None) -> BirthReading:
    text = text or reading.original
    flags = tuple(_CARRIED[flag] for flag in reading.flags if flag in _CARRIED)
    if reading.value:
        if (reading.value.day, reading.value.month) == (1, 1):
            flags += (BirthFlag.FIRST_OF_JANUARY,)
        return BirthReading(reading.value.year, reading.value, BirthPrecision.DAY, text, reading.value.month, flags=flags)
    if reading.precision in (Precision.MONTH, Precision.YEAR):
        precision = BirthPrecision.MONTH if reading.precision is Precision.MONTH else BirthPrecision.YEAR
        return BirthReading(reading.year, None, precision, text, reading.month, flags=flags)
    return _nothing(text, *_why_unread(reading, flags))


def _why_unread(reading: DateReading, flags: tuple[BirthFlag, ...]) -> tuple[BirthFlag, ...]:
    """Why a cell gives no birth; how its year is written is no reason by itself."""
    reasons = tuple(flag for flag in flags if flag is not BirthFlag.TWO_DIGIT_YEAR)
    return reasons or (BirthFlag.EMPTY if DateFlag.NOT_TOLD in reading.flags else BirthFlag.UNREADABLE,)


_WHOLE_YEAR: Final = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)|(?<=\d{4})(?:19|20)\d\d$")
_SHORT_YEAR: Final = re.compile(r"(?:[0-3]?\d[/.\-\s]){2}'?(\d\d)(?!\d)")


def _impossible(text: str, at: date) -> BirthReading | None:
    """The year of a day that no calendar has; of two figures the latest year that is not in the future."""
    whole, short = _WHOLE_YEAR.findall(text), _SHORT_YEAR.fullmatch(_strip_label(text).strip())
    if len(whole) == 1:
        return BirthReading(int(whole[0]), None, BirthPrecision.YEAR, text, flags=(BirthFlag.DAY_IMPOSSIBLE,))
    if whole or short is None:
        return None
    year = at.year - (at.year - int(short.group(1))) % 100
    return BirthReading(year, None, BirthPrecision.YEAR, text, flags=(BirthFlag.DAY_IMPOSSIBLE, BirthFlag.TWO_DIGIT_YEAR))


def _from_year(year: int, age: str | None, at: date, text: str) -> BirthReading:
    agrees = age is None or abs(at.year - year - int(age)) <= 1
    return BirthReading(year, None, BirthPrecision.YEAR, text, flags=() if agrees else (BirthFlag.AGE_DISAGREES,))


def _without_day(month: str, year: int, text: str) -> BirthReading:
    """`00/00/1950` knows the year, `00/05/1950` the month too."""
    known = int(month) if month.isdecimal() and 1 <= int(month) <= 12 else None
    return BirthReading(year, None, BirthPrecision.MONTH if known else BirthPrecision.YEAR, text, known)


def _of_date(found: DateReading, text: str, at: date) -> BirthReading:
    """Two digits mean the latest such year that is not in the future; people of a hundred are rarer than babies."""
    if DateFlag.IMPOSSIBLE in found.flags and (only_year := _impossible(text, at)):
        return only_year
    if DateFlag.TWO_DIGIT_YEAR in found.flags and found.value and found.value.year > at.year:
        born = date(found.value.year - 100, found.value.month, found.value.day)
        found = replace(found, value=born, year=born.year)
    return _from_date(found, text)


def _from_age(number: int, unit: str, at: date, *, text: str, counted_from_conception: bool) -> BirthReading:
    flags: tuple[BirthFlag, ...] = (BirthFlag.FROM_AGE, *((BirthFlag.COUNTED_FROM_CONCEPTION,) if counted_from_conception else ()))
    if unit == "months":
        months = at.year * 12 + at.month - 1 - number
        return BirthReading(months // 12, None, BirthPrecision.AGE_DERIVED, text, months % 12 + 1, number, flags)
    if days := _DAYS_OF.get(unit):
        born = date.fromordinal(at.toordinal() - number * days)
        return BirthReading(born.year, None, BirthPrecision.AGE_DERIVED, text, born.month, number * days // 30, flags)
    return BirthReading(at.year - number, None, BirthPrecision.AGE_DERIVED, text, flags=flags)


def _checked(reading: BirthReading, at: date) -> BirthReading:
    """The same reading, flagged when the person is not born yet or too old."""
    if reading.year is None:
        return reading
    in_future = reading.birth_date > at if reading.birth_date else reading.year > at.year
    if in_future:
        return replace(reading, flags=(*reading.flags, BirthFlag.IN_FUTURE))
    if at.year - reading.year > _OLDEST:
        return replace(reading, flags=(*reading.flags, BirthFlag.TOO_OLD))
    return reading


def _nothing(text: str, *flags: BirthFlag) -> BirthReading:
    return BirthReading(None, None, BirthPrecision.NONE, text, flags=flags)
