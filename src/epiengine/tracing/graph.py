"""Who was together with whom, and when: contacts as compressed rows, one row of slots per person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import LATEST, Int32, Int64, ids, in_order, minutes, number, same_length
from epiengine.errors import EngineError
from epiengine.jit import jit

#: Columns of `ContactGraph.slots`. One slot is 16 bytes side by side: reading a contact costs one cache line, not four.
NEIGHBOUR: Final = 0
CONTACT: Final = 1
FIRST: Final = 2
LAST: Final = 3


@dataclass(frozen=True, eq=False)
class ContactGraph:
    """An undirected temporal contact graph of n people and m contacts, each contact seen from both its ends.

    people   n; people are 0..n-1
    a, b     int32[m]: the two ends of each contact
    offsets  int64[n+1]: the slots of person p are offsets[p] to offsets[p+1]
    slots    int32[2m, 4]: neighbour, contact index, first and last minute together; by contact index within a person
    """

    people: int
    a: Int32
    b: Int32
    offsets: Int64
    slots: Int32

    @property
    def contacts(self) -> int:
        """How many contacts the graph holds."""
        return int(self.a.size)

    def other_end(self, contact: Int32, person: Int32) -> Int32:
        """Who is at the other end of each contact; -1 where the contact is -1."""
        if not self.contacts:
            return np.full(person.size, -1, dtype=np.int32)
        # a ^ b ^ one end = the other end; index -1 reads some contact, and np.where drops it
        return np.where(contact < 0, np.int32(-1), self.a[contact] ^ self.b[contact] ^ person)


def contact_graph(people: int, a: ArrayLike, b: ArrayLike, first: ArrayLike, last: ArrayLike) -> ContactGraph:
    """The graph of the contacts (a, b, first, last); several contacts of one pair are kept apart.

    people       how many people there are: 0 to 2^31 - 1
    a, b         int[m]: ids 0..people-1, a != b
    first, last  int[m]: minutes since 1970-01-01 UTC, closed interval, first <= last; EARLIEST and LATEST when unknown
    Raises EngineError for ids out of range, a contact with oneself, NaN, reversed intervals and columns of unequal length.
    """
    people = number("people", people, low=0)
    ends = ids("a", a, count=people), ids("b", b, count=people)
    begins, closes = minutes("first", first), minutes("last", last)
    count = same_length(a=ends[0], b=ends[1], first=begins, last=closes)
    in_order("first", "last", begins, closes)
    _refuse_self_contacts(*ends)
    # two more than the last index must fit beside the time in one 64-bit key (see levels.py)
    number("contacts", count, low=0, high=LATEST - 2)
    offsets = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(sum(np.bincount(end, minlength=people) for end in ends), out=offsets[1:])
    slots = np.empty((2 * count, 4), dtype=np.int32)
    _fill_kernel(*ends, begins, closes, offsets[:-1].copy(), slots)
    return ContactGraph(people=people, a=ends[0], b=ends[1], offsets=offsets, slots=slots)


def _refuse_self_contacts(a: Int32, b: Int32) -> None:
    if bool((same := a == b).any()):
        row = int(np.argmax(same))
        raise EngineError("b", int(b[row]), "somebody other than a", row=row)


@jit
def _fill_kernel(a: Int32, b: Int32, first: Int32, last: Int32, free: Int64, slots: Int32) -> None:
    for contact in range(a.size):
        for end in range(2):
            person, neighbour = (a[contact], b[contact]) if end == 0 else (b[contact], a[contact])
            slot = free[person]
            free[person] = slot + 1
            slots[slot, NEIGHBOUR] = neighbour
            slots[slot, CONTACT] = contact
            slots[slot, FIRST] = first[contact]
            slots[slot, LAST] = last[contact]
