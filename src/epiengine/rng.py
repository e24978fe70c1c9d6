"""Random numbers that belong to a purpose and a person, not to a moment: Philox4x32 with 7 rounds, counter-based.

A draw is a pure function of (seed, purpose, four 32-bit counters), so a result depends neither on the number of threads nor on the
order of the work, and two plans that differ in one measure share every other draw (common random numbers). Salmon, Moraes, Dror and
Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011: Philox4x32 passes BigCrush from 7 rounds on.

Without the compiler the words are Python's own whole numbers: the same arithmetic, a tenth of NumPy's time for a single number.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

import numpy as np

from epiengine.jit import COMPILED, jit

#: An unsigned 64-bit word. Every constant that meets a word is one: numba makes a float of a signed and an unsigned operand.
word: Any = np.uint64 if COMPILED else int

#: A signed whole number out of an array or a word.
whole: Any = np.int64 if COMPILED else int

ROUNDS: Final = 7
_MULTIPLY_0: Final = word(0xD2511F53)
_MULTIPLY_1: Final = word(0xCD9E8D57)
_WEYL_0: Final = word(0x9E3779B9)
_WEYL_1: Final = word(0xBB67AE85)
_LOW: Final = word(0xFFFFFFFF)
_32: Final = word(32)
_UNIT: Final = 2.0**-32


class Purpose(IntEnum):
    """What a draw is for. One list, so that no two questions ever share an answer; a number is never given anew."""

    COURSE = 1
    CONTACTS = 2
    CANDIDATE = 3
    ACCEPT = 4
    SEEK = 5
    POSITIVE = 6
    TRACE = 7
    COMPLY = 8
    IMPORT = 9
    DOSE = 10
    CAMPAIGN = 11
    EDGES = 12
    REINFECT = 13
    START = 14
    HOUSEHOLDS = 20
    AGES = 21
    GROUPS = 22
    PLACES = 23
    ENSEMBLE = 30
    CALIBRATE = 31


@jit
def philox(seed: int, purpose: int, first: int, second: int, third: int, fourth: int) -> tuple[int, int, int, int]:
    """Four independent 32-bit words for these counters; each argument is taken modulo 2^32."""
    key_0, key_1 = word(seed) & _LOW, word(purpose) & _LOW
    a, b, c, d = word(first) & _LOW, word(second) & _LOW, word(third) & _LOW, word(fourth) & _LOW
    for _ in range(ROUNDS):
        left, right = _MULTIPLY_0 * a, _MULTIPLY_1 * c
        a, b, c, d = (right >> _32) ^ b ^ key_0, right & _LOW, (left >> _32) ^ d ^ key_1, left & _LOW
        key_0, key_1 = (key_0 + _WEYL_0) & _LOW, (key_1 + _WEYL_1) & _LOW
    return a, b, c, d


@jit
def unit(drawn: int) -> float:
    """A number in (0, 1) from a 32-bit word; never 0 and never 1."""
    return (float(drawn) + 0.5) * _UNIT
