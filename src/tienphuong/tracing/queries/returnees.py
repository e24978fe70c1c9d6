"""Reading people come from affected areas and from abroad."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.listed import Listed
from tienphuong.core.models.records import in_force_at
from tienphuong.registry.briefs import PersonBrief, brief, inside, written_like
from tienphuong.tracing.models import Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalChoice:
    """Which arrivals a list holds. Empty means any; `condition` is what a figure counts."""

    disease: str
    known_at: datetime
    from_abroad: bool | None = None
    condition: Q = field(default_factory=Q)
    area_path: str = ""
    found_how: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReturneeLine:
    """One arrival of a list."""

    id: UUID
    person: PersonBrief
    from_place: str
    from_abroad: bool
    transport: str
    arrived_on: date | None
    found_how: str
    found_on: date | None
    found_by: str
    reported_at: datetime
    source_row: int | None


ORDERS: dict[str, tuple[str, ...]] = {
    "date": ("-arrived_on", "-pk"),
    "name": ("person__sort_key", "pk"),
    "area": ("area_path", "person__sort_key", "pk"),
}


def returnee_lines(
    viewer: Viewer, *, choice: ArrivalChoice, order: str = "date", start: int = 0, size: int | None = 50
) -> Listed[ReturneeLine]:
    """The arrivals of a choice, in two queries whatever the length."""
    rows = Arrival.everything.filter(
        viewer.scope(Permission.SEE_PERSON), inside(choice.area_path), choice.condition, disease=choice.disease
    )
    rows = rows.filter(in_force_at(choice.known_at))
    exact = {
        "from_abroad": choice.from_abroad,
        "found_how": choice.found_how or None,
        "arrived_on__gte": choice.since,
        "arrived_on__lte": choice.until,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if choice.text.strip():
        rows = rows.filter(written_like(choice.text, column="person__name_key") | Q(from_place__icontains=choice.text.strip()))
    page = rows.select_related("person__identity", "person__area").order_by(*ORDERS[order])
    return Listed(tuple(map(_line, page[start : None if size is None else start + size])), rows.count())


def _line(row: Arrival) -> ReturneeLine:
    return ReturneeLine(
        row.pk,
        brief(row.person),
        row.from_place,
        row.from_abroad,
        row.transport,
        row.arrived_on,
        row.found_how,
        row.found_on,
        row.found_by,
        row.reported_at,
        row.source_row,
    )
