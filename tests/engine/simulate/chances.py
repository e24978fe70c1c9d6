"""Counts beside the chances they should have come by."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from epiengine.jit import COMPILED
from epiengine.simulate import Start

#: Without the compiler a twentieth of the people and of the runs.
SMALL = 1 if COMPILED else 20
UNLIKELY = 1e-4
teeth = pytest.mark.skipif(not COMPILED, reason="a wrong law is seen by thousands of people only")


def fits(seen: np.ndarray, expected: np.ndarray) -> bool:
    """Chi-square of counts; what is expected fewer than five times is put together with the last, what cannot be must not be."""
    if seen[expected == 0].any():
        return False
    few = expected < 5
    seen, expected = (np.append(counts[~few], counts[few].sum()) for counts in (seen, expected))
    if expected[-1] < 5:
        seen, expected = (np.append(counts[:-2], counts[-2:].sum()) for counts in (seen, expected))
    return expected.size < 2 or bool(stats.chisquare(seen, expected * seen.sum() / expected.sum()).pvalue > UNLIKELY)


def everybody(people: int, *, day: int = 0) -> Start:
    return Start(infected=np.arange(people, dtype=np.int32), infected_on=np.full(people, day, dtype=np.int32))
