"""A book: sheets of rows with their original numbers, read as often as needed without holding them all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import IO

from .terms import FileKind, Notice


class BrokenCell(str):
    """An error the spreadsheet itself stored (#NAME?, #REF!), or a formula that was never calculated."""

    __slots__ = ()


UNCOMPUTED = BrokenCell("#CHƯA TÍNH")

Value = str | int | float | bool | datetime | date | time | timedelta | None
_NO_FONTS: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One non-empty row; `number` is the 1-based row the sender sees, `fonts` the old font of a cell by its column."""

    number: int
    cells: list[Value]
    fonts: Mapping[int, str] = field(default_factory=lambda: _NO_FONTS)


def _storable(row: Row) -> Row:
    """The row without the character 0, which stands for nothing and which no column of PostgreSQL takes."""
    if not any(type(cell) is str and "\0" in cell for cell in row.cells):
        return row
    return Row(row.number, [cell.replace("\0", "") if type(cell) is str else cell for cell in row.cells], row.fonts)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows are 1-based as the sender sees them, columns 0-based as `Row.cells`."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth telling about the file, with the sheet and the cells it is about."""

    notice: Notice
    message: str
    sheet: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows()` may be called again and never yields an empty row."""

    name: str
    source: Callable[[], Iterator[Row]]
    merged: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    row_count: int = 0
    last_row: int = 0
    width: int = 0

    def rows(self) -> Iterator[Row]:
        """The non-empty rows from the top."""
        return map(_storable, self.source())

    def head(self, count: int) -> list[Row]:
        """The first rows, for a look at the header."""
        return [row for row, _ in zip(self.rows(), range(count), strict=False)]


@dataclass(frozen=True, slots=True)
class Book:
    """A file that could be read."""

    name: str
    kind: FileKind
    sheets: Sequence[Sheet]
    encoding: str = ""
    separator: str = ""
    date_system: int = 1900
    remarks: tuple[Remark, ...] = ()
    spool: IO[bytes] | None = field(default=None, repr=False, compare=False)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def close(self) -> None:
        """Gives the temporary copy of the rows back; rows cannot be read afterwards."""
        if self.spool is not None:
            self.spool.close()


@lru_cache(maxsize=20_000)
def column_letter(index: int) -> str:
    """The letter of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
