"""Where a record comes from: who wrote it down, when, under which policy, and what the entry behind it says of itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Reported(Protocol):
    """An entry as a list or a form gives it."""

    @property
    def reported_at(self) -> datetime: ...
    @property
    def reason(self) -> str: ...
    @property
    def source_row(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who learned it when, and under which policy: copied onto every record of one act."""

    at: datetime
    by: UUID | None
    policy: str
    learned_at: datetime | None = None
    """When the rows were first taken in, where they are taken in again because another source was withdrawn."""

    @property
    def columns(self) -> dict[str, object]:
        """The columns that are the same on every record of the act."""
        return {"recorded_at": self.at, "recorded_by": self.by, "policy": self.policy}

    def of(self, entry: Reported) -> dict[str, object]:
        """The columns every record carries."""
        return {"reported_at": entry.reported_at, "reason": entry.reason, "source_row": entry.source_row, **self.columns}
