"""The cases of one person with every record of them: what was told, when it happened, when it was reported and learned, by whom, why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tienphuong.cases.models import (
    AttributionRecord,
    Case,
    CaseAlias,
    CaseState,
    ClassificationRecord,
    ClusterMembership,
    InvestigationRecord,
    OutcomeRecord,
)
from tienphuong.cases.terms import Classification, DetectionSetting, Evidence, Outcome, Severity, SourceStatus
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.choices import LabelledChoice
from tienphuong.core.clock import is_of_receipt
from tienphuong.core.models.records import OPEN_END


@dataclass(frozen=True, slots=True)
class CaseRecordLine:
    """One appended record: words of the closed lists, dates and places it says, and the record's own times."""

    kind: str
    words: tuple[LabelledChoice, ...]
    days: tuple[tuple[str, date | datetime], ...]
    places: tuple[str, ...]
    event_at: datetime | None
    reported_at: datetime
    recorded_at: datetime
    by: UUID | None
    reason: str
    policy: str
    source_row: int | None

    @property
    def moment(self) -> datetime:
        """When it happened, as far as anybody said."""
        return self.event_at or self.reported_at

    @property
    def undated(self) -> bool:
        """Whether a list gave no day of it: lists give days, so any other moment comes from the receipt of the list."""
        return self.source_row is not None and is_of_receipt(self.moment)

    @property
    def unfounded(self) -> bool:
        """Whether it is a class of which nobody stated what it rests on."""
        return self.kind == "classification" and len(self.words) == 1


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """One case: its numbers, what is believed now, and everything that was told of it, newest first."""

    id: UUID
    disease: str
    duplicate_of: UUID | None
    aliases: tuple[str, ...]
    clusters: tuple[str, ...]
    area: str
    classification: str
    outcome: str
    setting: str
    source_status: str
    onset_on: date | None
    detected_on: date | None
    classified_at: datetime | None
    outcome_at: datetime | None
    records: tuple[CaseRecordLine, ...]


def case_histories(viewer: Viewer, *, people: Iterable[int], area_path: str) -> tuple[CaseHistory, ...]:
    """The cases of a person's records; nothing for an officer who may not see diagnoses where the person lives."""
    cases = list(Case.objects.filter(person_id__in=list(people)).order_by("recorded_at", "id"))
    states = {state.case_id: state for state in CaseState.objects.filter(case__in=cases, known_to=OPEN_END).select_related("area")}
    paths = {area_path} | {state.area_path for state in states.values()}
    if not any(viewer.may(Permission.SEE_CLINICAL, path) for path in paths):
        return ()
    keys = [case.pk for case in cases]
    records, aliases, clusters = _records(keys), _aliases(keys), _clusters(keys)
    return tuple(_history(case, states.get(case.pk), records, aliases, clusters) for case in cases)


def _history(
    case: Case,
    state: CaseState | None,
    records: Mapping[UUID, list[CaseRecordLine]],
    aliases: Mapping[UUID, list[str]],
    clusters: Mapping[UUID, list[str]],
) -> CaseHistory:
    return CaseHistory(
        id=case.pk,
        disease=case.disease,
        duplicate_of=case.duplicate_of_id,
        aliases=tuple(dict.fromkeys(aliases.get(case.pk, ()))),
        clusters=tuple(clusters.get(case.pk, ())),
        area=state.area.name if state and state.area else "",
        classification=state.classification if state else "",
        outcome=state.outcome if state else "",
        setting=state.detection_setting if state else "",
        source_status=state.source_status if state else "",
        onset_on=state.onset_on if state else None,
        detected_on=state.detected_on if state else None,
        classified_at=state.classified_at if state else None,
        outcome_at=state.outcome_at if state else None,
        records=tuple(sorted(records.get(case.pk, ()), key=lambda line: (line.recorded_at, line.reported_at), reverse=True)),
    )


def _aliases(cases: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for case, text in CaseAlias.objects.filter(case_id__in=cases).order_by("-kind", "pk").values_list("case_id", "text"):
        found.setdefault(case, []).append(text)
    return found


def _clusters(cases: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for case, name in ClusterMembership.objects.filter(case_id__in=cases).values_list("case_id", "cluster__name"):
        found.setdefault(case, []).append(name)
    return found


CaseRecord = ClassificationRecord | OutcomeRecord | AttributionRecord | InvestigationRecord


def _records(cases: list[UUID]) -> dict[UUID, list[CaseRecordLine]]:
    found: dict[UUID, list[CaseRecordLine]] = {}
    rows: list[CaseRecord] = [
        *ClassificationRecord.objects.filter(case_id__in=cases),
        *OutcomeRecord.objects.filter(case_id__in=cases).select_related("place"),
        *AttributionRecord.objects.filter(case_id__in=cases).select_related("area"),
        *InvestigationRecord.objects.filter(case_id__in=cases),
    ]
    for row in rows:
        found.setdefault(row.case_id, []).append(_record(row))
    return found


def _record(row: CaseRecord) -> CaseRecordLine:
    kind, words, days, places = _statement(row)
    stamped = (row.event_at, row.reported_at, row.recorded_at, row.recorded_by, row.reason, row.policy, row.source_row)
    return CaseRecordLine(kind, words, days, places, *stamped)


Statement = tuple[str, tuple[LabelledChoice, ...], tuple[tuple[str, date | datetime], ...], tuple[str, ...]]


def _statement(row: CaseRecord) -> Statement:
    """What a record says: its kind, official words, dates by name, places and notes."""
    match row:
        case ClassificationRecord():
            return "classification", _words((Classification, row.classification), (Evidence, row.evidence)), (), ()
        case OutcomeRecord():
            return "outcome", _words((Outcome, row.outcome), (Severity, row.severity)), (), (row.place.name,) if row.place else ()
        case AttributionRecord():
            return f"attribution_{row.sense}", (), (), tuple(text for text in (row.area.full_name if row.area else "", row.place) if text)
    days = {"onset_on": row.onset_on, "detected_on": row.detected_on, "isolated_at": row.isolated_at}
    words = _words((DetectionSetting, row.detection_setting), (SourceStatus, row.source_status))
    return "investigation", words, tuple((name, day) for name, day in days.items() if day), (row.note,) if row.note else ()


def _words(*statement: tuple[type[LabelledChoice], str]) -> tuple[LabelledChoice, ...]:
    return tuple(words(value) for words, value in statement if value in words._value2member_map_)
