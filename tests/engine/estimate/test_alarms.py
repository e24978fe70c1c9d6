"""Alarms: against R's `surveillance`, against definitions spelt out day by day, and the rule of Thông tư 15/2026/TT-BYT by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy.special import ndtri, xlogy
from tests.engine.estimate import naive

from epiengine.errors import EngineError
from epiengine.estimate.alarms import (
    NOUFAILY,
    STANDARD,
    FarringtonRule,
    Level,
    ears,
    endemic_level,
    endemic_threshold,
    farrington,
    group_a_level,
    linked_level,
)
from epiengine.estimate.alarms.farrington import outbreak_weights
from epiengine.estimate.alarms.reference_weeks import reference_weeks
from epiengine.estimate.quasipoisson import fit_log_linear

# Salmonella Agona, England and Wales, weekly reports 1990-1995 (Farrington et al. 1996): `salmonella.agona` of R's surveillance.
AGONA = [
    1, 0, 5, 2, 1, 2, 0, 4, 0, 0, 0, 3, 1, 1, 0, 0, 2, 2, 0, 2, 6, 3, 2, 1, 2, 0, 1, 1, 3, 5, 3, 4, 3, 6, 5, 8, 6, 3, 6, 2, 5, 2, 1, 5, 7, 1, 10, 3, 4, 0, 0, 1,
    6, 0, 2, 2, 0, 0, 2, 2, 0, 6, 7, 1, 0, 0, 0, 1, 1, 4, 3, 1, 3, 2, 6, 3, 4, 4, 8, 12, 9, 17, 16, 8, 6, 13, 4, 7, 10, 3, 11, 4, 6, 4, 7, 6, 2, 9, 2, 3, 4, 1, 2, 2,
    0, 0, 1, 2, 2, 2, 5, 0, 0, 4, 2, 1, 3, 2, 0, 1, 1, 3, 0, 1, 3, 2, 3, 6, 2, 1, 3, 3, 2, 2, 2, 1, 3, 3, 2, 3, 0, 2, 4, 6, 7, 3, 1, 4, 1, 2, 5, 1, 3, 1, 0, 1,
    3, 3, 0, 0, 1, 1, 0, 1, 4, 1, 1, 0, 0, 1, 1, 4, 1, 0, 1, 2, 1, 4, 3, 3, 0, 3, 5, 3, 3, 4, 3, 3, 3, 4, 5, 7, 6, 5, 3, 2, 1, 3, 2, 1, 2, 1, 1, 0, 0, 1, 1, 0,
    1, 4, 3, 2, 0, 1, 0, 3, 1, 1, 4, 4, 0, 1, 4, 2, 0, 1, 1, 0, 1, 1, 2, 5, 4, 0, 2, 1, 1, 3, 6, 1, 7, 6, 2, 5, 7, 5, 4, 5, 6, 6, 1, 2, 2, 5, 4, 1, 6, 2, 5, 3,
    4, 7, 6, 10, 2, 4, 0, 3, 0, 1, 3, 0, 1, 1, 0, 1, 0, 1, 0, 1, 2, 2, 4, 7, 6, 1, 4, 6, 4, 2, 4, 5, 5, 9, 8, 6, 3, 2, 3, 4, 3, 3, 4, 4, 2, 1, 2, 3, 2, 2, 0, 4,
]  # fmt: skip


def test_ears_c1_and_c2_are_those_of_surveillance() -> None:
    """R surveillance 1.20.3, earsC(range = 100:112): upper bounds; the one alarm is week 111."""
    c1, c2 = ears(AGONA, method="C1"), ears(AGONA, method="C2")
    weeks = slice(106, 112)
    expected_c1 = [5.98947275257, 6.33735508320, 5.74647967408, 3.92324857645, 4.22511152240, 4.22511152240, 6.98108052016]
    np.testing.assert_allclose(c1.upper[105:112], expected_c1, rtol=1e-10)
    np.testing.assert_allclose(c2.upper[107:112], [5.98947275257, 6.33735508320, 5.74647967408, 3.92324857645, 4.22511152240], rtol=1e-10)
    assert [np.flatnonzero(found.alarm[99:112]).tolist() for found in (c1, c2)] == [[11], [11]]
    careful = ears(AGONA, method="C1", baseline=10, least_sd=2.0, alpha=0.05)
    np.testing.assert_allclose(careful.upper[weeks][-3:], [4.98970725390, 4.88970725390, 4.98970725390], rtol=1e-10)


@given(st.lists(st.integers(0, 6), min_size=13, max_size=25), st.sampled_from(["C1", "C2", "C3"]), st.integers(3, 8))
@settings(max_examples=150, deadline=None)
def test_ears_agrees_with_the_definition_day_by_day(cases: list[int], method: str, baseline: int) -> None:
    found = ears(cases, method=method, baseline=baseline)
    expected = naive.ears(cases, method=method, baseline=baseline, z=float(ndtri(0.975 if method == "C3" else 0.999)))
    np.testing.assert_allclose(found.statistic[found.known], [statistic for statistic, _ in expected], rtol=1e-9, atol=1e-12)
    assert found.alarm[found.known].tolist() == [alarm for _, alarm in expected]


@given(st.lists(st.integers(0, 6), min_size=14, max_size=25), st.sampled_from(["C1", "C2", "C3"]))
@settings(max_examples=100, deadline=None)
def test_a_day_is_an_alarm_of_ears_if_and_only_if_it_is_above_its_bound(cases: list[int], method: str) -> None:
    found = ears(cases, method=method, baseline=5)
    series = np.array(cases)
    varied = found.known & np.isfinite(found.statistic) & (np.abs(series - found.upper) > 1e-9)
    # C3 may alarm on the strength of the two days before, with no case today: its bound is then 0
    strong = varied & ~((method == "C3") & (found.upper == 0))
    np.testing.assert_array_equal(found.alarm[strong], series[strong] > found.upper[strong])


def test_many_communes_at_once_are_the_same_as_one_by_one() -> None:
    cases = np.random.default_rng(3).poisson(2, (4, 30))
    together = ears(cases, method="C3")
    for commune in range(4):
        np.testing.assert_array_equal(together.statistic[commune], ears(cases[commune], method="C3").statistic)


WEEKS = [289, 299, 304, 308, 311]
#: rule, upper bounds, expected counts and p-values of R surveillance 1.20.3, farringtonFlexible(salmonella.agona), range = 281:312
SURVEILLANCE = {
    "defaults": (
        STANDARD,
        [8.7035253286, 9.0676174132, 5.3414234865, 7.4070511665, 10.668897618],
        [2.7063507816, 4.2571428571, 1.7704061604, 2.4285714286, 4.5881300692],
        [0.6005668579, 0.54066099137, 0.44906005685, 0.57182990982, 0.57548400227],
    ),
    "nbPlugin": (
        replace(NOUFAILY, years=4),
        [7, 9, 7, 6, 7],
        [3.152273063, 4.7125898487, 3.1380988775, 2.6890308552, 3.2042579989],
        [0.74654598697, 0.650518456, 0.77994206228, 0.70873538405, 0.39223201763],
    ),
    "muan": (
        replace(NOUFAILY, years=4, threshold="negative_binomial_uncertain", alpha=0.01),
        [12, 14, 11, 10, 11],
        [3.152273063, 4.7125898487, 3.1380988775, 2.6890308552, 3.2042579989],
        [0.85834530845, 0.81720925817, 0.8980175989, 0.8567453964, 0.61614873629],
    ),
    "square root": (
        FarringtonRule(periods=10, years=4, past_left_out=26, power="1/2", alpha=0.01),
        [10.728752943, 12.245749051, 9.3968562634, 8.9475923084, 9.8219415807],
        [3.152273063, 4.4285714286, 2.8928571429, 2.6890308552, 3.2042579989],
        [0.7123482971, 0.56911932649, 0.68745178139, 0.65112907958, 0.35814258664],
    ),
    "not reweighted": (
        FarringtonRule(years=3, half_window=2, reweight=False, power="none"),
        [5.2139265249, 7.560628638, 4.822267576, 5.4924636832, 13.912702832],
        [2.5333333341, 4.1333333334, 2.2666666667, 2.0666666667, 6.9826452367],
        [0.62826499064, 0.52551104363, 0.56813730471, 0.51276762974, 0.7605064943],
    ),
}


@pytest.mark.parametrize(("rule", "upper", "expected", "p_value"), SURVEILLANCE.values(), ids=SURVEILLANCE)
def test_farrington_is_that_of_surveillance(rule: FarringtonRule, upper: list[float], expected: list[float], p_value: list[float]) -> None:
    found = farrington(AGONA, weeks=WEEKS, rule=replace(rule, as_surveillance=True))
    np.testing.assert_allclose(found.upper, upper, rtol=1e-8)
    np.testing.assert_allclose(found.expected, expected, rtol=1e-8)
    np.testing.assert_allclose(found.p_value, p_value, rtol=1e-7)


@pytest.mark.parametrize(
    ("rule", "weeks"),
    [
        (
            FarringtonRule(years=3, periods=5, past_left_out=10, reweight=False, threshold="negative_binomial", trend_p=1.0),
            [210, 219, 220, 223, 232, 241, 257, 259, 262, 263, 264],
        ),
        (
            FarringtonRule(years=3, as_surveillance=True),
            [172, 223, 232, 239, 241, 242, 245, 249, 250, 254, 255, 257, 259, 261, 262, 263, 264, 284, 285, 288, 294, 295],
        ),
    ],
)
def test_the_weeks_of_alarm_are_those_of_surveillance(rule: FarringtonRule, weeks: list[int]) -> None:
    """R counts weeks from 1; 27 of the 143 weeks have fewer than 5 cases within 4 weeks and are not judged."""
    found = farrington(AGONA, weeks=np.arange(169, 312), rule=rule)
    assert (found.week[found.alarm] + 1).tolist() == weeks
    assert int((~found.known).sum()) == 27


def test_without_reweighting_there_is_one_opinion_on_the_error_of_the_fit() -> None:
    rule = FarringtonRule(years=3, half_window=2, reweight=False)
    ours, theirs = (farrington(AGONA, weeks=WEEKS, rule=replace(rule, as_surveillance=quirk)) for quirk in (False, True))
    np.testing.assert_array_equal(ours.upper, theirs.upper)


def test_the_log_linear_fit_is_the_top_of_the_quasi_likelihood() -> None:
    rng = np.random.default_rng(1)
    design = np.stack([np.ones(30), np.arange(30) - 15.0], axis=1)
    count, weight = rng.poisson(4, 30).astype(float), rng.uniform(0.2, 2, 30)
    fit = fit_log_linear(design, count, weight=weight)
    top = optimize.minimize(lambda b: -(weight * (count * (design @ b) - np.exp(design @ b))).sum(), [0.0, 0.0], method="BFGS", tol=1e-10)
    np.testing.assert_allclose(fit.coefficient, top.x, atol=1e-6)
    assert float((weight * (xlogy(count, fit.fitted) - fit.fitted)).sum()) >= -top.fun - 1e-9
    information = design.T @ (design * (weight * fit.fitted)[:, None])
    np.testing.assert_allclose(fit.unscaled, np.linalg.inv(information), rtol=1e-5)


def test_weights_of_past_outbreaks() -> None:
    """The example checked by hand in surveillance's own tests: five residuals of 0, five of 2, threshold 0."""
    np.testing.assert_allclose(outbreak_weights(np.repeat([0.0, 2.0], 5), least=0.1), np.repeat([1.6, 0.4], 5))
    np.testing.assert_array_equal(outbreak_weights(np.zeros(10), least=2.58), np.ones(10))


