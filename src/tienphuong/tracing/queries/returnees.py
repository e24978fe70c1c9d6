"""Reading people come from affected areas and from abroad."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.keyset import Order, Roll
from tienphuong.core.models.records import in_force_at
from tienphuong.registry.briefs import PersonBrief, brief, inside, unread, written_like
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


ORDERS: dict[str, Order] = {
    order.name: order
    for order in (
        Order("date", ("arrived_on", "id"), descending=True, empties=True),
        Order("name", ("person__sort_key", "person_id", "id"), lead="person"),
        Order("area", ("area_path", "person__sort_key", "person_id", "id"), lead="person", group="area_path"),
    )
}


def returnee_roll(viewer: Viewer, *, choice: ArrivalChoice, order: str = "date") -> Roll:
    """The arrivals of a choice, in an order."""
    wanted = Q(viewer.scope(Permission.SEE_PERSON), inside(choice.area_path), choice.condition, disease=choice.disease)
    wanted &= in_force_at(choice.known_at)
    exact = {
        "from_abroad": choice.from_abroad,
        "found_how": choice.found_how or None,
        "arrived_on__gte": choice.since,
        "arrived_on__lte": choice.until,
    }
    wanted &= Q(**{name: value for name, value in exact.items() if value is not None})
    if choice.text.strip():
        wanted &= written_like(choice.text, column="person__name_key") | Q(from_place__icontains=choice.text.strip())
    return Roll(Arrival.everything.all(), wanted, ORDERS[order], _lines, narrow="disease")


def _lines(numbers: Sequence[UUID]) -> tuple[ReturneeLine, ...]:
    rows = Arrival.everything.select_related("person__identity", "person__area").defer(*unread("person")).in_bulk(numbers)
    return tuple(_line(rows[number]) for number in numbers if number in rows)


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
