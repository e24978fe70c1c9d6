"""One person in tracing: the degrees they were believed to have, the chain of reasons, whom they met, where they came from, how they were watched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from tienphuong.cases.queries.lists import aliases_of_people
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models.records import OPEN_END
from tienphuong.registry.briefs import PersonBrief, as_related, brief
from tienphuong.tracing.models import Arrival, Contact, DegreeRecord, FollowUp
from tienphuong.tracing.queries.contacts import ContactLine, Reason, contact_lines_of, reason_of

CONTACTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class DegreeLine:
    """A degree as believed in an interval, with what made the post think so."""

    disease: str
    degree: int
    reason: Reason | None
    since: datetime | None
    last_exposure: datetime | None
    reported_at: datetime
    known_from: datetime
    known_to: datetime | None
    cause: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A contact of the person with somebody, told by one of the two lists."""

    id: UUID
    disease: str
    other: PersonBrief
    other_degree: int | None
    named_by_other: bool
    kind: str
    relation: str
    place: str
    first: datetime | None
    last: datetime | None
    reported_at: datetime
    recorded_at: datetime
    by: UUID | None
    source_row: int | None
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """A coming from an affected area or from abroad."""

    from_place: str
    from_abroad: bool
    transport: str
    arrived_on: date | None
    found_how: str
    found_on: date | None
    found_by: str
    reported_at: datetime
    recorded_at: datetime
    by: UUID | None
    source_row: int | None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One day's check."""

    day: date
    state: str
    temperature: Decimal | None
    symptoms: str
    recorded_at: datetime
    by: UUID | None
    reason: str


def degree_history(viewer: Viewer, *, person: int, area_path: str) -> tuple[DegreeLine, ...]:
    """What the post believed of the person's degree, newest first. Being a case is a diagnosis, and shown only to whom may see one."""
    rows = DegreeRecord.objects.filter(person_id=person).select_related("via_person__area", "via_contact").order_by("-known_from")
    if not viewer.may(Permission.SEE_CLINICAL, area_path):
        rows = rows.filter(degree__gte=1)
    records = list(rows)
    numbers: dict[int, str] = {}
    for disease in {record.disease for record in records}:
        numbers |= aliases_of_people(viewer, people={r.via_person_id for r in records if r.via_person_id}, disease=disease)
    return tuple(
        DegreeLine(
            r.disease,
            r.degree,
            reason_of(viewer, record=r, numbers=numbers),
            r.since,
            r.last_exposure,
            r.reported_at,
            r.known_from,
            None if r.known_to == OPEN_END else r.known_to,
            r.cause,
        )
        for r in records
    )


def chain_of_reasons(viewer: Viewer, *, person: int, disease: str) -> tuple[ContactLine, ...]:
    """From the person to the case their degree is counted from: one line a step, as believed now."""
    chain: list[DegreeRecord] = []
    number: int | None = person
    while number is not None and number not in {record.person_id for record in chain}:
        rows = DegreeRecord.objects.filter(person_id=number, disease=disease, known_to=OPEN_END)
        record = rows.select_related("person__area", "person__identity", "via_person__area", "via_contact").first()
        if record is None or (record.degree == 0 and not viewer.may(Permission.SEE_CLINICAL, record.area_path)):
            break
        chain.append(record)
        number = record.via_person_id if record.degree > 0 else None
    return contact_lines_of(viewer, records=chain[:1]) + contact_lines_of(viewer, records=chain[1:], beside=True)


def meetings_of(viewer: Viewer, *, people: Iterable[int], area_path: str) -> tuple[MeetingLine, ...]:
    """Whom the person was with, latest first, withdrawn contacts included and marked; the other's standing only to whom may see diagnoses."""
    numbers = set(people)
    rows = Contact.everything.filter(Q(source_id__in=numbers) | Q(person_id__in=numbers))
    loaded = rows.select_related("source__identity", "source__area", "person__identity", "person__area", "event")
    contacts = list(loaded.order_by("-last_minute", "pk")[:CONTACTS_SHOWN])
    others = {(c.person if c.source_id in numbers else c.source).identity_number for c in contacts}
    degrees = _degrees(others, clinical=viewer.may(Permission.SEE_CLINICAL, area_path))
    return tuple(_meeting(viewer, contact, numbers, degrees) for contact in contacts)


def arrivals_of(viewer: Viewer, *, people: Iterable[int]) -> tuple[ArrivalLine, ...]:
    """Where the person came from, latest first."""
    del viewer
    rows = Arrival.objects.filter(person_id__in=list(people)).order_by("-arrived_on", "-pk")
    return tuple(
        ArrivalLine(
            r.from_place,
            r.from_abroad,
            r.transport,
            r.arrived_on,
            r.found_how,
            r.found_on,
            r.found_by,
            r.reported_at,
            r.recorded_at,
            r.recorded_by,
            r.source_row,
        )
        for r in rows
    )


def checks_of(viewer: Viewer, *, people: Iterable[int], area_path: str) -> tuple[CheckLine, ...]:
    """The daily checks on the person, latest first; temperature and symptoms only to whom may see clinical data or records them."""
    clinical = viewer.may(Permission.SEE_CLINICAL, area_path) or viewer.may(Permission.RECORD_FOLLOW_UP, area_path)
    rows = FollowUp.objects.filter(person_id__in=list(people)).order_by("-day", "-recorded_at", "-pk")
    return tuple(
        CheckLine(
            r.day, r.state, r.temperature if clinical else None, r.symptoms if clinical else "", r.recorded_at, r.recorded_by, r.reason
        )
        for r in rows
    )


def _degrees(people: set[int], *, clinical: bool) -> dict[tuple[int, str], int]:
    rows = DegreeRecord.objects.filter(person_id__in=people, known_to=OPEN_END, degree__gte=0 if clinical else 1)
    return {(person, disease): degree for person, disease, degree in rows.values_list("person_id", "disease", "degree")}


def _meeting(viewer: Viewer, contact: Contact, numbers: set[int], degrees: dict[tuple[int, str], int]) -> MeetingLine:
    own = contact.source_id in numbers
    other = contact.person if own else contact.source
    return MeetingLine(
        contact.pk,
        contact.disease,
        as_related(viewer, brief(other)),
        degrees.get((other.identity_number, contact.disease)),
        not own,
        contact.kind,
        contact.relation,
        contact.event.place if contact.event else "",
        contact.first,
        contact.last,
        contact.reported_at,
        contact.recorded_at,
        contact.recorded_by,
        contact.source_row,
        contact.withdrawn_at,
        contact.withdrawn_reason,
    )
