"""The small draws beneath the engine beside their obvious twins: Poisson numbers, alias tables, days of a delay, shares of gamma."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from epiengine.jit import COMPILED
from epiengine.simulate import Delay
from epiengine.simulate.contacts import poisson
from epiengine.simulate.delays import LONGEST, QUANTILES
from epiengine.simulate.model import _individual
from epiengine.simulate.worlds import alias_rows

EXAMPLES = settings(max_examples=200 if COMPILED else 40, deadline=None, derandomize=True)


@EXAMPLES
@given(mean=st.floats(0, 80), at=st.floats(1e-9, 1 - 1e-9))
def test_a_poisson_number_is_the_first_that_its_distribution_function_reaches(mean: float, at: float):
    """Added up term by term in logarithms. Where `at` lies on a step but for rounding, either side is right."""
    reached, number = math.exp(-mean), 0
    near = abs(reached - at) < 1e-9
    while reached < at and number < 400:
        number += 1
        reached += math.exp(-mean + number * math.log(mean) - math.lgamma(number + 1)) if mean > 0 else 0.0
        near = near or abs(reached - at) < 1e-9
    assert poisson(mean, at) == number or near


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 60.0, 500.0])
def test_poisson_numbers_have_their_mean_and_variance(mean: float):
    numbers = np.array([poisson(mean, (turn + 0.5) / 2000) for turn in range(2000)])
    assert numbers.mean() == pytest.approx(mean, abs=0.01 + mean * 0.001)
    assert numbers.var() == pytest.approx(mean, abs=0.01 + mean * 0.02)


def chances(cut: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What an alias row draws: each column evenly, and then itself or the other."""
    found = np.zeros(cut.size)
    for column in range(cut.size):
        found[column] += cut[column] / cut.size
        found[other[column]] += (1 - cut[column]) / cut.size
    return found


@EXAMPLES
@given(st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1e6)), min_size=1, max_size=40))
def test_an_alias_row_draws_each_column_as_often_as_its_share(shares: list[float]):
    row = np.array(shares)
    expected = row / row.sum() if row.sum() > 0 else np.full(row.size, 1 / row.size)
    cut, other = alias_rows(row[None, :])
    assert ((other >= 0) & (other < row.size) & (cut >= 0) & (cut <= 1)).all()
    assert chances(cut[0], other[0]) == pytest.approx(expected, abs=1e-6)


@EXAMPLES
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30).filter(lambda told: sum(told) > 1e-3))
def test_a_delay_by_day_lasts_each_day_as_often_as_told(told: list[float]):
    counts = np.bincount(Delay.of_days(told).quantiles(), minlength=len(told))
    # a share's two ends may each fall to either side of a quantile
    assert np.abs(counts - QUANTILES * np.array(told) / sum(told)).max() <= 1 + 1e-6


@pytest.mark.parametrize(("days", "expected"), [(0, 0), (0.49, 0), (0.5, 1), (3, 3), (3.5, 4), (LONGEST, LONGEST)])
def test_a_fixed_delay_is_rounded_to_the_nearest_day(days: float, expected: int):
    assert (Delay.fixed(days).quantiles() == expected).all()


@pytest.mark.parametrize("dispersion", [0.1, 0.45, 2.0, 30.0])
def test_shares_of_infectiousness_are_those_of_the_gamma_distribution(dispersion: float):
    """The mean of each 1,024th, by the integral of its quantiles; all of them together have mean 1."""
    shares = _individual(dispersion)
    assert shares.mean() == pytest.approx(1.0, abs=1e-6)
    law = stats.gamma(dispersion, scale=1 / dispersion)
    for at in (600, 900, 1000):
        inside = np.linspace(at / QUANTILES, (at + 1) / QUANTILES, 2001)
        assert shares[at] == pytest.approx(np.trapezoid(law.ppf(inside), inside) * QUANTILES, rel=1e-4)
    # what lies within the 1,024ths is lost: least where few infect many
    assert shares.var() == pytest.approx(1 / dispersion, rel=0.06)
