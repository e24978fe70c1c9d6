"""What is kept of each person while a simulation runs: seven bytes, or as many as fourteen with doses and infectors."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Int32
from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.delays import Int16
from epiengine.simulate.town import UInt8

UInt16 = NDArray[np.uint16]

#: `infected_on` of who never was.
UNTOUCHED: Final = -32768
#: `infected_on` of who was immune from the beginning.
LONG_AGO: Final = -20000

# bits of a person's marks: 0-2 the path of the last infection, 3-4 its variant, then
PATH: Final = 7
VARIANT_SHIFT: Final = 3
VARIANT: Final = 3 << VARIANT_SHIFT
CONFIRMED: Final = 1 << 5
FACILITY: Final = 1 << 6
HOME: Final = 1 << 7
CENTRE: Final = 1 << 8
SECOND: Final = 1 << 9
IMMUNE: Final = 1 << 10
SAMPLED: Final = 1 << 11
ISOLATED: Final = FACILITY | HOME


class People(NamedTuple):
    """One row per person.

    stay         uint8[n]: in which measure of the plan he is isolated or in quarantine
    infected_on  int16[n]: day of the last infection, UNTOUCHED for none
    marks        uint16[n]: the bits above. CONFIRMED, FACILITY, HOME: known case, isolated where. CENTRE: quarantined there and not at
                 home; SECOND: as F2. SAMPLED: a sample waits for its result. IMMUNE: from the beginning and for ever
    until        int16[n]: the first day out of quarantine; in quarantine as long as it lies ahead
    doses, dosed_on  uint8[n], int16[n] of the vaccine; empty when the disease has none
    infector     int32[n]: who infected them last, -1 for nobody in here; empty unless it is asked for
    """

    stay: UInt8
    infected_on: Int16
    marks: UInt16
    until: Int16
    doses: UInt8
    dosed_on: Int16
    infector: Int32


def people_of(count: int, *, vaccine: bool, infectors: bool) -> People:
    """Everybody untouched."""
    given = count if vaccine else 0
    return People(
        stay=np.zeros(count, dtype=np.uint8),
        infected_on=np.full(count, UNTOUCHED, dtype=np.int16),
        marks=np.zeros(count, dtype=np.uint16),
        until=np.zeros(count, dtype=np.int16),
        doses=np.zeros(given, dtype=np.uint8),
        dosed_on=np.zeros(given, dtype=np.int16),
        infector=np.full(count if infectors else 0, -1, dtype=np.int32),
    )


@inner
def marks_of(people: People, person: int) -> int:
    """The person's marks as a whole number."""
    return whole(people.marks[person])  # type: ignore[no-any-return]


@inner
def mark(people: People, person: int, bits: int) -> None:
    """Set these bits."""
    people.marks[person] = whole(people.marks[person]) | bits


@inner
def unmark(people: People, person: int, bits: int) -> None:
    """Clear these bits."""
    people.marks[person] = whole(people.marks[person]) & (0xFFFF ^ bits)


@inner
def variant_of(marks: Any) -> Any:
    """The variant of the last infection."""
    return (marks & VARIANT) >> VARIANT_SHIFT
