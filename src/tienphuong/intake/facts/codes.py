"""The codes of a row's person, each under the key of its own numbering."""

from functools import lru_cache
from typing import Final, NamedTuple

from tienphuong.core.text.fold import fold
from tienphuong.lists.words.codes import read_codes

_LONG: Final = 4
"""Figures from which a bare number in a column of the ministry's numbers is one of them: small ones count the rows of a list."""


class Code(NamedTuple):
    """A number with its key; `national` when it is the ministry's; `own` when it means something in one sender's lists only."""

    key: str
    text: str
    national: bool = False
    own: bool = False


class PersonCodes(NamedTuple):
    """The codes a cell gives its person, and why something of it is none."""

    codes: tuple[Code, ...]
    reason: str = ""


@lru_cache(maxsize=65536)
def codes_in(raw: str, sender: str, *, national: bool = False) -> PersonCodes:
    """Every code of a cell, zeros alone being none; `national`: the column is one of the ministry's numbers."""
    cell = read_codes(raw)
    return PersonCodes(tuple(_code(key, text, sender, national=national) for key, text in cell.found if key.strip("0")), cell.reason)


def _code(key: str, text: str, sender: str, *, national: bool) -> Code:
    """BN and its slip NB are the ministry's numbers; a bare number belongs to its sender's own numbering."""
    if key.isdecimal() and not (national and len(key) >= _LONG):
        return Code(own_key(key, sender), text, own=True)
    prefix, _, number = key.rpartition("-")
    if prefix in ("BN", "NB", "") and number.isdecimal():
        return Code(f"BN-{number}", text, national=True)
    return Code(key[:60], text)


def own_key(number: str, sender: str) -> str:
    """The key of a number of a sender's own numbering."""
    return f"{fold(sender)[:40]}#{number}"
