"""Random small worlds for the engine's tests: few people, few contacts, times close enough together to matter."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st
from tests.engine.naive import Contact

from epiengine.tracing import EARLIEST, LATEST, ContactGraph, Seeds, contact_graph

MINUTE = st.integers(0, 12)


@dataclass(frozen=True)
class World:
    people: int
    contacts: tuple[Contact, ...]
    sources: tuple[tuple[int, int], ...]  # (person, since)
    until: tuple[int, ...]
    max_degree: int
    latent: int

    def graph(self) -> ContactGraph:
        return graph_of(self.people, list(self.contacts))

    def seeds(self) -> Seeds:
        return seeds_of([(person, 0, since) for person, since in self.sources])

    def limits(self) -> dict[str, int]:
        return {"max_degree": self.max_degree, "latent_minutes": self.latent}

    def but(self, **changes: object) -> World:
        return replace(self, **changes)


def graph_of(people: int, contacts: list[Contact]) -> ContactGraph:
    columns = [[getattr(contact, name) for contact in contacts] for name in ("a", "b", "first", "last")]
    return contact_graph(people, *columns)


def seeds_of(rows: list[tuple[int, int, int]]) -> Seeds:
    person, level, since = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Seeds(person=person, level=level, since=since)


def contacts(people: int) -> st.SearchStrategy[Contact]:
    ends = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1)).filter(lambda pair: pair[0] != pair[1])
    known = st.tuples(MINUTE, st.integers(0, 4)).map(lambda one: (one[0], one[0] + one[1]))
    unknown = st.just((EARLIEST, LATEST))
    at_the_edges = st.sampled_from([(LATEST - 1, LATEST), (EARLIEST, EARLIEST + 1)])
    times = st.one_of(known, known, known, unknown, at_the_edges)
    return st.builds(lambda pair, time: Contact(*pair, *time), ends, times)


@st.composite
def worlds(draw: st.DrawFn, *, most_people: int = 7, most_contacts: int = 9, most_degree: int = 4) -> World:
    people = draw(st.integers(2, most_people))
    source = st.tuples(st.integers(0, people - 1), st.one_of(MINUTE, MINUTE, st.sampled_from([EARLIEST, LATEST])))
    isolated = st.one_of(st.just(LATEST), st.just(LATEST), MINUTE)
    return World(
        people=people,
        contacts=tuple(draw(st.lists(contacts(people), max_size=most_contacts))),
        sources=tuple(draw(st.lists(source, max_size=3))),
        until=tuple(draw(st.lists(isolated, min_size=people, max_size=people))),
        max_degree=draw(st.integers(1, most_degree)),
        latent=draw(st.sampled_from([0, 0, 1, 3, LATEST])),
    )
