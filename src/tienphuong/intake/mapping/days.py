"""Sheets with a column a day: which columns they are, and the day each is headed by."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from tienphuong.core.text.fold import fold
from tienphuong.intake.reading.book import Value

LEAST: Final = 3
"""Columns of days that follow one another, from which a sheet has a column a day."""
_ISO: Final = re.compile(r"(?P<y>\d{4})-(?P<a>\d{1,2})-(?P<b>\d{1,2})(?:[ t]\d{2}:\d{2}.*)?")
_SHORT: Final = re.compile(
    r"(?:(?:ngay|thu [2-7]|cn|t[2-7])\s*,?\s*)?(?P<a>\d{1,2})\s*[/.\-]\s*(?P<b>\d{1,2})(?:\s*[/.\-]\s*(?P<y>\d{4}|\d{2}))?(?!\d)"
)
_COUNTED: Final = re.compile(r"(?:ngay(?: thu)?|day|n|d)\s*\.?\s*(\d{1,2})")
_BESIDE: Final = frozenset(
    [
        "ngay",
        "thu",
        "cn",
        "sang",
        "chieu",
        "toi",
        "trua",
        "nhiet",
        "do",
        "than",
        "theo",
        "doi",
        "suc",
        "khoe",
        "tinh",
        "trang",
        "trieu",
        "chung",
        "hang",
        "ket",
        "qua",
        "am",
        "pm",
        "c",
        "date",
        "day",
        "hom",
    ]
)
_LEAP: Final = 2000


class DayLabel(NamedTuple):
    """The day a column is headed by; without a year it is the one nearest to the report."""

    day: int
    month: int
    year: int | None = None

    def near(self, report: date) -> date | None:
        """The day itself, as of a report; None where no such day is."""
        years = [self.year] if self.year else [report.year, report.year - 1, report.year + 1]
        found = [day for year in years if (day := _date(year, self.month, self.day))]
        return min(found, key=lambda day: abs((day - report).days), default=None)


def day_columns(labels: Sequence[Value]) -> dict[int, DayLabel]:
    """The columns headed by days that follow one another, read day first or month first, whichever makes them do so."""
    for month_first in (False, True):
        read = {column: day for column, label in enumerate(labels) if (day := _label(label, month_first=month_first))}
        if kept := _following(read):
            return kept
    return {}


def counted_days(labels: Sequence[Value]) -> list[int]:
    """The columns headed by the number of a day (`Ngày 1`, `N2`), which is no day of the calendar."""
    found = {
        c: int(match.group(1)) for c, label in enumerate(labels) if isinstance(label, str) and (match := _COUNTED.fullmatch(fold(label)))
    }
    rising = all(b - a in (0, 1) for a, b in pairwise(found.values()))
    return list(found) if rising and len(set(found.values())) >= LEAST else []


def _following(read: dict[int, DayLabel]) -> dict[int, DayLabel]:
    """The columns, if most steps between them are of one day; the halves of a day stand under it twice."""
    days = [_date(label.year or _LEAP, label.month, label.day) for label in read.values()]
    steps = [b - a for a, b in pairwise(day for day in days if day)]
    near = [step for step in steps if timedelta() <= step <= timedelta(days=3)]
    return read if None not in days and len(set(days)) >= LEAST and len(near) >= 0.8 * len(steps) else {}


def _label(label: Value, *, month_first: bool) -> DayLabel | None:
    if isinstance(label, datetime | date):
        return DayLabel(label.day, label.month, label.year)
    text = fold(label) if isinstance(label, str) else ""
    if iso := _ISO.fullmatch(text):
        return DayLabel(int(iso["b"]), int(iso["a"]), int(iso["y"]))
    found = _SHORT.search(text)
    if found is None or set(re.findall(r"[a-z]+", text[: found.start()] + text[found.end() :])) - _BESIDE:
        return None
    first, second, year = int(found["a"]), int(found["b"]), found["y"]
    day, month = (second, first) if month_first else (first, second)
    whole = (int(year) + 2000 if len(year) == 2 else int(year)) if year else None
    return DayLabel(day, month, whole) if _date(whole or _LEAP, month, day) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
