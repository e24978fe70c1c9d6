"""One page of a list and how long the whole list is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Line]):
    """The lines of one page, and the count of all."""

    lines: tuple[Line, ...]
    total: int
