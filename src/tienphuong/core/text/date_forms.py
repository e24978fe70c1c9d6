"""The grammar of written days: every form in which a cell may write a day, a month, a year or an hour."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from tienphuong.core.text.terms import DateFlag, DateOrder, Precision

_MONTHS: Final = (
    "january|jan|janvier|janv|enero|ene|janeiro", "february|feb|fevrier|fevr|febrero|fevereiro|fev", "march|mar|mars|marzo|marco",
    "april|apr|avril|avr|abril|abr", "may|mai|mayo|maio", "june|jun|juin|junio|junho", "july|jul|juillet|juil|julio|julho",
    "august|aug|aout|agosto|ago", "september|sept|sep|septembre|septiembre|setembro|set", "october|oct|octobre|octubre|outubro|out",
    "november|nov|novembre|noviembre|novembro", "december|dec|decembre|diciembre|dic|dezembro|dez",
)  # fmt: skip
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_COUNTED: Final = ("mot|gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai")
_COUNT_OF: Final = {name: number for number, names in enumerate(_COUNTED, 1) for name in names.split("|")}
_NAME: Final = "(" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_WORD: Final = "(" + "|".join(sorted(_COUNT_OF, key=len, reverse=True)) + r")\b"
_DAYS: Final = (
    "thu hai|thu 2|t2|monday|mon|lundi|lunes", "thu ba|thu 3|t3|tuesday|tue|mardi|martes", "thu tu|thu 4|t4|wednesday|wed|mercredi|miercoles",
    "thu nam|thu 5|t5|thursday|thu|jeudi|jueves", "thu sau|thu 6|t6|friday|fri|vendredi|viernes",
    "thu bay|thu 7|t7|saturday|sat|samedi|sabado", "chu nhat|cn|sunday|sun|dimanche|domingo",
)  # fmt: skip
DAY_OF: Final = {name: number for number, names in enumerate(_DAYS) for name in names.split("|")}
WEEKDAY: Final = re.compile(r"(?<!\w)(" + "|".join(sorted(DAY_OF, key=len, reverse=True)) + r")\b(?!\s*[/.\-]?\s*\d{4}\b)")
_OPEN: Final = r"(?<![\d/.\-])"
_SHUT: Final = r"(?!\d|\s*[/.\-]+\s*\d)"
CLOCK: Final = re.compile(
    r"(?<![\d/.\-:])(\d{1,2})\s*(?:(?:h|g|gio)(?![a-z])\s*(?:(ruoi)|(\d{1,2})(?!\d|\s*[/.\-]\s*\d|\s*thang)\s*(?:'|phut|ph|p)?(?!\w))?"
    r"|:(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)(?:\s*(sang|trua|chieu|toi|dem|khuya|am|pm|a\.m\.|p\.m\.|sa|ch)(?!\w))?\s*(?:gmt(?=[+-]))?(z\b|[+-]\d\d:?\d\d\b|utc\b|gmt\b)?"
)
_NUMERIC: Final = re.compile(rf"{_OPEN}(\d{{4}}|\d{{1,2}})\s*([/.\-])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d{{1,2}}){_SHUT}")
_IN_WORDS: Final = re.compile(
    rf"{_OPEN}(\d{{1,2}})\s*thang\s*(?:(\d{{1,2}})(?!\d)|{_WORD})(?:[\s,/.\-]*(?:nam\s*)?(?:(?<=nam )|(?<=\W))(\d{{4}})(?!\d))?"
)
_NAMED: Final = re.compile(
    rf"{_OPEN}(\d{{1,2}})(?:st|nd|rd|th|er)?[\s\-/.]*(?:of |de )?{_NAME}(?:[\s\-/.,]*(?:de |del )?(\d{{4}}|\d\d)(?!\d|:))?"
)
_NAMED_FIRST: Final = re.compile(rf"(?<!\w){_NAME}[\s\-/]+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:\s*,\s*|[\s\-/]+)(\d{{4}})(?!\d)")
_DAY_MONTH: Final = re.compile(rf"{_OPEN}(\d{{1,2}})\s*([/.\-])\s*(\d{{1,2}}){_SHUT}")
_MONTH: Final = re.compile(
    rf"(?:(?<!\w)(?:thang\s*|t)(\d{{1,2}})(?!\d)(?:\s*(?:[/.\-]|nam|,)?\s*(?:nam\s*)?(\d{{4}})(?!\d))?|{_OPEN}(\d{{1,2}})\s*[/.\-]\s*(\d{{4}}){_SHUT}"
    rf"|{_OPEN}(\d{{4}})[/\-](\d{{1,2}}){_SHUT}|(?<!\w){_NAME}[\s\-/]*(?:de |of )?(\d{{4}})(?!\d))"
)
_COMPACT: Final = re.compile(r"(?<!\d)\d{8}(?!\d)")
_YEAR: Final = re.compile(r"(?:nam\s*)?((?:18|19|20)\d\d)")
NO_FACT: Final = re.compile(
    r"(?:(?:khong|ko|k|chua|ch)\s*(?:ro|biet|co|nho|khoi phat|trieu chung|co trieu chung|xac dinh|xuat hien trieu chung|ghi nhan|thong tin|xet nghiem|lay mau"
    r"|ra vien|duoc biet|cung cap|khai bao|ap dung)(?:\s*(?:ngay|trieu chung|thong tin|duoc))*|khong|ko|chua|n/?a|n\.a\.?|unknown|unk|none|null|nil|nan|not known"
    r"|not available|not applicable|asymptomatic|pending|inconnue?|non connue?|no se sabe|desconocid[oa]|ignorado|sin dato|khuyet|trong|(?:0{1,2}[/.\-]){2}0{1,4}|0{4}(?:[/.\-]0{1,2}){2}|(?:9{1,2}|31[/.\-]12|30[/.\-]12)(?:[/.\-]9{1,2})?[/.\-]9{4}|9{4}[/.\-](?:12[/.\-]31|9{1,2}[/.\-]9{1,2})|0?1[/.\-]0?1[/.\-](?:1900|0{3}1)|(?:1900|0{3}1)-01-01|[\-_/.?*\s]+|-+|\.+|/+|x)"
)
SAID: Final = re.compile(
    r"\b(?:ngay|hom|luc|vao|khoi phat|khoi benh|onset|phat hien|lay mau|xet nghiem|nhap vien|vao vien|ra vien|xuat vien|tu vong|co ket qua"
    r"|trieu chung|date|on|at|le|el|em|rang|sang|trua|chieu|toi|dem|mung|mong|dia|gio|utc|vn|ict)\b"
)
LITTER: Final = " ,.;:-()'\"[]"
_FUTURE_SLACK: Final = timedelta(days=31)


class Habit(NamedTuple):
    """What a day is read with: the order of the column, None where it is not known, and the day that gives a missing year."""

    order: DateOrder | None
    context: date | None


class Found(NamedTuple):
    """What one form read: a day, or as much of one as is written; `flags` say what was supplied or why there is none."""

    value: date | None = None
    flags: tuple[DateFlag, ...] = ()
    precision: Precision = Precision.NONE
    year: int | None = None
    month: int | None = None
    day: int | None = None
    alternatives: tuple[date, ...] = ()


class Clock(NamedTuple):
    """An hour of a day: how far after midnight, whether it was only the midnight of an export, and its zone in hours and minutes."""

    after: timedelta
    idle: bool
    zone: timedelta | None


IMPOSSIBLE: Final = Found(flags=(DateFlag.IMPOSSIBLE,))


def only_numbers(text: str, habit: Habit) -> Found | None:
    """The day of a text that is three numbers and nothing else, the usual case; the general way reads the same."""
    match = _NUMERIC.fullmatch(text)
    return _of_numeric(match, habit) if match else None


def days_in(text: str, habit: Habit) -> tuple[list[Found], str]:
    """Every day of a folded text, and the text without them."""
    found = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            found.append(read(match, habit))
        text = pattern.sub(" ", text)
    return found, text


def whole(value: date, *flags: DateFlag) -> Found:
    """A day that is known."""
    return Found(value, flags, Precision.DAY, value.year, value.month, value.day)


def clock_of(match: re.Match[str]) -> Clock | None:
    """The hour of a match of CLOCK; None where no such hour exists or noon and midnight are not kept apart."""
    hour, spelled, second = int(match.group(1)), match.group(4) is None, int(match.group(5) or 0)
    minute = 30 if match.group(2) else int(match.group(3) or match.group(4) or 0)
    shifted = _of_part(hour, (match.group(6) or "").replace(".", ""))
    if shifted is None or minute > 59 or second > 59 or shifted * 60 + minute > 1440:
        return None
    after = timedelta(hours=shifted, minutes=minute, seconds=second)
    return Clock(after, not after and not spelled, _zone(match.group(7)))


def _of_part(hour: int, part: str) -> int | None:
    """The hour of 24 that an hour of a part of the day means."""
    if part in ("am", "pm"):
        return hour % 12 + (12 if part == "pm" else 0) if 1 <= hour <= 12 else hour if hour > 12 and part == "pm" else None
    if part in ("chieu", "toi", "ch") or (part in ("dem", "khuya") and hour >= 6):
        return None if hour == 12 and part != "ch" else hour + 12 if hour < 12 else hour
    if part == "trua":
        return hour + 12 if hour < 5 else hour
    return None if hour == 12 and part == "sang" else 0 if hour == 12 and part == "sa" else hour if hour <= 24 else None


def _zone(text: str | None) -> timedelta | None:
    """The offset of a zone as it is written, `z`, `utc` or `+07:00`."""
    if not text:
        return None
    digits = "+0000" if text in ("z", "utc", "gmt") else text.replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:]))
    return -offset if digits[0] == "-" else offset


def in_vietnam(day: date, clock: Clock) -> datetime:
    """The moment in Vietnam, which keeps UTC+7 all year; the midnight of an export is the day itself, in whatever zone."""
    moment = datetime.combine(day, time()) + clock.after
    return moment if clock.zone is None or clock.idle else moment - clock.zone + timedelta(hours=7)


def _of_numeric(match: re.Match[str], habit: Habit) -> Found:
    first, _, second, third = match.groups()
    if len(first) == 4:
        return _checked(int(first), int(second), int(third)) if len(third) <= 2 else IMPOSSIBLE
    if habit.order is DateOrder.YMD and len(third) <= 2:
        return _checked(2000 + int(first), int(second), int(third))
    if len(third) == 1:
        return IMPOSSIBLE
    flags = (DateFlag.TWO_DIGIT_YEAR,) if len(third) == 2 else ()
    return _ordered(full_year(third), int(first), int(second), order=habit.order, flags=flags)


def _ordered(year: int, first: int, second: int, *, order: DateOrder | None, flags: tuple[DateFlag, ...] = ()) -> Found:
    """Day and month in the column's order; in the other only when that is the single possible reading, and flagged."""
    as_dmy, as_mdy = date_or_none(year, second, first), date_or_none(year, first, second)
    wanted, other = (as_mdy, as_dmy) if order is DateOrder.MDY else (as_dmy, as_mdy)
    if order not in (DateOrder.DMY, DateOrder.MDY) and as_dmy and as_mdy and as_dmy != as_mdy:
        return Found(flags=(DateFlag.AMBIGUOUS_DAY_MONTH, *flags), alternatives=(as_dmy, as_mdy))
    if wanted:
        return whole(wanted, *flags)
    if other:
        return whole(other, *flags, *((DateFlag.DAY_MONTH_EXCHANGED,) if order else ()))
    return Found(flags=(DateFlag.IMPOSSIBLE, *flags))


