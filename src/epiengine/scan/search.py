"""The greatest score of all cylinders, without looking at each.

Three steps, each for what the one before could not exclude against the best score found so far:

1. Blocks of consecutive circles around one site. No circle of a block has more cases on any day than the last one, nor expects
   less than the first one. A score above the best needs cases - slope * expected > intercept for one of a few chords (score.py);
   the greatest such sum over all windows of consecutive days is found in one pass (Kadane's method).
2. The same for every single circle of a block.
3. Every window of a circle, first by a bound without logarithms, then by its score.

The bounds hold for all windows, also those longer or shorter than allowed, so nothing that counts is ever excluded: the result is that
of looking at every cylinder. Step 1 runs in single precision, with a margin for its rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Bool, Int32
from epiengine.jit import jit
from epiengine.scan.circles import Circles
from epiengine.scan.score import INTERCEPT, LEFT, RIGHT, SLOPE, Total, _lines_kernel, _llr_kernel
from epiengine.scan.tables import Counts, Float32, Float64, Reals
from epiengine.scan.windows import Span

#: Columns of what is found: score, how many sites the circle holds, first and last interval.
SCORE, CIRCLE, FIRST, LAST = range(4)
#: So many data sets are searched side by side.
SIDE = 4
_ROUNDING = 2.0**-23
#: A first guess at a score; what is not found above it is looked for again with a lower one.
_GUESS = 10.0
_LEAST = 1e-6
#: So many columns are bounded side by side, by the chords that concern them.
_WIDTH = 64


def best_of_each_centre(cases: Float64, expected: Float64, circles: Circles, span: Span, total: Total) -> Float64:
    """float64[s, 4]: the best cylinder around every site; of equal ones the narrowest, then the one that ends and begins first.

    cases, expected  [s, t]: by site and interval. Rows of score 0 have found nothing.
    """
    found = np.zeros((expected.shape[0], 4))
    _each_centre_kernel(compact(cases[np.newaxis]), expected, circles, span, total, found)
    return found


def compact(cases: NDArray[Any]) -> Counts:
    """The counts in one byte each where they fit: the search reads them many times, and is bound by reading."""
    return cases.astype(np.uint8 if cases.max() < 256 else np.float32)


def peaks(cases: Counts, expected: Float64, circles: Circles, span: Span, total: Total, *, floor: float) -> Float64:
    """float64[r]: the greatest score of each of r data sets; 0 where nothing scores.

    cases  of compact(), [r, s, t];  floor  a guess that most peaks exceed: a better guess is faster and changes no result
    """
    best, sought = np.zeros(cases.shape[0]), np.arange(cases.shape[0])
    while sought.size and floor > 0:
        found = np.zeros((-(-sought.size // SIDE) * SIDE, 4))
        found[:, SCORE] = floor
        _peaks_kernel(cases[np.resize(sought, found.shape[0])], expected, circles, span, total, found)
        found = found[: sought.size]
        risen = found[:, SCORE] > floor
        best[sought[risen]] = found[risen, SCORE]
        sought, floor = sought[~risen], floor * 0.85 if floor > _LEAST else 0.0
    return best


@jit
def _each_centre_kernel(cases: Counts, expected: Float64, circles: Circles, span: Span, total: Total, found: Float64) -> None:
    for centre in range(expected.shape[0]):
        member, end = _row_kernel(circles, centre)
        inner = _inner_kernel(expected, member, end, 1)
        floor, here = _GUESS, found[centre : centre + 1]
        while here[0, CIRCLE] == 0.0 and floor > 0.0:
            here[0, SCORE] = floor
            _centre_kernel(cases, expected, inner, member, end, _lines_kernel(floor, total), span, total, here)
            floor = floor * 0.7 if floor > _LEAST else 0.0
        if here[0, CIRCLE] == 0.0:
            here[0, SCORE] = 0.0


@jit
def _peaks_kernel(cases: Counts, expected: Float64, circles: Circles, span: Span, total: Total, found: Float64) -> None:
    lines = [_lines_kernel(found[0, SCORE], total) for _ in range(0, cases.shape[0], SIDE)]
    drawn = np.full(len(lines), found[0, SCORE])
    for centre in range(expected.shape[0]):
        member, end = _row_kernel(circles, centre)
        inner = _inner_kernel(expected, member, end, SIDE)
        for group in range(len(lines)):
            here = slice(group * SIDE, (group + 1) * SIDE)
            lowest = found[here, SCORE].min()
            if lowest > drawn[group]:
                lines[group], drawn[group] = _lines_kernel(lowest, total), lowest
            _centre_kernel(cases[here], expected, inner, member, end, lines[group], span, total, found[here])


@jit
def _row_kernel(circles: Circles, centre: int) -> tuple[Int32, Int32]:
    """The members and the ends of the blocks of one site's circles."""
    member = circles.member[circles.offsets[centre] : circles.offsets[centre + 1]]
    return member, circles.end[circles.block_offsets[centre] : circles.block_offsets[centre + 1]]


@jit
def _centre_kernel(
    cases: Counts,
    expected: Float64,
    inner: Float32,
    member: Int32,
    end: Int32,
    lines: Float64,
    span: Span,
    total: Total,
    found: Float64,
) -> None:
    """Raises each data set's `found` to its best cylinder around one site, where that is better."""
    sets = cases.shape[0]
    outer = _outer_kernel(cases, member, end)
    may = _open_kernel(outer, inner, lines, span, total)
    for column in range(may.size):
        if may[column]:
            block, one = column // sets, column % sets
            begin = end[block - 1] if block > 0 else 0
            _block_kernel(cases[one], expected, member[: end[block]], begin, lines, span, total, found[one])


