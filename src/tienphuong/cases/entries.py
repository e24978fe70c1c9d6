"""A case as it is told to the post."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """A number somebody gave the case; `key` is its comparison form."""

    kind: str
    text: str
    key: str
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """What one row or form says of one case. Empty means not said, never 'no'."""

    disease: str
    reported_at: datetime
    listed_at: datetime | None = None
    """The day that the title of the list gives it."""
    case_id: UUID | None = None
    """The very case, where the teller knows it: an officer at a page, a line of our own export."""
    classification: str = ""
    evidence: str = ""
    classified_on: datetime | None = None
    onset_on: date | None = None
    symptomatic: bool | None = None
    detected_on: date | None = None
    detection_setting: str = ""
    isolated_at: datetime | None = None
    source_status: str = ""
    residence_area_id: int | None = None
    residence_area_path: str = ""
    detection_area_id: int | None = None
    detection_place: str = ""
    treatment_place: str = ""
    outcome: str = ""
    outcome_at: datetime | None = None
    recovered_beside: bool = False
    """Whether the row of a death also says that the patient recovered: kept beside it, so that the figures' quality names the case."""
    recovered_at: datetime | None = None
    severity: str = ""
    cluster: str = ""
    aliases: tuple[AliasEntry, ...] = ()
    note: str = ""
    disputed: tuple[tuple[str, str], ...] = ()
    """(aspect, value) that a cell of correction puts against what was written before: for an officer to decide."""
    repeated: bool = False
    """Whether the row came word for word before: then it is late, not against what is believed by now."""
    reason: str = ""
    source_row: int | None = None
