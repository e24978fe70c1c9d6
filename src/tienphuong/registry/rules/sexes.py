"""Sex as lists write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tienphuong.core.text.fold import fold
from tienphuong.registry.rules.terms import Sex, SexFlag

_MALE: Final = frozenset({"nam", "m", "male", "trai", "ong", "anh", "be trai", "nam gioi", "boy", "man", "♂"})
_FEMALE: Final = frozenset({"nu", "f", "female", "gai", "ba", "chi", "be gai", "nu gioi", "girl", "woman", "♀"})
_ABSENT: Final = frozenset({"", "-", "?", "khong ro", "chua ro", "unknown", "u", "na", "n/a"})
# The usual code list of Vietnamese forms. 0 is left out: it is male in identity numbers and female in other files.
USUAL_CODES: Final[Mapping[str, Sex]] = {"1": Sex.MALE, "2": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class SexReading:
    """The sex in a cell, or None with the reason."""

    value: Sex | None
    original: str
    flags: tuple[SexFlag, ...] = ()


def read_sex(raw: str | float | None, *, codes: Mapping[str, Sex] = USUAL_CODES) -> SexReading:
    """Male, female or nothing: words in Vietnamese and English, and the file's number codes."""
    text = f"{raw:g}" if isinstance(raw, int | float) else raw or ""
    if text.strip() in codes:
        return SexReading(codes[text.strip()], text, (SexFlag.CODED,) if codes is USUAL_CODES else ())
    return _of_word(text)


@lru_cache(maxsize=1024)
def _of_word(text: str) -> SexReading:
    word = fold(text).strip(" .,:;()")
    if word in _MALE or word in _FEMALE:
        return SexReading(Sex.MALE if word in _MALE else Sex.FEMALE, text)
    return SexReading(None, text, (SexFlag.EMPTY if word in _ABSENT else SexFlag.UNREADABLE,))
