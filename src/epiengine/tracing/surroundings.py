"""The part of the contact graph that fits on a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from epiengine.arrays import Int8, Int32, Int64, number
from epiengine.jit import jit
from epiengine.tracing.graph import CONTACT, NEIGHBOUR, ContactGraph

_UNSEEN: Final = -1


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """The people drawn around a centre, the contacts between them, and what was folded away.

    person     int32[k]: nearest first, then by id; person[0] is the centre
    hop        int8[k]: contacts away from the centre, windows not regarded
    contact    int32[c]: every contact between two people drawn, ascending
    folded     how many people within the depth are not drawn
    folded_at  int32[k]: how many different neighbours of each person drawn are not drawn, whatever their distance
    """

    person: Int32
    hop: Int8
    contact: Int32
    folded: int
    folded_at: Int32


def neighbourhood(graph: ContactGraph, centre: int, *, depth: int, limit: int) -> Neighbourhood:
    """Who is at most `depth` contacts from the centre: the nearest `limit` people, and the count of the rest.

    depth 0 to 7, limit >= 1 (the centre is always drawn). Raises EngineError for a centre that is not in the graph.
    """
    centre = number("centre", centre, low=0, high=graph.people - 1)
    depth, limit = number("depth", depth, low=0, high=7), number("limit", limit, low=1)
    hop = np.full(graph.people, _UNSEEN, dtype=np.int8)
    order = np.empty(graph.people, dtype=np.int32)
    near = order[: _walk_kernel(graph.offsets, graph.slots, centre, depth, hop, order)]
    near = near[np.lexsort((near, hop[near]))]
    person = near[:limit]
    drawn = np.zeros(graph.people, dtype=np.bool_)
    drawn[person] = True
    rows = [graph.slots[graph.offsets[one] : graph.offsets[one + 1]] for one in person.tolist()]
    return Neighbourhood(
        person=person,
        hop=hop[person],
        contact=np.unique(np.concatenate([row[drawn[row[:, NEIGHBOUR]], CONTACT] for row in rows])),
        folded=int(near.size - person.size),
        folded_at=np.array([np.unique(row[~drawn[row[:, NEIGHBOUR]], NEIGHBOUR]).size for row in rows], dtype=np.int32),
    )


@jit
def _walk_kernel(offsets: Int64, slots: Int32, centre: int, depth: int, hop: Int8, order: Int32) -> int:
    hop[centre], order[0], done, count = 0, centre, 0, 1
    while done < count and hop[order[done]] < depth:
        person = order[done]
        done += 1
        for slot in range(offsets[person], offsets[person + 1]):
            neighbour = slots[slot, NEIGHBOUR]
            if hop[neighbour] == _UNSEEN:
                hop[neighbour] = hop[person] + 1
                order[count] = neighbour
                count += 1
    return count
