"""The one door from tracing to the engine: rows in, rows out. It decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from epiengine.arrays import LATEST

if TYPE_CHECKING:
    from epiengine.tracing import ContactGraph, Seeds

Step = tuple[int, int]
"""(hops, earliest minute)."""


def _engine() -> Any:
    """The engine's tracing, imported when something is first worked out: most pages and processes never need its kernels."""
    import epiengine.tracing

    return epiengine.tracing


@dataclass(frozen=True, slots=True)
class Link:
    """One contact between two people (their identity numbers), with the interval in minutes and its own id."""

    id: UUID | str
    a: int
    b: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DegreeResult:
    """Where a person stands: degree, by which contact and person, since when, all steps, and the latest exposure (minute or None)."""

    degree: int
    via_contact: UUID | None
    via_person: int | None
    since: int
    steps: tuple[Step, ...]
    last_exposure: int | None


@dataclass
class ContactSubgraph:
    """Contacts gathered so far, numbered 0..n-1 for the engine."""

    found: dict[UUID | str, Link] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    number: dict[int, int] = field(default_factory=dict)
    unknown: dict[int, list[Step]] = field(default_factory=dict)

    def add(self, links: Iterable[Link]) -> None:
        """Take in contacts, each once."""
        for link in links:
            self.found[link.id] = link
            self.admit((link.a, link.b))

    def add_reported(self, reported: Mapping[int, Sequence[Step]], *, until: Mapping[int, int]) -> None:
        """Take in senders' words ("F1", of a case nobody knows): a contact with an unknown person one degree nearer, `until` its last minute.

        The unknown person has the negative number of the one they stand beside, and is never re-computed.
        """
        for person, steps in reported.items():
            degree, since = min(steps)
            self.unknown[-person] = [(degree - 1, since)]
            self.add([Link(f"said:{person}", -person, person, since, max(since, until.get(person, LATEST)))])

    def words(self) -> dict[int, list[Step]]:
        """The steps of the unknown people that senders' words stand for."""
        return self.unknown

    @property
    def links(self) -> list[Link]:
        """The contacts in the order of their ids: the same ties are broken the same way, however they were gathered."""
        return sorted(self.found.values(), key=lambda link: str(link.id))

    def admit(self, people: Iterable[int]) -> None:
        """Number people even if they have no contact."""
        for person in people:
            if person not in self.number:
                self.number[person] = len(self.people)
                self.people.append(person)

    def graph(self) -> "ContactGraph":
        """The engine's graph of everything gathered."""
        n, links = self.number, self.links
        columns = ([n[x.a] for x in links], [n[x.b] for x in links], [x.first for x in links], [x.last for x in links])
        return _engine().contact_graph(len(self.people), *(np.array(column, dtype=np.int64) for column in columns))

    def until(self, isolated: Mapping[int, int]) -> np.ndarray:
        """The last minute each can pass anything on."""
        return np.array([isolated.get(person, LATEST) for person in self.people], dtype=np.int64)


def reached(around: ContactSubgraph, *, changed: Mapping[int, int], isolated: Mapping[int, int], hops: int) -> list[int]:
    """Whom a change at these people (with their earliest minute) could concern, within so many hops."""
    numbers = [around.number[person] for person in changed]
    found = _engine().affected(around.graph(), numbers, list(changed.values()), around.until(isolated), max_degree=hops)
    return [person for i in found if (person := around.people[i]) > 0]


def beside(around: ContactSubgraph, people: Sequence[int]) -> list[int]:
    """Those who share a contact with these people and are not among them."""
    return [around.people[i] for i in _engine().boundary(around.graph(), [around.number[p] for p in people])]


def standings(
    around: ContactSubgraph, people: Sequence[int], *, seeds: Mapping[int, Sequence[Step]], isolated: Mapping[int, int], hops: int
) -> dict[int, DegreeResult | None]:
    """Where each of these people stands now; None for nobody's contact."""
    graph, until, links = around.graph(), around.until(isolated), around.links
    rows = [(around.number[person], level, since) for person, steps in seeds.items() if person in around.number for level, since in steps]
    result = _engine().recompute_local(graph, [around.number[p] for p in people], _seeds(rows), until, max_degree=hops)
    steps: dict[int, list[Step]] = {}
    found = result.improvements
    for person, level, since in zip(found.person.tolist(), found.level.tolist(), found.since.tolist(), strict=True):
        steps.setdefault(person, []).append((level, since))
    near = {around.number[p]: sorted(s)[0] for p, s in seeds.items() if p in around.number and s}
    near |= {p: (d, s) for p, d, s in zip(result.person.tolist(), result.degree.tolist(), result.since.tolist(), strict=True) if d >= 0}
    exposures = _last_exposures(graph, near, until)
    columns = zip(*(c.tolist() for c in (result.person, result.degree, result.via_contact, result.via_person, result.since)), strict=True)
    return {
        around.people[person]: None
        if degree < 0
        else DegreeResult(
            degree,
            _real(links[contact].id) if contact >= 0 else None,
            around.people[via] if via >= 0 and around.people[via] > 0 else None,
            since,
            tuple(sorted(steps.get(person, []))),
            exposures.get(person),
        )
        for person, degree, contact, via, since in columns
    }


