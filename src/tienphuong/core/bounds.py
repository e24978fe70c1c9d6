"""What an address may ask: days of living memory, numbers that a list can have, text that a database can hold."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
LARGEST = 1_000_000_000
# No database keeps NUL; half of a surrogate pair is no letter.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def is_day(day: date) -> bool:
    """Whether a day can be asked about: days before and after it can still be counted."""
    return FIRST <= day <= LAST


def is_moment(moment: datetime) -> bool:
    """The same of a moment, whatever its zone."""
    return FIRST <= moment.replace(tzinfo=UTC).date() <= LAST


def whole_number(text: str) -> int | None:
    """A number from 0 written in digits, at most `LARGEST`; None for anything else."""
    digits = text.lstrip("0") or text[:1]
    if not (text.isascii() and text.isdecimal()):
        return None
    return min(int(digits), LARGEST) if len(digits) <= 10 else LARGEST


def is_text(parameters: Mapping[str, Sequence[str]]) -> bool:
    """Whether a database can hold everything that was said under these names."""
    return not any(_NO_TEXT.search(text) for name, texts in parameters.items() for text in (name, *texts))
