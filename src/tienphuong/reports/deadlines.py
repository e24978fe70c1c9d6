"""Reading deadlines: what must be done until when, and where each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import Deadline
from tienphuong.core.pages import Page
from tienphuong.core.rules.deadlines import state_of
from tienphuong.core.rules.terms import DeadlineState
from tienphuong.registry.briefs import inside
from tienphuong.registry.models import Area

LATE_SHOWN = 500
"""How many overdue deadlines the board reads at most; the list of deadlines shows all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChoice:
    """Which deadlines a list holds, as they stand at a moment."""

    at: datetime
    area_path: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """One deadline and where it stands."""

    id: UUID
    kind: str
    area_path: str
    area: str
    subject_kind: str
    subject_id: UUID
    starts_at: datetime
    due_at: datetime
    state: DeadlineState
    met_at: datetime | None
    escalates_to: str
    escalated_at: datetime | None
    document: str


def deadline_lines(viewer: Viewer, *, choice: DeadlineChoice, start: int = 0, size: int | None = 50) -> Page[DeadlineLine]:
    """The deadlines of a choice, the latest due first."""
    rows = Deadline.objects.filter(viewer.scope(Permission.SEE_BOARD), inside(choice.area_path), starts_at__lte=choice.at)
    if choice.kind:
        rows = rows.filter(kind=choice.kind)
    if choice.state:
        rows = rows.filter(_in_state(choice.state, choice.at))
    page = rows.order_by("-due_at", "id")[start : None if size is None else start + size]
    return Page(_lines(page, at=choice.at), rows.count())


def late_deadlines(viewer: Viewer, *, area_path: str, at: datetime) -> list[DeadlineLine]:
    """What is overdue in an area, the longest overdue first."""
    rows = Deadline.objects.filter(viewer.scope(Permission.SEE_BOARD), inside(area_path), _in_state(DeadlineState.OVERDUE, at))
    return list(_lines(rows.order_by("due_at", "id")[:LATE_SHOWN], at=at))


def _in_state(state: str, at: datetime) -> Q:
    """The deadlines that stand so at a moment; what was done or lapsed later had not been then."""
    unmet = Q(met_at=None) | Q(met_at__gt=at)
    met = Q(met_at__lte=at)
    conditions = {
        DeadlineState.OPEN: unmet & Q(due_at__gte=at),
        DeadlineState.OVERDUE: unmet & Q(due_at__lt=at, lapses=False),
        DeadlineState.LAPSED: Q(due_at__lt=at, lapses=True) & (unmet | Q(met_at__gt=F("due_at"))),
        DeadlineState.MET: met & Q(met_at__lte=F("due_at")),
        DeadlineState.MET_LATE: met & Q(met_at__gt=F("due_at"), lapses=False),
    }
    return conditions.get(DeadlineState(state), Q()) if state in DeadlineState._value2member_map_ else Q()


def _lines(rows: Iterable[Any], *, at: datetime) -> tuple[DeadlineLine, ...]:
    found = list(rows)
    names = dict(Area.objects.filter(path__in={row.area_path for row in found}).values_list("path", "name"))
    return tuple(_line(row, names.get(row.area_path, ""), at=at) for row in found)


def _line(row: Deadline, area: str, *, at: datetime) -> DeadlineLine:
    met_at = row.met_at if row.met_at and row.met_at <= at else None
    return DeadlineLine(
        id=row.pk,
        kind=row.kind,
        area_path=row.area_path,
        area=area,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        starts_at=row.starts_at,
        due_at=row.due_at,
        state=state_of(row.due_at, at=at, met_at=met_at, lapses=row.lapses),
        met_at=met_at,
        escalates_to=row.escalates_to,
        escalated_at=row.escalated_at,
        document=row.document,
    )
