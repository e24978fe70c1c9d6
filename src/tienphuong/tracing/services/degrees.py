"""Keeping degrees true: one function for confirmation, refutation, a late contact and a correction; and the nightly recheck."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tienphuong.core import balances
from tienphuong.core.any_of import AnyOf
from tienphuong.core.bulk import write
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.policy import DiseasePolicy
from tienphuong.registry.models import Person
from tienphuong.tracing import bridge
from tienphuong.tracing.bridge import ContactSubgraph, DegreeResult
from tienphuong.tracing.models import Contact, DegreeRecord, IsolationRecord
from tienphuong.tracing.moments import EARLIEST, LATEST, minute_of, moment_of
from tienphuong.tracing.services.inputs import (
    believed_degrees,
    identities_of,
    isolated_among,
    linked_among,
    links_of,
    reported_links,
    reported_seeds,
    reported_times,
    reported_until,
    source_rows,
    sources_among,
)


@dataclass(frozen=True, slots=True)
class DegreeChange:
    """A person whose degree, reason or time is believed to be another now; None: nobody's contact."""

    person: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the nightly recheck and the stored belief disagree."""

    person: int
    stored: int | None
    rechecked: int | None


def reclassify_around(
    changed: Iterable[int], *, policy: DiseasePolicy, at: datetime, cause: str, whole_past: bool = False
) -> list[DegreeChange]:
    """Re-compute the degrees that a change at these people could concern, and append what differs.

    `changed`: whose status, window or isolation changed; both ends of a contact that came or went. `whole_past` looks at all their
    contacts, however old: after a merge nobody's earlier times can be relied on.

    1 gather contacts level by level, as far as the change can reach
    2 gather what is known of those reached and of those beside them
    3 let the engine answer for those reached
    4 close the beliefs that changed and open the new ones
    """
    numbers = list(changed)
    canonical = identities_of(numbers)
    start = {canonical.get(number, number) for number in numbers}
    if not start or not policy.contacts_traced.value:
        return _only_cases(start, policy=policy, at=at, cause=cause)
    hops = policy.max_degree.value
    alone = _alone(start, policy=policy)
    start -= alone.keys()
    around, concerned, isolated = _reach(_earliest(sorted(start), policy=policy, whole_past=whole_past), policy=policy, hops=hops)
    beside = bridge.beside(around, concerned)
    seeds = {person: [(s[0], s[1]) for s in record.steps] for person, record in believed_degrees(beside, disease=policy.code).items()}
    seeds |= sources_among(concerned, policy=policy) | around.words()
    isolated |= isolated_among(beside, disease=policy.code)
    now = bridge.standings(around, concerned, seeds=seeds, isolated=isolated, hops=hops)
    absorbed = {number: None for number in numbers if canonical.get(number, number) != number}
    return _append(now | alone | absorbed, policy=policy, at=at, cause=cause)


def _alone(people: set[int], *, policy: DiseasePolicy) -> dict[int, DegreeResult | None]:
    """Where those stand who met nobody, as far as the post knows, and whom nobody called anything: a case, or nothing at all.

    Most of a long list of new cases are such people, and there is nothing around them to gather.
    """
    numbers = sorted(people)
    free = people - linked_among(numbers, disease=policy.code)
    free -= reported_seeds(sorted(free), disease=policy.code).keys()
    sources = sources_among(sorted(free), policy=policy)
    return {p: DegreeResult(0, None, None, sources[p][0][1], tuple(sources[p]), None) if p in sources else None for p in free}


def _earliest(start: Sequence[int], *, policy: DiseasePolicy, whole_past: bool) -> dict[int, int]:
    """The earliest minute each could have passed anything on, as believed before or as it is now; LATEST for who never could."""
    if whole_past:
        return dict.fromkeys(start, EARLIEST)
    earliest = dict.fromkeys(start, LATEST)
    before = {person: record.steps for person, record in believed_degrees(start, disease=policy.code).items()}
    for known in (before, sources_among(start, policy=policy), reported_seeds(start, disease=policy.code)):
        for person, steps in known.items():
            earliest[person] = min([earliest[person], *(minute for _, minute in steps)])
    return earliest


def _reach(start: Mapping[int, int], *, policy: DiseasePolicy, hops: int) -> tuple[ContactSubgraph, list[int], dict[int, int]]:
    """The contacts as far as the change can carry, whom it reaches, and their isolation."""
    around = ContactSubgraph()
    around.admit(start)
    isolated: dict[int, int] = {}
    loaded: set[int] = set()
    concerned = list(start)
    for level in range(1, hops + 2):
        fresh = [person for person in concerned if person not in loaded]
        around.add(links_of(fresh, disease=policy.code))
        around.add_reported(reported_seeds(fresh, disease=policy.code), until=reported_until(fresh, disease=policy.code))
        isolated |= isolated_among(fresh, disease=policy.code)
        loaded |= set(fresh)
        if level <= hops and fresh:
            # Isolation of the changed may itself be the change: theirs is left open, the others' stands.
            others = {person: minute for person, minute in isolated.items() if person not in start}
            concerned = bridge.reached(around, changed=start, isolated=others, hops=level)
    isolated |= isolated_among(concerned, disease=policy.code)
    return around, concerned, isolated


def _only_cases(start: Iterable[int], *, policy: DiseasePolicy, at: datetime, cause: str) -> list[DegreeChange]:
    """Where the law of the disease knows no contacts to trace, the cases alone have a degree: 0."""
    people = sorted(start)
    sources = sources_among(people, policy=policy)
    now = {p: DegreeResult(0, None, None, sources[p][0][1], tuple(sources[p]), None) if p in sources else None for p in people}
    return _append(now, policy=policy, at=at, cause=cause)


def _append(now: Mapping[int, DegreeResult | None], *, policy: DiseasePolicy, at: datetime, cause: str) -> list[DegreeChange]:
    before = believed_degrees(list(now), disease=policy.code)
    changed = {person: standing for person, standing in now.items() if not _same(before.get(person), standing)}
    areas = dict(Person.objects.filter(id__in=AnyOf(changed)).values_list("id", "area_path"))
    reported_at_of = _reported(changed, policy=policy, at=at)
    gone = [record for person, record in before.items() if person in changed]
    balances.reopen(DegreeRecord, diseases=[policy.code] if changed else [], since=at)
    # A belief of this very moment was never held by anybody: it goes, so that no two begin at once.
    DegreeRecord.objects.filter(id__in=AnyOf(record.id for record in gone if record.known_from == at)).delete()
    DegreeRecord.objects.filter(id__in=AnyOf(record.id for record in gone if record.known_from != at)).update(known_to=at)
    opened = (
        _record(person, standing, before.get(person), reported_at_of=reported_at_of, path=areas.get(person, ""), at=at)
        for person, standing in changed.items()
        if standing
    )
    write(DegreeRecord, _COLUMNS, opened, shared={"disease": policy.code, "cause": cause, "known_from": at})
    return [
        DegreeChange(person, before[person].degree if person in before else None, standing.degree if standing else None)
        for person, standing in changed.items()
    ]


def _same(record: DegreeRecord | None, standing: DegreeResult | None) -> bool:
    if record is None or standing is None:
        return record is None and standing is None
    return (
        record.degree == standing.degree
        and record.via_contact_id == standing.via_contact
        and tuple(tuple(step) for step in record.steps) == standing.steps
        and record.last_exposure == _moment(standing.last_exposure)
    )


def _reported(changed: Mapping[int, DegreeResult | None], *, policy: DiseasePolicy, at: datetime) -> dict[int, datetime]:
    """When the contact, or the sender's word, was reported that gives each person a degree."""
    links = {person: standing.via_contact for person, standing in changed.items() if standing and standing.via_contact}
    reported_at_of = dict(Contact.objects.filter(id__in=AnyOf(links.values())).values_list("id", "reported_at"))
    called = {person: standing.degree for person, standing in changed.items() if standing and standing.degree and not standing.via_contact}
    words = reported_times(list(called), disease=policy.code)
    reported = {person: reported_at_of[link] for person, link in links.items()}
    reported |= {person: words[person, degree] for person, degree in called.items() if (person, degree) in words}
    return {person: min(moment, at) for person, moment in reported.items()}


