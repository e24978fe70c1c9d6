"""One line of a list as its sender means it, with the truth it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Entry:
    """The written values of one row, the true person behind it, and the traps laid in it."""

    kind: str
    person: str
    values: dict[str, Any]
    traps: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    source: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def mark(self, trap: str, *expected: str) -> None:
        """Notes a trap laid in this row and what a careful reader makes of it."""
        self.traps.append(trap)
        self.expected.extend(expected)


@dataclass(frozen=True)
class BrokenFormula:
    """A cell in which a text that began with a minus sign became a formula without meaning."""

    shown: str = "#NAME?"
    formula: str = "=-Anh"


@dataclass(frozen=True)
class Column:
    """A column: which value it shows, and its header words from the top row down."""

    value: str
    header: tuple[str, ...]
    width: int = 16


@dataclass(frozen=True)
class Layout:
    """How one sender lays out a list."""

    name: str
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    sections: str = ""
    subtotals: bool = False
    total: bool = False
    numbered: bool = True
    comments: tuple[str, ...] = ()
    dates: str = "dd/mm/yyyy"
    text: Callable[[str], str] = str
    font: str = "Times New Roman"
    signature: bool = False


def columns(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    """Columns under one header row; `Nhóm|Tên` puts the column under a merged group in a two-row header."""
    return tuple(Column(value, tuple(words.split("|"))) for value, words in pairs)
