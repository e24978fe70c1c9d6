"""Circle by circle and window by window: what the bounds of search.py have left open, in one data set."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from epiengine.arrays import Bool, Int32
from epiengine.jit import jit
from epiengine.scan.chords import Chords, Steps, _steps_kernel, _sums_kernel
from epiengine.scan.circles import Circles
from epiengine.scan.score import Total, _llr_kernel
from epiengine.scan.tables import Counts, Float64, Whole
from epiengine.scan.windows import Span

#: Columns of what is found: score, how many sites the circle holds (0: nothing found yet), first and last interval.
SCORE, CIRCLE, FIRST, LAST = range(4)


class Ground(NamedTuple):
    """What all data sets have in common.  expected  float64[s, t]: by site and interval"""

    expected: Float64
    circles: Circles
    span: Span
    total: Total


@jit
def _circles_kernel(
    cases: Counts, column: Whole, wanted: Float64, member: Int32, begin: int, ground: Ground, chords: Chords, one: int, found: Float64
) -> None:
    """Raises `found` to the best cylinder of the circles that hold more than `begin` of the members, where that is better.

    cases  [s, t, r], of which data set `one` is looked at;  column, wanted  [t], which grow: its cases, in parts, and what is expected
    in the circle that holds `begin` of them
    """
    span, total = ground.span, ground.total
    for circle in range(begin, member.size):
        site = member[circle]
        column += column.dtype.type(chords.parts) * cases[site, :, one]
        wanted += ground.expected[site]
        ends = _ends_kernel(column, _steps_kernel(wanted, wanted, span, chords, total), one, span)
        _windows_kernel(_sums_kernel(column // chords.parts), _sums_kernel(wanted), ends, circle + 1, span, total, found)


@jit
def _ends_kernel(column: Whole, steps: Steps, one: int, span: Span) -> Bool:
    """bool[t]: whether the greatest sum of any window that ends then exceeds the limit of some chord (Kadane's method)."""
    ends = np.zeros(column.size, np.bool_)
    for row in range(steps.step.shape[0]):
        run, step, limit = 0, steps.step[row], steps.limit[row, one]
        for time in range(max(0, span.first_end + 1 - span.longest), column.size):
            run = max(run + column[time] - step[time], 0)
            ends[time] |= run > limit
    return ends


@jit
def _windows_kernel(cases: Float64, expected: Float64, ends: Bool, circle: int, span: Span, total: Total, found: Float64) -> None:
    """Raises `found` to the best window of one circle, given the running sums of its cases and of what it expects."""
    best = found[SCORE]
    for last in range(span.first_end, ends.size):
        if not ends[last]:
            continue
        for first in range(max(0, last + 1 - span.longest), last + 2 - span.shortest):
            observed, mean = cases[last + 1] - cases[first], expected[last + 1] - expected[first]
            if observed >= span.least_cases and _may_exceed_kernel(observed, mean, best, total):
                score = _llr_kernel(observed, mean, total)
                if score > best:
                    best = score
                    found[SCORE], found[CIRCLE], found[FIRST], found[LAST] = score, circle, first, last


@jit
def _may_exceed_kernel(observed: float, mean: float, score: float, total: Total) -> bool:
    """Whether it may score more: LLR <= (c - mu)^2 / 2 (1/mu + 1/(C-c)), as the second derivative in c is 1/c + 1/(C-c)."""
    more = observed - mean
    if total.population != np.inf:
        return more > 0.0
    rest = total.cases - observed
    return more > 0.0 and more * more * (mean + rest) >= 2.0 * score * mean * rest * (1.0 - 1e-9)