_COLUMNS = ("person_id", "degree", "via_contact_id", "via_person_id", "since", "last_exposure", "reported_at", "steps", "area_path")


def _record(
    person: int, standing: DegreeResult, before: DegreeRecord | None, *, reported_at_of: Mapping[int, datetime], path: str, at: datetime
) -> tuple[object, ...]:
    """The belief that begins now, in the order of its columns."""
    via = standing.via_contact
    # somebody who was F1 yesterday is not a new F1 today because the reason changed
    reported = before.reported_at if before and before.degree == standing.degree else reported_at_of.get(person, at)
    since, last = _moment(standing.since), _moment(standing.last_exposure)
    return person, standing.degree, via, standing.via_person, since, last, reported, [list(step) for step in standing.steps], path


def _moment(minute: int | None) -> datetime | None:
    return None if minute is None else moment_of(minute)


def recheck(*, policy: DiseasePolicy) -> list[Difference]:
    """Re-compute everybody from all contacts and report where the stored degrees differ. Nothing is written."""
    canonical = dict(Person.objects.filter(identity_id__isnull=False).values_list("id", "identity_id"))
    number: dict[int, int] = {}
    contacts = Contact.objects.filter(disease=policy.code, withdrawn_at=None)
    columns = contacts.values_list("source_id", "person_id", "first_minute", "last_minute")
    table = np.fromiter(_numbered(columns.iterator(chunk_size=20_000), canonical, number), dtype=np.dtype((np.int64, 4)))
    seeds = [(_take(number, identity), 0, minute) for identity, minute in source_rows(policy=policy)]
    stored = dict(DegreeRecord.objects.filter(disease=policy.code, known_to=OPEN_END).values_list("person_id", "degree"))
    degree_links = reported_links(disease=policy.code)
    cases = {person for person, _, _ in seeds}
    for person, degree, first in degree_links.values_list("person_id", "reported_degree", "first"):
        who = _take(number, canonical.get(person, person))
        if who not in cases:
            seeds.append((who, degree, minute_of(first, unknown=EARLIEST)))
    until = np.full(len(number), LATEST, dtype=np.int64)
    for person, moment in IsolationRecord.objects.filter(disease=policy.code).values_list("person_id", "isolated_at"):
        if (index := number.get(canonical.get(person, person))) is not None:
            until[index] = min(until[index], minute_of(moment, unknown=LATEST))
    hops = policy.max_degree.value if policy.contacts_traced.value else 0
    found = _full(table, seeds, until, hops)
    now = {person: int(found[index]) for person, index in number.items() if found[index] >= 0}
    return [Difference(p, stored.get(p), now.get(p)) for p in sorted(stored.keys() | now.keys()) if stored.get(p) != now.get(p)]


def _full(table: np.ndarray, seeds: list[tuple[int, int, int]], until: np.ndarray, hops: int) -> np.ndarray:
    if hops == 0:
        degree = np.full(len(until), -1, dtype=np.int8)
        degree[[person for person, level, _ in seeds if level == 0]] = 0
        return degree
    a, b, first, last = table.reshape(-1, 4).T
    apart = a != b
    return bridge.all_degrees(len(until), a[apart], b[apart], first[apart], last[apart], seeds=seeds, until=until, hops=hops)[0]


def _numbered(rows: Iterable[tuple[int, int, int, int]], canonical: dict[int, int], number: dict[int, int]) -> Iterator[tuple[int, ...]]:
    for a, b, first, last in rows:
        yield _take(number, canonical.get(a, a)), _take(number, canonical.get(b, b)), first, last


def _take(number: dict[int, int], person: int) -> int:
    return number.setdefault(person, len(number))
