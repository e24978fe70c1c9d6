"""Keys under which different spellings of one name meet: for search, for equality, for loose matching."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.syllables import TONED

_SPECIAL: Final = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "\xad": ""}


def _base_letters() -> dict[int, str]:
    """Every small Latin letter with marks, against its bare letter."""
    table = {ord(char): base for char, base in _SPECIAL.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))
        if len(bare) > 1 and bare[0].isascii():
            table[code] = bare[0].lower()
    return table


_BARE: Final = _base_letters()

# Tone of open oa, oe, uy: the old school writes hòa, thúy; the new school hoà, thuý. The key holds the new one.
_OLD_PLACEMENT: Final = re.compile("[òóỏõọ][ae]|[ùúủũụ]y")
_TONED_BACK: Final = {pair: char for char, pair in TONED.items()}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The search key: no accents, lower case, đ as d, single spaces; `Đặng Thị Thuý` -> `dang thi thuy`."""
    text = clean(text).lower()
    if text.isascii():
        return text
    text = text.translate(_BARE)
    return text if text.isascii() else _fold_rest(text)


def _fold_rest(text: str) -> str:
    """What is left for other scripts and stray combining marks; repeated until nothing changes."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    folded = clean(unicodedata.normalize("NFC", bare).lower().translate(_BARE))
    return folded if folded == text else _fold_rest(folded)


@lru_cache(maxsize=65536)
def tone_key(text: str) -> str:
    """The equality key that keeps accents: lower case, one school of tone placement; `Hòa` and `Hoà` -> `hoà`."""
    text = clean(text).lower()
    return text if text.isascii() else _OLD_PLACEMENT.sub(_move_tone, text)


def _move_tone(match: re.Match[str]) -> str:
    pair = match.group()
    base, tone = TONED[pair[0]]
    return base + _TONED_BACK[pair[1], tone]


_ALONE_Y: Final = re.compile(r"^((?:qu|[bcdghklmnprstvx]*))y$")
_DROPPED_MIDDLES: Final = frozenset({"thi", "van"})


@lru_cache(maxsize=65536)
def loose_key(text: str) -> str:
    """The matching key: folded, sounds that lists mix up made equal (l/n, ch/tr, s/x, d/gi/r, i/y), middle Thị/Văn dropped."""
    words = fold(text).split()
    last = len(words) - 1
    return " ".join(_loose_word(word) for i, word in enumerate(words) if not (0 < i < last and word in _DROPPED_MIDDLES))


@lru_cache(maxsize=16384)
def _loose_word(word: str) -> str:
    return _ALONE_Y.sub(r"\1i", _loose_onset(word))


def _loose_onset(word: str) -> str:
    if word.startswith("tr"):
        return "ch" + word[2:]
    if word.startswith("gi"):
        return ("d" if word[2:3] and word[2] in "aeiouy" else "di") + word[2:]
    first = {"l": "n", "s": "x", "r": "d"}.get(word[:1])
    return first + word[1:] if first else word
