"""Who lives in a commune: households of the census sizes, filled with people, as arrays; a person is written out only when needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from demodistrict import names
from demodistrict.census import THANH_TRI, THANH_XUAN, Commune, commune, communes
from demodistrict.people import Person, cccd_number, cmnd_number, phone_number
from demodistrict.randomness import Stream, stream

CENSUS_DAY = date(2021, 8, 24)
_RELATIONS = ("Chủ hộ", "Vợ/Chồng", "Con", "Bố/Mẹ", "Ở thuê")


@dataclass(frozen=True)
class Population:
    """The people of one commune; row i of every array is person i, members of a household are neighbours."""

    commune: Commune
    first_index: int
    household: np.ndarray
    relation: np.ndarray
    male: np.ndarray
    birth_day: np.ndarray
    family: np.ndarray
    middle: np.ndarray
    given: np.ndarray
    hamlet: np.ndarray
    occupation: np.ndarray
    province: np.ndarray

    def __len__(self) -> int:
        return len(self.household)

    def members(self, household: int) -> range:
        """Row numbers of a household's people."""
        return range(int(np.searchsorted(self.household, household)), int(np.searchsorted(self.household, household, side="right")))

    def person(self, row: int) -> Person:
        """Person of this row, written out."""
        return _person(self, row)


@cache
def population(code: str, *, seed: int) -> Population:
    """The people of a commune; the same seed always gives the same people, whether or not other communes are asked for."""
    place = commune(code)
    rng = stream(seed, "population", code)
    sizes = place.household_sizes()
    hamlet_of_household = _hamlets(rng, place)
    rng.shuffle(sizes)
    household = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum(sizes) - sizes
    position = np.arange(len(household)) - np.repeat(starts, sizes)
    relation = _relations(rng, position, sizes[household])
    male = _sexes(rng, relation, household)
    age_days = _ages(rng, relation, household, sizes) + rng.integers(0, 365, len(household))
    adult = age_days > 18 * 365
    return Population(
        commune=place,
        first_index=_first_index(place),
        household=household,
        relation=relation,
        male=male,
        birth_day=age_days,
        family=_families(rng, relation, household),
        middle=np.where(
            male, rng.integers(0, len(names.MIDDLE["nam"]), len(household)), rng.integers(0, len(names.MIDDLE["nữ"]), len(household))
        ),
        given=np.where(
            male, rng.integers(0, len(names.GIVEN["nam"]), len(household)), rng.integers(0, len(names.GIVEN["nữ"]), len(household))
        ),
        hamlet=hamlet_of_household[household],
        occupation=np.where(adult, rng.integers(0, len(names.OCCUPATIONS), len(household)), -1),
        province=rng.choice([1, 30, 33, 35, 36, 38, 40], len(household), p=[0.9, 0.02, 0.02, 0.02, 0.01, 0.02, 0.01]),
    )


def _first_index(place: Commune) -> int:
    # Communes number their people one after the other, so that identity numbers and phones stay unique across both districts.
    before = [each for district in (THANH_TRI, THANH_XUAN) for each in communes(district)]
    return sum(each.population for each in before[: before.index(place)])


def _hamlets(rng: Stream, place: Commune) -> np.ndarray:
    return np.sort(rng.integers(0, len(place.hamlets), place.households))


def _relations(rng: Stream, position: np.ndarray, size: np.ndarray) -> np.ndarray:
    relation: np.ndarray = np.minimum(position, 2)
    lone_parent = rng.random(len(position)) < 0.08
    relation[(position == 1) & lone_parent] = 2
    elder = (position == size - 1) & (size >= 5) | (position == size - 2) & (size >= 6)
    relation[elder] = 3
    relation[(position >= 7)] = 4
    return relation


def _sexes(rng: Stream, relation: np.ndarray, household: np.ndarray) -> np.ndarray:
    male = rng.random(len(relation)) < 0.51
    head_male = (rng.random(household[-1] + 1) < 0.7)[household]
    male = np.where(relation == 0, head_male, male)
    sexes: np.ndarray = np.where(relation == 1, ~head_male, male)
    return sexes


def _ages(rng: Stream, relation: np.ndarray, household: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    head = np.clip(rng.normal(46, 13, len(sizes)), 20, 88)
    head = np.where(sizes >= 5, np.clip(head, 28, 52), head)[household]
    spouse = np.clip(head + rng.normal(-2, 3, len(relation)), 19, 90)
    child = np.clip(head - rng.uniform(22, 36, len(relation)), 0.05, 60)
    elder = np.clip(head + rng.uniform(21, 32, len(relation)), 48, 99)
    tenant = rng.uniform(18, 35, len(relation))
    return (np.choose(relation, [head, spouse, child, elder, tenant]) * 365.25).astype(int)


def _families(rng: Stream, relation: np.ndarray, household: np.ndarray) -> np.ndarray:
    weights = np.array([weight for _, weight in names.FAMILY], dtype=float)
    weights /= weights.sum()
    of_household = rng.choice(len(weights), household[-1] + 1, p=weights)[household]
    own = rng.choice(len(weights), len(household), p=weights)
    return np.where((relation == 1) | (relation == 4), own, of_household)


def _person(people: Population, row: int) -> Person:
    sex = "nam" if people.male[row] else "nữ"
    index = people.first_index + row
    birth = CENSUS_DAY - timedelta(days=int(people.birth_day[row]))
    adult = people.occupation[row] >= 0
    middle, given = names.MIDDLE[sex], names.GIVEN[sex]
    head_row = people.members(int(people.household[row]))[0]
    return Person(
        id=f"P{people.commune.code}-{row:05d}",
        name=f"{names.FAMILY[people.family[row]][0]} {middle[people.middle[row]]} {given[people.given[row]]}",
        sex=sex,
        birth=birth,
        cccd=cccd_number(index, sex=sex, year=birth.year, province=int(people.province[row])) if birth.year <= 2007 else "",
        cmnd=cmnd_number(index) if adult and birth.year <= 2001 else "",
        # Children and old people are reached on the phone of the head of their household.
        phone=phone_number(index if adult and people.relation[row] != 3 else people.first_index + head_row),
        commune=people.commune.code,
        place=people.commune.name,
        hamlet=people.commune.hamlets[people.hamlet[row]],
        household=f"H{people.commune.code}-{people.household[row]:05d}",
        relation=_RELATIONS[people.relation[row]],
        occupation=names.OCCUPATIONS[people.occupation[row]] if adult else ("Học sinh" if birth.year < 2016 else "Còn nhỏ"),
    )
