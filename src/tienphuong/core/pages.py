"""One page of a list, how long the whole list is, and which page is asked for."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Window:
    """Which lines of a list are asked for: those beside a cursor (an earlier page gave it), else those after the first `start`."""

    size: int = 50
    cursor: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """The lines of one page, and the count of all: exact, or what it is at least."""

    lines: tuple[Line, ...]
    total: int
    at_least: bool = False
    first: int = 1
    """The number of the first line, as counted by whoever turned the pages."""
    previous: str = ""
    following: str = ""
    """Cursors of the pages beside this one; '' where there is none."""
    lost: bool = False
    """Whether the cursor asked for was none of this list, so that this is the first page."""