def _of_day_month(match: re.Match[str], habit: Habit) -> Found:
    day, month = int(match.group(1)), int(match.group(3))
    if habit.order is DateOrder.MDY:
        day, month = month, day
    return _without_year(day, month, habit)


def _of_words(match: re.Match[str], habit: Habit) -> Found:
    day, number, word, year = match.groups()
    month = int(number or _COUNT_OF[word])
    return _checked(int(year), month, int(day)) if year else _without_year(int(day), month, habit._replace(order=DateOrder.DMY))


def _of_named(match: re.Match[str], habit: Habit) -> Found:
    day, name, year = match.groups()
    if year is None:
        return _without_year(int(day), _MONTH_OF[name], habit._replace(order=DateOrder.DMY))
    return _checked(full_year(year), _MONTH_OF[name], int(day), *((DateFlag.TWO_DIGIT_YEAR,) if len(year) == 2 else ()))


def _of_named_first(match: re.Match[str], habit: Habit) -> Found:
    name, day, year = match.groups()
    return _checked(int(year), _MONTH_OF[name], int(day))


def _of_month(match: re.Match[str], habit: Habit) -> Found:
    groups = match.groups()
    month = int(groups[0] or groups[2] or groups[5] or _MONTH_OF.get(groups[6] or "", 0))
    year = groups[1] or groups[3] or groups[4] or groups[7] or (habit.context.year if habit.context else None)
    if not 1 <= month <= 12:
        return IMPOSSIBLE
    if year is None:
        return Found(flags=(DateFlag.YEAR_MISSING,), month=month)
    return Found(precision=Precision.MONTH, year=int(year), month=month)


