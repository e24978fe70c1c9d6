"""Dated rows of a disease: definitions, windows, quarantine, discharge. Each is one row of a TOML file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from tienphuong.core.policy.cited import Citation
from tienphuong.core.policy.terms import (
    CaseRole,
    DiseaseGroup,
    Kept,
    Method,
    NotificationRecipient,
    QuarantineForm,
    Subject,
    Symptom,
    WindowEnd,
)


class Row(Protocol):
    """Anything dated and cited."""

    @property
    def cite(self) -> Citation:
        """The row's basis."""


R = TypeVar("R", bound=Row)


def in_force(rows: Iterable[R], *, on: date) -> R | None:
    """The newest row in force on a day, or None."""
    return max((row for row in rows if row.cite.in_force(on)), key=lambda row: row.cite.age_key, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDefinition:
    """Which evidence makes a person suspected, probable or confirmed."""

    cite: Citation
    text: str
    confirmed_by: tuple[Method, ...]
    licensed_lab: bool = False
    probable_by: tuple[Method, ...] = ()
    confirmed_with_symptoms_by: tuple[Method, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    exposure_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InfectiousPeriod:
    """From how many days before onset or sample a case may infect, and what ends it."""

    cite: Citation
    days_before_onset: int
    days_before_sample: int | None = None
    days_after_onset: int | None = None
    ends: tuple[WindowEnd, ...] = ()
    onset_sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRule:
    """Who counts as a close contact."""

    cite: Citation
    text: str
    within_m: float | None = None
    unmasked_within_m: float | None = None
    enclosed_minutes: int | None = None
    rows_each_side: int | None = None
    same_household: bool = False
    same_room_at_work: bool = False
    same_group: bool = False
    care: bool = False
    care_without_ppe: bool = False
    physical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineRow:
    """How long and where one kind of person stays, and when they are tested."""

    cite: Citation
    subjects: tuple[Subject, ...]
    form: QuarantineForm
    days: int | None = None
    watch_days: int = 0
    test_days: tuple[int, ...] = ()
    test_on_entry: bool = False
    min_tests: int = 0
    vaccinated: bool | None = None
    region: str = ""

    def ends_on(self, day0: date) -> date | None:
        """The last day of the quarantine counted from day 0; None where no length is laid down."""
        return day0 + timedelta(days=self.days) if self.days else None

    def monitored_until(self, day0: date) -> date | None:
        """The last day of the self-monitoring that follows the quarantine: that of the quarantine where none follows."""
        return day0 + timedelta(days=self.days + self.watch_days) if self.days else None

    def earliest_day0(self, on: date) -> date | None:
        """The earliest day 0 of a quarantine that still goes on on a day; None where no length is laid down."""
        return on - timedelta(days=self.days) if self.days else None

    def suits(self, subject: Subject, *, on: date, vaccinated: bool | None, region: str) -> bool:
        """Does the row speak of this person on this day? Unknown vaccination counts as none."""
        protected = self.vaccinated is None or self.vaccinated == bool(vaccinated)
        return subject in self.subjects and protected and self.region in ("", region) and self.cite.in_force(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class DischargeRule:
    """When a case may leave treatment."""

    cite: Citation
    min_days_asymptomatic: int | None = None
    min_days_symptomatic: int | None = None
    symptom_free_days: int = 0
    negatives: int = 1
    hours_between: int = 0
    ct_counts_from: int | None = None
    last_sample_hours: int | None = None
    test_day_asymptomatic: int | None = None
    persistent_release_day: int | None = None
    follow_up_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """Who must hear of a contact of a degree."""

    cite: Citation
    degrees: tuple[int, ...]
    tell: tuple[NotificationRecipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRow:
    """How many days after the last record one kind of personal data is kept."""

    cite: Citation
    kept: Kept
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolationBasis:
    """Which form of isolation the law allows for a role and a disease group."""

    cite: Citation
    roles: tuple[CaseRole, ...]
    groups: tuple[DiseaseGroup, ...]
    form: QuarantineForm
    max_hours: int | None = None
    only_listed: str = ""
