"""What the estimators refuse, and the words they refuse it with; and the extreme they do not refuse."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from epiengine.estimate import (
    Control,
    DelayLaw,
    EngineError,
    Prior,
    TruncatedNormal,
    cluster_size_probability,
    discretised_serial_interval,
    extinction_probability,
    final_size,
    fit_delay,
    fit_offspring,
    growth,
    infectivity,
    interval_coverage,
    nowcast,
    reporting_triangle,
    reproduction,
    reproduction_of_growth,
    reproduction_uncertain,
    sampled_serial_intervals,
    share_of_cases_causing,
    structured_final_size,
    wallinga_teunis,
    weighted_interval_score,
)
from epiengine.estimate.alarms import FarringtonRule, ears, endemic_level, endemic_threshold, farrington

DAYS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
SI = [0.0, 0.5, 0.5]
TWO = endemic_threshold([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]])

REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("a missing count", lambda: reproduction([1, math.nan, *DAYS], SI), "cases[1] = nan; allowed: a finite number from 0"),
    ("a negative count", lambda: infectivity([3, -1, 2], SI), "cases[1] = -1.0; allowed: a finite number from 0"),
    ("no day", lambda: reproduction([], SI), "cases = 'no value'; allowed: at least one"),
    ("words", lambda: reproduction(["a"] * 10, SI), "cases = '<U1'; allowed: numbers"),
    ("too few days", lambda: reproduction([1, 2], SI), "length = 7; allowed: from 1 to 1 days"),
    ("a window on day 0", lambda: reproduction(DAYS, SI, windows=([0], [3])), "start[0] = 0; allowed: a whole number from 1 to 9"),
    ("a window beyond the end", lambda: reproduction(DAYS, SI, windows=([1], [10])), "end[0] = 10; allowed: a whole number from 1 to 9"),
    ("a window that ends before it begins", lambda: reproduction(DAYS, SI, windows=([4], [3])), "end[0] = 3; allowed: not before start"),
    ("infection on the same day", lambda: reproduction(DAYS, [0.5, 0.5]), "first of weights = 0.5; allowed: 0"),
    ("a serial interval that is none", lambda: reproduction(DAYS, [0.0, 0.5, 0.4]), "sum of weights = 0.9; allowed: 1 within 0.01"),
    ("percentages", lambda: reproduction(DAYS, [0.0, 50.0, 50.0]), "weights[1] = 50.0; allowed: a finite number from 0 to 1"),
    ("more imported than all", lambda: reproduction(DAYS, SI, imported=[2] * 10), "imported[0] = 2.0; allowed: at most all cases"),
    ("imported of another length", lambda: reproduction(DAYS, SI, imported=[0]), "imported = 'shape (1, 1)'; allowed: the shape of cases"),
    ("a prior without spread", lambda: reproduction(DAYS, SI, prior=Prior(5, 0)), "prior.sd = 0; allowed: a finite number above 0"),
    ("a level of 1", lambda: reproduction(DAYS, SI, levels=[0.5, 1.0]), "levels[1] = 1.0; allowed: between 0 and 1"),
    ("levels out of order", lambda: reproduction(DAYS, SI, levels=[0.9, 0.1]), "levels[1] = 0.1; allowed: ascending"),
    (
        "a serial interval under a day",
        lambda: discretised_serial_interval(mean=1.0, sd=1, days=9),
        "mean = 1.0; allowed: a finite number above 1",
    ),
    ("no spread", lambda: discretised_serial_interval(mean=3.0, sd=0, days=9), "sd = 0; allowed: a finite number above 0"),
    (
        "an empty truncation",
        lambda: sampled_serial_intervals(TruncatedNormal(3, 1, 4, 5), TruncatedNormal(1, 1, 0.5, 2), days=9, samples=3, seed=0),
        "mean.mean = 3; allowed: a finite number of at least 4",
    ),
    ("one interval where many are asked for", lambda: reproduction_uncertain(DAYS, SI), "intervals = '1 dimensions'; allowed: 2"),
    ("half a case", lambda: wallinga_teunis([1, 0.5, 2, 1, 1, 1, 1, 1, 1], SI), "cases[1] = 0.5; allowed: a whole number"),
    ("two days of growth", lambda: growth([1, 2]), "cases = '2 days with cases among 2'; allowed: 3 days, 2 of them with cases"),
    ("growth of nothing", lambda: growth([0, 0, 0, 0]), "cases = '0 days with cases among 4'; allowed: 3 days"),
    ("growth on the last day only", lambda: growth([0, 0, 0, 5]), "cases = '1 days with cases among 4'; allowed: 3 days"),
    ("an unknown model", lambda: growth(DAYS, model="linear"), "model = 'linear'; allowed: poisson, log_linear"),
    ("an endless rate", lambda: reproduction_of_growth(math.inf, SI), "rate = inf; allowed: a finite number from -20 to 20"),
    ("nobody infected anybody", lambda: fit_offspring([0, 0, 0]), "offspring = '0 for every case'; allowed: at least one"),
    ("negative offspring", lambda: fit_offspring([1, -1]), "offspring[1] = -1.0; allowed: a finite number from 0"),
    ("k of 0", lambda: share_of_cases_causing(0.8, r=2, k=0), "k = 0; allowed: a finite number above 0"),
    ("a share above 1", lambda: share_of_cases_causing(80, r=2, k=0.5), "share = 80; allowed: a finite number from 0 to 1"),
    ("more than all control", lambda: extinction_probability(r=2, k=1, control=Control(1.5)), "control.population = 1.5; allowed:"),
    ("a cluster of none", lambda: cluster_size_probability([0], r=1, k=1), "size[0] = 0; allowed: at least 1"),
    ("a negative R0", lambda: final_size(-1), "r0 = -1; allowed: a finite number from 0"),
    ("an empty commune", lambda: structured_final_size([[1, 1], [1, 1]], [10, 0]), "population[1] = 0.0; allowed: above 0"),
    (
        "a matrix that is not square",
        lambda: structured_final_size([[1, 1]], [10, 10]),
        "next_generation = 'shape (1, 2)'; allowed: a square of 2",
    ),
    ("two pairs", lambda: fit_delay(([0, 0], [1, 1]), ([3, 4], [4, 5])), "first = '2 pairs'; allowed: at least 3"),
    (
        "a delay below 0",
        lambda: fit_delay(([5, 0, 0], [6, 1, 1]), ([3, 4, 5], [4, 5, 6])),
        "second[1][0] = 4.0; allowed: after first[0]: the delay is positive",
    ),
    (
        "a report from the future",
        lambda: fit_delay(([0, 0, 0], [1, 1, 1]), ([3, 4, 9], [4, 5, 10]), observed_until=8),
        "second[0][2] = 9.0; allowed: before seen_until",
    ),
    ("delays that do not differ", lambda: fit_delay(([0, 0, 0],) * 2, ([3, 3, 3],) * 2), "second = 'delays'; allowed: delays that differ"),
    (
        "days that allow one delay",
        lambda: fit_delay(([0] * 9, [1] * 9), ([3] * 9, [4] * 9)),
        "second = 'delays'; allowed: delays that differ",
    ),
    ("an unknown law", lambda: DelayLaw("normal", 1, 1), "family = 'normal'; allowed: gamma, lognormal, weibull"),
    ("a report before its event", lambda: reporting_triangle([3], [2], days=5, longest=3), "report[0] = 2; allowed: not before event"),
    ("a report of tomorrow", lambda: nowcast([[1, 1], [1, 1]]), "triangle[3] = 1; allowed: 0: the report would come after the last day"),
    (
        "levels without a median",
        lambda: weighted_interval_score([1], [[1, 2]], levels=[0.1, 0.9]),
        "levels = [0.1, 0.9]; allowed: symmetric",
    ),
    (
        "quantiles that cross",
        lambda: interval_coverage([1], [[3, 2, 4]], levels=[0.1, 0.5, 0.9]),
        "quantiles[1] = 2.0; allowed: not falling",
    ),
    ("too short a baseline", lambda: ears(DAYS, baseline=2), "baseline = 2; allowed: a whole number from 3"),
    ("too short a series", lambda: ears(DAYS, method="C3"), "cases = '10 days'; allowed: at least 12 days for C3"),
    ("an unknown method", lambda: ears(DAYS, method="C4"), "method = 'C4'; allowed: C1, C2, C3"),
    ("no history", lambda: farrington(DAYS), "cases = '10 weeks'; allowed: at least 264"),
    ("a rule out of range", lambda: farrington([1] * 300, rule=FarringtonRule(alpha=0.7)), "rule.alpha = 0.7; allowed:"),
    ("too many seasons", lambda: farrington([9] * 300, rule=FarringtonRule(periods=50)), "periods = 50; allowed: at most 46"),
    (
        "communes that do not match",
        lambda: endemic_level([1], [1], month=TWO, week=TWO),
        "month_to_date = 'shape (1,)'; allowed: one count",
    ),
]


@pytest.mark.parametrize(("act", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_the_estimators_name_what_is_wrong_and_what_is_allowed(act: Callable[[], object], words: str) -> None:
    with pytest.raises(EngineError) as refusal:
        act()
    assert str(refusal.value).startswith(words)


def test_what_is_not_known_is_nan_and_marked_and_nothing_else_is_nan() -> None:
    found = reproduction([[0] * 30, [5] * 30], discretised_serial_interval(mean=15.3, sd=9.3, days=30))
    assert found.known.tolist() == (found.end + 1 > discretised_serial_interval(mean=15.3, sd=9.3, days=30) @ np.arange(30)).tolist()
    assert 0 < found.known.sum() < found.known.size
    assert np.isnan(found.mean[:, ~found.known]).all()
    assert np.isfinite(found.mean[:, found.known]).all()
    assert np.isfinite(found.quantile[..., found.known]).all()


def test_a_hundred_million_cases_a_day_are_counted_exactly() -> None:
    cases = np.full((2, 40), 100_000_000)
    found = reproduction(cases, SI, windows=([33], [39]))
    np.testing.assert_allclose(found.mean, 1.0, rtol=1e-8)
    assert growth(np.full(10, 10**8)).rate == pytest.approx(0.0, abs=1e-12)


def test_read_only_and_strided_arrays_are_taken_and_left_as_they_are() -> None:
    cases = np.arange(60).reshape(30, 2)
    cases.flags.writeable = False
    np.testing.assert_array_equal(reproduction(cases.T, SI).mean[1], reproduction(cases[:, 1].copy(), SI).mean)
    assert cases[29, 1] == 59
