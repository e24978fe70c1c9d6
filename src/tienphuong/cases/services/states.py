"""The belief about a case, derived from its records; written as intervals so that any cut-off can be counted."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import AttributionRecord, Case, CaseState, ClassificationRecord, InvestigationRecord, OutcomeRecord
from tienphuong.cases.models.records import CaseRecord
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core import balances
from tienphuong.core.any_of import AnyOf
from tienphuong.core.bulk import write
from tienphuong.core.models.records import OPEN_END

CHUNK = 500


@dataclass(frozen=True, slots=True)
class CaseStateValues:
    """What is believed of a case at one moment: the columns of a CaseState."""

    area_id: int | None = None
    area_path: str = ""
    classification: str = ""
    outcome: str = ""
    detection_setting: str = ""
    source_status: str = ""
    onset_on: date | None = None
    detected_on: date | None = None
    classified_at: datetime | None = None
    outcome_at: datetime | None = None
    isolated_at: datetime | None = None


COLUMNS = tuple(CaseStateValues.__dataclass_fields__)
_columns_of = attrgetter(*COLUMNS)


def belief_of(state: CaseState) -> CaseStateValues:
    """The belief a stored interval holds."""
    return CaseStateValues(*_columns_of(state))


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row, a form or an appended record says of a case, as far as beliefs follow from it. What is empty was not said."""

    classification: str = ""
    reported_at: datetime | None = None
    outcome: str = ""
    outcome_at: datetime | None = None
    area_id: int | None = None
    area_path: str = ""
    found: tuple[object, ...] = ()
    """The columns that INVESTIGATED names."""
    corrected: bool = False
    """Whether a reason was given: then it replaces also what a list could not."""


INVESTIGATED = ("onset_on", "detected_on", "detection_setting", "isolated_at", "source_status")
_investigated = attrgetter(*INVESTIGATED)


def after(belief: CaseStateValues, statement: Statement) -> CaseStateValues:
    """The belief after something was said, by whomever. What is not said stays; what is said later than before, replaces.

    It is the only way from what was said to what is believed: rows as they come and records that are derived from again both take it.
    """
    news: dict[str, Any] = {name: value for name, value in zip(INVESTIGATED, statement.found, strict=False) if value}
    if statement.area_id:
        news |= {"area_id": statement.area_id, "area_path": statement.area_path}
    if supersedes_classification(belief.classification, statement.classification, corrected=statement.corrected):
        news |= {"classification": statement.classification, "classified_at": statement.reported_at}
    if statement.outcome_at and supersedes_outcome(belief, statement.outcome, statement.outcome_at, corrected=statement.corrected):
        news |= {"outcome": statement.outcome, "outcome_at": statement.outcome_at}
    return replace(belief, **news)


def apply_entry(belief: CaseStateValues, entry: CaseEntry, *, at: datetime) -> CaseStateValues:
    """The belief after a row or form was told.

    No fact is later than the act (`CaseEntry.reported_at` and `outcome_at` never are): counting at a cut-off relies on it. An outcome
    has its own day: one list tells the detection of the tenth and the death of the twenty-fourth.
    """
    current = belief.outcome_at if entry.outcome == belief.outcome else None
    statement = Statement(
        entry.classification,
        entry.reported_at,
        entry.outcome,
        entry.outcome_at or current or _ended_unseen(entry, at=at),
        entry.residence_area_id,
        entry.residence_area_path,
        _investigated(entry),
        bool(entry.reason),
    )
    return after(belief, statement)


def _ended_unseen(entry: CaseEntry, *, at: datetime) -> datetime:
    """The moment of an outcome whose day nobody wrote: it was over by the act, and no more is known.

    It is dated a day before the act, so that it is late and not one of the day, unless the list's own day of report is later; and never
    before what was reported of the case.
    """
    return min(at, max(entry.reported_at, at - timedelta(days=1)))


_CERTAINTY = {"": 0, Classification.SUSPECTED: 1, Classification.PROBABLE: 2, Classification.CONFIRMED: 3, Classification.RE_POSITIVE: 4}


def supersedes_classification(current: str, statement: str, *, corrected: bool) -> bool:
    """Whether what was said of the classification replaces what is held.

    Lists lag behind: one that still says "suspected" does not undo a confirmation. Refuting a confirmed case takes a reason.
    """
    if not statement or statement == current:
        return False
    if corrected:
        return True
    if Classification.REFUTED in (statement, current):
        return (
            _CERTAINTY.get(current, 0) < _CERTAINTY[Classification.CONFIRMED]
            and _CERTAINTY.get(statement, 9) > _CERTAINTY[Classification.PROBABLE]
        )
    return _CERTAINTY[statement] > _CERTAINTY[current]


