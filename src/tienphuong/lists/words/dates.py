"""The day or the moment a cell tells: dates, clocks and weekdays are taken out, and what is left over is asked."""

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Final, NamedTuple

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

VIETNAM: Final = timezone(timedelta(hours=7))
FIRST_YEAR: Final = 2019
"""Before it the disease was not known: an older day of an event is asked."""
_FIRST_SERIAL: Final = 43466
_EPOCH: Final = date(1899, 12, 30)
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
_DAY_OF: Final = {name: number for number, names in enumerate(_DAYS) for name in names.split("|")}
_WEEKDAY: Final = re.compile(r"(?<!\w)(" + "|".join(sorted(_DAY_OF, key=len, reverse=True)) + r")\b(?!\s*[/.\-]?\s*\d{4}\b)")
_OPEN: Final = r"(?<![\d/.\-])"
_SHUT: Final = r"(?!\d|\s*[/.\-]+\s*\d)"
_CLOCK: Final = re.compile(
    r"(?<![\d/.\-:])(\d{1,2})\s*(?:(?:h|g|gio)(?![a-z])\s*(?:(ruoi)|(\d{1,2})(?!\d|\s*[/.\-]\s*\d|\s*thang)\s*(?:'|phut|ph|p)?(?!\w))?"
    r"|:(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)(?:\s*(sang|trua|chieu|toi|dem|khuya|am|pm|a\.m\.|p\.m\.|sa|ch)(?!\w))?\s*(z\b|[+-]\d\d:?\d\d\b|utc\b)?"
)
_NUMERIC: Final = re.compile(rf"{_OPEN}(\d{{4}}|\d{{1,2}})\s*([/.\-])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d{{1,2}}){_SHUT}")
_IN_WORDS: Final = re.compile(
    rf"{_OPEN}(\d{{1,2}})\s*thang\s*(?:(\d{{1,2}})(?!\d)|{_WORD})(?:[\s,/.\-]*(?:nam\s*)?(?:(?<=nam )|(?<=\W))(\d{{4}})(?!\d))?"
)
_NAMED: Final = re.compile(
    rf"{_OPEN}(\d{{1,2}})(?:st|nd|rd|th|er)?[\s\-/.]*(?:of |de )?{_NAME}(?:[\s\-/.,]*(?:de |del )?(\d{{4}}|\d\d)(?!\d|:))?"
)
_NAMED_FIRST: Final = re.compile(rf"(?<!\w){_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:\s*,\s*|\s+)(\d{{4}})(?!\d)")
_DAY_MONTH: Final = re.compile(rf"{_OPEN}(\d{{1,2}})\s*([/.\-])\s*(\d{{1,2}}){_SHUT}")
_MONTH: Final = re.compile(
    rf"(?:(?<!\w)(?:thang\s*|t)(\d{{1,2}})(?!\d)(?:\s*(?:[/.\-]|nam|,)?\s*(?:nam\s*)?(\d{{4}})(?!\d))?|{_OPEN}(\d{{1,2}})\s*[/.\-]\s*(\d{{4}}){_SHUT}"
    rf"|{_OPEN}(\d{{4}})[/\-](\d{{1,2}}){_SHUT}|(?<!\w){_NAME}[\s\-/]*(?:de |of )?(\d{{4}})(?!\d))"
)
_COMPACT: Final = re.compile(r"(?<!\d)\d{8}(?!\d)")
_YEAR: Final = re.compile(r"(?:nam\s*)?((?:19|20)\d\d)")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,](\d+))?")
NO_FACT: Final = re.compile(
    r"(?:(?:khong|ko|k|chua|ch)\s*(?:ro|biet|co|nho|khoi phat|trieu chung|co trieu chung|xac dinh|xuat hien trieu chung|ghi nhan|thong tin|xet nghiem|lay mau"
    r"|ra vien|duoc biet|cung cap|khai bao|ap dung)(?:\s*(?:ngay|trieu chung|thong tin|duoc))*|khong|ko|chua|n/?a|n\.a\.?|unknown|unk|none|null|nil|nan|not known"
    r"|not available|not applicable|asymptomatic|pending|inconnue?|non connue?|no se sabe|desconocid[oa]|ignorado|sin dato|khuyet|trong|-+|\.+|/+|x)"
)
_SAID: Final = re.compile(
    r"\b(?:ngay|hom|luc|vao|khoi phat|khoi benh|onset|phat hien|lay mau|xet nghiem|nhap vien|vao vien|ra vien|xuat vien|tu vong|co ket qua"
    r"|trieu chung|date|on|at|le|el|em|rang|sang|trua|chieu|toi|dem|mung|mong|dia|gio|utc|vn|ict)\b"
)
_LITTER: Final = " ,.;:-()'\"[]"
WRAPPED: Final = re.compile(r"=\s*\"(.*)\"|'(.+)")


