"""A positive answer that is not the last word: the first of several tests, or one whose confirmation is awaited."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tienphuong.lists.words.grammar import ParsedCell
from tienphuong.lists.words.lexer import Item

UNCONFIRMED: Final = "dương tính lần đầu hoặc còn chờ khẳng định, chưa phải kết quả cuối cùng"
_AWAITS: Final = ("EXPECT", "YET", "ONGOING")
_CONFIRMS: Final = frozenset(
    [
        "khẳng định",
        "xác định",
        "xác nhận",
        "pcr",
        "rt pcr",
        "rtpcr",
        "realtime pcr",
        "realtime",
        "real time",
        "kết quả",
        "kq",
        "kqxn",
        "result",
        "results",
        "kết quả khẳng định",
        "confirmed",
        "confirm",
        "confirmation",
        "lần",
        "lần thứ",
        "lấy lại",
        "test lại",
        "lấy mẫu lại",
        "lấy mẫu lần",
        "mẫu lần",
        "xét nghiệm",
        "xn",
        "xét nghiệm lại",
        "pcr test",
        "test",
    ]
)
_SENT: Final = frozenset(
    [
        "chờ kq",
        "đang chờ kq",
        "pending",
        "in process",
        "in progress",
        "en attente",
        "pendiente",
        "pendente",
        "awaiting",
        "đã gửi",
        "gửi mẫu",
        "mẫu đã gửi",
        "chờ kết quả",
        "unconfirmed",
    ]
)
_ROUND: Final = ("lần", "lần thứ", "mẫu lần", "lấy mẫu lần")
_FIRST: Final = frozenset({"lần đầu", "lần thứ nhất", "lần 1", "first", "1st", "first test", "sơ bộ", "preliminary", "presumptive"})


def unconfirmed(cell: ParsedCell) -> bool:
    """Whether what a positive cell says waits for another test, or is the first of several and no later one is named."""
    return any(waits(clause) for clause in cell.clauses) or _is_first(cell)


def waits(clause: Sequence[Item]) -> bool:
    """Whether a clause awaits a test or its confirmation; a bed, a number or a vehicle that is awaited says nothing of the test."""
    awaits = False
    for item in clause:
        if item.text in _SENT or (awaits and item.text in _CONFIRMS):
            return True
        awaits = awaits or item.role in _AWAITS
    return False


def _is_first(cell: ParsedCell) -> bool:
    """Whether the first test is named, and no later one."""
    rounds = {round_ for clause in cell.clauses for round_ in _rounds(clause)}
    return "1" in rounds and len(rounds) == 1


def _rounds(clause: Sequence[Item]) -> set[str]:
    numbered = {after.text for before, after in pairwise(clause) if before.text in _ROUND and after.role == "NUM"}
    return numbered | {"1" for item in clause if item.text in _FIRST}
