"""The belief about a case, derived from its records; written as intervals so that any cut-off can be counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import AttributionRecord, CaseState, ClassificationRecord, InvestigationRecord, OutcomeRecord
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


def belief_of(state: CaseState) -> Belief:
    """The belief a stored interval holds."""
    return Belief(**{name: getattr(state, name) for name in COLUMNS})


def told(belief: Belief, entry: CaseEntry) -> Belief:
    """The belief after a row or form was heard. What it does not say stays; what it says later than before, replaces."""
    said = {name: getattr(entry, name) for name in ("detection_setting", "source_status", "onset_on", "detected_on", "isolated_at")}
    said = {name: value for name, value in said.items() if value}
    if entry.residence_area_id:
        said |= {"area_id": entry.residence_area_id, "area_path": entry.residence_area_path}
    if entry.classification and entry.classification != belief.classification:
        said |= {"classification": entry.classification, "classified_at": entry.reported_at}
    if entry.outcome and entry.outcome != belief.outcome:
        said |= {"outcome": entry.outcome, "outcome_at": entry.outcome_at or entry.reported_at}
    return replace(belief, **said)


def write_beliefs(changed: Iterable[tuple[UUID, str, CaseState | None, Belief]], *, at: datetime) -> None:
    """Close the old interval and open the new one for (case, disease, old interval, new belief).

    A belief that began at this very moment was never held by anybody: it is corrected in place.
    """
    opened: list[CaseState] = []
    closed: list[CaseState] = []
    corrected: list[CaseState] = []
    for case_id, disease, old, belief in changed:
        if old is not None and old.known_from == at:
            for name in COLUMNS:
                setattr(old, name, getattr(belief, name))
            corrected.append(old)
            continue
        if old is not None:
            old.known_to = at
            closed.append(old)
        opened.append(CaseState(case_id=case_id, disease=disease, known_from=at, **_columns(belief)))
    CaseState.objects.bulk_update(closed, ["known_to"], batch_size=CHUNK)
    CaseState.objects.bulk_update(corrected, list(COLUMNS), batch_size=CHUNK)
    CaseState.objects.bulk_create(opened, batch_size=CHUNK)


def states_of(cases: Sequence[UUID]) -> dict[UUID, CaseState]:
    """The interval now believed, per case."""
    return {state.case_id: state for state in CaseState.objects.filter(case_id__in=cases, known_to=STILL_BELIEVED)}


def derive(case_id: UUID) -> Belief:
    """The belief re-derived from all records of a case, oldest first: the slow twin of `told`, for the nightly check."""
    belief = Belief()
    for record in _records(case_id):
        belief = _heard(belief, record)
    return belief


Told = ClassificationRecord | OutcomeRecord | AttributionRecord | InvestigationRecord


def _records(case_id: UUID) -> list[Told]:
    kinds: tuple[type[Told], ...] = (ClassificationRecord, InvestigationRecord, AttributionRecord, OutcomeRecord)
    found = [record for kind in kinds for record in kind.objects.filter(case_id=case_id).select_related()]
    return sorted(found, key=lambda record: (record.recorded_at, record.id))


def _heard(belief: Belief, record: Told) -> Belief:
    match record:
        case ClassificationRecord():
            return replace(belief, classification=record.classification, classified_at=record.reported_at)
        case OutcomeRecord():
            return replace(belief, outcome=record.outcome, outcome_at=record.event_at or record.reported_at)
        case AttributionRecord(sense="residence"):
            return replace(belief, area_id=record.area_id, area_path=record.area.path if record.area else "")
        case InvestigationRecord():
            names = ("onset_on", "detected_on", "detection_setting", "isolated_at", "source_status")
            return replace(belief, **{name: getattr(record, name) for name in names if getattr(record, name)})
    return belief


def _columns(belief: Belief) -> dict[str, object]:
    return {name: getattr(belief, name) for name in COLUMNS}
