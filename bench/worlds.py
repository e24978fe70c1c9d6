"""The synthetic contact graphs that the tracing benchmarks run on: skewed degrees, two months of meetings, one wave of cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from epiengine.arrays import EARLIEST, LATEST, Int32
from epiengine.tracing import ContactGraph, Seeds, contact_graph

DAY = 24 * 60


@dataclass(frozen=True, eq=False)
class World:
    people: int
    a: Int32
    b: Int32
    first: Int32
    last: Int32
    source: Int32
    since: Int32
    until: Int32

    @property
    def seeds(self) -> Seeds:
        return Seeds.sources(self.source, self.since)

    def graph(self, *, windows: bool = True) -> ContactGraph:
        """The contact graph; without windows every contact is of unknown time, and degrees are plain distances."""
        if windows:
            return contact_graph(self.people, self.a, self.b, self.first, self.last)
        always = np.ones(self.a.size, dtype=np.int32)
        return contact_graph(self.people, self.a, self.b, always * EARLIEST, always * LATEST)


def world(people: int, contacts: int, *, sources: int, seed: int) -> World:
    """Log-normal sociability (sigma 1), meetings of 15 minutes to some hours over 60 days, sources isolated after 3 to 10 days."""
    rng = np.random.default_rng(seed)
    share = np.cumsum(rng.lognormal(0, 1, people))
    a, b = (np.searchsorted(share, rng.random(contacts) * share[-1]).astype(np.int32) for _ in range(2))
    b = np.where(a == b, (b + 1) % people, b).astype(np.int32)
    first = rng.integers(0, 60 * DAY, contacts, dtype=np.int32)
    last = (first + 15 + rng.exponential(120, contacts)).astype(np.int32)
    source = rng.choice(people, sources, replace=False).astype(np.int32)
    since = rng.integers(30 * DAY, 50 * DAY, sources, dtype=np.int32)
    until = np.full(people, LATEST, dtype=np.int32)
    until[source] = since + rng.integers(3 * DAY, 10 * DAY, sources)
    return World(people, a, b, first, last, source, since, until)