def test_the_weeks_compared_with_are_those_of_the_same_season() -> None:
    used, season = reference_weeks(200, years=3, half_window=3, frequency=52, periods=1, past_left_out=3)
    assert used.tolist() == [*range(41, 48), *range(93, 100), *range(145, 152)]
    assert not season.any()
    used, season = reference_weeks(200, years=3, half_window=3, frequency=52, periods=10, past_left_out=26)
    assert used[0] == 41
    assert used[-1] == 173
    year = season[used < 93]
    assert sorted(np.bincount(year)[1:].tolist(), reverse=True) == np.bincount(year)[1:].tolist() == [5] * 9


def test_a_past_outbreak_does_not_hide_the_next_one() -> None:
    cases = np.full(300, 4)
    cases[[30, 31, 82, 135]] = 5
    cases[203] = 40  # the season of week 256, a year before
    cases[254:258] = 25
    hidden = farrington(cases, weeks=[256], rule=FarringtonRule(years=4, reweight=False))
    found = farrington(cases, weeks=[256], rule=FarringtonRule(years=4))
    assert found.upper[0] < hidden.upper[0]
    assert found.alarm[0]


def test_weeks_with_too_few_cases_are_not_judged_and_say_so() -> None:
    found = farrington([0] * 300, rule=FarringtonRule(years=3))
    assert not found.known.any()
    assert np.isnan(found.upper).all()
    assert not found.alarm.any()


