"""Which past weeks a week is compared with: the same season of earlier years, and the rest of the year in blocks.

Noufaily et al., Stat Med 2013;32:1206, section 3.1: 2w + 1 weeks around the same week of each of b years, and noPeriods - 1 further blocks of about equal length.
"""

from __future__ import annotations

import numpy as np

from epiengine.arrays import Int64
from epiengine.errors import EngineError

UNUSED = -1


def reference_weeks(week: int, *, years: int, half_window: int, frequency: int, periods: int, past_left_out: int) -> tuple[Int64, Int64]:
    """int64[n], int64[n]: the weeks used, ascending, and the season of each: 0 for that of `week` itself, 1..periods - 1 for the others in order.

    Raises EngineError if the series does not reach back so far.
    """
    if week - years * frequency - half_window < 0:
        raise EngineError("week", week, f"at least {years * frequency + half_window}: {years} years and half a window of history")
    gap = frequency - 2 * half_window - 1
    if gap < max(periods - 1, 0):
        raise EngineError("periods", periods, f"at most {gap + 1}: {gap} weeks lie between the windows of two years")
    season = np.full(week + 1, UNUSED, dtype=np.int64)
    season[max(week - half_window, 0) :] = 0
    for year in range(years, 0, -1):
        middle = week - year * frequency
        season[middle - half_window : middle + half_window + 1] = 0
        if periods > 1:
            season[middle + half_window + 1 : middle + half_window + 1 + gap] = _blocks(gap, count=periods - 1)
    season[week - past_left_out :] = UNUSED
    used = np.flatnonzero(season != UNUSED)
    return used, season[used]


def _blocks(length: int, *, count: int) -> Int64:
    """1, 1, 1, 2, 2, 2, 3, 3: as even as can be, the first ones longer."""
    sizes = np.full(count, length // count)
    sizes[: length % count] += 1
    return np.repeat(np.arange(1, count + 1), sizes)
