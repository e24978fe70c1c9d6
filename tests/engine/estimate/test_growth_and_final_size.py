"""Growth, doubling and final size: against R, closed forms and plain repetition."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.estimate import naive

from epiengine.estimate import (
    basic_reproduction_number,
    discretised_serial_interval,
    final_size,
    growth,
    next_generation_matrix,
    reproduction_of_growth,
    structured_final_size,
)

RISING = [1, 3, 2, 5, 8, 7, 13, 15, 22, 28, 45, 51]


def test_the_growth_rate_is_that_of_a_generalised_linear_model() -> None:
    """R 4.2.2, glm(cases ~ day, family = poisson): rate 0.311289611029, standard error 0.0274602852559; qt(0.975, 10) = 2.22813885199."""
    found = growth(RISING)
    assert found.rate == pytest.approx(0.311289611029, rel=1e-9)
    assert found.intercept == pytest.approx(0.579640691265, rel=1e-9)
    assert found.dispersion == 1.0  # R's quasipoisson has 0.297: counts that vary less than chance allows are chance
    assert found.high - found.rate == pytest.approx(2.22813885199 * 0.0274602852559, rel=1e-6)


def test_the_growth_rate_by_logarithms_is_that_of_least_squares() -> None:
    """R 4.2.2, lm(log(cases) ~ day): 0.335695185205, confint 0.2875858377638 to 0.383804532645 (what R's `incidence::fit` computes)."""
    found = growth(RISING, model="log_linear")
    assert (found.rate, found.low, found.high) == pytest.approx((0.335695185205, 0.2875858377638, 0.383804532645), rel=1e-9)


def test_days_to_double_and_to_halve() -> None:
    rising, falling, flat = (
        growth([2**day for day in range(8)]),
        growth([2 ** (8 - day) for day in range(8)]),
        growth([5, 7, 5, 6, 5, 7, 5]),
    )
    assert rising.doubling[1] == pytest.approx(1.0)
    assert rising.halving[1] == math.inf
    assert falling.halving[1] == pytest.approx(1.0)
    assert falling.doubling[1] == math.inf
    assert flat.doubling[2] == flat.halving[2] == math.inf  # the interval holds 0: neither direction is excluded
    for found in (rising, falling, flat):
        assert found.doubling[0] <= found.doubling[1] <= found.doubling[2]
        assert found.halving[0] <= found.halving[1] <= found.halving[2]


def test_overdispersed_counts_widen_the_interval() -> None:
    calm, rough = growth([10, 10, 10, 10, 10, 10, 10, 10]), growth([1, 19, 1, 19, 19, 1, 19, 1])
    assert rough.dispersion > 5
    assert rough.high - rough.low > 2 * (calm.high - calm.low)


def test_the_interval_of_the_growth_rate_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(8)
    mean = 20 * np.exp(0.08 * np.arange(14))
    held = [(lambda g: g.low <= 0.08 <= g.high)(growth(rng.negative_binomial(mean / 2, 1 / 3))) for _ in range(200)]
    assert 0.9 <= np.mean(held) <= 0.99


def test_r_of_a_growth_rate() -> None:
    """Wallinga & Lipsitch 2007: R = 1 if nothing grows; one fixed generation time T gives exp(rate T)."""
    assert reproduction_of_growth(0.0, [0.0, 0.5, 0.5]) == 1.0
    assert reproduction_of_growth(0.1, [0.0, 0.0, 0.0, 1.0]) == pytest.approx(math.exp(0.3))
    # a gamma generation time of mean 5 and sd 2, shifted by a day and laid on days as the serial interval is: about exp(r) (1 + r b)^a
    b, a = 4 / 4, 16 / 4
    assert reproduction_of_growth(0.05, discretised_serial_interval(mean=5, sd=2, days=80)) == pytest.approx(
        math.exp(0.05) * (1 + 0.05 * b) ** a, rel=1e-3
    )


@pytest.mark.parametrize(("r0", "size"), [(1.5, 0.5828116438658115), (1.5285, 0.60083), (2.0, 0.7968121300200200), (3.668, 0.97168)])
def test_the_final_size_solves_its_equation(r0: float, size: float) -> None:
    """2: 1 - exp(-2z) = z at 0.79681213 (Murray, Mathematical Biology I, and any table of Lambert's W); the others solved by bisection."""
    assert final_size(r0) == pytest.approx(size, abs=2e-5)
    assert 1 - math.exp(-r0 * final_size(r0)) == pytest.approx(final_size(r0), abs=1e-13)


def test_below_the_threshold_nobody_is_infected_unless_from_outside() -> None:
    assert final_size(0.9) == final_size(1.0) == final_size(2.0, susceptible=0.5) == final_size(0.0) == 0.0
    seeded = final_size(0.9, seeded=0.01)
    assert seeded == pytest.approx(1 - math.exp(-0.9 * (0.99 * seeded + 0.01)))
    assert final_size(1.0000001) == pytest.approx(2e-7, rel=0.01)


@given(
    st.lists(st.lists(st.floats(0.05, 2), min_size=3, max_size=3), min_size=3, max_size=3),
    st.lists(st.integers(10, 5000), min_size=3, max_size=3),
    st.lists(st.floats(0.2, 0.9), min_size=3, max_size=3),
    st.sampled_from([0.0, 0.05]),
)
@settings(max_examples=30, deadline=None)
def test_the_structured_final_size_agrees_with_the_twin(matrix, people, able, seed) -> None:  # type: ignore[no-untyped-def]
    people, able = np.array(people, dtype=float), np.array(able)
    force = np.array(matrix) * people / people[:, None]
    found = structured_final_size(matrix, people, susceptible=able, seeded=[seed] * 3)
    threshold = basic_reproduction_number(force * able)
    if abs(threshold - 1) > 0.05:  # plain repetition is slow at the threshold
        np.testing.assert_allclose(found, naive.final_size(force, force @ np.full(3, seed), able), atol=1e-9)


def test_groups_that_do_not_differ_are_one_population() -> None:
    matrix = 2.0 * np.array([[0.25, 0.25, 0.25], [0.25, 0.25, 0.25], [0.5, 0.5, 0.5]])
    np.testing.assert_allclose(structured_final_size(matrix, [100, 100, 200]), final_size(2.0), atol=1e-12)


def test_near_the_threshold_the_structured_final_size_is_still_found() -> None:
    for r0 in (1 + 1e-6, 1.001, 1.01):
        assert structured_final_size([[r0]], [1.0])[0] == pytest.approx(final_size(r0), rel=1e-5)
    assert structured_final_size([[1.0]], [1.0])[0] == 0.0


def test_a_next_generation_matrix_has_the_r0_asked_for() -> None:
    matrix = next_generation_matrix([[3.0, 1.0], [2.0, 4.0]], r0=1.8, susceptibility=[0.5, 1.0])
    assert basic_reproduction_number(matrix) == pytest.approx(1.8)
    assert matrix[0, 1] / matrix[1, 0] == pytest.approx(0.5 * 2.0 / 1.0)  # susceptible of group 0 met by one of group 1
