"""What the district knows this morning: its cases, their contacts in quarantine and its vaccinations, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.arrays import Bool, Int32, same_length, whole_numbers
from epiengine.errors import EngineError
from epiengine.simulate.person import BANDS
from epiengine.simulate.start.start import EARLIEST_DAY
from epiengine.simulate.town import SyntheticPopulation

#: A day or a number that nobody has told.
UNKNOWN: Final = -(2**31)
_LATEST: Final = 1000


def _none() -> NDArray[np.int32]:
    return np.empty(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class LineList:
    """k cases and q of their contacts (F1) on the morning of day 0; days before it are negative. A column may be left empty: unknown.

    detected   int[k]: day of the positive result, -365 to -1
    commune    int[k]: where the case lives
    onset      int[k]: first symptoms; UNKNOWN when there were none or nobody asked
    isolated_until, home_until  int[k]: the first day the case is free again, from a facility or at home; 0 or before: not isolated (now)
    hamlet     int[k]: hamlet of the town;  household  int[k]: a number that cases of one household share;  age  int[k]: band; all or UNKNOWN
    contact_until  int[q]: the first day an F1 is free;  contact_commune  int[q]
    contact_in_centre  bool[q];  contact_of  int[q]: row of the case they were found through, or UNKNOWN
    dosed      int[c, 3]: how many of each commune had one, two, three doses; the last of them `dosed_days_ago` days ago
    """

    detected: ArrayLike
    commune: ArrayLike
    onset: ArrayLike = field(default_factory=_none)
    isolated_until: ArrayLike = field(default_factory=_none)
    home_until: ArrayLike = field(default_factory=_none)
    hamlet: ArrayLike = field(default_factory=_none)
    household: ArrayLike = field(default_factory=_none)
    age: ArrayLike = field(default_factory=_none)
    contact_until: ArrayLike = field(default_factory=_none)
    contact_commune: ArrayLike = field(default_factory=_none)
    contact_in_centre: ArrayLike = field(default_factory=_none)
    contact_of: ArrayLike = field(default_factory=_none)
    dosed: ArrayLike | None = None
    dosed_days_ago: int = 60


@dataclass(frozen=True, eq=False)
class Known:
    """The same, checked against the town, every column full."""

    detected: Int32
    commune: Int32
    onset: Int32
    isolated_until: Int32
    home_until: Int32
    hamlet: Int32
    household: Int32
    age: Int32
    contact_until: Int32
    contact_commune: Int32
    contact_in_centre: Bool
    contact_of: Int32
    dosed: Int32
    dosed_on: int

    @property
    def cases(self) -> int:
        return int(self.detected.size)


def checked(listed: LineList, town: SyntheticPopulation) -> Known:
    """The line list in types and ranges; raises EngineError for places that are not, days out of order and columns of unequal length."""
    cases, contacts = np.asarray(listed.detected).size, np.asarray(listed.contact_until).size
    known = Known(
        detected=whole_numbers("detected", listed.detected, low=EARLIEST_DAY, high=-1),
        commune=whole_numbers("commune", listed.commune, low=0, high=town.communes - 1),
        onset=_checked("onset", listed.onset, rows=cases, low=EARLIEST_DAY, high=-1),
        isolated_until=_checked("isolated_until", listed.isolated_until, rows=cases, low=EARLIEST_DAY, high=_LATEST, missing=0),
        home_until=_checked("home_until", listed.home_until, rows=cases, low=EARLIEST_DAY, high=_LATEST, missing=0),
        hamlet=_checked("hamlet", listed.hamlet, rows=cases, low=0, high=town.hamlets - 1),
        household=_checked("household", listed.household, rows=cases, low=0, high=2**31 - 1),
        age=_checked("age", listed.age, rows=cases, low=0, high=BANDS - 1),
        contact_until=whole_numbers("contact_until", listed.contact_until, low=0, high=_LATEST),
        contact_commune=whole_numbers("contact_commune", listed.contact_commune, low=0, high=town.communes - 1),
        contact_in_centre=_checked("contact_in_centre", listed.contact_in_centre, rows=contacts, low=0, high=1, missing=1).astype(np.bool_),
        contact_of=_checked("contact_of", listed.contact_of, rows=contacts, low=0, high=max(cases - 1, 0)),
        dosed=_doses(listed.dosed, town),
        dosed_on=-listed.dosed_days_ago,
    )
    same_length(detected=known.detected, commune=known.commune)
    same_length(contact_until=known.contact_until, contact_commune=known.contact_commune)
    _places_agree(known, town)
    return known


def _checked(name: str, values: ArrayLike, *, rows: int, low: int, high: int, missing: int = UNKNOWN) -> Int32:
    given = np.asarray(values)
    if not given.size:
        return np.full(rows, missing, dtype=np.int32)
    if given.size != rows:
        raise EngineError(name, f"{given.size} rows", f"as many as there are: {rows}")
    whole = whole_numbers(name, given.astype(np.int32) if given.dtype == np.bool_ else given, low=UNKNOWN, high=max(high, 0))
    if bool((bad := (whole != UNKNOWN) & ((whole < low) | (whole > high))).any()):
        row = int(np.argmax(bad))
        raise EngineError(name, int(whole[row]), f"a whole number from {low} to {high}, or UNKNOWN", row=row)
    return whole


def _doses(dosed: ArrayLike | None, town: SyntheticPopulation) -> Int32:
    if dosed is None:
        return np.zeros((town.communes, 3), dtype=np.int32)
    given = np.asarray(dosed)
    if given.shape != (town.communes, 3):
        raise EngineError("dosed", given.shape, f"({town.communes}, 3)")
    rows = [whole_numbers("dosed", row, low=0, high=town.people) for row in given]
    people = np.diff(town.commune_start)
    for commune, row in enumerate(rows):
        if int(row.sum()) > int(people[commune]):
            raise EngineError("dosed", int(row.sum()), f"at most the people of the commune: {int(people[commune])}", row=commune)
    return np.array(rows, dtype=np.int32)


def _places_agree(known: Known, town: SyntheticPopulation) -> None:
    wrong = (known.hamlet != UNKNOWN) & (town.hamlet_commune[np.maximum(known.hamlet, 0)] != known.commune)
    if bool(wrong.any()):
        row = int(np.argmax(wrong))
        raise EngineError("hamlet", int(known.hamlet[row]), f"a hamlet of commune {int(known.commune[row])}", row=row)
    late = (known.onset != UNKNOWN) & (known.onset > known.detected + 60)
    if bool(late.any()):
        row = int(np.argmax(late))
        raise EngineError("onset", int(known.onset[row]), "at most 60 days after the positive result", row=row)
