"""Nowcasts: against a published triangle, the slow twin, and outbreaks whose future is known. Scores: against the pinball loss and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.estimate import naive

from epiengine.estimate import (
    interval_coverage,
    interval_score,
    nowcast,
    quantile_coverage,
    reporting_triangle,
    weighted_interval_score,
)

# Taylor & Ashe 1983, incremental claims; the chain ladder's reserves are in Mack, ASTIN Bull 1993;23:213, table 3 (in thousands), total 18,680,856.
TAYLOR_ASHE = [
    [357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948],
    [352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046],
    [290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405],
    [310608, 1108250, 776189, 1562400, 272482, 352053, 206286],
    [443160, 693190, 991983, 769488, 504851, 470639],
    [396132, 937085, 847498, 805037, 705960],
    [440832, 847631, 1131398, 1063269],
    [359480, 1061648, 1443370],
    [376686, 986608],
    [344014],
]
RESERVES = [0, 95, 470, 710, 985, 1419, 2178, 3920, 4279, 4626]


def square(rows: list[list[int]]) -> np.ndarray:
    return np.array([row + [0] * (len(rows[0]) - len(row)) for row in rows])


def test_the_estimate_is_that_of_the_chain_ladder() -> None:
    found = nowcast(square(TAYLOR_ASHE), draws=100)
    np.testing.assert_array_equal(np.round((found.estimate - found.reported) / 1000), RESERVES)
    assert (found.estimate - found.reported).sum() == pytest.approx(18_680_856, abs=1)


@given(st.integers(5, 12), st.integers(1, 4), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_estimate_agrees_with_the_twin(days: int, longest: int, random) -> None:  # type: ignore[no-untyped-def]
    rows = [[random.randint(1, 9) if t + d < days else 0 for d in range(longest + 1)] for t in range(days)]
    found = nowcast(rows, draws=100)
    np.testing.assert_allclose(found.estimate, naive.chain_ladder(rows), rtol=1e-10)


DELAYS = np.array([10, 25, 20, 15, 10, 8, 6, 4, 2]) / 100


def outbreak(rng: np.random.Generator, *, first: float, clumped: bool) -> tuple[np.ndarray, np.ndarray]:
    """Totals of 40 days of an outbreak that grows by 3 % a day, and what is reported of them on the last day."""
    totals = rng.poisson(first * np.exp(0.03 * np.arange(40)))
    laws = rng.dirichlet(15 * DELAYS, 40) if clumped else np.tile(DELAYS, (40, 1))
    reports = np.array([rng.multinomial(total, law) for total, law in zip(totals, laws, strict=True)])
    return totals, np.where(np.arange(40)[:, None] + np.arange(9) < 40, reports, 0)


@pytest.mark.parametrize(("first", "clumped"), [(2.0, False), (25.0, False), (25.0, True)])
def test_the_intervals_hold_the_later_totals_as_often_as_they_say(first: float, clumped: bool) -> None:
    rng = np.random.default_rng(11)
    held = []
    for seed in range(60):
        totals, seen = outbreak(rng, first=first, clumped=clumped)
        found = nowcast(seen, levels=[0.025, 0.25, 0.75, 0.975], draws=300, seed=seed)
        late = slice(-6, None)
        held.append([(found.quantile[row, late] <= totals[late]) & (totals[late] <= found.quantile[-1 - row, late]) for row in (0, 1)])
    wide, narrow = np.mean(held, axis=(0, 2))
    assert 0.9 <= wide <= 1.0
    assert 0.42 <= narrow <= 0.72


def test_days_that_are_complete_are_certain_and_a_seed_repeats_itself() -> None:
    totals, seen = outbreak(np.random.default_rng(1), first=5.0, clumped=False)
    one, same, other = nowcast(seen, seed=3), nowcast(seen, seed=3), nowcast(seen, seed=4)
    np.testing.assert_array_equal(one.quantile[:, :32], np.tile(totals[:32], (5, 1)))
    np.testing.assert_array_equal(one.quantile, same.quantile)
    assert not np.array_equal(one.quantile, other.quantile)
    assert (one.quantile[:, -1] >= one.reported[-1]).all()


def test_a_change_of_reporting_is_seen_when_only_recent_days_are_learnt_from() -> None:
    counts = np.zeros((60, 3), dtype=int)
    counts[:40], counts[40:] = [90, 5, 5], [10, 10, 80]
    counts[59, 1:] = counts[58, 2] = 0
    assert nowcast(counts, recent=15).estimate[-1] == pytest.approx(100)
    assert nowcast(counts).estimate[-1] < 30


def test_a_day_of_which_hardly_anything_can_be_known_is_marked() -> None:
    counts = np.zeros((30, 4), dtype=int)
    counts[:, 3] = 50
    counts[27:, :] = 0
    found = nowcast(counts)
    assert found.known.tolist() == [True] * 27 + [False] * 3
    assert np.isnan(found.estimate[27:]).all()
    assert np.isnan(found.quantile[:, 27:]).all()


def test_delays_of_which_nothing_was_ever_seen_leave_the_open_days_unknown() -> None:
    quiet = nowcast(np.zeros((10, 4), dtype=int))
    assert quiet.known.tolist() == [True] * 7 + [False] * 3
    assert not quiet.quantile[:, :7].any()
    young = nowcast([[3, 2, 0, 0], [4, 0, 0, 0]])  # two days old, delays of up to three: nobody can say what the third brings
    assert not young.known.any()
    assert np.isnan(young.estimate).all()


def test_the_triangle_of_a_line_list_knows_what_was_known_on_the_day() -> None:
    found = reporting_triangle([0, 0, 0, 1, 2, 2, -3], [0, 1, 9, 1, 3, 2, 0], days=3, longest=2)
    assert found.counts.tolist() == [[1, 1, 0], [1, 0, 0], [1, 0, 0]]
    assert found.late == 0  # the report of day 9 is not known on day 2
    assert reporting_triangle([0, 0], [0, 9], days=10, longest=2).late == 1
    assert found.observable.tolist() == [[True, True, True], [True, True, False], [True, False, False]]


@st.composite
def forecasts(draw: st.DrawFn) -> tuple[list[float], list[list[float]], list[float]]:
    levels = draw(st.sampled_from([[0.5], [0.025, 0.5, 0.975], [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]]))
    rows = st.lists(st.integers(0, 40), min_size=len(levels), max_size=len(levels)).map(sorted)
    quantiles = draw(st.lists(rows, min_size=1, max_size=4))
    return draw(st.lists(st.integers(0, 40), min_size=len(quantiles), max_size=len(quantiles))), quantiles, levels


@given(forecasts())
@settings(max_examples=100, deadline=None)
def test_the_weighted_interval_score_is_twice_the_mean_pinball_loss(forecast) -> None:  # type: ignore[no-untyped-def]
    observed, quantiles, levels = forecast
    found = weighted_interval_score(observed, quantiles, levels=levels)
    expected = [naive.pinball_score(seen, row, levels) for seen, row in zip(observed, quantiles, strict=True)]
    np.testing.assert_allclose(found.score, expected, atol=1e-12)
    np.testing.assert_allclose(found.dispersion + found.underprediction + found.overprediction, found.score, atol=1e-12)


def test_scores_by_hand() -> None:
    """Interval 2 to 8 at 90 %, 12 seen: 6 + 2 / 0.1 x 4 = 86. With the median 5: (0.5 x 7 + 0.05 x 86) / 1.5 = 5.2."""
    alone = interval_score([12.0], [2.0], [8.0], level=0.9)
    assert (alone.score[0], alone.dispersion[0], alone.underprediction[0]) == pytest.approx((86.0, 6.0, 80.0))
    assert weighted_interval_score([12.0], [[2.0, 5.0, 8.0]], levels=[0.05, 0.5, 0.95]).score[0] == pytest.approx(5.2)
    assert weighted_interval_score([7.0], [[4.0]], levels=[0.5]).score[0] == 3.0  # the absolute error


def test_coverage_counts_what_lies_within() -> None:
    quantiles = [[1, 2, 3, 4, 5]] * 4
    widths, within = interval_coverage([1, 2.5, 4.5, 9], quantiles, levels=[0.05, 0.25, 0.5, 0.75, 0.95])
    np.testing.assert_allclose(widths, [0.9, 0.5])
    assert within.tolist() == [0.75, 0.25]
    assert quantile_coverage([1, 2.5, 4.5, 9], quantiles, levels=[0.05, 0.25, 0.5, 0.75, 0.95]).tolist() == [0.25, 0.25, 0.5, 0.5, 0.75]
