"""What the letters of a column of sexes mean together: `M` beside `H` is mujer, beside `F` male; `L` and `P` are laki-laki and perempuan."""

from collections.abc import Collection
from typing import Final

from tienphuong.core.text.fold import fold

_BY_LETTERS: Final = (
    ({"l": "M", "p": "F"}, "lp"),
    ({"h": "M", "m": "F"}, "hm"),
    ({"m": "M", "w": "F"}, "w"),
    ({"m": "M", "k": "F"}, "k"),
    ({"m": "M", "v": "F"}, "v"),
)
"""The letters of one language, and those that must stand in the column to tell that it is this one."""


def sexes_of(words: Collection[str]) -> dict[str, str]:
    """The sex each single letter of a column stands for, where letters are ones that other languages read otherwise."""
    letters = {plain for word in words if len(plain := fold(word).strip(" .")) == 1 and plain.isalpha()}
    for meant, telling in _BY_LETTERS:
        if letters and set(telling) <= letters <= set(meant) | {"u", "x", "d", "i", "o"}:
            return meant
    # H is a man to those whose M is a woman: beside F it cannot be told which they meant.
    return {"m": ""} if {"h", "m", "f"} <= letters else {}
