"""Reading contradictions: two values of one person, from which row the other came, what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.pages import Page
from tienphuong.registry.briefs import PersonBrief, inside, record_brief, written_like
from tienphuong.registry.models import Contradiction
from tienphuong.registry.services.contradictions import value_of
from tienphuong.registry.terms import OF_THE_CASE, Aspect, ContradictionState


@dataclass(frozen=True, slots=True)
class ContradictionLine:
    """One contradiction: what is in force now, and the other value (after taking the row's, the one it replaced)."""

    id: UUID
    person: PersonBrief
    aspect: Aspect
    current: str
    other: str
    source_row: int | None
    reported_at: datetime
    state: ContradictionState
    decided_at: datetime | None
    decided_by: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class ContradictionChoice:
    """Which contradictions a list shows."""

    area_path: str = ""
    aspect: str = ""
    state: str = ""
    text: str = ""


def contradiction_lines(viewer: Viewer, *, choice: ContradictionChoice, start: int = 0, size: int | None = 50) -> Page[ContradictionLine]:
    """The contradictions the officer may decide, those that wait first, the latest reported before the others."""
    rows = Contradiction.objects.filter(viewer.scope(Permission.DECIDE_MATCH), inside(choice.area_path), _narrowed(choice))
    page = rows.select_related("person__area").order_by(F("decided_at").desc(nulls_first=True), "-reported_at", "pk")[
        start : start + size if size else None
    ]
    return Page(tuple(map(_line, page)), rows.count())


def contradictions_of(viewer: Viewer, *, numbers: Iterable[int]) -> tuple[ContradictionLine, ...]:
    """The contradictions about one person's records, open ones first."""
    rows = Contradiction.objects.filter(viewer.scope(Permission.SEE_PERSON), person_id__in=list(numbers)).select_related("person__area")
    lines = sorted(map(_line, rows.order_by("-reported_at", "pk")), key=lambda line: line.state is not ContradictionState.OPEN)
    return tuple(lines)


def contradictions_open(viewer: Viewer, *, area_path: str, known_at: datetime) -> int:
    """How many waited for a decision in an area at a moment. A count: everybody who sees the board sees it."""
    del viewer
    waiting = Q(decided_at=None) | Q(decided_at__gt=known_at)
    return Contradiction.objects.filter(waiting, inside(area_path), reported_at__lte=known_at).count()


def contradiction_records(viewer: Viewer, *, ids: Iterable[UUID]) -> list[Contradiction]:
    """The contradictions themselves, for the act that decides them; those out of reach are left out."""
    return list(Contradiction.objects.filter(viewer.scope(Permission.DECIDE_MATCH), pk__in=list(ids)).select_related("person"))


def _narrowed(choice: ContradictionChoice) -> Q:
    condition = Q(state=choice.state) if choice.state else Q()
    condition &= Q(aspect=choice.aspect) if choice.aspect else Q()
    return condition & written_like(choice.text, column="person__name_key") if choice.text else condition


def _in_force(row: Contradiction, aspect: Aspect, state: ContradictionState) -> str:
    """The value now used; of a case, the one that stands by the decision."""
    if aspect in OF_THE_CASE:
        return row.reported if state is ContradictionState.TAKEN else row.current
    return value_of(row.person, aspect)


def _line(row: Contradiction) -> ContradictionLine:
    aspect, state = Aspect(row.aspect), ContradictionState(row.state)
    return ContradictionLine(
        row.pk,
        record_brief(row.person),
        aspect,
        _in_force(row, aspect, state),
        row.replaced if state is ContradictionState.TAKEN else row.reported,
        row.source_row,
        row.reported_at,
        state,
        row.decided_at,
        row.decided_by,
        row.decision_reason,
    )