def supersedes_outcome(current: "CaseStateValues", statement: str, stated_at: datetime, *, corrected: bool) -> bool:
    """Whether what was said of the outcome replaces what is held: "in treatment" is what lists say that heard nothing newer."""
    if not statement or statement == current.outcome:
        return bool(statement) and corrected and stated_at != current.outcome_at  # a corrected day of the same outcome
    if corrected or not current.outcome or current.outcome == Outcome.IN_TREATMENT:
        return True
    if current.outcome == Outcome.DIED:
        return False  # nobody comes back by a list: an officer decides
    return statement != Outcome.IN_TREATMENT and (current.outcome_at is None or stated_at >= current.outcome_at)


def write_states(changed: Iterable[tuple[UUID, str, CaseState | None, CaseStateValues]], *, at: datetime) -> None:
    """Close the old interval and open the new one for (case, disease, old interval, new belief).

    A belief that began at this very moment was never held by anybody: it is corrected in place. So is one that began after the act
    (two acts at once, a clock set back): closed before it began it would leave two beliefs of one case standing side by side.
    """
    opened: list[tuple[object, ...]] = []
    closed: list[int] = []
    corrected: list[CaseState] = []
    diseases: set[str] = set()
    for case_id, disease, old, belief in changed:
        diseases.add(disease)
        if old is not None and old.known_from >= at:
            for name in COLUMNS:
                setattr(old, name, getattr(belief, name))
            corrected.append(old)
            continue
        if old is not None:
            closed.append(old.pk)
        opened.append((case_id, disease, *_columns_of(belief)))
    balances.reopen(CaseState, diseases=diseases, since=at)
    CaseState.objects.filter(pk__in=AnyOf(closed)).update(known_to=at)
    CaseState.objects.bulk_update(corrected, list(COLUMNS), batch_size=CHUNK)
    write(CaseState, ("case_id", "disease", *COLUMNS), opened, shared={"known_from": at})


def states_of(cases: Sequence[UUID]) -> dict[UUID, CaseState]:
    """The interval now believed, per case."""
    return {state.case_id: state for state in CaseState.objects.filter(case_id__in=AnyOf(cases), known_to=OPEN_END)}


def derived(cases: Collection[UUID]) -> dict[UUID, CaseStateValues]:
    """The belief about each case, derived from all its records and those of its duplicates, in the order in which they were written.

    That order is the one of their ids, whatever the post's clock stood at: a drill sets it back.
    """
    beliefs = dict.fromkeys(cases, CaseStateValues())
    hidden = Case.everything.filter(duplicate_of_id__in=AnyOf(beliefs)).values_list("pk", "duplicate_of_id")
    canonical = {case: case for case in beliefs} | {case: behind for case, behind in hidden if behind}
    records: list[CaseRecord] = [*AttributionRecord.objects.filter(case_id__in=AnyOf(canonical), sense="residence").select_related("area")]
    for kind in (ClassificationRecord, InvestigationRecord, OutcomeRecord):
        records += kind.objects.filter(case_id__in=AnyOf(canonical))
    for record in sorted(records, key=attrgetter("id")):
        case = canonical[record.case_id]
        beliefs[case] = after(beliefs[case], _statement_of(record))
    return beliefs


def _statement_of(record: CaseRecord) -> Statement:
    """What an appended record says."""
    match record:
        case ClassificationRecord():
            return Statement(classification=record.classification, reported_at=record.reported_at, corrected=bool(record.reason))
        case OutcomeRecord():
            ended = record.event_at or record.reported_at
            return Statement(outcome=record.outcome, outcome_at=ended, corrected=bool(record.reason))
        case AttributionRecord():
            return Statement(area_id=record.area_id, area_path=record.area.path if record.area else "")
    return Statement(found=_investigated(record))


def wrong_cases() -> list[Case]:
    """The cases of which something else is believed than their records say; or anything, though they are counted with another."""
    wrong: list[Case] = []
    cases = Case.objects.order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(cases, CHUNK)):
        states = states_of([case.pk for case in chunk])
        statement = derived([case.pk for case in chunk if case.duplicate_of_id is None])
        wrong += (case for case in chunk if _is_wrong(states.get(case.pk), statement.get(case.pk)))
    return wrong


def _is_wrong(state: CaseState | None, statement: CaseStateValues | None) -> bool:
    return state is not None if statement is None else (belief_of(state) if state else CaseStateValues()) != statement
