"""Lines of our own exports, known again when they come back: each names its record and carries a mark of every cell, keyed by this post."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Final

from django.conf import settings

from tienphuong.core.clock import local
from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold

SIGN: Final = "TP1"
_DAY: Final = re.compile(r"^0?(\d{1,2})/0?(\d{1,2})/(\d{4})(?:[ T]0?(\d{1,2}):(\d\d)(?::\d\d)?)?$")
_ISO: Final = re.compile(r"^(\d{4})-0?(\d{1,2})-0?(\d{1,2})(?:[ T]0?(\d{1,2}):(\d\d)(?::\d\d)?)?$")
_NUMBER: Final = re.compile(r"^-?\d+[.,]\d+$")


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line of an export of this post: of which list, of which record, and what stood in its cells."""

    list: str
    record: str
    marks: frozenset[str]

    def holds(self, heading: str, value: object) -> bool:
        """Whether the cell still says what was exported."""
        return _mark(self.list, self.record, heading, value) in self.marks


def line_code(name: str, record: object, cells: Iterable[tuple[str, object]]) -> str:
    """The code of one exported line; `cells` are (heading, value). Empty cells are marked too: one that was filled in is a change."""
    marks = dict.fromkeys(_mark(name, str(record), heading, value) for heading, value in cells)
    return "-".join((SIGN, name, str(record).replace("-", ""), _seal(name, str(record)), "".join(marks)))


def read_line(code: str) -> OwnLine | None:
    """The line a code stands for; None for anything this post did not write itself."""
    parts = code.strip().split("-")
    if len(parts) != 5 or parts[0] != SIGN:
        return None
    _, name, record, seal, marks = parts
    if seal != _seal(name, record):
        return None
    return OwnLine(name, record, frozenset(marks[start : start + 5] for start in range(0, len(marks), 5)))


@cache
def _key() -> bytes:
    return hashlib.blake2b(settings.IDENTITY_KEY.encode(), digest_size=32, person=b"tp-lines").digest()


def _seal(name: str, record: str) -> str:
    return _short(f"{name}\x1f{record.replace('-', '')}", size=5)


def _mark(name: str, record: str, heading: str, value: object) -> str:
    return _short("\x1f".join((name, record.replace("-", ""), _heading(heading), plain(value))), size=3)


@lru_cache(maxsize=1_000)
def _heading(words: str) -> str:
    """A heading as it is compared; an export says the same few on every line."""
    return fold(words)


def _short(text: str, *, size: int) -> str:
    digest = hashlib.blake2b(text.encode(), digest_size=size, key=_key()).digest()
    return base64.b32encode(digest).decode().rstrip("=")


def plain(value: object) -> str:
    """A value as it is compared: the same in a workbook, as text, and saved again by any spreadsheet program."""
    if isinstance(value, datetime):
        value = (local(value) if value.tzinfo else value) + timedelta(milliseconds=500)
        return _moment(value.day, value.month, value.year, value.hour, value.minute)
    if isinstance(value, date):
        return _moment(value.day, value.month, value.year, 0, 0)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return _plain_text(clean(str(value))) if value is not None else ""


def _plain_text(text: str) -> str:
    text = text.removeprefix("'")
    if match := _DAY.match(text):
        day, month, year, hour, minute = match.groups(default="0")
        return _moment(int(day), int(month), int(year), int(hour), int(minute))
    if match := _ISO.match(text):
        year, month, day, hour, minute = match.groups(default="0")
        return _moment(int(day), int(month), int(year), int(hour), int(minute))
    return text.replace(",", ".") if _NUMBER.match(text) else text


def _moment(day: int, month: int, year: int, hour: int, minute: int) -> str:
    return f"{day}/{month}/{year}" + (f" {hour}:{minute:02d}" if hour or minute else "")
