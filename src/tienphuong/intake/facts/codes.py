"""The keys under which spellings of one case number or list code meet."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.registry.rules.case_numbers import alias_key

_PARTS: Final = re.compile(r"[A-Z]+|\d+")
_CODE: Final = re.compile(r"\b[A-ZĐ]{1,5}[-_. ]?F\s?\d[-_. ]?\d{1,6}\b", re.IGNORECASE)


class Code(NamedTuple):
    """A number with its key; `national` when it is the ministry's; `own` when it means something in one sender's lists only."""

    key: str
    text: str
    national: bool = False
    own: bool = False


@lru_cache(maxsize=65536)
def read_code(raw: str, sender: str) -> Code | None:
    """The code in a cell. BN and its slip NB are the ministry's numbers; a bare number belongs to its sender's own numbering."""
    text = clean(raw)
    key = alias_key(text) or _other_key(text)
    if not key:
        return None
    prefix, _, number = key.rpartition("-")
    if prefix in ("BN", "NB"):
        return Code(f"BN-{number}", text[:60], national=True)
    if not prefix and key.isdigit():
        return Code(f"{fold(sender)[:40]}#{number}", text[:60], own=True)
    return Code(key[:60], text[:60])


def _other_key(text: str) -> str:
    """Codes of several parts: letters in capitals, numbers without leading zeros, joined by hyphens."""
    parts = _PARTS.findall(fold(text).upper())
    if not any(part.isdigit() for part in parts) or len(text) > 60:
        return ""
    return "-".join(str(int(part)) if part.isdigit() else part for part in parts)


def list_codes(text: str) -> list[str]:
    """The codes of listed contacts (`LN-F1-0012`) that a text names."""
    return [match.group() for match in _CODE.finditer(text)]
