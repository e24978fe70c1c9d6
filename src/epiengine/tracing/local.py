"""One change, answered from its neighbourhood alone, with the same numbers as a recheck of everybody.

Why the answer is the same. Let E(k, v) be as in `levels.py`. A change (a source added, removed or corrected, an isolation time,
a contact) can alter E(k, v) only by a walk that passes the changed person, before or after; so everybody outside

    A = the people that a window-respecting walk of at most max_degree hops reaches from the changed people, who start at the earliest
        minute they have had before or after, in a graph with the contacts and the longest windows of before and after

keeps every E(k, .). For v in A, E(k, v) is a minimum over E(k-1, u) of their neighbours u. Those in A are being computed; those
outside keep the values of the last run, which its improvements list in full. By induction over k each E(k, v), and with the
contacts in the same order each `via`, equals that of a full run.

What a caller with the contacts in a database does:
    1  load the contacts around the changed people, level by level to max_degree, and call `affected`
    2  load all contacts of the affected people (their other ends included), in the order of the full table
    3  load the stored improvements of `boundary` and the sources among the affected, as one Seeds
    4  call `recompute_local`, replace the stored improvements of the affected people
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import Bool, Int8, Int32, Int64, ids, minutes, same_length
from epiengine.errors import EngineError
from epiengine.jit import jit
from epiengine.tracing.degree import checked, first_reached, limits, windows
from epiengine.tracing.graph import NEIGHBOUR, ContactGraph
from epiengine.tracing.levels import Improvements, Seeds, spread


@dataclass(frozen=True, eq=False)
class LocalDegrees:
    """The degrees of the k people recomputed, row by row; columns as in `Degrees`.

    person        int32[k], ascending
    improvements  of these people only: they replace the stored ones
    """

    person: Int32
    degree: Int8
    via_contact: Int32
    via_person: Int32
    since: Int32
    improvements: Improvements


def affected(
    graph: ContactGraph, changed: ArrayLike, since: ArrayLike, until: ArrayLike | None = None, *, max_degree: int, latent_minutes: int = 0
) -> Int32:
    """int32[k]: whose degree, time or reason the change could alter, ascending; the changed people among them.

    changed  int[c]: the person whose status, window or isolation changed; both ends of a contact that came, went or was corrected
    since    int[c]: the earliest minute each of them has had, as a seed or an improvement, before or after; EARLIEST is always safe
    until    int[n]: the later of before and after
    The graph holds every contact of before and after within max_degree hops. Raises EngineError as `degrees` does.
    """
    max_degree, latent = limits(max_degree, latent_minutes)
    start = Seeds.sources(ids("changed", changed, count=graph.people), minutes("since", since))
    same_length(changed=start.person, since=start.since)
    return np.unique(spread(graph, start, windows(until, graph), max_degree=max_degree, latent=latent).person)


def boundary(graph: ContactGraph, people: ArrayLike) -> Int32:
    """int32[j]: who shares a contact with these people and is not one of them, ascending: whose stored improvements are needed."""
    inside = ids("people", people, count=graph.people)
    return np.flatnonzero(_beside(graph, inside) & ~_marked(graph, inside)).astype(np.int32)


def recompute_local(
    graph: ContactGraph, people: ArrayLike, seeds: Seeds, until: ArrayLike | None = None, *, max_degree: int, latent_minutes: int = 0
) -> LocalDegrees:
    """The degrees of `people` after a change, equal to those of a full run.

    graph   holds every contact of the people; more does no harm
    people  int[k]: the answer of `affected`
    seeds   of the people: the sources among them as they are now (level 0); of everybody else: the stored improvements, all levels.
            Rows of those who are not on the boundary have no effect
    until   int[n]: as it is now
    Raises EngineError as `degrees` does, and for a stored improvement of one of the people: it would bring the old answer back.
    """
    max_degree, latent = limits(max_degree, latent_minutes)
    inside = np.unique(ids("people", people, count=graph.people))
    within, seeds = _marked(graph, inside), checked(seeds, graph)
    _refuse_stale(seeds, within)
    near = seeds.only((within | _beside(graph, inside))[seeds.person])
    found = spread(graph, near, windows(until, graph), max_degree=max_degree, latent=latent, within=within)
    everybody = first_reached(found, people=graph.people)
    return LocalDegrees(
        person=inside,
        degree=everybody.degree[inside],
        via_contact=everybody.via_contact[inside],
        via_person=everybody.via_person[inside],
        since=everybody.since[inside],
        improvements=found,
    )


def _refuse_stale(seeds: Seeds, within: Bool) -> None:
    if bool((stale := within[seeds.person] & (seeds.level > 0)).any()):
        row = int(np.argmax(stale))
        raise EngineError("seeds.level", int(seeds.level[row]), f"0, as person {int(seeds.person[row])} is being recomputed", row=row)


def _marked(graph: ContactGraph, people: Int32) -> Bool:
    mark = np.zeros(graph.people, dtype=np.bool_)
    mark[people] = True
    return mark


def _beside(graph: ContactGraph, people: Int32) -> Bool:
    mark = np.zeros(graph.people, dtype=np.bool_)
    _beside_kernel(graph.offsets, graph.slots, people, mark)
    return mark


@jit
def _beside_kernel(offsets: Int64, slots: Int32, people: Int32, mark: Bool) -> None:
    for person in people:
        for slot in range(offsets[person], offsets[person + 1]):
            mark[slots[slot, NEIGHBOUR]] = True