def _real(link: UUID | str) -> UUID | None:
    return None if isinstance(link, str) else link


def all_degrees(people: int, a: np.ndarray, b: np.ndarray, first: np.ndarray, last: np.ndarray, *, seeds: Sequence[tuple[int, int, int]],
              until: np.ndarray, hops: int) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Degree and first possible minute of everybody (int8[n], int32[n]) from all contacts: the full recheck."""
    engine = _engine()
    result = engine.degrees(engine.contact_graph(people, a, b, first, last), _seeds(seeds), until, max_degree=hops)
    return result.degree, result.since


def _seeds(rows: Sequence[tuple[int, int, int]]) -> "Seeds":
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return _engine().Seeds(columns[:, 0].astype(np.int32), columns[:, 1].astype(np.int8), columns[:, 2].astype(np.int32))


def _last_exposures(graph: "ContactGraph", near: Mapping[int, Step], until: np.ndarray) -> dict[int, int]:
    """The latest minute at which each was with somebody one degree nearer who could still pass it on; unknown ends are left out."""
    degree = np.full(graph.people, 127, dtype=np.int64)
    since = np.full(graph.people, LATEST, dtype=np.int64)
    for person, (level, minute) in near.items():
        degree[person], since[person] = level, minute
    latest = np.full(graph.people, np.iinfo(np.int64).min)
    table = np.column_stack(graph_columns(graph)) if graph.contacts else np.zeros((0, 4), dtype=np.int64)
    for u, v in ((table[:, 0], table[:, 1]), (table[:, 1], table[:, 0])):
        end = np.minimum(table[:, 3], until[u])
        carries = (degree[u] + 1 == degree[v]) & (end >= np.maximum(table[:, 2], since[u])) & (table[:, 3] != LATEST)
        np.maximum.at(latest, v[carries], end[carries])
    return {int(i): int(latest[i]) for i in np.flatnonzero(latest > np.iinfo(np.int64).min)}


def graph_columns(graph: "ContactGraph") -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The contacts of a graph as columns a, b, first, last (int64[m] each)."""
    first, last = np.zeros(graph.contacts, dtype=np.int64), np.zeros(graph.contacts, dtype=np.int64)
    contact = graph.slots[:, 1]
    first[contact], last[contact] = graph.slots[:, 2], graph.slots[:, 3]
    return graph.a.astype(np.int64), graph.b.astype(np.int64), first, last


@dataclass(frozen=True, slots=True)
class Drawn:
    """What fits on a picture: each person with hops from the centre and neighbours left out, the contacts between them, people folded."""

    people: dict[int, tuple[int, int]]
    links: list[Link]
    folded: int


def drawn(around: ContactSubgraph, centre: int, *, depth: int, limit: int) -> Drawn:
    """The nearest people around a centre, at most `limit`, and the count of the rest."""
    around.admit([centre])
    found, links = _engine().neighbourhood(around.graph(), around.number[centre], depth=depth, limit=limit), around.links
    rows = zip(found.person.tolist(), found.hop.tolist(), found.folded_at.tolist(), strict=True)
    people = {around.people[person]: (hop, left_out) for person, hop, left_out in rows}
    return Drawn(people, [links[contact] for contact in found.contact.tolist()], found.folded)


@dataclass(frozen=True, slots=True)
class Infections:
    """A transmission tree told by pairs: each person's generation (None behind a cycle) and how many name them as their source."""

    generation: dict[int, int | None]
    offspring: dict[int, int]
    contested: frozenset[int]


def infections(pairs: Sequence[tuple[int, int]]) -> Infections:
    """What pairs (infector, infectee) say together."""
    people = sorted({person for pair in pairs for person in pair})
    number = {person: index for index, person in enumerate(people)}
    tree = _engine().transmission_tree([number[a] for a, _ in pairs], [number[b] for _, b in pairs], people=len(people))
    generation = {person: (g if (g := int(tree.generation[i])) >= 0 else None) for i, person in enumerate(people)}
    offspring = {person: int(tree.offspring[i]) for i, person in enumerate(people)}
    return Infections(generation, offspring, frozenset(people[i] for i in tree.contested.tolist()))
