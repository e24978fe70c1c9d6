"""The level-synchronous relaxation that every degree question is answered by.

Let E(k, v) be the earliest minute from which v could be infectious over all window-respecting walks of at most k hops.

    E(0, v) = the seeds of level 0
    E(k, v) = min of E(k-1, v), the seeds of level k, and arrive(E(k-1, u), c) over the contacts c between u and v
    arrive(since, c) = max(first, since) + latent   if  max(first, since) <= min(last, until of u),  else never

`arrive` never falls when `since` rises, so the earliest arrival is the only one worth passing on (the exchange argument of
Dijkstra's method). Only a person whose E improved at level k can improve another at level k + 1: those are the frontier.
A longer walk may arrive earlier and open further contacts, so one person may be in several frontiers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import LATEST, Bool, Int8, Int32, Int64, minutes, whole_numbers
from epiengine.jit import jit
from epiengine.tracing.graph import CONTACT, FIRST, LAST, NEIGHBOUR, ContactGraph

# The best arrival at a person is one int64: the minute in the high half, in the low half contact index + 2 (1 = seed).
# So one comparison decides by earliest minute, then lowest contact index. A low half of 0 means settled at an earlier level.
_LOW: Final = 0xFFFFFFFF
_SEED: Final = 1
_FIRST_CONTACT: Final = 2
_NEVER: Final = 2**63 - 1
_CLOSED: Final = -(2**63)


@dataclass(frozen=True, eq=False)
class Improvements:
    """Every strict improvement of the earliest minute, by level and then person; r rows.

    person, since             int32[r]: since this minute they could be infectious, by a walk of `level` hops
    level                     int8[r]
    via_contact, via_person   int32[r]: the last hop of that walk; -1 for a seed. via_person improved at level - 1 exactly.
    """

    person: Int32
    level: Int8
    since: Int32
    via_contact: Int32
    via_person: Int32

    def row(self, person: int, *, level: int) -> int | None:
        """Which row tells of this person at this level."""
        low, high = np.searchsorted(self.level, [level, level + 1])
        at = int(low + np.searchsorted(self.person[low:high], person))
        return at if at < high and self.person[at] == person else None


@dataclass(frozen=True, eq=False)
class Seeds:
    """Where the walks begin; several rows per person are allowed.

    person  int32[s]
    level   int8[s]: 0 for a source; above 0 the seed stands for walks that come from outside the graph at hand
    since   int32[s]: minutes since 1970-01-01 UTC from which the person could pass infection on
    """

    person: Int32
    level: Int8
    since: Int32

    @classmethod
    def sources(cls, person: ArrayLike, since: ArrayLike) -> Seeds:
        """The active confirmed cases: seeds of level 0."""
        who = whole_numbers("person", person, low=0, high=LATEST)
        return cls(person=who, level=np.zeros(who.size, dtype=np.int8), since=minutes("since", since))

    def only(self, rows: Bool) -> Seeds:
        """The seeds of the marked rows."""
        return Seeds(person=self.person[rows], level=self.level[rows], since=self.since[rows])


def spread(graph: ContactGraph, seeds: Seeds, until: Int32, *, max_degree: int, latent: int, within: Bool | None = None) -> Improvements:
    """Every improvement of E up to max_degree, of everybody or of the people marked in `within`.

    Seeds on people outside `within` are constants: they pass infection on at their level and are not themselves computed.
    All inputs have been validated by the caller.
    """
    best = np.full(graph.people, _NEVER, dtype=np.int64)
    if within is not None:
        best[~within] = _CLOSED
    touched = np.empty(graph.people, dtype=np.int32)
    frontier = since = np.empty(0, dtype=np.int32)
    found = []
    for level in range(max_degree + 1):
        now = seeds.only(seeds.level == level)
        count = _place_kernel(now.person, now.since, best, touched)
        count = _relax_kernel(graph.offsets, graph.slots, until, latent, frontier, since, best, touched, count)
        reached = _settled(graph, touched[:count], best, level=level)
        found.append(reached)
        constant = best[now.person] == _CLOSED
        frontier = np.concatenate([reached.person, now.person[constant]])
        since = np.concatenate([reached.since, now.since[constant]])
    return _joined(found)


def _settled(graph: ContactGraph, touched: Int32, best: Int64, *, level: int) -> Improvements:
    """The improvements of one level; `best` then holds them as settled."""
    person = np.sort(touched)  # by person: the same rows in the same order every time, and the next level reads memory forwards
    keys = best[person]
    best[person] = keys & ~np.int64(_LOW)
    contact = np.maximum((keys & _LOW) - _FIRST_CONTACT, -1).astype(np.int32)
    return Improvements(
        person=person,
        level=np.full(person.size, level, dtype=np.int8),
        since=(keys >> 32).astype(np.int32),
        via_contact=contact,
        via_person=graph.other_end(contact, person),
    )


def _joined(levels: list[Improvements]) -> Improvements:
    return Improvements(
        person=np.concatenate([one.person for one in levels]),
        level=np.concatenate([one.level for one in levels]),
        since=np.concatenate([one.since for one in levels]),
        via_contact=np.concatenate([one.via_contact for one in levels]),
        via_person=np.concatenate([one.via_person for one in levels]),
    )


@jit
def _place_kernel(person: Int32, since: Int32, best: Int64, touched: Int32) -> int:
    count = 0
    for row in range(person.size):
        key = (np.int64(since[row]) << 32) | _SEED
        before = best[person[row]]
        if key < before:
            best[person[row]] = key
            if before == _NEVER or (before & _LOW) == 0:
                touched[count] = person[row]
                count += 1
    return count


@jit
def _relax_kernel(
    offsets: Int64, slots: Int32, until: Int32, latent: int, frontier: Int32, since: Int32, best: Int64, touched: Int32, count: int
) -> int:
    for row in range(frontier.size):
        opens, closes = np.int64(since[row]), np.int64(until[frontier[row]])
        if opens > closes:
            continue
        for slot in range(offsets[frontier[row]], offsets[frontier[row] + 1]):
            first = np.int64(slots[slot, FIRST])
            if first > closes or slots[slot, LAST] < opens:
                continue
            arrival = min(max(first, opens) + np.int64(latent), np.int64(LATEST))
            key = (arrival << 32) | (np.int64(slots[slot, CONTACT]) + _FIRST_CONTACT)
            neighbour = slots[slot, NEIGHBOUR]
            before = best[neighbour]
            if key < before:
                best[neighbour] = key
                if before == _NEVER or (before & _LOW) == 0:
                    touched[count] = neighbour
                    count += 1
    return count
