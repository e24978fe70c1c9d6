"""Times of day and moments: `15h30`, `15 giờ`, `0h ngày 24/7`, `24h`, `2021-08-24T16:00`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.dates import DateCell, DateReading, read_date
from tienphuong.core.text.terms import DateFlag, DateOrder, Precision

# Vietnam keeps UTC+7 all year; no zone data is needed to say so.
VIETNAM: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_PART: Final = r"(?:\s*(sáng|trưa|chiều|tối|đêm))?"
_CLOCK: Final = r"(\d{1,2})\s*(?:h|g|giờ|gio|:)\s*(?:(\d{1,2})\s*(?:'|p|ph|phút)?(?::(\d{2})(?:\.\d+)?)?)?" + _PART
_TIME: Final = re.compile(rf"(?:lúc\s*|khoảng\s*)*{_CLOCK}")
_TIME_THEN_DATE: Final = re.compile(rf"((?:lúc\s*|khoảng\s*)*{_CLOCK})\s*,?\s*((?:ngày\s*)?\d.*)")
_DATE_THEN_TIME: Final = re.compile(rf"(.*?\d)(?:\s*,\s*|\s+|t)((?:lúc\s*)?{_CLOCK})(z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time of day; `next_day` when it was written as 24h."""

    value: time | None
    original: str
    flags: tuple[DateFlag, ...] = ()
    next_day: bool = False


@dataclass(frozen=True, slots=True)
class MomentReading:
    """A moment in Vietnam time, or a day when no time was written."""

    value: datetime | None
    day: date | None
    precision: Precision
    original: str
    flags: tuple[DateFlag, ...] = ()


def read_time(raw: str | float | time | None) -> TimeReading:
    """The time of day in a cell; a fraction of a day is an Excel time."""
    if isinstance(raw, time):
        return TimeReading(raw, raw.isoformat())
    if isinstance(raw, int | float):
        return _of_fraction(float(raw))
    text = clean(raw or "")
    if not text:
        return TimeReading(None, "", (DateFlag.EMPTY,))
    match = _TIME.fullmatch(text.lower())
    return _of_clock(match, text) if match else TimeReading(None, text, (DateFlag.UNREADABLE,))


def read_datetime(
    raw: DateCell, *, order: DateOrder | None = DateOrder.DMY, context: date | None = None, epoch: int = 1900
) -> MomentReading:
    """The moment in a cell: a date with or without a time, in either order."""
    if isinstance(raw, datetime):
        return _of_datetime(raw)
    if isinstance(raw, str):
        return _of_text(clean(raw), order=order, context=context)
    reading = read_date(raw, order=order, context=context, epoch=epoch)
    fraction = float(raw) % 1 if isinstance(raw, float) else 0.0
    return _joined(reading, _of_fraction(fraction) if fraction else None, reading.original)


def _of_text(text: str, *, order: DateOrder | None, context: date | None) -> MomentReading:
    low = text.lower()
    day_text, clock, zone = low, None, None
    if match := _TIME_THEN_DATE.fullmatch(low):
        clock, day_text = _TIME.fullmatch(match.group(1)), match.group(6)
    elif match := _DATE_THEN_TIME.fullmatch(low):
        day_text, clock, zone = match.group(1), _TIME.fullmatch(match.group(2)), match.group(7)
    reading = read_date(day_text, order=order, context=context)
    moment = _joined(reading, _of_clock(clock, text) if clock else None, text)
    return _shifted(moment, zone) if zone else moment


def _of_datetime(raw: datetime) -> MomentReading:
    local = raw.astimezone(VIETNAM) if raw.tzinfo else raw.replace(tzinfo=VIETNAM)
    if local.time() == time(0):
        return MomentReading(None, local.date(), Precision.DAY, raw.isoformat())
    return MomentReading(local, local.date(), Precision.MINUTE, raw.isoformat())


def _of_fraction(number: float) -> TimeReading:
    if not 0 <= number < 1:
        return TimeReading(None, f"{number:g}", (DateFlag.TIME_IMPOSSIBLE,))
    minutes = round(number * 1440) % 1440
    return TimeReading(time(minutes // 60, minutes % 60), f"{number:g}")


def _of_clock(match: re.Match[str], text: str) -> TimeReading:
    hour, minute, second = (int(match.group(i) or 0) for i in (1, 2, 3))
    part = match.group(4)
    if hour == 12 and part in ("đêm", "tối", "sáng"):
        return TimeReading(None, text, (DateFlag.MIDNIGHT_OR_NOON,))
    if hour < 12 and (part in ("chiều", "tối") or (part == "đêm" and hour >= 6) or (part == "trưa" and hour < 5)):
        hour += 12
    if (hour, minute, second) == (24, 0, 0):
        return TimeReading(time(0), text, (DateFlag.END_OF_DAY,), next_day=True)
    if hour > 23 or minute > 59 or second > 59:
        return TimeReading(None, text, (DateFlag.TIME_IMPOSSIBLE,))
    return TimeReading(time(hour, minute, second), text)


def _joined(day: DateReading, clock: TimeReading | None, text: str) -> MomentReading:
    flags = day.flags + (clock.flags if clock else ())
    if day.value is None or clock is None or clock.value is None:
        return MomentReading(None, day.value, day.precision, text, flags)
    on = day.value + timedelta(days=1) if clock.next_day else day.value
    return MomentReading(datetime.combine(on, clock.value, VIETNAM), on, Precision.MINUTE, text, flags)


def _shifted(moment: MomentReading, zone: str) -> MomentReading:
    """A moment written with its own offset, told in Vietnam time."""
    if moment.value is None:
        return moment
    digits = "+0000" if zone == "z" else zone.replace(":", "")
    offset = timedelta(hours=int(digits[:3]), minutes=int(digits[0] + digits[3:]))
    local = moment.value.replace(tzinfo=timezone(offset)).astimezone(VIETNAM)
    return MomentReading(local, local.date(), moment.precision, moment.original, moment.flags)
