"""Reading contacts by degree, each with the reason of it; and those who wait for the case they were named with."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.cases.queries.lists import aliases_of_people
from tienphuong.core import balances
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.clock import is_of_receipt
from tienphuong.core.keyset import Order, Roll
from tienphuong.core.models.records import in_force_at
from tienphuong.core.pages import Page
from tienphuong.registry.briefs import PersonBrief, as_related, brief, inside, record_brief, unread, written_like
from tienphuong.registry.models import Phone
from tienphuong.tracing.models import DegreeRecord, PendingLink


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChoice:
    """Which contacts a list holds. Empty means any; `condition` is what a figure counts."""

    disease: str
    degree: int
    known_at: datetime
    condition: Q = field(default_factory=Q)
    area_path: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody has a degree: through whom, how they met, when last. `via` is empty where that would tell a diagnosis."""

    via: PersonBrief | None
    via_number: str
    kind: str
    relation: str
    last: datetime | None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact of a list, as believed."""

    person: PersonBrief
    degree: int
    reason: Reason | None
    since: datetime | None
    last_exposure: datetime | None
    reported_at: datetime | None
    """When it was reported; None where the list gave no day."""
    known_from: datetime


@dataclass(frozen=True, slots=True)
class PendingLine:
    """Somebody named as the contact of a case the post does not know yet."""

    id: UUID
    person: PersonBrief
    original: str
    reported_degree: int | None
    kind: str
    relation: str
    last: datetime | None
    reported_at: datetime | None
    """When it was reported; None where the list gave no day."""
    source_row: int | None


ORDERS: dict[str, Order] = {
    order.name: order
    for order in (
        Order("name", ("person__sort_key", "person_id"), lead="person"),
        Order("date", ("reported_at", "person_id"), descending=True, under=("disease", "degree")),
        Order("exposure", ("last_exposure", "person_id"), descending=True, empties=True, under=("disease", "degree")),
        Order("area", ("area_path", "person__sort_key", "person_id"), under=("disease", "degree"), lead="person", group="area_path"),
    )
}
_LOADED = ("person__area", "person__identity", "via_person__area", "via_contact")


def contact_roll(viewer: Viewer, *, choice: ContactChoice, order: str = "name") -> Roll:
    """The people of one degree, in an order."""
    wanted = _believed(viewer, disease=choice.disease, known_at=choice.known_at, area_path=choice.area_path)
    wanted &= Q(choice.condition, degree=choice.degree)
    if choice.text.strip():
        wanted &= _reason_of(choice.text)

    def lines_of(numbers: Sequence[int]) -> tuple[ContactLine, ...]:
        loaded = DegreeRecord.objects.select_related(*_LOADED).defer("steps", *unread("person", "via_person__area"))
        rows = loaded.in_bulk(numbers)
        return contact_lines_of(viewer, records=[rows[number] for number in numbers if number in rows])

    return Roll(DegreeRecord.objects.all(), wanted, ORDERS[order], lines_of, narrow="disease", whole=lambda: _from_closings(viewer, choice))


def _from_closings(viewer: Viewer, choice: ContactChoice) -> int | None:
    """How many people a choice holds that asks for nothing but area and degree."""
    if choice.condition or choice.text.strip():
        return None
    counts = degree_counts(viewer, disease=choice.disease, known_at=choice.known_at, area_path=choice.area_path)
    return counts.get(choice.degree, 0)


def contact_lines_of(viewer: Viewer, *, records: Iterable[DegreeRecord], beside: bool = False) -> tuple[ContactLine, ...]:
    """Degree records as lines, with the case numbers their reasons name; `beside`: they are of others than who is asked about."""
    rows = list(records)
    via = {row.via_person_id for row in rows if row.via_person_id}
    numbers = aliases_of_people(viewer, people=via, disease=rows[0].disease) if via else {}
    return tuple(
        ContactLine(
            as_related(viewer, brief(row.person)) if beside else brief(row.person),
            row.degree,
            reason_of(viewer, record=row, numbers=numbers),
            row.since,
            row.last_exposure,
            _stated_at(row),
            row.known_from,
        )
        for row in rows
    )


def _stated_at(row: DegreeRecord) -> datetime | None:
    """When the contact was reported, as far as it was said; a degree without a contact is the word of a list."""
    by_officer = row.via_contact is not None and row.via_contact.source_row is None
    return row.reported_at if by_officer or not is_of_receipt(row.reported_at) else None


def reason_of(viewer: Viewer, *, record: DegreeRecord, numbers: dict[int, str]) -> Reason | None:
    """Why: an officer who may not see diagnoses learns how and when they met, not which patient it was; nor who it was in another area."""
    contact, via = record.via_contact, record.via_person
    if contact is None and via is None:
        return None
    is_shown = via is not None and (record.degree > 1 or viewer.may(Permission.SEE_CLINICAL, via.area_path or record.area_path))
    return Reason(
        as_related(viewer, record_brief(via)) if via is not None and is_shown else None,
        numbers.get(via.pk, "") if via is not None and is_shown else "",
        contact.kind if contact else "",
        contact.relation if contact else "",
        (contact.last if contact else None) or record.last_exposure,
    )


def degree_counts(viewer: Viewer, *, disease: str, known_at: datetime, area_path: str = "") -> dict[int, int]:
    """How many people of each degree the officer may see; cases are not among them."""

    def within(column: str) -> Q:
        return viewer.scope(Permission.SEE_PERSON, column) & inside(area_path, column=column)

    found: dict[int, int] = {}
    for (_, degree), number in balances.believed(DegreeRecord, disease=disease, at=known_at, within=within).items():
        if degree:
            found[degree] = found.get(degree, 0) + number
    return dict(sorted(found.items()))


def pending_lines(
    viewer: Viewer, *, disease: str, known_at: datetime, area_path: str = "", text: str = "", start: int = 0, size: int | None = 50
) -> Page[PendingLine]:
    """Those whose case is not in the base yet, as known at a moment."""
    waiting = Q(linked_at=None) | Q(linked_at__gt=known_at)
    known = in_force_at(known_at)
    rows = PendingLink.everything.filter(viewer.scope(Permission.SEE_PERSON), inside(area_path), waiting, known, disease=disease)
    rows = rows.exclude(alias_key="")
    if text.strip():
        rows = rows.filter(_reason_of(text) | Q(original__icontains=text.strip()))
    page = rows.select_related("person__identity", "person__area").order_by("person__sort_key", "pk")
    page = page[start : None if size is None else start + size]
    return Page(tuple(map(_pending, page)), rows.count())


def waiting_of(viewer: Viewer, *, people: Collection[int], area_path: str) -> tuple[PendingLine, ...]:
    """What lists say of whom these people met that is not linked to anybody yet, as it was written; newest first."""
    if not viewer.may(Permission.SEE_PERSON, area_path):
        return ()
    rows = PendingLink.objects.filter(person_id__in=AnyOf(people), contact=None).exclude(original="")
    return tuple(map(_pending, rows.select_related("person__identity", "person__area").order_by("-recorded_at", "-pk")))


def _believed(viewer: Viewer, *, disease: str, known_at: datetime, area_path: str) -> Q:
    here = Q(viewer.scope(Permission.SEE_PERSON), inside(area_path), disease=disease)
    return here & Q(known_from__lte=known_at, known_to__gt=known_at)


def _reason_of(text: str) -> Q:
    """Words of a name, or a telephone number."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) < 8:
        return written_like(text, column="person__name_key")
    return Q(person_id__in=Phone.objects.filter(number=digits).values("person_id"))


def _pending(row: PendingLink) -> PendingLine:
    return PendingLine(
        row.pk,
        brief(row.person),
        row.original,
        row.reported_degree,
        row.kind,
        row.relation,
        row.last,
        None if is_of_receipt(row.reported_at) else row.reported_at,
        row.source_row,
    )
