"""Straight lines below which nothing scores more than a threshold, and how they are asked in whole numbers.

Below h(mu) of score.py nothing scores more than the threshold, and h is concave: a chord of it lies below it. Between two knots of mu

    score(c, mu) > threshold   implies   c > h(mu) >= a + b mu,   b the slope of the chord, a = min over the two knots of h - b mu

With b drawn for a low threshold, a chord of the same slope serves every greater one, only its intercept a rises. Below the first knot
no cylinder of fewer than `least_cases` counts: the chord goes there from (0, least_cases - 1) to (knot, least_cases).

Cases are counted in parts of one (p parts each), and b mu of the days up to each day is rounded down to whole parts. So a window's sum

    S = p c - (floor(p b M(last)) - floor(p b M(first - 1))) > p (c - b mu) - 1,   M what is expected up to a day

is a whole number, added up without error, and c > a + b mu implies S > p a - 1.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from epiengine.jit import jit
from epiengine.scan.score import Total, _height_kernel
from epiengine.scan.tables import Counts, Float64, Whole
from epiengine.scan.windows import Span

#: Knots lie this factor apart.
KNOT_RATIO: Final = 4.0
_SMALLEST_KNOT: Final = 1e-3
#: For what is not exact in double precision, in parts.
_MARGIN: Final = 1e-3


class Chords(NamedTuple):
    """k chords, for r data sets side by side.

    knot       float64[k+1], rising: a chord counts between two of them;  slope  float64[k]
    limit      int[k, r]: what a window's sum must exceed to score more than the data set's threshold
    parts      in how many parts a case is counted
    threshold  the lowest, for which they were drawn
    """

    knot: Float64
    slope: Float64
    limit: Whole
    parts: int
    threshold: float


class Steps(NamedTuple):
    """step  int[k, t]: how many parts each of some chords takes off each day;  limit  int[k, r]: theirs"""

    step: Whole
    limit: Whole


@jit
def _chords_kernel(threshold: Float64, sums: Whole, parts: int, least: int, total: Total) -> Chords:
    """The chords for thresholds of each data set, with the slopes of the lowest; `sums` names the kind of the whole numbers."""
    lowest = threshold.min()
    knot = _knots_kernel(lowest, least, total)
    slope = np.empty(knot.size - 1)
    slope[0] = 1.0 / knot[1]
    for chord in range(1, slope.size):
        rise = _height_kernel(knot[chord + 1], lowest, total) - _height_kernel(knot[chord], lowest, total)
        slope[chord] = rise / (knot[chord + 1] - knot[chord])
    chords = Chords(knot, slope, np.empty((slope.size, threshold.size), sums.dtype), parts, lowest)
    chords.limit[0] = math.floor(parts * min(least - 1.0, total.cases) - 1.0 - _MARGIN)
    for one in range(threshold.size):
        _limit_kernel(chords, threshold[one], one, total)
    return chords


@jit
def _knots_kernel(threshold: float, least: int, total: Total) -> Float64:
    """float64[k+1], rising: 0, about where `least` cases score the threshold (c ln(c/mu) - c, for small mu), times 4, ..., C."""
    first = max(least * math.exp(-1.0 - threshold / least), _SMALLEST_KNOT)
    knot = np.zeros(2 + max(0, math.ceil(math.log(total.cases / first) / math.log(KNOT_RATIO))))
    for place in range(1, knot.size):
        knot[place] = min(first * KNOT_RATIO ** (place - 1), total.cases)
    return knot


@jit
def _limit_kernel(chords: Chords, threshold: float, one: int, total: Total) -> None:
    """Raises one data set's limits to a threshold, which may only be greater than the one the chords were drawn for."""
    knot, left = chords.knot, _height_kernel(chords.knot[1], threshold, total)
    for chord in range(1, chords.slope.size):
        slope, right = chords.slope[chord], _height_kernel(knot[chord + 1], threshold, total)
        intercept = min(left - slope * knot[chord], right - slope * knot[chord + 1])
        chords.limit[chord, one] = math.floor(chords.parts * intercept - 1.0 - _MARGIN)
        left = right


@jit
def _steps_kernel(inner: Float64, outer: Float64, span: Span, chords: Chords, total: Total) -> Steps:
    """The chords that concern the windows of some circles, and what the innermost expects, in their terms.

    inner, outer  float64[t]: what the innermost and the outermost circle expect by day
    """
    upto, least, most = _sums_kernel(inner), inner.min() * span.shortest, _most_kernel(_sums_kernel(outer), span.longest)
    low, high = 0, chords.slope.size
    while low < high and chords.knot[low + 1] < least:
        low += 1
    while high > low and chords.knot[high - 1] > most:
        high -= 1
    step, all_cases = np.empty((high - low, inner.size), chords.limit.dtype), int(chords.parts * total.cases)
    for row in range(high - low):
        scale = chords.parts * chords.slope[low + row]
        for time in range(inner.size):
            # what takes as much as all cases together takes all there is
            step[row, time] = min(int(scale * upto[time + 1]) - int(scale * upto[time]), all_cases)
    return Steps(step, chords.limit[low:high])


@jit
def _sums_kernel(values: Counts) -> Float64:
    """float64[t+1]: running sums, beginning with 0."""
    sums = np.zeros(values.size + 1)
    for time in range(values.size):
        sums[time + 1] = sums[time] + values[time]
    return sums


@jit
def _most_kernel(upto: Float64, longest: int) -> float:
    """The most that a window of up to `longest` days expects, given the running sums, or a trifle more."""
    days, most = min(longest, upto.size - 1), 0.0
    for time in range(days, upto.size):
        most = max(most, upto[time] - upto[time - days])
    return most * (1.0 + 1e-9)
