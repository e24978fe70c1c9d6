"""Delay laws: against R's coarseDataTools, against quadrature, and on data made with a known law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats
from tests.engine.estimate import naive, reference

from epiengine.estimate import DelayLaw, delay_law, fit_delay
from epiengine.estimate.delays import FAMILIES
from epiengine.estimate.delays.fit import checked_pairs, log_likelihood

LAWS = [DelayLaw("gamma", 2.3, 1.7), DelayLaw("lognormal", 1.1, 0.6), DelayLaw("weibull", 1.6, 5.0), DelayLaw("weibull", 0.7, 3.0)]


def frozen(law: DelayLaw):  # type: ignore[no-untyped-def]
    """The same law by scipy.stats."""
    if law.family == "gamma":
        return stats.gamma(law.first, scale=law.second)
    if law.family == "lognormal":
        return stats.lognorm(law.second, scale=np.exp(law.first))
    return stats.weibull_min(law.first, scale=law.second)


@pytest.mark.parametrize("law", LAWS)
def test_a_law_is_that_of_scipy(law: DelayLaw) -> None:
    days = np.array([-1.0, 0.0, 0.3, 2.0, 9.0, 40.0])
    same = frozen(law)
    np.testing.assert_allclose(law.cdf(days), same.cdf(days), rtol=1e-12)
    np.testing.assert_allclose(law.survival(days), same.sf(days), rtol=1e-10)
    np.testing.assert_allclose(law.log_density(days[2:]), same.logpdf(days[2:]), rtol=1e-10)
    np.testing.assert_allclose(law.quantile(np.array([0.05, 0.5, 0.99])), same.ppf([0.05, 0.5, 0.99]), rtol=1e-10)
    assert (law.mean, law.sd) == pytest.approx((same.mean(), same.std()), rel=1e-10)


@pytest.mark.parametrize("law", LAWS)
def test_the_integrals_of_the_law_are_those_of_quadrature(law: DelayLaw) -> None:
    same = frozen(law)
    for end in (0.4, 3.0, 12.0):
        assert float(law.rising(np.array(end))) == pytest.approx(integrate.quad(same.cdf, 0, end)[0], rel=1e-8)
        assert float(law.falling(np.array(end))) == pytest.approx(law.mean - integrate.quad(same.sf, 0, end)[0], rel=1e-7)
    assert float(law.falling(np.array(-2.0))) == pytest.approx(law.mean + 2)
    assert float(law.rising(np.array(-2.0))) == 0.0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_law_has_the_mean_and_sd_asked_for(family: str) -> None:
    for mean, sd in ((5.0, 2.0), (2.0, 6.0), (10.0, 0.3)):
        law = delay_law(family, mean=mean, sd=sd)
        assert (law.mean, law.sd) == pytest.approx((mean, sd), rel=1e-8)


FLU = {
    # R coarseDataTools 0.6-6, dic.fit on Flu2009$si_data of EpiEstim: parameters, log likelihood, median, 95th percentile
    "lognormal": (1.295, 0.439, -27.1228778022, 3.652, 7.513),
    "gamma": (5.401, 0.741, -26.807111598, 3.760, 7.193),
    "weibull": (2.500, 4.519, -26.8887398296, 3.903, 7.009),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_serial_interval_of_influenza_in_a_school_is_that_of_coarse_data_tools(family: str) -> None:
    el, er, sl, sr = (reference.column("epiestim/Flu2009__si_data.csv", key) for key in ("EL", "ER", "SL", "SR"))
    found = fit_delay((el, er), (sl, sr), family=family)
    first, second, likelihood, median, late = FLU[family]
    assert (found.law.first, found.law.second) == pytest.approx((first, second), abs=6e-4)
    assert found.log_likelihood == pytest.approx(likelihood, abs=2e-7)
    assert (found.median.value, found.quantile(0.95).value) == pytest.approx((median, late), abs=1.1e-3)
    if family == "lognormal":  # its standard error of the log median, 0.120, by the Hessian as ours
        assert np.sqrt(found.covariance[0, 0]) == pytest.approx(0.120, abs=5e-4)
    assert found.aic == pytest.approx(4 - 2 * likelihood, abs=1e-6)


@st.composite
def pairs(draw: st.DrawFn) -> list[tuple[float, float, float, float]]:
    rows = []
    for _ in range(4):
        el, width, gap, span = draw(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 6), st.integers(0, 3)))
        rows.append(
            (
                float(el),
                float(el + width),
                float(el + gap + (width == span == 0) + (span == 0)),
                float(el + gap + 1 + span - (span == 0) + (width == span == 0)),
            )
        )
    return [(el, er, sl, max(sl, sr)) for el, er, sl, sr in rows]


@given(pairs(), st.sampled_from(LAWS[:3]), st.sampled_from([np.inf, 30.0, 16.0]))
@settings(max_examples=60, deadline=None)
def test_the_likelihood_agrees_with_quadrature(rows: list[tuple[float, float, float, float]], law: DelayLaw, until: float) -> None:
    el, er, sl, sr = (np.array(side) for side in zip(*rows, strict=True))
    checked = checked_pairs((el, er), (sl, sr), None if np.isinf(until) else until)
    assert log_likelihood(law, checked) == pytest.approx(naive.log_likelihood(rows, frozen(law), until), rel=1e-6, abs=1e-6)


def growing_outbreak(rng: np.random.Generator, law: DelayLaw, *, cases: int, until: float):  # type: ignore[no-untyped-def]
    """Days of two events of an outbreak that doubles every five days, as a line list has them on the day `until`."""
    first = until + np.log(rng.random(cases)) / (np.log(2) / 5)
    second = first + law.quantile(rng.random(cases))
    seen = second < until
    return np.floor(first[seen]), np.floor(second[seen])


@pytest.mark.parametrize("family", FAMILIES)
def test_the_truth_is_found_again_although_the_outbreak_goes_on(family: str) -> None:
    law = delay_law(family, mean=6.0, sd=3.0)
    first, second = growing_outbreak(np.random.default_rng(5), law, cases=4000, until=60.0)
    blind = fit_delay((first, first + 1), (second, second + 1), family=family)
    found = fit_delay((first, first + 1), (second, second + 1), family=family, observed_until=60.0)
    assert blind.mean.high < 5.2  # those with long delays are not in the list yet
    assert found.mean.low <= 6.0 <= found.mean.high
    assert found.sd.low <= 3.0 <= found.sd.high
    assert found.mean.value == pytest.approx(6.0, rel=0.1)


def test_the_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Measured over 300 repetitions with 80 pairs: 0.93 for the mean and 0.91 for the sd, of 0.95; here 25, and chance has room."""
    rng, law = np.random.default_rng(6), delay_law("gamma", mean=5.0, sd=3.0)
    held = []
    for _ in range(25):
        first = np.floor(rng.uniform(0, 30, 80))
        second = np.floor(first + rng.random(80) + law.quantile(rng.random(80)))
        fit = fit_delay((first, first + 1), (second, second + 1))
        held.append((fit.mean.low <= 5 <= fit.mean.high, fit.sd.low <= 3 <= fit.sd.high))
    assert (np.mean(held, axis=0) >= 0.8).all()


def test_exact_moments_are_fitted_as_scipy_fits_them() -> None:
    days = stats.gamma(3, scale=2).rvs(60, random_state=4)
    zero = np.zeros(60)
    found = fit_delay((zero, zero), (days, days))
    shape, _, scale = stats.gamma.fit(days, floc=0)
    assert (found.law.first, found.law.second) == pytest.approx((shape, scale), rel=1e-4)
    log = fit_delay((zero, zero), (days, days), family="lognormal")
    assert (log.law.first, log.law.second) == pytest.approx((np.log(days).mean(), np.log(days).std()), rel=1e-5)
