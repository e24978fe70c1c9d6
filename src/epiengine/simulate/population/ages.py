"""From the ages families suggest to the ages the census counts: everybody keeps their rank, each band gets its people."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.arrays import Int64
from epiengine.jit import jit
from epiengine.simulate.person import BANDS
from epiengine.simulate.population.families import Int16
from epiengine.simulate.town import Float64, UInt8

YEARS_PER_BAND: Final = 5
_MONTHS: Final = 1200


def census_ages(months: Int16, commune_start: Int64, shares: Float64) -> UInt8:
    """uint8[n]: age in whole years, so that every commune has the people of each five-year band that its shares ask for.

    Within a commune the order of the ages is kept (a quantile mapping), so parents stay older than their children. Of people told the
    same month the first in line counts as the younger. Within a band years are spread evenly; the open band is told as 75 to 79.
    """
    people = np.diff(commune_start)
    years = np.empty(months.size, dtype=np.uint8)
    _rank_kernel(months, commune_start, _until(shares, people), years)
    return years


def _until(shares: Float64, people: Int64) -> Int64:
    """int64[c, 17]: at which rank each band begins; rounding is carried from band to band, so no count is off by more than one."""
    until = np.zeros((people.size, BANDS + 1), dtype=np.int64)
    until[:, 1:] = np.rint(np.cumsum(shares, axis=1) * people[:, None]).astype(np.int64)
    until[:, BANDS] = people
    return until


@jit
def _rank_kernel(months: Int16, commune_start: Int64, until: Int64, years: UInt8) -> None:
    rank = np.empty(_MONTHS, dtype=np.int64)
    for commune in range(commune_start.size - 1):
        first, last = commune_start[commune], commune_start[commune + 1]
        rank[:] = 0
        for person in range(first, last):
            rank[months[person]] += 1
        below = 0
        for month in range(_MONTHS):
            below, rank[month] = below + rank[month], below
        for person in range(first, last):
            years[person] = _years_at(until[commune], rank[months[person]])
            rank[months[person]] += 1


@jit
def _years_at(until: Int64, rank: int) -> int:
    band = 0
    while rank >= until[band + 1]:
        band += 1
    return int(YEARS_PER_BAND * band + (YEARS_PER_BAND * (rank - until[band])) // (until[band + 1] - until[band]))
