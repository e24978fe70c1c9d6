"""The belief about a case, derived from its records; written as intervals so that any cut-off can be counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from uuid import UUID

from django.db.models import Q

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import AttributionRecord, CaseState, ClassificationRecord, InvestigationRecord, OutcomeRecord
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core import balances
from tienphuong.core.among import Among
from tienphuong.core.bulk import write
from tienphuong.core.models.records import STILL_BELIEVED

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Belief:
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


COLUMNS = tuple(Belief.__dataclass_fields__)
_held = attrgetter(*COLUMNS)


def belief_of(state: CaseState) -> Belief:
    """The belief a stored interval holds."""
    return Belief(*_held(state))


def told(belief: Belief, entry: CaseEntry, *, at: datetime) -> Belief:
    """The belief after a row or form was heard. What it does not say stays; what it says later than before, replaces.

    No fact is later than the act (`CaseEntry.reported_at` and `outcome_at` never are): counting at a cut-off relies on it. An outcome
    has its own day: one list tells the detection of the tenth and the death of the twenty-fourth.
    """
    said = {name: getattr(entry, name) for name in ("detection_setting", "source_status", "onset_on", "detected_on", "isolated_at")}
    said = {name: value for name, value in said.items() if value}
    if entry.residence_area_id:
        said |= {"area_id": entry.residence_area_id, "area_path": entry.residence_area_path}
    if speaks_of_class(belief.classification, entry.classification, corrected=bool(entry.reason)):
        said |= {"classification": entry.classification, "classified_at": entry.reported_at}
    held = belief.outcome_at if entry.outcome == belief.outcome else None
    ended = entry.outcome_at or held or _ended_unseen(entry, at=at)
    if speaks_of_outcome(belief, entry.outcome, ended, corrected=bool(entry.reason)):
        said |= {"outcome": entry.outcome, "outcome_at": ended}
    return replace(belief, **said)


def _ended_unseen(entry: CaseEntry, *, at: datetime) -> datetime:
    """The moment of an outcome whose day nobody wrote: it was over by the act, and no more is known.

    It is dated a day before the act, so that it is late and not one of the day, unless the list's own day of report is later; and never
    before what was reported of the case.
    """
    return min(at, max(entry.reported_at, at - timedelta(days=1)))


_CERTAINTY = {"": 0, Classification.SUSPECTED: 1, Classification.PROBABLE: 2, Classification.CONFIRMED: 3, Classification.RE_POSITIVE: 4}


def speaks_of_class(held: str, said: str, *, corrected: bool) -> bool:
    """Whether what was said of the classification replaces what is held.

    Lists lag behind: one that still says "suspected" does not undo a confirmation. Refuting a confirmed case takes a reason.
    """
    if not said or said == held:
        return False
    if corrected:
        return True
    if Classification.REFUTED in (said, held):
        return (
            _CERTAINTY.get(held, 0) < _CERTAINTY[Classification.CONFIRMED] and _CERTAINTY.get(said, 9) > _CERTAINTY[Classification.PROBABLE]
        )
    return _CERTAINTY[said] > _CERTAINTY[held]


def speaks_of_outcome(held: "Belief", said: str, said_at: datetime, *, corrected: bool) -> bool:
    """Whether what was said of the outcome replaces what is held: "in treatment" is what lists say that heard nothing newer."""
    if not said or said == held.outcome:
        return bool(said) and corrected and said_at != held.outcome_at  # a corrected day of the same outcome
    if corrected or not held.outcome or held.outcome == Outcome.IN_TREATMENT:
        return True
    if held.outcome == Outcome.DIED:
        return False  # nobody comes back by a list: an officer decides
    return said != Outcome.IN_TREATMENT and (held.outcome_at is None or said_at >= held.outcome_at)


def write_beliefs(changed: Iterable[tuple[UUID, str, CaseState | None, Belief]], *, at: datetime) -> None:
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
        opened.append((case_id, disease, *_held(belief)))
    balances.reopen(CaseState, diseases=diseases, since=at)
    CaseState.objects.filter(pk__in=Among(closed)).update(known_to=at)
    CaseState.objects.bulk_update(corrected, list(COLUMNS), batch_size=CHUNK)
    write(CaseState, ("case_id", "disease", *COLUMNS), opened, shared={"known_from": at})


def states_of(cases: Sequence[UUID]) -> dict[UUID, CaseState]:
    """The interval now believed, per case."""
    return {state.case_id: state for state in CaseState.objects.filter(case_id__in=Among(cases), known_to=STILL_BELIEVED)}


def derive(case_id: UUID) -> Belief:
    """The belief re-derived from all records of a case and of its duplicates, oldest first: the slow twin of `told`.

    Only what spoke was recorded, so every record of one case speaks; between duplicates the same rules decide as between lists.
    """
    belief = Belief()
    for record in _records(case_id):
        belief = _heard(belief, record)
    return belief


Told = ClassificationRecord | OutcomeRecord | AttributionRecord | InvestigationRecord


def _records(case_id: UUID) -> list[Told]:
    kinds: tuple[type[Told], ...] = (ClassificationRecord, InvestigationRecord, AttributionRecord, OutcomeRecord)
    of_case = Q(case_id=case_id) | Q(case__duplicate_of_id=case_id)
    found = [record for kind in kinds for record in kind.objects.filter(of_case)]
    return sorted(found, key=lambda record: (record.recorded_at, record.id))


def _heard(belief: Belief, record: Told) -> Belief:
    match record:
        case ClassificationRecord() if speaks_of_class(belief.classification, record.classification, corrected=bool(record.reason)):
            return replace(belief, classification=record.classification, classified_at=record.reported_at)
        case OutcomeRecord() if speaks_of_outcome(belief, record.outcome, _outcome_at(record), corrected=bool(record.reason)):
            return replace(belief, outcome=record.outcome, outcome_at=_outcome_at(record))
        case AttributionRecord(sense="residence"):
            return replace(belief, area_id=record.area_id, area_path=record.area.path if record.area else "")
        case InvestigationRecord():
            names = ("onset_on", "detected_on", "detection_setting", "isolated_at", "source_status")
            return replace(belief, **{name: getattr(record, name) for name in names if getattr(record, name)})
    return belief


def _outcome_at(record: OutcomeRecord) -> datetime:
    return record.event_at or record.reported_at
