"""A stay as a quarantine register tells it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StayEntry:
    """One person's line in a quarantine register."""

    disease: str
    reported_at: datetime
    form: str
    ground: str = ""
    place: str = ""
    state: str = ""
    day0: date | None = None
    day0_basis: str = ""
    started_on: date | None = None
    planned_end: date | None = None
    ended_on: date | None = None
    source_row: int | None = None
    reason: str = ""
    beside: bool = False
    """Whether a list of contacts tells of it: what a register says of the person goes before."""
