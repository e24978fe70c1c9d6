"""Which people of the town the cases of a line list are, and their contacts: by household, hamlet, commune and age as far as told."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.errors import EngineError
from epiengine.simulate.person import BANDS, hamlet_of
from epiengine.simulate.start.line_list import UNKNOWN, Known
from epiengine.simulate.town import Float64, SyntheticPopulation

#: Assumption: of the unseen infections near known cases, the shares who live in the household, in the hamlet and in the commune of one.
NEAR: Final = (0.35, 0.15, 0.50)
_TRIES: Final = 64


class Places:
    """Hands out people of the town, each at most once, and none of those taken before."""

    def __init__(self, town: SyntheticPopulation, chance: np.random.Generator, *, taken: Int32 | None = None) -> None:
        self.town, self.chance = town, chance
        self.taken: set[int] = set() if taken is None else set(taken.tolist())

    def take(self, person: int) -> int:
        self.taken.add(person)
        return person

    def of_age(self, commune: int, band: int) -> int:
        """Somebody of this commune and age; of any age when there is nobody left of it."""
        row = commune * BANDS + band
        members = self.town.age_member[self.town.age_start[row] : self.town.age_start[row + 1]]
        found = self._any(members)
        return self.within(int(self.town.commune_start[commune]), int(self.town.commune_start[commune + 1])) if found is None else found

    def of_hamlet(self, hamlet: int) -> int:
        """Somebody of this hamlet; of its commune when nobody of it is left."""
        first, last = int(self.town.hamlet_start[hamlet]), int(self.town.hamlet_start[hamlet + 1])
        found = self._any(np.arange(first, last))
        return self.of_commune(int(self.town.hamlet_commune[hamlet])) if found is None else found

    def of_commune(self, commune: int) -> int:
        return self.within(int(self.town.commune_start[commune]), int(self.town.commune_start[commune + 1]))

    def of_household(self, person: int) -> int | None:
        """Another member of the household of this person, or None when all of them are taken."""
        word = int(self.town.person[person])
        first = person - (word >> 4 & 15)
        return self._any(np.arange(first, first + (word >> 8 & 15)))

    def within(self, first: int, last: int) -> int:
        """Somebody of the people first to last - 1."""
        for _ in range(_TRIES):
            person = int(self.chance.integers(first, last))
            if person not in self.taken:
                return self.take(person)
        found = self._any(np.arange(first, last))
        if found is None:
            raise EngineError("cases and contacts", last - first, "fewer than the people of their commune")
        return found

    def _any(self, members: Int32 | Int64) -> int | None:
        for _ in range(_TRIES if members.size > _TRIES else 0):
            person = int(members[int(self.chance.integers(members.size))])
            if person not in self.taken:
                return self.take(person)
        free = [person for person in members.tolist() if person not in self.taken]
        return self.take(int(free[int(self.chance.integers(len(free)))])) if free else None


def cases_placed(known: Known, places: Places) -> Int32:
    """int32[k]: which person each case is. Cases who share a household number and a commune share a household if it has room."""
    person = np.empty(known.cases, dtype=np.int32)
    first_of: dict[tuple[int, int], int] = {}
    for row in range(known.cases):
        household = int(known.household[row]), int(known.commune[row])
        relative = places.of_household(first_of[household]) if household in first_of else None
        person[row] = _alone(known, row, places) if relative is None else relative
        if household[0] != UNKNOWN:
            first_of.setdefault(household, int(person[row]))
    return person


def _alone(known: Known, row: int, places: Places) -> int:
    if known.hamlet[row] != UNKNOWN:
        return places.of_hamlet(int(known.hamlet[row]))
    if known.age[row] != UNKNOWN:
        return places.of_age(int(known.commune[row]), int(known.age[row]))
    return places.of_commune(int(known.commune[row]))


def contacts_placed(known: Known, cases: Int32, places: Places) -> Int32:
    """int32[q]: which person each F1 is: of the household of their case as long as there is somebody, then of the case's hamlet."""
    person = np.empty(known.contact_until.size, dtype=np.int32)
    hamlet = hamlet_of(places.town.person[cases]).astype(np.int64)
    for row in range(person.size):
        case, commune = int(known.contact_of[row]), int(known.contact_commune[row])
        near = case != UNKNOWN and known.commune[case] == commune
        relative = places.of_household(int(cases[case])) if near else None
        if relative is None:
            relative = places.of_hamlet(int(hamlet[case])) if near else places.of_commune(commune)
        person[row] = relative
    return person


def unseen_placed(count: int, known: Known, cases: Int32, places: Places) -> Int32:
    """int32[count]: who the unseen are: near a known case, the recent ones first, by the shares of NEAR; anywhere when there is no case."""
    town, chance = places.town, places.chance
    if not known.cases:
        return np.array([places.within(0, town.people) for _ in range(count)], dtype=np.int32)
    near = chance.choice(known.cases, size=count, p=_recency(known.detected))
    how = chance.choice(3, size=count, p=NEAR)
    hamlet = hamlet_of(town.person[cases]).astype(np.int64)
    person = np.empty(count, dtype=np.int32)
    for row in range(count):
        case = int(near[row])
        relative = places.of_household(int(cases[case])) if how[row] == 0 else None
        if relative is None:
            relative = places.of_hamlet(int(hamlet[case])) if how[row] <= 1 else places.of_commune(int(known.commune[case]))
        person[row] = relative
    return person


def _recency(detected: Int32) -> Float64:
    """float64[k]: weights that halve every week before day 0; an assumption."""
    weight = 0.5 ** (-(detected + 1.0) / 7.0)
    return np.asarray(weight / weight.sum())
