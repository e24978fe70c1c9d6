"""Who goes to which school class: children of one year of age together, and the adults who teach them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.jit import jit
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.population.vietnam import ATTENDANCE, CLASS_SIZE, CLASSES_PER_YEAR, SCHOOL_FROM, TEACHERS_PER_CLASS, TEACHING_AGE
from epiengine.simulate.town import Float64, UInt8

_GROUPS = int(Purpose.GROUPS)
_YEARS: Final = CLASS_SIZE.size


@dataclass(frozen=True, eq=False)
class Classes:
    """How the pupils of each commune and school year are dealt out; each int64[c, 16].

    pupils   how many there are
    schools  among how many schools they are shared, neighbours to the same one
    classes  classes of that year in each of the schools
    first    number of the first class of the commune and year
    """

    pupils: Int64
    schools: Int64
    classes: Int64
    first: Int64

    @property
    def count(self) -> int:
        return int((self.schools * self.classes).sum())

    @property
    def commune_first(self) -> Int64:
        """int64[c+1]: number of the first class of each commune."""
        return np.append(self.first[:, 0], self.count)


def school_classes(years: UInt8, commune_start: Int64, group: Int32, *, seed: int) -> int:
    """Writes the class of every pupil and teacher into `group`; the number of classes.

    Children of 3 to 17 go to school with the probability of their age. A class is of one commune and of the children born in one year, so
    in the middle of a school year half of it have had their birthday: each age is split between two school years. Classes are no larger
    than allowed; a school takes up to five classes of a year, from neighbouring households, and deals the children out to them in turn.
    Two adults of 22 to 59 teach each class, taken evenly from all hamlets of the commune.
    """
    pupils = np.zeros((commune_start.size - 1, _YEARS), dtype=np.int64)
    _count_kernel(seed, years, commune_start, ATTENDANCE, pupils)
    plan = _plan(pupils)
    _pupils_kernel(seed, years, commune_start, ATTENDANCE, plan.pupils, plan.schools, plan.classes, plan.first, group)
    _teachers_kernel(years, commune_start, plan.commune_first, group)
    return plan.count


def _plan(pupils: Int64) -> Classes:
    wanted = np.ceil(pupils / CLASS_SIZE).astype(np.int64)
    schools = -(-wanted // CLASSES_PER_YEAR)
    classes = np.where(schools > 0, -(-wanted // np.maximum(schools, 1)), 0)
    ends = np.cumsum((schools * classes).ravel())
    return Classes(pupils, schools, classes, (ends - (schools * classes).ravel()).reshape(pupils.shape))


@jit
def _school_year(seed: int, person: int, age: int, attendance: Float64) -> int:
    """0 for the first year of kindergarten to 15 for the last of secondary school; -1 for who does not go."""
    if age < SCHOOL_FROM or age >= SCHOOL_FROM + attendance.size:
        return -1
    goes, _, _, birthday = philox(seed, _GROUPS, person, 0, 0, 0)
    if unit(goes) >= attendance[age - SCHOOL_FROM]:
        return -1
    return int(age) - SCHOOL_FROM + int(unit(birthday) < 0.5)


@jit
def _count_kernel(seed: int, years: UInt8, commune_start: Int64, attendance: Float64, pupils: Int64) -> None:
    for commune in range(pupils.shape[0]):
        for person in range(commune_start[commune], commune_start[commune + 1]):
            year = _school_year(seed, person, years[person], attendance)
            if year >= 0:
                pupils[commune, year] += 1


@jit
def _pupils_kernel(
    seed: int, years: UInt8, commune_start: Int64, attendance: Float64,
    pupils: Int64, schools: Int64, classes: Int64, first: Int64, group: Int32,
) -> None:  # fmt: skip
    for commune in range(pupils.shape[0]):
        placed = np.zeros(pupils.shape[1], dtype=np.int64)
        for person in range(commune_start[commune], commune_start[commune + 1]):
            year = _school_year(seed, person, years[person], attendance)
            if year < 0:
                continue
            school = placed[year] * schools[commune, year] // pupils[commune, year]
            group[person] = first[commune, year] + school * classes[commune, year] + placed[year] % classes[commune, year]
            placed[year] += 1


@jit
def _teachers_kernel(years: UInt8, commune_start: Int64, commune_first: Int64, group: Int32) -> None:
    youngest, oldest = TEACHING_AGE
    for commune in range(commune_start.size - 1):
        first, last = commune_start[commune], commune_start[commune + 1]
        adults = 0
        for person in range(first, last):
            adults += youngest <= years[person] <= oldest
        classes = commune_first[commune + 1] - commune_first[commune]
        posts, adult = min(TEACHERS_PER_CLASS * classes, adults), 0
        for person in range(first, last):
            if not youngest <= years[person] <= oldest:
                continue
            if (adult + 1) * posts // adults > adult * posts // adults:
                group[person] = commune_first[commune] + (adult * posts // adults) % classes
            adult += 1
