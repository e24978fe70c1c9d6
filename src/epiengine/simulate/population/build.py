"""A town of people from the census figures of its communes."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64, number
from epiengine.errors import EngineError
from epiengine.jit import jit
from epiengine.rng import word
from epiengine.simulate.person import BANDS, NO_GROUP, UInt64
from epiengine.simulate.population.ages import YEARS_PER_BAND, census_ages
from epiengine.simulate.population.communes import Communes
from epiengine.simulate.population.commuting import commuting
from epiengine.simulate.population.contacts import community_mixing
from epiengine.simulate.population.families import drawn_ages
from epiengine.simulate.population.households import hamlets, household_sizes
from epiengine.simulate.population.schools import school_classes
from epiengine.simulate.population.workplaces import workplaces
from epiengine.simulate.town import SCHOOL, WORK, SyntheticPopulation, UInt8

#: Assumptions a caller may replace: of community contacts and of work, the share within the own commune; of the contacts outside home,
#: school and work, the share within the hamlet.
STAY: Final = 0.7
IN_HAMLET: Final = 0.2


def build_population(places: Communes, *, seed: int, stay: float = STAY, in_hamlet: float = IN_HAMLET) -> SyntheticPopulation:
    """The people of these communes, their households, hamlets, school classes and workplaces; the same for the same seed.

    places     see `communes`: the population, household sizes and ages of every commune are met exactly (ages to one person a band)
    seed       0 to 2^31 - 1; every draw belongs to a person, household or commune, so nothing depends on the order of the work
    stay       share of a commune's community contacts, and of its workers, that stay in it; 0 to 1
    in_hamlet  share of the contacts outside home, school and work that are made within the hamlet; 0 to below 1
    Time: about 0.2 us a person on one core; memory: at most 40 bytes a person in the town, about 12 more while it is built.
    """
    number("seed", seed, low=0)
    for name, share in (("stay", stay), ("in_hamlet", in_hamlet)):
        if not 0 <= share <= 1 or (name == "in_hamlet" and share == 1):
            raise EngineError(name, share, "a share from 0 to 1, and below 1 for in_hamlet")
    sizes, commune_households = household_sizes(places, seed=seed)
    hamlet_start, hamlet_commune = hamlets(sizes, commune_households, seed=seed)
    commune_start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(places.population)])
    years = census_ages(drawn_ages(sizes, seed=seed), commune_start, places.ages)
    commute = commuting(places, stay=stay)
    group = np.full(years.size, -1, dtype=np.int32)
    classes = school_classes(years, commune_start, group, seed=seed)
    works = workplaces(years, commune_start, commute, group, seed=seed, first=classes)
    person = _people(sizes, hamlet_start, years, group)
    group_start, group_member = _rows(group, count=classes + works)
    age_start, age_member = _rows(_bands(years, commune_start), count=places.count * BANDS)
    return SyntheticPopulation(
        person=person,
        hamlet_start=hamlet_start,
        hamlet_commune=hamlet_commune,
        commune_start=commune_start,
        group_start=group_start.astype(np.int32),
        group_member=group_member,
        group_kind=np.repeat(np.array([SCHOOL, WORK], dtype=np.uint8), [classes, works]),
        age_start=age_start,
        age_member=age_member,
        commute=commute,
        mixing=community_mixing(places.population @ places.ages, in_hamlet=in_hamlet),
    )


def _people(sizes: Int64, hamlet_start: Int64, years: UInt8, group: Int32) -> UInt64:
    person = np.empty(years.size, dtype=np.uint64)
    _words_kernel(sizes, hamlet_start, years, group, person)
    return person


def _bands(years: UInt8, commune_start: Int64) -> Int32:
    """int32[n]: commune * 16 + age band."""
    commune = np.repeat(np.arange(commune_start.size - 1, dtype=np.int32) * np.int32(BANDS), np.diff(commune_start))
    return commune + np.minimum(years // YEARS_PER_BAND, BANDS - 1)


def _rows(key: Int32, *, count: int) -> tuple[Int64, Int32]:
    """(start, member): who has each key, in the order of the people; a key of -1 is nobody's. Time O(n), unlike a sort."""
    start = np.zeros(count + 1, dtype=np.int64)
    _count_kernel(key, start)
    np.cumsum(start, out=start)
    member = np.empty(int(start[-1]), dtype=np.int32)
    _member_kernel(key, start[:-1].copy(), member)
    return start, member


@jit
def _words_kernel(sizes: Int64, hamlet_start: Int64, years: UInt8, group: Int32, person: UInt64) -> None:
    at, hamlet = 0, 0
    for household in range(sizes.size):
        if at == hamlet_start[hamlet + 1]:
            hamlet += 1
        for place in range(sizes[household]):
            band = min(int(years[at]) // YEARS_PER_BAND, BANDS - 1)
            among = np.int64(group[at]) & NO_GROUP
            person[at] = word(band | place << 4 | sizes[household] << 8 | hamlet << 12 | among << 32)
            at += 1


@jit
def _count_kernel(key: Int32, start: Int64) -> None:
    for person in range(key.size):
        if key[person] >= 0:
            start[key[person] + 1] += 1


@jit
def _member_kernel(key: Int32, free: Int64, member: Int32) -> None:
    for person in range(key.size):
        if key[person] >= 0:
            member[free[key[person]]] = person
            free[key[person]] += 1