def _of_compact(match: re.Match[str], habit: Habit) -> Found:
    """Eight digits, year first or last: no such number is a day of these centuries both ways."""
    digits = match.group()
    both = (date_or_none(digits[:4], digits[4:6], digits[6:]), date_or_none(digits[4:], digits[2:4], digits[:2]))
    likely = [day for day in both if day and 1900 <= day.year <= 2100]
    return whole(likely[0]) if likely else IMPOSSIBLE


def _without_year(day: int, month: int, habit: Habit) -> Found:
    """Day and month; the year is the last one that does not put the day more than a month after the context."""
    if not date_or_none(2000, month, day):
        return IMPOSSIBLE
    if habit.order is None and date_or_none(2000, day, month) and day != month:
        return Found(flags=(DateFlag.AMBIGUOUS_DAY_MONTH, DateFlag.YEAR_MISSING))
    if habit.context is None:
        return Found(flags=(DateFlag.YEAR_MISSING,), month=month, day=day)
    last = habit.context + _FUTURE_SLACK
    years = (last.year, last.year - 1, last.year - 2)
    value = next((found for year in years if (found := date_or_none(year, month, day)) and found <= last), None)
    return whole(value, DateFlag.YEAR_FROM_CONTEXT) if value else IMPOSSIBLE


def is_month(text: str) -> bool:
    """Whether a text is a month and nothing else; `t4/2021` is no Wednesday."""
    return _MONTH.fullmatch(text) is not None


def year_of(text: str) -> int | None:
    """The year where a text is a year and nothing else."""
    match = _YEAR.fullmatch(text)
    return int(match.group(1)) if match else None


def full_year(text: str) -> int:
    """A year of two digits is of this century."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _checked(year: int, month: int, day: int, *flags: DateFlag) -> Found:
    value = date_or_none(year, month, day)
    return whole(value, *flags) if value else IMPOSSIBLE


def date_or_none(year: int | str, month: int | str, day: int | str) -> date | None:
    """The day of the calendar, if there is such a day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_FORMS: Final = (
    (_NUMERIC, _of_numeric), (_IN_WORDS, _of_words), (_NAMED_FIRST, _of_named_first), (_NAMED, _of_named),
    (_MONTH, _of_month), (_DAY_MONTH, _of_day_month), (_COMPACT, _of_compact),
)  # fmt: skip
