"""Times of day: `15h30`, `15 giờ`, `3h chiều`, `24h`."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.terms import DateFlag

_PART: Final = r"(?:\s*(sáng|trưa|chiều|tối|đêm))?"
_CLOCK: Final = r"(\d{1,2})\s*(?:h|g|giờ|gio|:)\s*(?:(\d{1,2})\s*(?:'|p|ph|phút)?(?::(\d{2})(?:\.\d+)?)?)?" + _PART
_TIME: Final = re.compile(rf"(?:lúc\s*|khoảng\s*)*{_CLOCK}")


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time of day; `next_day` when it was written as 24h."""

    value: time | None
    original: str
    flags: tuple[DateFlag, ...] = ()
    next_day: bool = False


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
