"""Slow, obvious twins of the engine, by other methods: walks are listed one by one, pairs are compared each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

LATEST = 2**31 - 1


@dataclass(frozen=True)
class Contact:
    a: int
    b: int
    first: int
    last: int


@dataclass(frozen=True)
class Walk:
    """A walk that has come to `person` after `hops` hops; infectious there from `since`; the last contact used (-1: none)."""

    person: int
    hops: int
    since: int
    contact: int
    before: int


@dataclass(frozen=True)
class Answer:
    degree: int
    via_contact: int
    via_person: int
    since: int


def walks(contacts: list[Contact], seeds: list[tuple[int, int, int]], until: list[int], *, max_degree: int, latent: int) -> Iterator[Walk]:
    """Every window-respecting walk from a seed (person, level, since), repeated people and contacts included."""

    def longer(walk: Walk) -> Iterator[Walk]:
        yield walk
        if walk.hops == max_degree:
            return
        for index, contact in enumerate(contacts):
            for here, there in ((contact.a, contact.b), (contact.b, contact.a)):
                # the minute the two are together inside the window of the one who passes it on
                meet, part = max(contact.first, walk.since), min(contact.last, until[here])
                if here == walk.person and meet <= part:
                    yield from longer(Walk(there, walk.hops + 1, min(meet + latent, LATEST), index, here))

    for person, level, since in seeds:
        if level <= max_degree:
            yield from longer(Walk(person, level, since, -1, -1))


def degrees(
    people: int, contacts: list[Contact], seeds: list[tuple[int, int, int]], until: list[int], *, max_degree: int, latent: int
) -> tuple[list[Answer], list[tuple[int, int, int]]]:
    """The answer for each person, and the strict improvements (level, person, since) in order."""
    arrivals: dict[int, list[Walk]] = defaultdict(list)
    for walk in walks(contacts, seeds, until, max_degree=max_degree, latent=latent):
        arrivals[walk.person].append(walk)
    answers, improvements = [], []
    for person in range(people):
        if not arrivals[person]:
            answers.append(Answer(-1, -1, -1, LATEST))
            continue
        shortest = min(walk.hops for walk in arrivals[person])
        best = min((w for w in arrivals[person] if w.hops == shortest), key=lambda w: (w.since, w.contact))
        answers.append(Answer(shortest, best.contact, best.before, best.since))
        earliest = LATEST + 1
        for level in range(max_degree + 1):
            now = min((w.since for w in arrivals[person] if w.hops <= level), default=LATEST + 1)
            if now < earliest:
                improvements.append((level, person, now))
                earliest = now
    return answers, sorted(improvements)


def meetings(stays: list[tuple[int, int, int, int]], *, least: int) -> set[tuple[frozenset[int], int, int]]:
    """The pairs of stays (place, first, last, person) of different people that overlap: each compared with each."""
    found = set()
    for (i, one), (j, other) in combinations(enumerate(stays), 2):
        together, apart = max(one[1], other[1]), min(one[2], other[2])
        if one[0] == other[0] and one[3] != other[3] and together <= apart and apart - together >= least:
            found.add((frozenset((i, j)), together, apart))
    return found


def hops(people: int, contacts: list[Contact], centre: int) -> list[float]:
    """Distance of everybody from the centre, windows not regarded: relax every contact until nothing changes (Bellman-Ford)."""
    distance = [float("inf")] * people
    distance[centre] = 0
    for _ in range(people):
        for contact in contacts:
            distance[contact.a] = min(distance[contact.a], distance[contact.b] + 1)
            distance[contact.b] = min(distance[contact.b], distance[contact.a] + 1)
    return distance
