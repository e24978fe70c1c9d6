"""The greatest score of all cylinders, without looking at each.

Many data sets lie side by side, one for each place of the processor's vectors. Around every site the circles are tried in blocks of
consecutive ones. No circle of a block has more cases on any day than the last one, nor expects less than the first one. So if some
window of some circle scores more than the best found so far, then, for a chord of chords.py, the same window of that bound sums up to
more than the chord's limit; the greatest sum of all windows is found in one pass over the days (Kadane's method). What exceeds no
limit is left; the circles of the others are looked at one by one, and of these the windows that may exceed (cylinders.py).

The bounds hold for all windows, also those longer or shorter than allowed, so nothing that counts is ever excluded: the result is that
of looking at every cylinder. Small circles come first: they hold most of the peaks, and a high best score excludes more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Bool, Int32
from epiengine.jit import jit
from epiengine.scan.chords import Chords, Steps, _chords_kernel, _limit_kernel, _steps_kernel
from epiengine.scan.cylinders import CIRCLE, SCORE, Ground, _circles_kernel
from epiengine.scan.score import Total
from epiengine.scan.tables import Counts, Float64, Whole
from epiengine.scan.windows import Span

#: What scores no more is nothing, but for rounding.
_LEAST: Final = 1e-6
#: The blocks around every site are tried in turns, so many of the smallest ones first.
_TURNS: Final = ((0, 1), (1, 4), (4, 10), (10, 2**31 - 1))
#: Chords are drawn anew when the lowest of the best scores has risen so many times, and by so much.
_REDRAW: Final = (1.1, 0.1)
#: The parts of a case are as small as 16 bits allow, but no larger than this; else there are so many, in 32 bits.
_COARSEST: Final = 4
_FINE: Final = 127


def best_of_each_centre(cases: Float64, ground: Ground) -> Float64:
    """float64[s, 4]: the best cylinder around every site; of equal ones the narrowest, then the one that ends and begins first.

    cases  [s, t]: by site and interval. Rows of score 0 have found nothing.
    """
    return _search(side_by_side([cases]), ground, rows=cases.shape[0])[:, 0]


def peaks(cases: Counts, ground: Ground) -> Float64:
    """float64[r]: the greatest score of each of r data sets, side by side; 0 where nothing scores."""
    return _search(cases, ground, rows=1)[0, :, SCORE]


def _search(cases: Counts, ground: Ground, *, rows: int) -> Float64:
    """float64[rows, r, 4]: the best cylinder around every site, or in one row that of all sites."""
    found, parts = np.zeros((rows, cases.shape[2], 4)), _parts(ground.total)
    found[..., SCORE] = _LEAST
    kind = np.int16 if parts * ground.total.cases <= np.iinfo(np.int16).max else np.int32
    inside = np.zeros((2, *cases.shape[1:]), kind)
    for turn in _TURNS:
        _turn_kernel(cases, ground, turn, parts, inside, found)
    found[found[..., CIRCLE] == 0] = 0
    return found


def side_by_side(sets: Iterable[NDArray[Any]]) -> Counts:
    """[s, t, r] of r tables of counts [s, t]: in one byte each where they fit, as the search is bound by reading them."""
    small = np.stack([cases.astype(np.uint8 if cases.max() < 256 else np.int32) for cases in sets])
    return np.ascontiguousarray(small.reshape(small.shape[0], -1).T).reshape(*small.shape[1:], -1)


def _parts(total: Total) -> int:
    """In how many parts a case is counted."""
    finest = np.iinfo(np.int16).max // int(total.cases)
    return finest if finest >= _COARSEST else _FINE


@jit
def _turn_kernel(cases: Counts, ground: Ground, turn: tuple[int, int], parts: int, inside: Whole, found: Float64) -> None:
    """Raises `found`, of every site or of all, where the blocks of a turn hold a better cylinder.

    turn  the first block around each site, and the one after the last;  inside  int[2, t, r]: room for the cases of two circles, in parts
    """
    rows = found.shape[0]
    for centre in range(cases.shape[0]):
        here = found[centre % rows]
        if centre < rows:
            chords = _chords_kernel(here[:, SCORE], inside, parts, ground.span.least_cases, ground.total)
        chords = _centre_kernel(cases, ground, centre, turn, inside, chords, here)


@jit
def _centre_kernel(
    cases: Counts, ground: Ground, centre: int, turn: tuple[int, int], inside: Whole, chords: Chords, found: Float64
) -> Chords:
    """Raises each data set's `found` to its best cylinder around one site, of the blocks of a turn, where that is better."""
    circles, expected = ground.circles, ground.expected
    member = circles.member[circles.offsets[centre] : circles.offsets[centre + 1]]
    end = circles.end[circles.block_offsets[centre] : circles.block_offsets[centre + 1]]
    wanted = np.zeros((2, expected.shape[1]))
    inside[0] = 0
    for block in range(min(end.size, turn[1])):
        old, new, upto = block % 2, 1 - block % 2, member[: end[block]]
        begin = int(end[block - 1]) if block > 0 else 0
        _grow_kernel(cases, upto[begin:], chords.parts, inside[old], inside[new])
        _grow_kernel(expected, upto[begin:], 1, wanted[old], wanted[new])
        if block >= turn[0]:
            steps = _steps_kernel(wanted[old] + expected[upto[begin]], wanted[new], ground.span, chords, ground.total)
            may = _open_kernel(inside[new], steps, ground.span)
            if may.any():
                _block_kernel(cases, inside[old], wanted[old], upto, begin, may, ground, chords, found)
                chords = _redrawn_kernel(chords, inside, ground, found)
    return chords


