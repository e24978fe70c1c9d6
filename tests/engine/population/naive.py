"""The slow, obvious twin of building a town: lists of people, one after the other, sorted and dealt out by hand."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from epiengine.rng import Purpose, philox
from epiengine.simulate.population import Communes
from epiengine.simulate.population import vietnam as vn
from epiengine.simulate.population.families import GENERATION, GENERATION_SD, KINDS, LEAVING, OLDEST, SPACING, YOUNGEST_HEAD
from epiengine.simulate.population.workplaces import WORKING


@dataclass
class Person:
    number: int
    commune: int
    household: list[Person]
    place: int
    months: int
    years: int = -1
    group: int = -1
    band: int = field(init=False, default=-1)


def draw(seed: int, purpose: Purpose, first: int, second: int = 0, third: int = 0) -> list[float]:
    return [(int(each) + 0.5) / 2**32 for each in philox(seed, int(purpose), first, second, third, 0)]


def shuffled(items: list, seed: int, commune: int, which: int) -> list:
    items = list(items)
    for last in reversed(range(1, len(items))):
        other = int(draw(seed, Purpose.PLACES, commune, last, which)[0] * (last + 1))
        items[last], items[other] = items[other], items[last]
    return items


def normal(one: float, other: float) -> float:
    return math.sqrt(-2 * math.log(one)) * math.cos(2 * math.pi * other)


def kind_of(size: int, drawn: float) -> np.ndarray:
    rows = [row for row in KINDS if row[0] == min(size, KINDS[:, 0].max())]
    total, so_far = sum(row[1] for row in rows), 0.0
    for row in rows:
        so_far += row[1]
        if so_far / total >= drawn:
            return row
    return rows[-1]


def ages_of_household(seed: int, household: int, first_person: int, size: int) -> list[float]:
    a, b, c, d = draw(seed, Purpose.HOUSEHOLDS, household)
    _, _, mean, sd, partners, elders = kind_of(size, a)
    head = max(YOUNGEST_HEAD, mean + sd * normal(b, c))
    birth = GENERATION + GENERATION_SD * 3.46 * (d - 0.5)
    ages = [head]
    for place in range(1, size):
        one, other, third, _ = draw(seed, Purpose.AGES, first_person + place)
        noise = normal(one, other)
        if place <= partners:
            years = max(YOUNGEST_HEAD, head - 3 + 3 * noise)
        elif place <= partners + elders:
            years = head + GENERATION + 2 + GENERATION_SD * noise
        else:
            years = head - birth - SPACING * (place - partners - elders - 1) + 1.5 * noise
            years -= GENERATION + 2 * noise if years > LEAVING + 6 * third else 0
            years = max(YOUNGEST_HEAD, head + 6 * noise) if years < 0 else years
        ages.append(years)
    return [min(max(years, 0), OLDEST) for years in ages]


def people_of(places: Communes, seed: int) -> list[Person]:
    people: list[Person] = []
    household = 0
    for commune in range(places.count):
        sizes = [size + 1 for size in range(15) for _ in range(places.households[commune, size])]
        for size in shuffled(sizes, seed, commune, 0):
            members: list[Person] = []
            for place, years in enumerate(ages_of_household(seed, household, len(people), size)):
                members.append(Person(len(people) + place, commune, members, place, int(12 * years)))
            people += members
            household += 1
    return people


def give_census_ages(people: list[Person], places: Communes) -> None:
    for commune in range(places.count):
        queue = sorted((each for each in people if each.commune == commune), key=lambda each: (each.months, each.number))
        ends = [round(float(part) * len(queue)) for part in np.cumsum(places.ages[commune])]
        ends[-1] = len(queue)
        for band, (begin, end) in enumerate(zip([0, *ends], ends, strict=False)):
            for rank in range(begin, end):
                queue[rank].band, queue[rank].years = band, 5 * band + 5 * (rank - begin) // (end - begin)


def give_classes(people: list[Person], communes: int, seed: int) -> int:
    next_class = 0
    for commune in range(communes):
        here, first = [each for each in people if each.commune == commune], next_class
        cohorts: dict[int, list[Person]] = defaultdict(list)
        for each in here:
            goes, _, _, birthday = draw(seed, Purpose.GROUPS, each.number)
            if 3 <= each.years <= 17 and goes < vn.ATTENDANCE[each.years - 3]:
                cohorts[each.years - 3 + (birthday < 0.5)].append(each)
        for year in range(16):
            pupils = cohorts[year]
            wanted = math.ceil(len(pupils) / vn.CLASS_SIZE[year])
            schools = math.ceil(wanted / vn.CLASSES_PER_YEAR)
            each_has = math.ceil(wanted / schools) if schools else 0
            for index, pupil in enumerate(pupils):
                pupil.group = next_class + index * schools // len(pupils) * each_has + index % each_has
            next_class += schools * each_has
        adults = [each for each in here if vn.TEACHING_AGE[0] <= each.years <= vn.TEACHING_AGE[1]]
        posts = min(vn.TEACHERS_PER_CLASS * (next_class - first), len(adults))
        for post in range(posts):
            # the last adult before whom `post` posts are due
            teacher = max(i for i in range(len(adults)) if i * posts // len(adults) == post)
            adults[teacher].group = first + post % (next_class - first)
    return next_class


def give_workplaces(people: list[Person], commute: np.ndarray, seed: int, first: int) -> int:
    going: dict[int, list[Person]] = defaultdict(list)
    until = np.cumsum(commute, axis=1)
    for each in people:
        _, works, where, _ = draw(seed, Purpose.GROUPS, each.number)
        if each.group < 0 and works < WORKING[each.band]:
            going[sum(where > edge for edge in until[each.commune][:-1])].append(each)
    for commune in range(commute.shape[0]):
        queue, cuts = shuffled(going[commune], seed, commune, 2), 0
        while queue:
            size = pareto(draw(seed, Purpose.PLACES, commune, cuts, 3)[0])
            colleagues, queue, cuts = queue[:size], queue[size:], cuts + 1
            if len(colleagues) > 1:
                for each in colleagues:
                    each.group = first
                first += 1
    return first


def pareto(drawn: float) -> int:
    return int((1 - drawn * (1 - vn.WORKPLACE_LARGEST**-vn.WORKPLACE_TAIL)) ** (-1 / vn.WORKPLACE_TAIL))
