"""What the title lines above a list say of the list as a whole: its day."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from tienphuong.core.text.fold import fold

_DAY: Final = re.compile(r"\bngay\s*:?\s*(\d{1,2})\s*(?:[/.\-]|thang)\s*(\d{1,2})\s*(?:[/.\-]|nam)\s*(\d{4})(?!\d)")
_MORE_DAYS: Final = re.compile(
    r"\bden\b|\btu (?:ngay|\d)|\bluy ke|\bcong don|\btong hop|\btrong (?:tuan|thang)\b|\bcan cu|\bquyet dinh|\bke hoach|\bxuat boi"
)
"""Words of a span, or of another paper's day: a list "tính đến 24/8" holds the cases of all days until then."""
_OF_ENDS: Final = re.compile(r"\b(?:tu vong|ra vien|xuat vien|khoi benh|ca (?:benh )?khoi|da khoi)\b")
"""The day of a list of deaths or discharges is the day of those, and dates no case."""


def title_day(titles: Iterable[str], *, at: date) -> date | None:
    """The one day of a list "… ngày 24/8/2021", never after it came; None where the titles speak of a span, of several days or of none."""
    text = fold(" | ".join(titles))
    if _MORE_DAYS.search(text) or _OF_ENDS.search(text):
        return None
    days = {_day(*map(int, found.groups())) for found in _DAY.finditer(text)}
    day = next(iter(days)) if len(days) == 1 else None
    return day if day and day <= at else None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