def test_two_standard_deviations_over_the_same_month_are_an_outbreak() -> None:
    """Thông tư 15/2026/TT-BYT, Điều 16.1 and 22: months of 10, 12, 14 cases (two epidemic years left out): mean 12, SD 2."""
    epidemic = [False, True, False, True, False]
    month = endemic_threshold([10, 90, 12, 70, 14], epidemic=epidemic)
    assert (month.mean, month.sd, month.warning, month.outbreak, month.years) == (12.0, 2.0, 14.0, 16.0, 3)
    week = endemic_threshold([2, 20, 3, 18, 4], epidemic=epidemic)
    levels = [int(endemic_level(cases, weekly, month=month, week=week)) for cases, weekly in [(16, 4), (17, 0), (16, 5), (12, 6)]]
    # exactly mean + 2 SD is not above it; a week of mean + 1 SD (4) is not either
    assert levels == [Level.NONE, Level.OUTBREAK, Level.WARNING, Level.WARNING]


def test_communes_are_judged_each_by_its_own_past() -> None:
    month = endemic_threshold([[0, 0, 0, 0, 0], [5, 6, 7, 8, 9]])
    week = endemic_threshold([[0, 0, 0, 0, 0], [1, 1, 2, 2, 2]])
    np.testing.assert_allclose(month.sd, [0.0, np.std([5, 6, 7, 8, 9], ddof=1)])
    assert endemic_level([1, 10], [1, 2], month=month, week=week).tolist() == [Level.OUTBREAK, Level.NONE]


def test_linked_cases_and_group_a() -> None:
    assert linked_level([0, 2, 3, 4, 5, 9]).tolist() == [0, 0, 1, 1, 2, 2]
    assert group_a_level([0, 1, 7]).tolist() == [0, 1, 1]
    assert int(linked_level(5)) == Level.OUTBREAK


def test_one_year_without_epidemic_is_not_enough() -> None:
    with pytest.raises(EngineError, match="at least 2"):
        endemic_threshold([10, 90, 12, 70, 14], epidemic=[True, True, True, True, False])
    with pytest.raises(EngineError, match="5 years"):
        endemic_threshold([10, 90, 12])
