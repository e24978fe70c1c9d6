"""Sex as lists write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from tienphuong.core.text.fold import fold
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import CellContext
from tienphuong.registry.rules.placeholders import no_name
from tienphuong.registry.rules.terms import Sex, SexFlag

_SHORT: Final[Mapping[str, Sex]] = {"anh": Sex.MALE, "chi": Sex.FEMALE, "♂": Sex.MALE, "♀": Sex.FEMALE}
_ABSENT: Final = frozenset({"", "-", "?", "khong ro", "chua ro", "unknown", "u", "na", "n/a"})
_WORDS: Final[Mapping[str, Sex]] = {"M": Sex.MALE, "F": Sex.FEMALE}
_ANY_DAY: Final = CellContext(date(2021, 1, 1))
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
    if word != "0" and no_name(text):
        return SexReading(None, text, (SexFlag.EMPTY,))
    if word in _ABSENT or word in _SHORT:
        return SexReading(_SHORT.get(word), text, () if word in _SHORT else (SexFlag.EMPTY,))
    word_reading = read_words("sex", text, context=_ANY_DAY)
    if word_reading.word in _WORDS:
        return SexReading(_WORDS[word_reading.word], text)
    return SexReading(None, text, (SexFlag.UNREADABLE if word_reading.asked else SexFlag.EMPTY,))
