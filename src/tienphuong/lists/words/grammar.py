"""What the clauses of a cell state: each value with what stands before it, and what is left over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tienphuong.lists.words.lexer import Item, clauses_of
from tienphuong.lists.words.lexicon import Lexicon
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

_MODES: Final = ("NOT", "YET", "EXPECT", "DOUBT", "ONGOING")
_OPEN: Final = ("UNK", "NUM", "FILL", "NOTE")


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of a cell and how it is said: plain (empty), NOT, YET, EXPECT, DOUBT, ONGOING or MIXED."""

    value: str
    mode: str = ""
    clause: int = 0


@dataclass(slots=True)
class Said:
    """Everything a cell says: its statements, its notes and days, and the words nothing accounts for."""

    statements: list[Statement] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    items: list[Item] = field(default_factory=list)

    @property
    def day(self) -> date | None:
        """The only day of the cell; None where there is none or more than one."""
        return self.days[0] if len(self.days) == 1 else None


def said(text: str, words: Lexicon, context: CellContext) -> Said:
    """Read a cell clause by clause."""
    found = Said()
    for number, clause in enumerate(clauses_of(text, words, context)):
        _clause(clause, number, found)
    return found


def _clause(clause: Sequence[Item], number: int, found: Said) -> None:
    mode, opened = "", False
    for item in clause:
        found.items.append(item)
        found.roles.add(item.role)
        mode = _state(item, mode, number, found) if item.role in ("V", "NOTE") else _mode(item, mode)
        opened = (opened and item.role in _OPEN) or item.role in ("PLACE", "CAUSE")
        if item.role == "UNK" and not opened:
            found.left.append(item.text)
        if item.day:
            found.days.append(item.day)
    if mode and mode != "ONGOING":
        found.statements.append(Statement("", mode, number))


def _mode(item: Item, mode: str) -> str:
    if item.role not in _MODES:
        return mode
    return (
        item.role
        if mode in ("", "ONGOING", item.role) or (mode, item.role) == ("EXPECT", "DOUBT")
        else mode
        if item.role == "ONGOING"
        else "MIXED"
    )


def _state(item: Item, mode: str, number: int, found: Said) -> str:
    """A value takes what stood before it; so does a note, which is no statement of this kind."""
    if item.role == "V":
        found.statements.append(Statement(item.value, mode, number))
    return ""


Table = Mapping[tuple[str, str], str]


def asked(reason: str) -> Reading:
    """A question to the officer."""
    return Reading(ASK, reason=reason)


def doubts(cell: Said) -> Reading | None:
    """A question where the cell itself asks or corrects, or where words are left over."""
    if cell.roles & {"ASK", "Q"}:
        return asked("ô có dấu hỏi, đính chính hoặc nêu nhiều khả năng")
    if cell.left:
        return asked(f"không hiểu “{' '.join(cell.left[:4])}”")
    return None


def values_of(statements: Iterable[Statement], table: Table) -> list[str]:
    """Each statement as an official word by the table of the kind; what the table lacks is asked; an empty word says nothing."""
    plain = ("", "ONGOING")
    found = [table.get((one.value, one.mode), one.value if one.mode in plain else ASK) for one in statements]
    return [word for word in found if word]


def settle(words: Sequence[str]) -> Reading:
    """One word, none, or a question where they disagree."""
    distinct = [word for word in dict.fromkeys(words) if word != NONE] or list(dict.fromkeys(words))
    if ASK in distinct:
        return asked("lời phủ định hoặc dự kiến chưa cho biết rõ")
    if len(distinct) > 1:
        return asked("ô nêu nhiều điều khác nhau")
    return Reading(distinct[0] if distinct else NONE)
