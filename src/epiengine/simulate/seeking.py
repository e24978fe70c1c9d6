"""When an infected person asks for a test: geometric waiting at the highest daily probability the plan ever has, thinned on the day."""

from __future__ import annotations

import math
from typing import NamedTuple

from epiengine.jit import inner
from epiengine.rng import unit
from epiengine.simulate.courses import NEVER


class Seeking(NamedTuple):
    """The largest daily probability of being tested with symptoms and without."""

    with_symptoms: float
    without: float


@inner
def _gap(likely: float, at: float) -> int:
    """Days that pass before the first success, each a success with this probability."""
    if likely >= 1.0:
        return 0
    return int(min(math.log(at) / math.log1p(-likely), 1e6))


@inner
def next_seek(seeking: Seeking, first: int, onset: int, end: int, a: int, b: int) -> int:
    """The first day from `first` on at which a test may be asked for, or NEVER; a and b are two random words."""
    if seeking.without > 0.0 and first < min(onset, end):
        day = first + _gap(seeking.without, unit(a))
        if day < min(onset, end):
            return day
    first = max(first, onset)
    if seeking.with_symptoms <= 0.0 or first >= end:
        return NEVER
    day = first + _gap(seeking.with_symptoms, unit(b))
    return day if day < end else NEVER