class _Found(NamedTuple):
    """What one form read: a day, or a month or year as text; neither means that no such day exists."""

    day: date | None = None
    part: str = ""


_IMPOSSIBLE: Final = _Found()
_NO_DAY: Final = "Không đọc được ngày."
_TWO: Final = "Ô có hơn một ngày hoặc giờ."
_LEFT: Final = "Ô còn chữ chưa hiểu bên cạnh ngày."
_OUT: Final = "Ngày không có trong lịch, hoặc ở ngoài thời gian của dịch."
_WEEK: Final = "Thứ trong tuần không khớp với ngày."


def unwrapped(text: str) -> str:
    """The text inside the wrapper by which spreadsheets keep a text a text: `="001"` or a leading apostrophe."""
    match = WRAPPED.fullmatch(text.strip())
    return (match.group(1) or match.group(2) or "") if match else text


def read_datetime(text: str, *, context: CellContext) -> Reading:
    """The day, or the day and hour in Vietnam time; a month or a year where no more is told."""
    low = re.sub(r"(?<=\d)t(?=\d{1,2}:)", " ", fold(unwrapped(clean(text))))
    bare = low.strip(_LITTER)
    if not bare or NO_FACT.fullmatch(bare) or NO_FACT.fullmatch(low):
        return Reading(NONE)
    if bare in _DAY_OF:
        return _ask(_NO_DAY)
    return _of_number(bare) or _of_text(low, context)


def _of_number(bare: str) -> "Reading | None":
    """A year, or a day count of a spreadsheet."""
    if year := _YEAR.fullmatch(bare):
        return Reading(year.group(1)) if int(year.group(1)) >= FIRST_YEAR else _ask(_OUT)
    serial = _SERIAL.fullmatch(bare)
    if serial is None:
        return None
    if int(serial.group(1)) < _FIRST_SERIAL:
        return _ask(_OUT)
    seconds = round(float(f"0.{serial.group(2) or 0}") * 86400)
    moment = datetime.combine(_EPOCH, time()) + timedelta(days=int(serial.group(1)), seconds=seconds)
    return Reading(_iso(moment) if seconds else moment.date().isoformat())


def _of_text(low: str, context: CellContext) -> Reading:
    clocks = list(_CLOCK.finditer(low))
    rest = _CLOCK.sub(" ", low)
    week = _WEEKDAY.search(rest) if not _MONTH.fullmatch(rest.strip(_LITTER)) else None
    rest = rest[: week.start()] + " " + rest[week.end() :] if week else rest
    found, rest = _taken(rest, context)
    if len(clocks) > 1 or len(found) != 1:
        return _ask(_TWO if found else _NO_DAY)
    if _SAID.sub(" ", rest).strip(_LITTER):
        return _ask(_LEFT)
    if week and found[0].day and found[0].day.weekday() != _DAY_OF[week.group(1)]:
        return _ask(_WEEK)
    return _told(found[0], clocks[0] if clocks else None, context)


def _taken(rest: str, context: CellContext) -> tuple[list[_Found], str]:
    """Every day of a text, and the text without them."""
    found = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(rest):
            found.append(read(match, context))
        rest = pattern.sub(" ", rest)
    return found, rest


def _told(found: _Found, clock: "re.Match[str] | None", context: CellContext) -> Reading:
    if found.part:
        late = found.part > context.day.isoformat()[: len(found.part)]
        return _ask(_OUT) if late or clock or int(found.part[:4]) < FIRST_YEAR else Reading(found.part)
    if found.day is None or found.day.year < FIRST_YEAR or found.day > context.day:
        return _ask(_OUT)
    return Reading(found.day.isoformat()) if clock is None else _at(found.day, clock)


def _at(day: date, clock: "re.Match[str]") -> Reading:
    """The day with its hour; an export of a day at midnight, in whatever zone, is the day."""
    hour, spelled, second = int(clock.group(1)), clock.group(4) is None, int(clock.group(5) or 0)
    minute = 30 if clock.group(2) else int(clock.group(3) or clock.group(4) or 0)
    shifted = _of_part(hour, (clock.group(6) or "").replace(".", ""))
    if shifted is None or minute > 59 or second > 59 or shifted * 60 + minute > 1440:
        return _ask("Giờ không hợp lệ.")
    if not (shifted or minute or second or spelled):
        return Reading(day.isoformat())
    moment = datetime.combine(day, time()) + timedelta(hours=shifted, minutes=minute, seconds=second)
    return Reading(_iso(_in_vietnam(moment, clock.group(7))))


