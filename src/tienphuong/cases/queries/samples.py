"""Reading samples and what the laboratory said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.cases.models import LabResult, Sample
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.keyset import Order, Roll
from tienphuong.core.models.records import in_force_at
from tienphuong.registry.briefs import PersonBrief, brief, inside, unread, written_like


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One answer of one laboratory."""

    method: str
    result: str
    ct: float | None
    result_on: date | None
    reported_at: datetime
    laboratory: str


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One sample with its answers, newest first; none yet means that it is waited for."""

    id: UUID
    person: PersonBrief | None
    code: str
    kind: str
    pool_code: str
    taken_on: date | None
    target_group: str
    reported_at: datetime
    recorded_at: datetime
    source_row: int | None
    results: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleChoice:
    """Which samples a list holds; `condition` is what a figure counts."""

    disease: str
    known_at: datetime
    condition: Q = field(default_factory=Q)
    area_path: str = ""
    target_group: str = ""
    text: str = ""


BY_DAY = Order("day", ("taken_on", "id"), descending=True, empties=True)


def sample_roll(viewer: Viewer, *, choice: SampleChoice) -> Roll:
    """The samples of a choice the officer may see the results of, latest first."""
    wanted = Q(viewer.scope(Permission.SEE_CLINICAL), inside(choice.area_path), choice.condition, disease=choice.disease)
    wanted &= in_force_at(choice.known_at)
    if choice.target_group:
        wanted &= Q(target_group=choice.target_group)
    if choice.text.strip():
        wanted &= Q(code__iexact=choice.text.strip()) | written_like(choice.text, column="person__name_key")

    def lines_of(numbers: Sequence[UUID]) -> tuple[SampleLine, ...]:
        loaded = Sample.everything.select_related("person__identity", "person__area").defer(*unread("person"))
        rows = loaded.in_bulk(numbers)
        return _lines([rows[number] for number in numbers if number in rows], known_at=choice.known_at)

    return Roll(Sample.everything.all(), wanted, BY_DAY, lines_of, narrow="disease")


def samples_of(viewer: Viewer, *, people: Iterable[int], area_path: str) -> tuple[SampleLine, ...]:
    """The samples of a person's records; nothing for an officer who may not see diagnoses there."""
    if not viewer.may(Permission.SEE_CLINICAL, area_path):
        return ()
    rows = Sample.objects.filter(person_id__in=list(people)).select_related("person__identity", "person__area")
    return _lines(list(rows.order_by("-taken_on", "-id")), known_at=None)


def _lines(samples: Sequence[Sample], *, known_at: datetime | None) -> tuple[SampleLine, ...]:
    known = in_force_at(known_at) if known_at else Q(withdrawn_at=None)
    answers = LabResult.everything.filter(known, sample_id__in=[sample.pk for sample in samples]).select_related("laboratory")
    found: dict[UUID, list[ResultLine]] = {}
    for row in answers.order_by("-reported_at"):
        name = row.laboratory.name if row.laboratory else ""
        found.setdefault(row.sample_id, []).append(ResultLine(row.method, row.result, row.ct, row.result_on, row.reported_at, name))
    return tuple(
        SampleLine(
            s.pk,
            brief(s.person) if s.person else None,
            s.code,
            s.kind,
            s.pool_code,
            s.taken_on,
            s.target_group,
            s.reported_at,
            s.recorded_at,
            s.source_row,
            tuple(found.get(s.pk, ())),
        )
        for s in samples
    )
