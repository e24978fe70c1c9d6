"""Who works with whom: workplaces of very different size, in the own commune or where one commutes to."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.jit import jit
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.population.ages import YEARS_PER_BAND
from epiengine.simulate.population.contacts import AT_WORK, reciprocal
from epiengine.simulate.population.vietnam import PEOPLE_BY_AGE, WORKING_AT_MOST, WORKING_FROM, WORKPLACE_LARGEST, WORKPLACE_TAIL
from epiengine.simulate.town import Float64, UInt8

_GROUPS = int(Purpose.GROUPS)
_PLACES = int(Purpose.PLACES)


def _working() -> Float64:
    """float64[16]: share of each age band who share a workplace: as their work contacts, the busiest age taken as WORKING_AT_MOST."""
    contacts = reciprocal(AT_WORK, PEOPLE_BY_AGE).sum(axis=1)
    contacts[: WORKING_FROM // YEARS_PER_BAND] = 0.0
    return np.asarray(WORKING_AT_MOST * contacts / contacts.max())


WORKING: Final[Float64] = _working()


def workplaces(years: UInt8, commune_start: Int64, commute: Float64, group: Int32, *, seed: int, first: int) -> int:
    """Writes the workplace of everybody who has one into `group`, numbered from `first`; the number of workplaces.

    commute  float64[c, c]: share of a commune's workers who work in each commune
    Workers of a commune (of wherever they live) are put in random order and cut into workplaces whose sizes follow the tail; who is cut
    off alone has none. Pupils and teachers have their class already.
    """
    goes_to = np.full(years.size, -1, dtype=np.int32)
    counts = np.zeros(commute.shape[0], dtype=np.int64)
    _workers_kernel(seed, years, commune_start, np.cumsum(commute, axis=1), WORKING, group, goes_to, counts)
    start = np.zeros(counts.size + 1, dtype=np.int64)
    np.cumsum(counts, out=start[1:])
    workers = np.empty(int(start[-1]), dtype=np.int32)
    _gather_kernel(goes_to, start[:-1].copy(), workers)
    _mingle_kernel(seed, start, workers)
    return int(_cut_kernel(seed, start, workers, first, group)) - first


@jit
def _workers_kernel(
    seed: int, years: UInt8, commune_start: Int64, until: Float64, working: Float64, group: Int32, goes_to: Int32, counts: Int64
) -> None:
    for commune in range(counts.size):
        for person in range(commune_start[commune], commune_start[commune + 1]):
            if group[person] >= 0:
                continue
            _, works, where, _ = philox(seed, _GROUPS, person, 0, 0, 0)
            if unit(works) < working[min(years[person] // YEARS_PER_BAND, working.size - 1)]:
                to = min(int(np.searchsorted(until[commune], unit(where))), counts.size - 1)
                goes_to[person] = to
                counts[to] += 1


@jit
def _gather_kernel(goes_to: Int32, free: Int64, workers: Int32) -> None:
    for person in range(goes_to.size):
        to = goes_to[person]
        if to >= 0:
            workers[free[to]] = person
            free[to] += 1


@jit
def _mingle_kernel(seed: int, start: Int64, workers: Int32) -> None:
    """Fisher and Yates within each commune; the draw belongs to (commune, place in it)."""
    for commune in range(start.size - 1):
        first = start[commune]
        for last in range(start[commune + 1] - first - 1, 0, -1):
            drawn, _, _, _ = philox(seed, _PLACES, commune, last, 2, 0)
            here, there = first + last, first + np.int64(unit(drawn) * (last + 1))
            workers[here], workers[there] = workers[there], workers[here]


@jit
def _cut_kernel(seed: int, start: Int64, workers: Int32, first: int, group: Int32) -> int:
    place = first
    for commune in range(start.size - 1):
        at, drawn_so_far = start[commune], 0
        while at < start[commune + 1]:
            drawn, _, _, _ = philox(seed, _PLACES, commune, drawn_so_far, 3, 0)
            drawn_so_far += 1
            until = min(at + _size(unit(drawn)), start[commune + 1])
            if until - at > 1:
                group[workers[at:until]] = place
                place += 1
            at = until
    return place


@jit
def _size(drawn: float) -> int:
    """A size from 1 to the largest: Pareto with the tail, cut off, rounded down."""
    beyond = float(WORKPLACE_LARGEST) ** -WORKPLACE_TAIL
    return int((1.0 - drawn * (1.0 - beyond)) ** (-1.0 / WORKPLACE_TAIL))