def _of_part(hour: int, part: str) -> int | None:
    """The hour of 24 that an hour of a part of the day means; None where noon and midnight are not kept apart."""
    if part in ("am", "pm"):
        return hour % 12 + (12 if part == "pm" else 0) if 1 <= hour <= 12 else hour if hour > 12 and part == "pm" else None
    if part in ("chieu", "toi", "ch") or (part in ("dem", "khuya") and hour >= 6):
        return None if hour == 12 and part != "ch" else hour + 12 if hour < 12 else hour
    if part == "trua":
        return hour + 12 if hour < 5 else hour
    return None if hour == 12 and part == "sang" else 0 if hour == 12 and part == "sa" else hour if hour <= 24 else None


def _in_vietnam(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    digits = "+0000" if zone in ("z", "utc") else zone.replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:]))
    return moment - (-offset if digits[0] == "-" else offset) + timedelta(hours=7)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _of_numeric(match: "re.Match[str]", context: CellContext) -> _Found:
    first, _, second, third = match.groups()
    if len(first) == 4:
        return _day(int(first), int(second), int(third)) if len(third) <= 2 else _IMPOSSIBLE
    if len(third) == 1:
        return _IMPOSSIBLE
    year = int(third) if len(third) == 4 else 2000 + int(third)
    return _ordered(year, int(first), int(second), context)


def _ordered(year: int, first: int, second: int, context: CellContext) -> _Found:
    """Day and month in the column's order; in the other only where no other day exists; unknown order with two days is asked."""
    dmy, mdy = _day(year, second, first), _day(year, first, second)
    if context.order is None and dmy.day and mdy.day and dmy != mdy:
        return _IMPOSSIBLE
    wanted, other = (mdy, dmy) if context.order == "mdy" else (dmy, mdy)
    return wanted if wanted.day else other


def _of_day_month(match: "re.Match[str]", context: CellContext) -> _Found:
    """The year is the report's; a day that this would put after the report is asked."""
    if match.group(1) == match.group(3) == "0":
        return _IMPOSSIBLE
    first, second = int(match.group(1)), int(match.group(3))
    if context.order == "dmy" and second > 12:
        return _IMPOSSIBLE
    return _ordered(context.day.year, first, second, context)


def _of_words(match: "re.Match[str]", context: CellContext) -> _Found:
    day, month, word, year = match.groups()
    return _day(int(year or context.day.year), int(month or _COUNT_OF[word]), int(day))


def _of_named(match: "re.Match[str]", context: CellContext) -> _Found:
    day, name, year = match.groups()
    full = context.day.year if year is None else int(year) if len(year) == 4 else 2000 + int(year)
    return _day(full, _MONTH_OF[name], int(day))


def _of_named_first(match: "re.Match[str]", context: CellContext) -> _Found:
    name, day, year = match.groups()
    return _day(int(year), _MONTH_OF[name], int(day))


def _of_month(match: "re.Match[str]", context: CellContext) -> _Found:
    groups = match.groups()
    month, year = groups[0] or groups[2] or groups[5] or _MONTH_OF.get(groups[6] or "", 0), groups[1] or groups[3] or groups[4] or groups[7]
    return _Found(part=f"{int(year or context.day.year)}-{int(month):02d}") if 1 <= int(month) <= 12 else _IMPOSSIBLE


def _of_compact(match: "re.Match[str]", context: CellContext) -> _Found:
    """Eight digits, year first or last, whichever is a day of this time; both or neither is asked."""
    digits = match.group()
    both = (_day(int(digits[:4]), int(digits[4:6]), int(digits[6:])), _day(int(digits[4:]), int(digits[2:4]), int(digits[:2])))
    likely = {found for found in both if found.day and FIRST_YEAR <= found.day.year <= 2100}
    return likely.pop() if len(likely) == 1 else _IMPOSSIBLE


_FORMS: Final = (
    (_NUMERIC, _of_numeric), (_IN_WORDS, _of_words), (_NAMED_FIRST, _of_named_first), (_NAMED, _of_named),
    (_MONTH, _of_month), (_DAY_MONTH, _of_day_month), (_COMPACT, _of_compact),
)  # fmt: skip


def _day(year: int, month: int, day: int) -> _Found:
    try:
        return _Found(date(year, month, day))
    except ValueError:
        return _IMPOSSIBLE


def _ask(reason: str) -> Reading:
    return Reading(ASK, reason=reason)
