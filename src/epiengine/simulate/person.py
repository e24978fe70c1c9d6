"""How one person is told in 64 bits, and the questions that can be asked of them.

    bits   0-3    age band of five years: 0 is 0-4, 15 is 75 and older
    bits   4-7    place in the household, 0 for the first
    bits   8-11   size of the household, 1 to 15
    bits  12-31   hamlet
    bits  32-59   group: a school class or a workplace; all ones when there is none

People of a household lie side by side, so who lives with whom is arithmetic and no list. Each question works on one word in a kernel
and on a whole array of them in Python.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.jit import both
from epiengine.rng import word

UInt64 = NDArray[np.uint64]

BANDS: Final = 16
MOST_PEOPLE: Final = 2**27  # a person's number must fit twice into one calendar word
MOST_HAMLETS: Final = 2**20
LARGEST_HOUSEHOLD: Final = 15
NO_GROUP: Final = 2**28 - 1

_4: Final = word(4)
_8: Final = word(8)
_12: Final = word(12)
_32: Final = word(32)
_4_BITS: Final = word(15)
_20_BITS: Final = word(2**20 - 1)
_28_BITS: Final = word(2**28 - 1)


def packed(age: ArrayLike, place: ArrayLike, size: ArrayLike, hamlet: ArrayLike, group: ArrayLike) -> UInt64:
    """uint64[n]: the people told by these columns; `group` holds NO_GROUP (or -1) for who has none. The ranges are the caller's duty."""
    band, where, many, home, among = (np.asarray(column).astype(np.int64) for column in (age, place, size, hamlet, group))
    return (band | where << 4 | many << 8 | home << 12 | (among & NO_GROUP) << 32).astype(np.uint64)


@both
def age_band(person: Any) -> Any:
    """0 to 15."""
    return person & _4_BITS


@both
def household_place(person: Any) -> Any:
    """Which of the household they are: their own number less this is the first of them."""
    return (person >> _4) & _4_BITS


@both
def household_size(person: Any) -> Any:
    """How many live there, themselves included."""
    return (person >> _8) & _4_BITS


@both
def hamlet_of(person: Any) -> Any:
    """Their hamlet or tổ dân phố."""
    return (person >> _12) & _20_BITS


@both
def group_of(person: Any) -> Any:
    """Their school class or workplace; NO_GROUP when they have none."""
    return (person >> _32) & _28_BITS
