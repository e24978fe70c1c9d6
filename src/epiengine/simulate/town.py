"""A town: people by household, hamlet and commune, the groups they learn and work in, and how communes and ages mix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Int32, Int64
from epiengine.simulate import person as words
from epiengine.simulate.person import UInt64

Float64 = NDArray[np.float64]
UInt8 = NDArray[np.uint8]

#: A group is a school class or a workplace; who is in one meets its members in the layer of its kind.
LAYERS: Final = ("household", "school", "work", "hamlet", "community")
HOUSEHOLD, SCHOOL_LAYER, WORK_LAYER, HAMLET, COMMUNITY = range(5)
SCHOOL, WORK = 0, 1


@dataclass(frozen=True, eq=False)
class SyntheticPopulation:
    """n people, contiguous by household, household by hamlet, hamlet by commune; h hamlets, c communes, g groups.

    person         uint64[n]: see `person.py`
    hamlet_start   int64[h+1]: first person of each hamlet;  hamlet_commune  int32[h], ascending
    commune_start  int64[c+1]: first person of each commune
    group_start    int32[g+1], group_member int32[m]: who is in each group;  group_kind uint8[g]: SCHOOL or WORK
    age_start      int64[c*16+1], age_member int32[n]: people by (commune, age band)
    commute        float64[c, c]: share of a resident's community contacts that happen with residents of each commune; rows sum to 1
    mixing         float64[16, 16]: row = age of the infector, column = share by age of the other. A row's sum is how many times the mean
                   number of community contacts people of that age have: all ones, or larger for the lively and smaller for the frail
    """

    person: UInt64
    hamlet_start: Int64
    hamlet_commune: Int32
    commune_start: Int64
    group_start: Int32
    group_member: Int32
    group_kind: UInt8
    age_start: Int64
    age_member: Int32
    commute: Float64
    mixing: Float64

    @property
    def people(self) -> int:
        return int(self.person.size)

    @property
    def hamlets(self) -> int:
        return int(self.hamlet_commune.size)

    @property
    def communes(self) -> int:
        return int(self.commune_start.size - 1)

    @property
    def groups(self) -> int:
        return int(self.group_kind.size)

    @property
    def layers(self) -> tuple[str, ...]:
        return LAYERS

    def ages(self) -> Int32:
        """int32[n]: age band of each person."""
        return np.asarray(words.age_band(self.person), dtype=np.int32)

    def hamlet(self) -> Int32:
        """int32[n]: hamlet of each person."""
        return np.asarray(words.hamlet_of(self.person), dtype=np.int32)

    def commune(self) -> Int32:
        """int32[n]: commune of each person."""
        return np.asarray(np.repeat(np.arange(self.communes), np.diff(self.commune_start)), dtype=np.int32)

    def group(self) -> Int32:
        """int32[n]: school class or workplace of each person; -1 for who has none."""
        found = words.group_of(self.person).astype(np.int32)
        return np.asarray(np.where(found == words.NO_GROUP, -1, found), dtype=np.int32)

    def household_first(self) -> Int32:
        """int32[n]: the first person of each person's household: one number per household, as good as its name."""
        place = np.asarray(words.household_place(self.person), dtype=np.int32)
        return np.arange(self.people, dtype=np.int32) - place

    def household_size(self) -> Int32:
        """int32[n]: how many live in each person's household."""
        return np.asarray(words.household_size(self.person), dtype=np.int32)

    def bytes_per_person(self) -> float:
        """What the town's arrays weigh, for each of its people."""
        return float(sum(array.nbytes for array in vars(self).values())) / max(self.people, 1)


def by_age(ages: Int32, commune: Int32, *, communes: int) -> tuple[Int64, Int32]:
    """(age_start, age_member) of people whose bands and communes these are; each list in the order of the people."""
    key = commune.astype(np.int64) * words.BANDS + ages
    start = np.zeros(communes * words.BANDS + 1, dtype=np.int64)
    np.cumsum(np.bincount(key, minlength=communes * words.BANDS), out=start[1:])
    return start, np.argsort(key, kind="stable").astype(np.int32)


def by_group(group: Int32, *, groups: int) -> tuple[Int32, Int32]:
    """(group_start, group_member) of people whose groups these are, -1 for none; each list in the order of the people."""
    start = np.zeros(groups + 1, dtype=np.int32)
    np.cumsum(np.bincount(group[group >= 0], minlength=groups), out=start[1:])
    order = np.argsort(group, kind="stable")
    return start, order[int((group < 0).sum()) :].astype(np.int32)
