"""The bounds of the search: nothing that scores enough lies below a chord, and sums of whole numbers tell what lies above."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.scan import naive

from epiengine.scan import log_likelihood_ratio
from epiengine.scan.chords import Chords, Steps, _chords_kernel, _limit_kernel, _most_kernel, _steps_kernel, _sums_kernel
from epiengine.scan.cylinders import _ends_kernel
from epiengine.scan.score import Total, _height_kernel
from epiengine.scan.search import _grow_kernel, _open_kernel
from epiengine.scan.windows import Span

PARTS = 8


def chords(*thresholds: float, least: int, total: Total) -> Chords:
    return _chords_kernel(np.array(thresholds), np.zeros(1, np.int32), PARTS, least, total)


@given(st.floats(1e-6, 20), st.floats(0, 10), st.integers(2, 3_000), st.sampled_from([1.2, 2.0, 40.0, math.inf]), st.floats(0.001, 0.999))
@settings(max_examples=300, deadline=None)
def test_what_scores_more_than_its_threshold_lies_above_a_chord(
    lowest: float, more: float, cases: int, people: float, share: float
) -> None:
    total, mean, least = Total(float(cases), cases * people), share * cases, 2
    drawn = chords(lowest, lowest, least=least, total=total)
    _limit_kernel(drawn, lowest + more, 1, total)
    count = int(_height_kernel(mean, lowest + more, total)) + 1
    score = log_likelihood_ratio(count, mean, cases=cases, population=total.population)
    if least <= count <= min(cases, mean * people) and score > lowest + more:
        concerned = (drawn.knot[:-1] <= mean) & (mean <= drawn.knot[1:])
        # a sum may be rounded down by less than one part
        assert (PARTS * (count - drawn.slope * mean) - 1 > drawn.limit[:, 1])[concerned].any()


@given(st.floats(0.5, 20), st.integers(50, 5_000), st.floats(0.001, 0.999))
@settings(max_examples=100, deadline=None)
def test_chords_give_little_of_the_way_from_the_mean_to_the_curve_away(threshold: float, cases: int, share: float) -> None:
    total, mean = Total(float(cases), math.inf), share * cases
    drawn, highest = chords(threshold, least=2, total=total), _height_kernel(mean, threshold, total)
    chord = int(np.searchsorted(drawn.knot, mean, side="right")) - 1
    above = drawn.slope[chord] * mean + (drawn.limit[chord, 0] + 3) / PARTS
    assert chord == 0 or highest > 0.25 * cases or above - mean >= 0.75 * (highest - mean) - 1e-9


@given(st.floats(0.01, 20), st.integers(1, 3_000), st.floats(0.0001, 0.9999), st.sampled_from([1.2, 40.0, math.inf]))
@settings(max_examples=200, deadline=None)
def test_the_height_scores_the_threshold(threshold: float, cases: int, share: float, people: float) -> None:
    total, mean = Total(float(cases), cases * people), share * cases
    height = _height_kernel(mean, threshold, total)
    most = min(cases, mean * people)
    assert mean * (1 - 1e-12) <= height <= most * (1 + 1e-12)
    assert log_likelihood_ratio(height, mean, cases=cases, population=total.population) <= threshold + 1e-9
    if (above := height + 1e-4 * (1 + threshold + math.sqrt(threshold * mean))) < most:
        assert log_likelihood_ratio(above, mean, cases=cases, population=total.population) > threshold


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 8))
@settings(max_examples=100, deadline=None)
def test_steps_add_up_to_what_a_window_expects_within_one_part(seed: int, threshold: float) -> None:
    random = np.random.default_rng(seed)
    expected, total = random.gamma(0.5, size=6), Total(60.0, math.inf)
    span = Span(0, int(random.integers(1, 3)), int(random.integers(3, 7)), 2)
    upto, drawn = _sums_kernel(expected), chords(threshold, threshold + 1, least=2, total=Total(60.0, math.inf))
    np.testing.assert_allclose(upto, [0, *np.cumsum(expected)], rtol=1e-12)
    for longest in range(1, 8):
        sums = [expected[first : last + 1].sum() for first, last in naive.windows(6, ends=range(6), shortest=1, longest=longest)]
        np.testing.assert_allclose(_most_kernel(upto, longest), max(sums), rtol=1e-8)
    steps = _steps_kernel(expected, 1.5 * expected, span, drawn, total)
    wanted = (drawn.knot[1:] >= expected.min() * span.shortest) & (drawn.knot[:-1] <= 1.5 * _most_kernel(upto, span.longest))
    np.testing.assert_array_equal(steps.limit, drawn.limit[wanted])
    for slope, step in zip(drawn.slope[wanted], steps.step, strict=True):
        for first, last in naive.windows(6, ends=range(6), shortest=1, longest=6):
            taken, mean = step[first : last + 1].sum(), expected[first : last + 1].sum()
            assert taken < PARTS * slope * mean + 1 and (taken > PARTS * slope * mean - 1 or (step >= PARTS * 60).any())


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_the_greatest_sum_of_all_windows_is_that_of_looking_at_each(seed: int) -> None:
    random = np.random.default_rng(seed)
    times, sets, rows = random.integers(1, 7), random.integers(1, 4), random.integers(1, 4)
    cases, step = random.integers(0, 9, (times, sets)).astype(np.int16), random.integers(0, 9, (rows, times)).astype(np.int16)
    steps = Steps(step, random.integers(0, 20, (rows, sets)).astype(np.int16))
    longest = int(random.integers(1, times + 1))
    span = Span(int(random.integers(0, times)), 1, longest, 2)
    begin = max(0, span.first_end + 1 - longest)
    over = [[naive.over(cases[:, one], step, steps.limit[:, one], last, begin=begin) for last in range(times)] for one in range(sets)]
    for one in range(sets):
        np.testing.assert_array_equal(_ends_kernel(cases[:, one].copy(), steps, one, span), over[one])
    np.testing.assert_array_equal(_open_kernel(cases, steps, span), np.array(over)[:, span.first_end :].any(axis=1))


def test_a_circle_grows_by_the_rows_of_its_new_members() -> None:
    table, members = np.arange(40, dtype=np.uint8).reshape(5, 4, 2), np.array([3, 0, 4], np.int32)
    old, new = np.full((4, 2), 7, np.int16), np.zeros((4, 2), np.int16)
    _grow_kernel(table, members, 10, old, new)
    np.testing.assert_array_equal(new, 7 + 10 * table[members].astype(int).sum(axis=0))
