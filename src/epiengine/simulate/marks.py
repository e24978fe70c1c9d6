"""What is kept of each person while a simulation runs: eight bytes that lie together, two more with doses, four more with infectors.

Whoever is looked at is looked at in several columns, and each look outside the caches costs as much as a hundred sums: so a person is a
row, and the columns are views of all rows.
"""

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
NEVER_INFECTED: Final = -32768
#: `infected_on` of who was immune from the beginning.
IMMUNE_AT_START: Final = -20000

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
# bits of a person's doses
_DOSES: Final = 3
_WEEKS_SHIFT: Final = 2
_MOST_WEEKS: Final = 63


class People(NamedTuple):
    """One row per person.

    stay         uint8[n]: in which measure of the plan they are isolated or in quarantine
    infected_on  int16[n]: day of the last infection, NEVER_INFECTED for none
    marks        uint16[n]: the bits above. CONFIRMED, FACILITY, HOME: known case, isolated where. CENTRE: quarantined there and not at
                 home; SECOND: as F2. SAMPLED: a sample waits for its result. IMMUNE: from the beginning and for ever
    until        int16[n]: the first day out of isolation (ISOLATED) or else of quarantine; in it as long as it lies ahead
    doses, dosed_on  uint8[n], int16[n]: how many doses, and in the bits above how many weeks lie between the last two (`doses_of`, `weeks_between`);
                 the day of the last. Empty when the disease has no vaccine
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
    people = _people_on(
        np.zeros((count, 4), dtype=np.int16),
        dosed_on=np.zeros(count if vaccine else 0, dtype=np.int16),
        infector=np.full(count if infectors else 0, -1, dtype=np.int32),
    )
    people.infected_on[:] = NEVER_INFECTED
    return people


def people_copied(people: People) -> People:
    """The same in rows of its own."""
    rows = people.infected_on.base
    if not isinstance(rows, np.ndarray):
        raise TypeError("people whose columns are not views of rows")
    return _people_on(rows.copy(), dosed_on=people.dosed_on.copy(), infector=people.infector.copy())


def _people_on(rows: Int16, *, dosed_on: Int16, infector: Int32) -> People:
    half = rows.view(np.uint8)
    return People(
        stay=half[:, 6],
        infected_on=rows[:, 0],
        marks=rows.view(np.uint16)[:, 1],
        until=rows[:, 2],
        doses=half[: dosed_on.size, 7],
        dosed_on=dosed_on,
        infector=infector,
    )


@inner
def marks_of(people: People, person: int) -> int:
    """The person's marks as a whole number."""
    return whole(people.marks[person])  # type: ignore[no-any-return]


@inner
def in_quarantine(people: People, person: int, today: int) -> bool:
    """Are they in quarantine as a contact today?"""
    return people.until[person] > today and not marks_of(people, person) & ISOLATED


@inner
def doses_of(people: People, person: int) -> int:
    """How many doses they have had."""
    return whole(people.doses[person]) & _DOSES  # type: ignore[no-any-return]


@inner
def weeks_between(people: People, person: int) -> int:
    """Weeks from the dose before the last to the last, at most 63; 0 when that is not known."""
    return whole(people.doses[person]) >> _WEEKS_SHIFT  # type: ignore[no-any-return]


@inner
def give_dose(people: People, person: int, today: int) -> None:
    """One more dose, today."""
    had = doses_of(people, person)
    weeks = min((today - whole(people.dosed_on[person]) + 3) // 7, _MOST_WEEKS) if had else 0
    people.doses[person], people.dosed_on[person] = had + 1 | weeks << _WEEKS_SHIFT, today


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
