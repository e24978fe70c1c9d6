"""The reading of a cell, the same for every kind of fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

ASK: Final = "ask"
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: an official word of the kind, `ask` or `none`, and the further facts of the same cell."""

    word: str
    facts: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    """For `ask`: what is not understood; for `none`: that the cell says it is not known. In Vietnamese for the officer."""

    @property
    def asked(self) -> bool:
        """Whether an officer has to say what the cell means."""
        return self.word == ASK

    @property
    def value(self) -> str:
        """The official word; empty where there is none to write down."""
        return "" if self.word in (ASK, NONE) else self.word


@dataclass(frozen=True, slots=True)
class CellContext:
    """What a cell is read with: the day of the list, and whether days stand day/month (dmy) or month/day (mdy); None is not known."""

    day: date
    order: str | None = "dmy"
