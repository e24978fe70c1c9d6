"""Everything the post holds of people, table by table: by what a person is found in it, what dates it, what of it purging takes away.

A test compares this list with the tables themselves: a table that points at people, or a text of one, that nobody decided about fails it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tienphuong.cases.models import (
    AttributionRecord,
    Case,
    CaseAlias,
    CaseState,
    ClassificationRecord,
    ClusterMembership,
    InvestigationRecord,
    LabResult,
    OutcomeRecord,
    Sample,
    SampleState,
)
from tienphuong.core.any_of import AnyOf
from tienphuong.intake.models import IntakeRow, ListCode
from tienphuong.quarantine.models import Stay, StayState
from tienphuong.registry.models import Address, Contradiction, CorrectionRequest, Identifier, MatchProposal, Merge, Person, Phone
from tienphuong.tracing.models import (
    Arrival,
    Contact,
    DegreeRecord,
    ExposureEvent,
    FollowUp,
    IsolationRecord,
    PendingLink,
    Referral,
)

Texts = Mapping[str, Any]
_REASON: Texts = {"reason": ""}


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """One table: the paths that lead from a row to its person, its moments, and what is blanked; with `goes`, the rows themselves go."""

    model: type[models.Model]
    people: tuple[str, ...] = ("person_id",)
    moments: tuple[str, ...] = ("recorded_at",)
    blank: Texts = field(default_factory=dict)
    goes: bool = False

    def of(self, people: Iterable[int]) -> models.QuerySet[Any]:
        """The rows that are of these people."""
        numbers, condition = list(people), models.Q(pk__in=[])
        for path in self.people:
            condition |= models.Q(**{f"{path}__in": AnyOf(numbers)})
        return self.rows.filter(condition)

    @property
    def rows(self) -> models.QuerySet[Any]:
        """All rows of the table, those taken back too."""
        return (getattr(self.model, "everything", None) or self.model._default_manager).all()


NAMES: Texts = {
    "full_name": "", "original_name": "", "name_key": "", "loose_key": "", "sort_key": "", "sex": "", "birth_year": None, "birth_date": None,
    "birth_precision": "", "nationality": "", "occupation": "", "household_id": None, "relation_to_head": "", "withdrawn_reason": "",
    "filled": {},
}  # fmt: skip
"""What makes a record of a person somebody. The number of the record stays: figures of the past count it."""

PERSONAL_TABLES: tuple[PersonalTable, ...] = (
    PersonalTable(Person, ("pk", "identity_id"), ("recorded_at", "withdrawn_at"), NAMES),
    PersonalTable(Identifier, goes=True),
    PersonalTable(Phone, goes=True),
    PersonalTable(Address, goes=True),
    PersonalTable(MatchProposal, ("left_id", "right_id"), ("proposed_at", "decided_at"), {"reasons": [], "decision_reason": ""}),
    PersonalTable(
        Contradiction,
        moments=("reported_at", "decided_at"),
        blank={"state": "withdrawn", "current": "", "reported": "", "replaced": "", "decision_reason": ""},
    ),
    PersonalTable(CorrectionRequest, moments=("asked_at", "decided_at"), goes=True),
    PersonalTable(Merge, ("kept_id", "absorbed_id"), ("at", "undone_at"), {"reason": "", "undone_reason": ""}),
    PersonalTable(ListCode, moments=(), goes=True),
    PersonalTable(Case),
    PersonalTable(CaseAlias, ("case__person_id",), goes=True),
    PersonalTable(CaseState, ("case__person_id",), ("known_from",)),
    PersonalTable(ClassificationRecord, ("case__person_id",), blank=_REASON),
    PersonalTable(OutcomeRecord, ("case__person_id",), blank=_REASON),
    PersonalTable(AttributionRecord, ("case__person_id",), blank={"reason": "", "place": ""}),
    PersonalTable(InvestigationRecord, ("case__person_id", "source_case__person_id"), blank={"reason": "", "note": ""}),
    PersonalTable(ClusterMembership, ("case__person_id",), blank=_REASON),
    PersonalTable(Sample, blank={"reason": "", "code": "", "pool_code": ""}),
    PersonalTable(LabResult, ("sample__person_id",), blank=_REASON),
    PersonalTable(SampleState, ("sample__person_id",), ("known_from",)),
    PersonalTable(Contact, ("source_id", "person_id"), blank={"reason": "", "relation": "", "withdrawn_reason": ""}),
    PersonalTable(ExposureEvent, blank={"reason": "", "place": "", "place_key": "", "address": "", "activity": ""}),
    PersonalTable(IsolationRecord, blank=_REASON),
    PersonalTable(PendingLink, blank={"reason": "", "original": "", "given_by": "", "relation": ""}),
    PersonalTable(DegreeRecord, ("person_id", "via_person_id"), ("known_from",)),
    PersonalTable(FollowUp, blank={"reason": "", "symptoms": "", "temperature": None}),
    PersonalTable(Referral, moments=("recorded_at", "answered_at"), blank={"reason": "", "answer": ""}),
    PersonalTable(Arrival, blank={"reason": "", "from_place": "", "transport": "", "found_by": ""}),
    PersonalTable(Stay, blank={"reason": "", "place": ""}),
    PersonalTable(StayState, ("stay__person_id",), ("known_from",)),
    PersonalTable(IntakeRow, moments=("applied_at",), blank={"cells": {}, "issues": [], "match": {}, "becomes": [], "digest": ""}),
)
