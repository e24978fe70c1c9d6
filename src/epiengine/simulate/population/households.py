"""In which order the households stand, and where one hamlet ends and the next begins."""

from __future__ import annotations

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.errors import EngineError
from epiengine.jit import jit
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.person import MOST_HAMLETS
from epiengine.simulate.population.communes import SIZES, Communes
from epiengine.simulate.population.vietnam import HOUSEHOLDS_PER_HAMLET

_ORDER = int(Purpose.PLACES)


def household_sizes(places: Communes, *, seed: int) -> tuple[Int64, Int64]:
    """(sizes, start): int64[households] people in each, those of a commune together and in random order; int64[c+1] first of each commune."""
    start = np.zeros(places.count + 1, dtype=np.int64)
    np.cumsum(places.households.sum(axis=1), out=start[1:])
    sizes = np.repeat(np.tile(SIZES, places.count), places.households.ravel())
    _shuffle_kernel(seed, start, sizes)
    return sizes, start


def hamlets(sizes: Int64, commune_households: Int64, *, seed: int) -> tuple[Int64, Int32]:
    """(hamlet_start, hamlet_commune): 64 to 96 households make a hamlet wherever a commune has some hundreds of them.

    A commune of H households has H / 80 hamlets, at least one; each border lies within a tenth of a hamlet of its even place.
    """
    many = np.diff(commune_households)
    per_commune = np.maximum(1, np.rint(many / HOUSEHOLDS_PER_HAMLET)).astype(np.int64)
    if int(per_commune.sum()) > MOST_HAMLETS:
        raise EngineError("households", int(many.sum()), f"at most {MOST_HAMLETS} hamlets, about {HOUSEHOLDS_PER_HAMLET} households each")
    first_household = np.empty(int(per_commune.sum()) + 1, dtype=np.int64)
    _borders_kernel(seed, commune_households, per_commune, first_household)
    people = np.zeros(sizes.size + 1, dtype=np.int64)
    np.cumsum(sizes, out=people[1:])
    return people[first_household], np.repeat(np.arange(many.size, dtype=np.int32), per_commune)


@jit
def _shuffle_kernel(seed: int, start: Int64, sizes: Int64) -> None:
    """Fisher and Yates within each commune; the draw belongs to (commune, place in it)."""
    for commune in range(start.size - 1):
        first = start[commune]
        for last in range(start[commune + 1] - first - 1, 0, -1):
            drawn, _, _, _ = philox(seed, _ORDER, commune, last, 0, 0)
            other = np.int64(unit(drawn) * (last + 1))
            here, there = first + last, first + other
            sizes[here], sizes[there] = sizes[there], sizes[here]


@jit
def _borders_kernel(seed: int, start: Int64, per_commune: Int64, first_household: Int64) -> None:
    at = 0
    for commune in range(per_commune.size):
        width = (start[commune + 1] - start[commune]) / per_commune[commune]
        first_household[at] = start[commune]
        for border in range(1, per_commune[commune]):
            drawn, _, _, _ = philox(seed, _ORDER, commune, border, 1, 0)
            first_household[at + border] = start[commune] + np.int64(width * (border + 0.2 * (unit(drawn) - 0.5)))
        at += per_commune[commune]
    first_household[at] = start[per_commune.size]
