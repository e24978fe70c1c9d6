"""Reading from the tables what a re-computation of degrees needs: contacts, sources, isolation, stored steps."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from tienphuong.cases.models import Case, CaseState
from tienphuong.cases.terms import Classification
from tienphuong.core.any_of import AnyOf
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.policy import DiseasePolicy, Window
from tienphuong.registry.models import Person
from tienphuong.tracing.bridge import Link, Step
from tienphuong.tracing.models import Contact, DegreeRecord, IsolationRecord, PendingLink
from tienphuong.tracing.moments import EARLIEST, LATEST, minute_of
from tienphuong.tracing.terms import OF_A_PATIENT

CHUNK = 2000
ACTIVE = (Classification.CONFIRMED, Classification.RE_POSITIVE)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


Key = TypeVar("Key")


def chunks(numbers: Iterable[Key]) -> Iterator[list[Key]]:
    """The keys in parts small enough for one query."""
    everything = list(numbers)
    for start in range(0, len(everything), CHUNK):
        yield everything[start : start + CHUNK]


def identities_of(people: Iterable[int]) -> dict[int, int]:
    """Record number -> the number of the record that speaks for the person (only where they differ)."""
    apart = Person.objects.filter(id__in=AnyOf(set(people)), identity_id__isnull=False)
    return dict(apart.values_list("id", "identity_id"))


def links_of(identities: Sequence[int], *, disease: str) -> list[Link]:
    """Every contact of these people that was not withdrawn, told between identities."""
    rows: dict[UUID, tuple[UUID, int, int, int, int]] = {}
    members = {*identities, *Person.objects.filter(identity_id__in=AnyOf(identities)).values_list("id", flat=True)}
    contacts = Contact.objects.filter(disease=disease, withdrawn_at=None)
    columns = ("id", "source_id", "person_id", "first_minute", "last_minute")
    for end in ("source_id__in", "person_id__in"):
        rows |= {row[0]: row for row in contacts.filter(**{end: AnyOf(members)}).values_list(*columns)}
    canonical = identities_of({number for row in rows.values() for number in row[1:3]})
    links = (Link(i, canonical.get(a, a), canonical.get(b, b), first, last) for i, a, b, first, last in rows.values())
    return [link for link in links if link.a != link.b]


def linked_among(identities: Sequence[int], *, disease: str) -> set[int]:
    """Who of these has a contact, or another record that may have one."""
    contacts = Contact.objects.filter(disease=disease, withdrawn_at=None)
    found = set(Person.objects.filter(identity_id__in=AnyOf(identities)).values_list("identity_id", flat=True))
    for end in ("source_id", "person_id"):
        found |= set(contacts.filter(**{f"{end}__in": AnyOf(identities)}).order_by().values_list(end, flat=True))
    return found


def sources_among(identities: Sequence[int], *, policy: DiseasePolicy) -> dict[int, list[Step]]:
    """Whoever of these is an active confirmed case: (0 hops, minute the infectious window opens), of two infections the first."""
    rows = sorted(source_rows(policy=policy, people=identities), reverse=True)
    return {identity: [(0, minute)] for identity, minute in rows}


def source_rows(*, policy: DiseasePolicy, people: Sequence[int] | None = None) -> Iterator[tuple[int, int]]:
    """(identity, minute the window opens) of active confirmed cases, of all people or of some."""
    if people is None:
        states = CaseState.objects.filter(disease=policy.code, known_to=OPEN_END, classification__in=ACTIVE, case__duplicate_of=None)
        columns = ("case__person_id", "case__person__identity_id", "onset_on", "detected_on", "classified_at")
        rows: Iterable[tuple[int, int | None, date | None, date | None, datetime | None]] = states.values_list(*columns)
    else:
        rows = _states_of(people, disease=policy.code)
    for number, identity, onset, detected, classified in rows:
        yield identity or number, _window_opens(policy, onset=onset, detected=detected, classified=classified)


def _states_of(people: Sequence[int], *, disease: str) -> Iterator[tuple[int, int | None, date | None, date | None, datetime | None]]:
    """What is believed of the active cases of some people. The cases are found first, each by its own index: a database that joins
    may walk through every state of the disease instead."""
    cases: dict[UUID, tuple[int, int | None]] = {}
    columns = ("id", "person_id", "person__identity_id", "disease", "duplicate_of_id")
    for lookup in ("person_id__in", "person__identity_id__in"):
        for case, number, identity, of, duplicate in Case.objects.filter(**{lookup: AnyOf(people)}).values_list(*columns):
            if of == disease and duplicate is None:
                cases[case] = (number, identity)
    contacts = CaseState.objects.filter(case_id__in=AnyOf(cases), known_to=OPEN_END, classification__in=ACTIVE)
    for case, onset, detected, classified in contacts.values_list("case_id", "onset_on", "detected_on", "classified_at"):
        yield (*cases[case], onset, detected, classified)


def _window_opens(policy: DiseasePolicy, *, onset: date | None, detected: date | None, classified: datetime | None) -> int:
    day = detected or (classified.astimezone(VIETNAM).date() if classified else None)
    window = policy.infectious_window(onset=onset, first_positive_sample=day)
    return minute_of(day_start(window.since), unknown=EARLIEST) if isinstance(window, Window) else EARLIEST


def reported_seeds(identities: Sequence[int], *, disease: str) -> dict[int, list[Step]]:
    """Whom a sender called F1, F2 ... without saying of which case, or of a patient of a name nobody here bears: their word is
    all there is, and is believed.

    Who is linked to a numbered case that has not arrived waits: their degree will follow from that case's own window.
    """
    steps: dict[int, list[Step]] = {}
    for identity, degree, first, *_ in _reported(identities, disease=disease):
        steps.setdefault(identity, []).append((degree, minute_of(first, unknown=EARLIEST)))
    return steps


def reported_until(identities: Sequence[int], *, disease: str) -> dict[int, int]:
    """The last minute of the contact by which a sender called each F1, F2 ..., where it is known."""
    until: dict[int, int] = {}
    for identity, _, _, last, _ in _reported(identities, disease=disease):
        if last is not None:
            until[identity] = max(until.get(identity, EARLIEST), minute_of(last, unknown=LATEST))
    return until


def reported_times(identities: Sequence[int], *, disease: str) -> dict[tuple[int, int], datetime]:
    """When a sender first called each F1, F2 ..., by person and degree."""
    reported_at_of: dict[tuple[int, int], datetime] = {}
    for identity, degree, _, _, reported in _reported(identities, disease=disease):
        reported_at_of[identity, degree] = min(reported_at_of.get((identity, degree), reported), reported)
    return reported_at_of


def _reported(identities: Sequence[int], *, disease: str) -> Iterator[tuple[int, int, datetime | None, datetime | None, datetime]]:
    """(identity, degree, first, last, reported) of the senders' words that are believed."""
    rows = PendingLink.objects.filter(disease=disease, reported_degree__gt=0)
    columns = ("person_id", "person__identity_id", "reported_degree", "first", "last", "reported_at", "alias_key", "contact_id")
    for number, identity, degree, first, last, reported, key, contact in (
        *rows.filter(person_id__in=AnyOf(identities)).values_list(*columns),
        *rows.filter(person__identity_id__in=AnyOf(identities)).exclude(person_id=F("person__identity_id")).values_list(*columns),
    ):
        # left out here, not in the query: a database may walk through everything that still waits
        if contact is None and (not key or key.startswith(OF_A_PATIENT)):
            yield identity or number, degree, first, last, reported


