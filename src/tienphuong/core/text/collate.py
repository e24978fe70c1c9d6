"""Vietnamese alphabetical order as plain ASCII keys that every database sorts alike.

A key is made of digits and small letters only: collations of PostgreSQL and SQLite agree on those. Each letter takes two
characters (a0 ă=a1 â=a2 b0 ...), a word ends with `0` and its tone 1-6, a part of a name ends with another `0`.
"""

import re
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.core.text.syllables import TONED

_LETTERS: Final = {char: f"{char}0" for char in "abcdefghijklmnopqrstuvwxyz"} | {
    "ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1",
}  # fmt: skip
_RUNS: Final = re.compile(r"\d+|\D")
_JUNK: Final = re.compile(r"[^\w\s]|_")


def sort_key(full_name: str) -> str:
    """The key that orders people as a Vietnamese list does: by given name, then middle, then family name."""
    return _name_key(full_name)


@lru_cache(maxsize=65536)
def _name_key(full_name: str) -> str:
    words = [_word_key(word) for word in _words(full_name)]
    given, middle, family = words[-1:], words[1:-1], words[:1] if len(words) > 1 else []
    return "0".join("".join(part) for part in (given, middle, family))


@lru_cache(maxsize=65536)
def collation_key(text: str) -> str:
    """The key that orders any text word by word as written, numbers by value (`Tổ 2` before `Tổ 10`)."""
    return "".join(_word_key(word) for word in _words(text))


def _words(text: str) -> list[str]:
    return _JUNK.sub("", clean(text).lower()).split()


@lru_cache(maxsize=16384)
def _word_key(word: str) -> str:
    tone, out = 0, []
    for run in _RUNS.findall(word):
        base, mark = TONED.get(run, (run, 0))
        tone = tone or mark
        out.append(_run_key(base))
    return f"{''.join(out)}0{tone + 1}"


def _run_key(run: str) -> str:
    """One letter or one number. Numbers stand before letters, with their length so that 9 < 10."""
    if run in _LETTERS:
        return _LETTERS[run]
    if run.isdecimal():
        digits = str(int(run))
        return f"1{min(len(digits), 9)}{digits}"
    bare = fold(run)
    return "".join(_LETTERS[c] for c in bare) if bare and all(c in _LETTERS for c in bare) else f"z9{ord(run[0]):06x}"