@jit
def _grow_kernel(table: Counts, members: Int32, parts: int, old: Counts, new: Counts) -> None:
    """new = old + parts * the table's rows of the members."""
    before, after, row, times = old.ravel(), new.ravel(), table[members[0]].ravel(), new.dtype.type(parts)
    for place in range(after.size):
        after[place] = before[place] + times * row[place]
    for member in members[1:]:
        row = table[member].ravel()
        for place in range(after.size):
            after[place] += times * row[place]


@jit
def _open_kernel(cases: Whole, steps: Steps, span: Span) -> Bool:
    """bool[r]: in which data sets the greatest sum of any window exceeds the limit of some chord; cases  int[t, r] in parts."""
    run, peak = np.zeros(steps.limit.shape, cases.dtype), np.zeros(steps.limit.shape, cases.dtype)
    _run_kernel(cases, steps.step, max(0, span.first_end + 1 - span.longest), span.first_end, run, peak)
    peak[:] = 0
    _run_kernel(cases, steps.step, span.first_end, cases.shape[0], run, peak)
    sets = cases.shape[1]
    may = np.zeros(sets, np.bool_)
    for row in range(steps.limit.shape[0]):
        for one in range(sets):
            may[one] |= peak[row, one] > steps.limit[row, one]
    return may


@jit
def _run_kernel(cases: Whole, step: Whole, begin: int, end: int, run: Whole, peak: Whole) -> None:
    """Kadane's method from day to day: run[k, r], the greatest sum that ends today, or 0, and the peak of all days."""
    kind = cases.dtype.type  # said everywhere, or 64 bits are used in between
    for time in range(begin, end):
        for row in range(run.shape[0]):
            for one in range(cases.shape[1]):
                here = max(kind(run[row, one] + kind(cases[time, one] - step[row, time])), kind(0))
                run[row, one], peak[row, one] = here, max(peak[row, one], here)


@jit
def _block_kernel(
    cases: Counts, inside: Whole, wanted: Float64, member: Int32, begin: int, may: Bool, ground: Ground, chords: Chords, found: Float64
) -> None:
    """The circles of one block, those that hold more than `begin` of the members, in the data sets that may hold a better one."""
    for one in range(may.size):
        if may[one]:
            best = found[one, SCORE]
            _circles_kernel(cases, inside[:, one].copy(), wanted.copy(), member, begin, ground, chords, one, found[one])
            if found[one, SCORE] > best:
                _limit_kernel(chords, found[one, SCORE], one, ground.total)


@jit
def _redrawn_kernel(chords: Chords, inside: Whole, ground: Ground, found: Float64) -> Chords:
    """The chords, drawn anew if all scores have risen well above what they were drawn for."""
    if found[:, SCORE].min() < _REDRAW[0] * chords.threshold + _REDRAW[1]:
        return chords
    return _chords_kernel(found[:, SCORE], inside, chords.parts, ground.span.least_cases, ground.total)