def reported_links(*, disease: str) -> Any:
    """The senders' words without a case number."""
    unnumbered = Q(alias_key="") | Q(alias_key__startswith=OF_A_PATIENT)
    return PendingLink.objects.filter(unnumbered, disease=disease, contact=None, reported_degree__gt=0)


def isolated_among(identities: Sequence[int], *, disease: str) -> dict[int, int]:
    """The minute from which each could pass nothing on: the earliest that is recorded."""
    found: dict[int, int] = {}
    rows = IsolationRecord.objects.filter(disease=disease)
    columns = ("person_id", "person__identity_id", "isolated_at")
    for number, identity, moment in (
        *rows.filter(person_id__in=AnyOf(identities)).values_list(*columns),
        *rows.filter(person__identity_id__in=AnyOf(identities)).values_list(*columns),
    ):
        key, minute = identity or number, minute_of(moment, unknown=LATEST)
        found[key] = min(minute, found.get(key, LATEST))
    return found


def believed_degrees(identities: Sequence[int], *, disease: str) -> dict[int, DegreeRecord]:
    """What the post believes of their degrees now."""
    rows = DegreeRecord.objects.filter(disease=disease, known_to=OPEN_END)
    return {record.person_id: record for record in rows.filter(person_id__in=AnyOf(identities))}


@lru_cache(maxsize=4096)
def day_start(day: date) -> datetime:
    """The first moment of a Vietnamese day."""
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The last minute of a Vietnamese day."""
    return day_start(day) + timedelta(days=1, minutes=-1)
