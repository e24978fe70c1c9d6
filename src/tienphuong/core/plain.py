"""Faults that are none of the program's: the database away, the disk full, a folder that may not be written. One sentence each."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError

from tienphuong.core.sentences import sentence


@dataclass(frozen=True, slots=True)
class Plain:
    """What happened, in one sentence with what to do, and after how many seconds it is worth asking again."""

    reason: str
    again_in: int


AWAY: Final = Plain("Cơ sở dữ liệu chưa trả lời; không có gì bị ghi dở. Đợi một lát rồi làm lại.", 10)
BUSY: Final = Plain("Sở chỉ huy đang bận ghi việc khác; không có gì bị ghi dở. Đợi một lát rồi làm lại.", 10)
FULL: Final = Plain("Máy của sở chỉ huy hết chỗ trên đĩa; không có gì bị ghi dở. Dọn đĩa hoặc thêm đĩa rồi làm lại.", 60)
SHUT: Final = Plain(
    "Sở chỉ huy không được ghi vào thư mục dữ liệu; không có gì bị ghi dở. Sửa quyền của thư mục hoặc gắn lại đĩa cho ghi.", 60
)
OLDER: Final = Plain("Cơ sở dữ liệu chưa nâng lên bản của chương trình. Dừng rồi chạy lại: tienphuong serve.", 60)

BROKEN: Final = Plain("Đĩa của sở chỉ huy báo lỗi khi đọc hoặc ghi; không có gì bị ghi dở. Kiểm tra đĩa rồi làm lại.", 60)

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SHUT: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
# By what a driver writes; PostgreSQL's own words are told by their codes, which no language changes.
_WORDS: Final = (
    ("database is locked", BUSY),
    ("database or disk is full", FULL),
    ("disk i/o error", BROKEN),
    ("readonly database", SHUT),
    ("unable to open database file", SHUT),
    ("no such table", OLDER),
    ("no such column", OLDER),
)
_CODES: Final = {"53100": FULL, "25006": SHUT, "42P01": OLDER, "42703": OLDER, "55P03": BUSY, "40P01": BUSY, "40001": BUSY, "53300": BUSY}


def plain(fault: BaseException) -> Plain | None:
    """The sentence for a fault that is none of the program's; None for one that is."""
    return next((found for one in _causes(fault) if (found := _of(one)) is not None), None)


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """The fault, then what it came from."""
    visited: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in visited:
        visited.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _of(fault: BaseException) -> Plain | None:
    if isinstance(fault, OSError):
        return FULL if fault.errno in _FULL else SHUT if fault.errno in _SHUT and _is_of_the_post(fault.filename) else None
    return _of_database(fault) if isinstance(fault, DatabaseError | InterfaceError) else None


def _is_of_the_post(name: object) -> bool:
    """Whether a file lies in the post's own folder; one that an officer named is the officer's to mend."""
    folder = Path(os.environ.get("TIENPHUONG_VAR") or settings.VAR).resolve()
    return isinstance(name, str | Path) and Path(name).resolve().is_relative_to(folder)


def _of_database(fault: BaseException) -> Plain | None:
    code = getattr(fault.__cause__, "sqlstate", None)
    if code in _CODES:
        return _CODES[code]
    words = str(fault).lower()
    found = next((plain for begin, plain in _WORDS if begin in words), None)
    return found or (AWAY if _is_away(fault, code) else None)


def _is_away(fault: BaseException, code: str | None) -> bool:
    """A connection that could not be made or was lost has no code of a statement, or one of the classes 08 and 57."""
    if isinstance(fault, InterfaceError):
        return True
    return isinstance(fault, OperationalError) and (code is None or code[:2] in ("08", "57"))


class WrongVersion(RuntimeError):
    """The database was made by a later version of the program: one sentence with what to do."""

    def __init__(self, found: str) -> None:
        words = (
            "cơ sở dữ liệu này do một bản Tiền Phương mới hơn lập ({found}). Cài đúng bản đó, hoặc phục hồi bản lưu cũ hơn, rồi chạy lại."
        )
        super().__init__(sentence(words, found=found))
