"""Who lives together: couples, their children, their parents, by the size of the household.

A household of size s is of one of the kinds of that size. The kind says how old its head is, whether they have a partner and how many of the
older generation live there; the rest are children. First children follow their parents by the age at birth, brothers and sisters follow
each other; a child old enough to have left makes room for a grandchild, one not yet born for another relative. The ages that come out
are then put in the order of the census (`ages.py`), so that a commune has exactly the people of each age that it should have.

The shares and ages of the kinds are no survey: they were fitted so that the people a town's people live with have the ages of the home
matrix of Prem et al. 2021 (see docs/explanation/population.md for the error that is left); those who live alone are an assumption.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Int64
from epiengine.jit import jit
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.town import Float64

Int16 = NDArray[np.int16]

_KIND = int(Purpose.HOUSEHOLDS)
_AGE = int(Purpose.AGES)

#: One row a kind: size of the household (the last size stands for all larger ones), weight within the size, mean and standard
#: deviation of the age of its head, partners (0 or 1), people of the older generation (0 to 2).
KINDS: Final[Float64] = np.array(
    [
        [1, 0.54, 29, 7, 0, 0],
        [1, 0.46, 66, 11, 0, 0],
        [2, 0.64, 55, 8, 1, 0],
        [2, 0.13, 56, 5, 0, 0],
        [2, 0.24, 47, 14, 0, 1],
        [3, 0.82, 43, 11, 1, 0],
        [3, 0.05, 33, 9, 1, 1],
        [3, 0.13, 39, 11, 0, 2],
        [4, 0.78, 39, 7, 1, 0],
        [4, 0.10, 28, 8, 1, 1],
        [4, 0.12, 30, 5, 1, 2],
        [5, 0.24, 41, 7, 1, 0],
        [5, 0.57, 39, 4, 1, 1],
        [5, 0.19, 35, 5, 1, 2],
        [6, 0.08, 41, 5, 1, 1],
        [6, 0.92, 31, 6, 1, 2],
        [7, 0.52, 65, 6, 1, 0],
        [7, 0.48, 46, 8, 1, 2],
    ]
)

#: Years: from a parent's birth to the first child's and its standard deviation, between brothers and sisters, and from when children leave.
GENERATION: Final = 25.3
GENERATION_SD: Final = 5.0
SPACING: Final = 4.0
LEAVING: Final = 25.7

YOUNGEST_HEAD: Final = 22.0
OLDEST: Final = 99.0


class Kinds(NamedTuple):
    """The table as the kernel reads it: where the kinds of each size begin, and their columns; `until` is the cumulated share."""

    first: Int64
    until: Float64
    head: Float64
    head_sd: Float64
    partners: Int64
    elders: Int64


def kinds(table: Float64 = KINDS) -> Kinds:
    """The kinds of household, ready for the kernel."""
    size = table[:, 0].astype(np.int64)
    largest = int(size.max())
    first = np.searchsorted(size, np.arange(1, largest + 2)).astype(np.int64)
    share = np.concatenate([np.cumsum(table[size == each, 1]) / table[size == each, 1].sum() for each in range(1, largest + 1)])
    whole = table[:, 4:].astype(np.int64)
    return Kinds(first, share, table[:, 2].copy(), table[:, 3].copy(), whole[:, 0].copy(), whole[:, 1].copy())


def drawn_ages(sizes: Int64, *, seed: int, table: Kinds | None = None) -> Int16:
    """int16[n]: age in months of everybody of these households, as their families suggest, before the census has its say."""
    months = np.empty(int(sizes.sum()), dtype=np.int16)
    _families_kernel(seed, sizes, kinds() if table is None else table, months)
    return months


@jit
def _families_kernel(seed: int, sizes: Int64, table: Kinds, months: Int16) -> None:
    person = 0
    largest = table.first.size - 1
    for household in range(sizes.size):
        a, b, c, d = philox(seed, _KIND, household, 0, 0, 0)
        kind = _kind(table, min(sizes[household], largest), unit(a))
        head = max(YOUNGEST_HEAD, table.head[kind] + table.head_sd[kind] * _normal(b, c))
        birth = GENERATION + GENERATION_SD * (3.46 * (unit(d) - 0.5))
        for place in range(sizes[household]):
            years = _years(seed, person, place, head, birth, table.partners[kind], table.elders[kind])
            months[person] = np.int16(12.0 * min(max(years, 0.0), OLDEST))
            person += 1


@jit
def _kind(table: Kinds, size: int, drawn: float) -> int:
    kind = table.first[size - 1]
    while table.until[kind] < drawn and kind + 1 < table.first[size]:
        kind += 1
    return int(kind)


@jit
def _years(seed: int, person: int, place: int, head: float, birth: float, partners: int, elders: int) -> float:
    if place == 0:
        return head
    a, b, c, _ = philox(seed, _AGE, person, 0, 0, 0)
    noise = _normal(a, b)
    if place <= partners:
        return max(YOUNGEST_HEAD, head - 3.0 + 3.0 * noise)
    if place <= partners + elders:
        return head + GENERATION + 2.0 + GENERATION_SD * noise
    return _child(head, birth, place - partners - elders - 1, noise, unit(c))


@jit
def _child(head: float, birth: float, rank: int, noise: float, drawn: float) -> float:
    years = head - birth - SPACING * rank + 1.5 * noise
    if years > LEAVING + 6.0 * drawn:
        years -= GENERATION + 2.0 * noise
    if years < 0.0:
        # not yet born: somebody else of the generation of the parents
        return max(YOUNGEST_HEAD, head + 6.0 * noise)
    return years


@jit
def _normal(first: int, second: int) -> float:
    """A standard normal number from two words: Box and Muller 1958."""
    return float(np.sqrt(-2.0 * np.log(unit(first))) * np.cos(2.0 * np.pi * unit(second)))
