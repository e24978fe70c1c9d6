"""Case reproduction numbers: against EpiEstim's own output and against the law enumerated case by case."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.estimate import naive, reference

from epiengine.estimate import wallinga_teunis

OUTBREAKS = ["Flu2009", "SARS2003"]


@pytest.mark.parametrize("outbreak", OUTBREAKS)
def test_the_mean_of_each_day_is_that_of_epiestim(outbreak: str) -> None:
    """EpiEstim 2.2-4 leaves out days without cases; here they are asked for one by one."""
    cases, weights = reference.epiestim(outbreak)
    table = f"epiestim/reference/{outbreak}_WT_daily_mean.csv"
    days = reference.column(table, "t_start").astype(int) - 1
    np.testing.assert_allclose(wallinga_teunis(cases, weights, windows=(days, days)).mean, reference.column(table, "Mean(R)"), rtol=1e-12)


@pytest.mark.parametrize("outbreak", OUTBREAKS)
def test_weekly_windows_are_those_of_epiestim(outbreak: str) -> None:
    """Its sd and quantiles come from 1,000 simulated trees: ours, computed, lie within what a thousand trees can tell."""
    cases, weights = reference.epiestim(outbreak)
    table = f"epiestim/reference/{outbreak}_WT_weekly_nsim1000.csv"
    found = wallinga_teunis(cases, weights)
    np.testing.assert_array_equal(found.start + 1, reference.column(table, "t_start"))
    np.testing.assert_allclose(found.mean, reference.column(table, "Mean(R)"), rtol=1e-12)
    np.testing.assert_allclose(found.sd, reference.column(table, "Std(R)"), rtol=0.1)
    infectors = np.array([cases[first : last + 1].sum() for first, last in zip(found.start, found.end, strict=True)])
    for level, key in enumerate(["Quantile.0.025(R)", "Quantile.0.975(R)"]):
        off = np.abs(found.quantile[level] - reference.column(table, key))
        assert (off <= np.maximum(1.01 / infectors, 0.55 * found.sd)).all()


@given(st.lists(st.integers(0, 4), min_size=4, max_size=9), st.lists(st.integers(0, 3), min_size=1, max_size=4).filter(any), st.data())
@settings(max_examples=80, deadline=None)
def test_the_law_of_a_window_agrees_with_the_twin(cases: list[int], shares: list[int], data: st.DataObject) -> None:
    weights = [0.0, *(share / sum(shares) for share in shares)]
    first = data.draw(st.integers(0, len(cases) - 1))
    last = data.draw(st.integers(first, len(cases) - 1))
    levels = [0.1, 0.37, 0.9]
    found = wallinga_teunis(cases or [0], weights, windows=([first], [last]), levels=levels)
    infectors = sum(cases[first : last + 1])
    assert found.known.tolist() == [infectors > 0]
    if infectors == 0:
        assert np.isnan(found.mean).all()
        return
    law = naive.law_of_infected(cases, weights, (first, last))
    number = np.arange(law.size)
    mean = law @ number
    assert found.mean[0] == pytest.approx(mean / infectors, abs=1e-12)
    assert found.sd[0] * infectors == pytest.approx(np.sqrt(max(law @ number**2 - mean**2, 0)), abs=1e-6)
    below = np.cumsum(law)
    for level, quantile in zip(levels, (found.quantile[:, 0] * infectors).round().astype(int), strict=True):
        assert below[quantile] >= level - 1e-9
        assert quantile == 0 or below[quantile - 1] < level + 1e-9


def test_every_case_but_those_without_a_past_has_one_infector() -> None:
    cases = np.random.default_rng(1).poisson(5, 40)
    cases[0] = 3
    found = wallinga_teunis(cases, [0.0, 0.2, 0.5, 0.3], windows=([0], [39]))
    assert found.mean[0] * cases.sum() == pytest.approx(cases[1:].sum())
