"""What the clauses of a cell state: each value with what stands before it, and what is left over."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from tienphuong.lists.words.lexer import Item, clauses_of
from tienphuong.lists.words.lexicon import Lexicon
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

_PLAIN: Final = ("ONGOING", "PAST")
_UNREAL: Final = ("EXPECT", "DOUBT")
_FACT: Final = ("", "PAST")
_WITHIN: Final = ("FILL", "NUM", "DAY", "CT", "PLACE", "NOTE", "PAST", *_UNREAL)
_BEFORE_A_DAY: Final = frozenset({"ngày", "vào", "vào ngày", "hôm", "on", "le", "el", "em"})
_MODES: Final = ("NOT", "YET", "EXPECT", "DOUBT", *_PLAIN)
_SILENT: Final = frozenset({"FILL", "DAY", "NUM", "CT"})
_BLANK: Final = re.compile(r"[\s\-–—−_.…/\\|,;:'\"]*")
_OPEN: Final = ("UNK", "NUM", "FILL", "NOTE")


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of a cell and how it is said: plain (empty), NOT, YET, EXPECT, DOUBT, ONGOING, MIXED, or BEHIND for what is only then expected or doubted."""

    value: str
    mode: str = ""
    clause: int = 0
    text: str = ""


@dataclass(slots=True)
class ParsedCell:
    """Everything a cell says: its statements, its notes and days, and the words nothing accounts for."""

    statements: list[Statement] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    items: list[Item] = field(default_factory=list)
    clauses: list[list[Item]] = field(default_factory=list)
    blank: bool = False
    """Whether the cell holds nothing but the marks of an empty cell: a dash, dots, a stroke."""

    @property
    def day(self) -> date | None:
        """The only day of the cell; None where there is none or more than one."""
        return self.days[0] if len(self.days) == 1 else None


def parse_cell(text: str, words: Lexicon, context: CellContext) -> ParsedCell:
    """Read a cell clause by clause."""
    found = ParsedCell(blank=_BLANK.fullmatch(text) is not None)
    for number, clause in enumerate(clauses_of(text, words, context)):
        found.clauses.append(clause)
        _clause(clause, number, found)
        _behind(clause, number, found)
    return found


def _behind(clause: Sequence[Item], number: int, found: ParsedCell) -> None:
    """`Ra viện (dự kiến 25/8)`: an expectation or a doubt that ends its clause, but for a day, is of the fact before it."""
    valued = max((at for at, item in enumerate(clause) if item.role == "V"), default=-1)
    unreal = max((at for at, item in enumerate(clause) if item.role in _UNREAL), default=-1)
    between, after = clause[valued + 1 : max(unreal, 0)], clause[unreal + 1 :]
    if unreal <= valued or any(item.role not in _WITHIN for item in between) or any(not _is_of_a_day(item) for item in after):
        return
    found.statements = [one for one in found.statements if one.value or one.clause != number or one.mode not in _UNREAL]
    if any(one.value and one.mode in _FACT for one in found.statements):
        found.statements = [replace(one, mode="BEHIND") if one.value and one.mode in _FACT else one for one in found.statements]
    else:
        found.statements.append(Statement("", clause[unreal].role, number))


def _is_of_a_day(item: Item) -> bool:
    return item.role == "DAY" or item.text in _BEFORE_A_DAY


def _clause(clause: Sequence[Item], number: int, found: ParsedCell) -> None:
    mode, spent, opened = "", False, False
    for item in clause:
        found.items.append(item)
        found.roles.add(item.role)
        if item.role == "V":
            # "Chờ khẳng định dương tính": whether the note took the whole of "chờ" is not told.
            found.statements.append(Statement(item.value, "MIXED" if spent and not mode else mode, number, item.text))
        spent = item.role != "V" and (spent or (item.role == "NOTE" and mode not in ("", *_PLAIN)))
        mode = "" if item.role in ("V", "NOTE") else _mode(item, mode)
        opened = (opened and item.role in _OPEN) or item.role in ("PLACE", "CAUSE")
        if item.role == "UNK" and not opened:
            found.left.append(item.text)
        if item.day:
            found.days.append(item.day)
    if mode and mode not in _PLAIN:
        found.statements.append(Statement("", mode, number))


def _mode(item: Item, mode: str) -> str:
    if item.role not in _MODES:
        return mode
    return (
        item.role
        if mode in ("", *_PLAIN, item.role) or (mode, item.role) == ("EXPECT", "DOUBT")
        else mode
        if item.role in _PLAIN
        else "MIXED"
    )


Table = Mapping[tuple[str, str], str]


def asked(reason: str) -> Reading:
    """A question to the officer."""
    return Reading(ASK, reason=reason)


def doubts(cell: ParsedCell, *, alone: str = "") -> Reading | None:
    """A question where the cell itself asks or corrects, where words are left over, or where no word says anything.

    `alone` is the part that says something by itself in this kind of cell: a day, a figure.
    """
    if cell.roles & {"ASK", "Q"}:
        return asked("ô có dấu hỏi, đính chính hoặc nêu nhiều khả năng")
    if cell.left:
        return asked(f"không hiểu “{' '.join(cell.left[:4])}”")
    if cell.roles <= _SILENT and not cell.blank and cell.roles != {alone}:
        return asked("ô không có từ nào nói về điều này")
    return None


def or_asked(cell: ParsedCell, reading: Reading) -> Reading:
    """The reading, or a question where the cell has words and none of them says a thing of its kind, not even that it is not known."""
    denied = "NONE" in cell.roles or any(one.mode for one in cell.statements)
    return asked("ô không có từ nào nói về điều này") if reading.word == NONE and not (denied or cell.blank) else reading


def values_of(statements: Iterable[Statement], table: Table) -> list[str]:
    """Each statement as an official word by the table of the kind; what the table lacks is asked; an empty word says nothing."""
    return [word for one in statements if (word := _official(one, table))]


def _official(one: Statement, table: Table) -> str:
    """What goes on or is past counts as plainly as the bare word, unless the table says otherwise."""
    bare = table.get((one.value, ""), one.value) if one.mode in ("", *_PLAIN) else ASK
    return table.get((one.value, one.mode), bare)


def settle(words: Sequence[str]) -> Reading:
    """One word, none, or a question where they disagree."""
    distinct = [word for word in dict.fromkeys(words) if word != NONE] or list(dict.fromkeys(words))
    if ASK in distinct:
        return asked("lời phủ định hoặc dự kiến chưa cho biết rõ")
    if len(distinct) > 1:
        return asked("ô nêu nhiều điều khác nhau")
    return Reading(distinct[0] if distinct else NONE)