@jit
def _outer_kernel(cases: Counts, member: Int32, end: Int32) -> Float32:
    """float32[t, b * r]: the cases in the last circle of each block, data sets side by side."""
    sets = cases.shape[0]
    outer = np.empty((cases.shape[2], end.size * sets), np.float32)
    for one in range(sets):
        _stack_kernel(cases[one], member, end, outer, one, sets)
    return outer


@jit
def _inner_kernel(expected: Float64, member: Int32, end: Int32, sets: int) -> Float32:
    """float32[t, b * r]: what the first circle of each block expects, once for each data set."""
    first = np.ones(end.size, np.int32)
    for block in range(1, end.size):
        first[block] = end[block - 1] + 1
    inner = np.empty((expected.shape[1], end.size * sets), np.float32)
    _stack_kernel(expected, member, first, inner, 0, sets)
    for column in range(inner.shape[1]):
        if column % sets:
            inner[:, column] = inner[:, column - column % sets]
    return inner


@jit
def _block_kernel(
    cases: Counts, expected: Float64, member: Int32, begin: int, lines: Float64, span: Span, total: Total, found: Float64
) -> None:
    """The same for the circles of one block, the one after `begin` to the last, in one data set."""
    upto = np.arange(begin + 1, member.size + 1).astype(np.int32)
    inside, wanted = np.empty((expected.shape[1], upto.size)), np.empty((expected.shape[1], upto.size))
    _stack_kernel(cases, member, upto, inside, 0, 1)
    _stack_kernel(expected, member, upto, wanted, 0, 1)
    may = _open_kernel(inside, wanted, lines, span, total)
    for circle in range(upto.size):
        if may[circle]:
            _windows_kernel(_sums_kernel(inside, circle), _sums_kernel(wanted, circle), upto[circle], span, total, found)


@jit
def _stack_kernel(table: Counts, member: Int32, upto: Int32, out: Reals, column: int, step: int) -> None:
    """out[t, column + b * step]: the table summed over the first upto[b] members."""
    running = np.zeros(table.shape[1], out.dtype)
    added = 0
    for block in range(upto.size):
        while added < upto[block]:
            row = table[member[added]]
            for time in range(running.size):
                running[time] += row[time]
            added += 1
        for time in range(running.size):
            out[time, column + block * step] = running[time]


@jit
def _open_kernel(cases: Reals, expected: Reals, lines: Float64, span: Span, total: Total) -> Bool:
    """bool[b]: for which columns some window may lie above the chords; what columns expect must not fall from left to right."""
    may = np.zeros(cases.shape[1], np.bool_)
    margin = total.cases * _ROUNDING * cases.shape[0]
    for left in range(0, cases.shape[1], _WIDTH):
        columns = slice(left, min(left + _WIDTH, cases.shape[1]))
        least, most = expected[:, left].min() * span.shortest, expected[:, columns.stop - 1].sum()
        for line in range(lines.shape[0]):
            # a chord counts between its knots only
            if lines[line, RIGHT] >= least and lines[line, LEFT] <= most:
                peak = _steepest_kernel(cases, expected, columns, lines[line, SLOPE], span)
                may[columns] |= peak > lines[line, INTERCEPT] - margin
    return may


@jit
def _steepest_kernel(cases: Reals, expected: Reals, columns: slice, slope: float, span: Span) -> Reals:
    """The greatest cases - slope * expected of any window, or 0: Kadane's method, columns side by side."""
    run, peak = np.zeros(columns.stop - columns.start, cases.dtype), np.zeros(columns.stop - columns.start, cases.dtype)
    nothing, steep = cases.dtype.type(0), cases.dtype.type(slope)
    for time in range(max(0, span.first_end + 1 - span.longest), span.first_end):
        here, wanted = cases[time][columns], expected[time][columns]
        for column in range(run.size):
            sum_here = run[column] + (here[column] - steep * wanted[column])
            run[column] = sum_here if sum_here > nothing else nothing
    for time in range(span.first_end, cases.shape[0]):
        here, wanted = cases[time][columns], expected[time][columns]
        for column in range(run.size):
            sum_here = run[column] + (here[column] - steep * wanted[column])
            run[column] = sum_here if sum_here > nothing else nothing
            peak[column] = sum_here if sum_here > peak[column] else peak[column]
    return peak


@jit
def _sums_kernel(table: Float64, column: int) -> Float64:
    """float64[t+1]: running sums of a column, beginning with 0."""
    sums = np.zeros(table.shape[0] + 1)
    for time in range(table.shape[0]):
        sums[time + 1] = sums[time] + table[time, column]
    return sums


@jit
def _windows_kernel(cases: Float64, expected: Float64, circle: int, span: Span, total: Total, found: Float64) -> None:
    """Raises `found` to the best window of one circle, given the running sums of its cases and of what it expects."""
    best = found[0]
    for last in range(span.first_end, cases.size - 1):
        for first in range(max(0, last + 1 - span.longest), last + 2 - span.shortest):
            observed, mean = cases[last + 1] - cases[first], expected[last + 1] - expected[first]
            if observed >= span.least_cases and _may_exceed_kernel(observed, mean, best, total):
                score = _llr_kernel(observed, mean, total)
                if score > best:
                    best = score
                    found[0], found[1], found[2], found[3] = score, circle, first, last


@jit
def _may_exceed_kernel(observed: float, mean: float, score: float, total: Total) -> bool:
    """Whether it may score more: LLR <= (c - mu)^2 / 2 (1/mu + 1/(C-c)), as the second derivative in c is 1/c + 1/(C-c)."""
    more = observed - mean
    if total.population != np.inf:
        return more > 0.0
    rest = total.cases - observed
    return more > 0.0 and more * more * (mean + rest) >= 2.0 * score * mean * rest * (1.0 - 1e-9)
