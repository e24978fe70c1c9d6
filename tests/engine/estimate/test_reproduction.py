"""R(t): against EpiEstim's own output, against the slow twin, and the questions a health officer would ask of it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.estimate import naive, reference

from epiengine.estimate import (
    Prior,
    TruncatedNormal,
    discretised_serial_interval,
    infectivity,
    reproduction,
    reproduction_uncertain,
    sampled_serial_intervals,
    sliding_windows,
)

LEVELS = [
    "Quantile.0.025(R)",
    "Quantile.0.05(R)",
    "Quantile.0.25(R)",
    "Median(R)",
    "Quantile.0.75(R)",
    "Quantile.0.95(R)",
    "Quantile.0.975(R)",
]
OUTBREAKS = ["Flu2009", "SARS2003"]


@pytest.mark.parametrize("outbreak", OUTBREAKS)
@pytest.mark.parametrize(
    ("table", "length", "prior"),
    [("nonparam_daily", 1, Prior()), ("nonparam_weekly", 7, Prior()), ("nonparam_14d_prior2sd2", 14, Prior(2.0, 2.0))],
)
def test_r_is_that_of_epiestim(outbreak: str, table: str, length: int, prior: Prior) -> None:
    """EpiEstim 2.2-4, method non_parametric_si; its days count from 1, and NA where the window ends within the mean serial interval."""
    cases, weights = reference.epiestim(outbreak)
    found = reproduction(cases, weights, windows=sliding_windows(cases.size, length=length), prior=prior)
    assert_same(found, f"epiestim/reference/{outbreak}_{table}.csv")


def test_r_with_a_parametric_serial_interval_is_that_of_epiestim() -> None:
    cases, _ = reference.epiestim("Flu2009")
    weights = discretised_serial_interval(mean=2.6, sd=1.5, days=cases.size)
    assert_same(reproduction(cases, weights), "epiestim/reference/Flu2009_parametric_2.6_1.5.csv")


def assert_same(found, table: str) -> None:  # type: ignore[no-untyped-def]
    expected = {key: reference.column(table, key) for key in ["t_start", "t_end", "Mean(R)", "Std(R)", *LEVELS]}
    np.testing.assert_array_equal(found.start + 1, expected["t_start"])
    np.testing.assert_array_equal(found.end + 1, expected["t_end"])
    np.testing.assert_array_equal(found.known, ~np.isnan(expected["Mean(R)"]))
    np.testing.assert_allclose(found.mean, expected["Mean(R)"], rtol=1e-12)
    np.testing.assert_allclose(found.sd, expected["Std(R)"], rtol=1e-12)
    np.testing.assert_allclose(found.quantile, [expected[level] for level in LEVELS], rtol=1e-12)


@pytest.mark.parametrize("outbreak", OUTBREAKS)
def test_the_overall_infectivity_is_that_of_epiestim(outbreak: str) -> None:
    cases, weights = reference.epiestim(outbreak)
    np.testing.assert_allclose(
        infectivity(cases, weights), reference.column(f"epiestim/reference/{outbreak}_lambda.csv", "lambda"), rtol=1e-12
    )


@pytest.mark.parametrize(("mean", "sd"), [("15.3", "9.3"), ("2.6", "1.5"), ("4.7", "2.9"), ("5", "2"), ("8.4", "3.8")])
def test_the_discretised_serial_interval_is_that_of_epiestim(mean: str, sd: str) -> None:
    expected = reference.column(f"epiestim/reference/discr_si_mean{mean}_sd{sd}.csv", "w")
    np.testing.assert_allclose(discretised_serial_interval(mean=float(mean), sd=float(sd), days=expected.size), expected, atol=1e-12)


@pytest.mark.parametrize(("mean", "sd"), [(2.6, 1.5), (1.05, 3.0), (15.3, 0.2)])
def test_the_discretised_serial_interval_is_the_integral_it_stands_for(mean: float, sd: float) -> None:
    np.testing.assert_allclose(discretised_serial_interval(mean=mean, sd=sd, days=25), naive.serial_interval(mean, sd, days=25), atol=1e-8)


def test_the_tail_of_the_serial_interval_is_not_rounding_noise() -> None:
    weights = discretised_serial_interval(mean=5.0, sd=2.0, days=60)
    ratios = weights[31:60] / weights[30:59]
    assert (weights[1:] > 0).all()
    assert ((ratios > 0.2) & (ratios < 0.5)).all()


def _mean(shares: list[int]) -> Fraction:
    return Fraction(sum(day * share for day, share in enumerate(shares, start=1)), sum(shares))


@st.composite
def outbreaks(draw: st.DrawFn) -> dict[str, list[float]]:
    days = draw(st.integers(8, 20))
    cases = draw(st.lists(st.integers(0, 9), min_size=days, max_size=days))
    imported = [draw(st.integers(0, count)) for count in cases]
    # A mean of whole days decides by its last bit whether a window ends within it: the twin need not round alike.
    shares = draw(st.lists(st.integers(0, 5), min_size=1, max_size=25).filter(lambda some: any(some) and _mean(some) % 1))
    return {"cases": cases, "imported": imported, "weights": [0.0, *(share / sum(shares) for share in shares)]}


@given(outbreaks(), st.integers(1, 7), st.sampled_from([(5.0, 5.0), (2.0, 1.0)]))
@settings(max_examples=60, deadline=None)
def test_r_agrees_with_the_twin(outbreak: dict[str, list[float]], length: int, prior: tuple[float, float]) -> None:
    windows = sliding_windows(len(outbreak["cases"]), length=length)
    found = reproduction(
        outbreak["cases"], outbreak["weights"], imported=outbreak["imported"], windows=windows, prior=Prior(*prior), levels=[0.025, 0.5]
    )
    pairs = list(zip(*(side.tolist() for side in windows), strict=True))
    expected = naive.reproduction(
        outbreak["cases"], outbreak["weights"], pairs, levels=[0.025, 0.5], imported=outbreak["imported"], prior=prior
    )
    np.testing.assert_allclose(np.vstack([found.mean, found.sd, found.quantile]), expected, rtol=1e-9)


def test_many_communes_at_once_are_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(7)
    cases = rng.poisson(3, (5, 30))
    weights = discretised_serial_interval(mean=5, sd=2, days=20)
    together = reproduction(cases, weights, imported=cases // 3)
    for commune in range(5):
        alone = reproduction(cases[commune], weights, imported=cases[commune] // 3)
        np.testing.assert_array_equal(together.mean[commune], alone.mean)
        np.testing.assert_array_equal(together.quantile[:, commune], alone.quantile)


def test_counts_that_are_not_whole_or_very_large_are_taken() -> None:
    weights = discretised_serial_interval(mean=5, sd=2, days=20)
    cases = np.linspace(0.5, 400_000.25, 25)
    windows = sliding_windows(25)
    expected = naive.reproduction(cases.tolist(), weights.tolist(), list(zip(*windows, strict=True)), levels=[0.5])
    np.testing.assert_allclose(reproduction(cases, weights, levels=[0.5]).quantile[0], expected[2], rtol=1e-9)


def test_a_window_without_cases_after_a_wave_is_not_disturbed_by_the_wave() -> None:
    cases = [3e9, *([0] * 40), 1, 1, 1, 1, 1, 1, 1]
    weights = [0.0, 0.5, 0.5]
    last = reproduction(cases, weights, windows=([30], [36]))
    assert last.mean[0] == 5.0  # the prior itself: nobody infected, nobody infectious
    assert last.sd[0] == 5.0


LOCAL = [0, 0, 1, 0, 3, 2, 4, 3, 6, 8, 7, 9, 12, 10, 8, 7, 5, 4, 3, 2, 0, 0, 0, 0, 0, 1, 0, 2]
IMPORTED = [2, 1, 0, 2, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]


def test_r_with_imported_cases_and_windows_of_any_length_is_that_of_epiestim() -> None:
    """EpiEstim 2.2-4, estimate_R(data.frame(local, imported), "parametric_si", mean 6.3, sd 4.2, prior 3 and 2)."""
    windows = [1, 4, 9, 19, 21], [7, 10, 12, 25, 27]
    weights = discretised_serial_interval(mean=6.3, sd=4.2, days=28)
    found = reproduction(
        np.add(LOCAL, IMPORTED), weights, imported=IMPORTED, windows=windows, prior=Prior(3.0, 2.0), levels=[0.025, 0.5, 0.975]
    )
    mean = [2.789771360123610, 3.005651713035615, 2.662243699737579, 0.156701774997992, 0.220032367106709]
    low = [1.5699768034472612, 2.0964831615339161, 1.8862818162991291, 0.0526635163099974, 0.0739473318282454]
    high = [4.354429813670276, 4.076008690088868, 3.569801274507681, 0.316452985893637, 0.444346591256261]
    np.testing.assert_allclose(found.mean, mean, rtol=1e-12)
    np.testing.assert_allclose(found.quantile[[0, 2]], [low, high], rtol=1e-12)


def test_r_over_a_given_sample_of_serial_intervals_is_that_of_epiestim() -> None:
    """EpiEstim 2.2-4, method si_from_sample, discr_si of means 3, 5, 7.5 and sd 2, n2 = 20,000: Monte Carlo error below 1.5 %."""
    laws = [discretised_serial_interval(mean=mean, sd=2.0, days=28) for mean in (3.0, 5.0, 7.5)]
    windows = [1, 4, 9, 19], [3, 5, 12, 25]
    found = reproduction_uncertain(np.add(LOCAL, IMPORTED), laws, imported=IMPORTED, windows=windows, levels=[0.025, 0.5, 0.975])
    np.testing.assert_allclose(found.mean, [0.856626590837, 2.634405392594, 2.773171722722, 0.151125296284], rtol=0.015)
    np.testing.assert_allclose(found.sd, [0.600592803135, 1.297910717103, 1.221169716143, 0.106703680925], rtol=0.015)
    np.testing.assert_allclose(found.quantile[1], [0.718399520819, 2.383987808538, 2.444479338369, 0.121102623049], rtol=0.015)


def test_imported_cases_infect_but_were_infected_by_nobody_here() -> None:
    weights = [0.0, 1.0]
    mixed = reproduction([2, 2, 2, 2], weights, imported=[0, 1, 1, 1], windows=([1], [3]))
    assert mixed.mean[0] == pytest.approx((1 + 3) / (1 / 5 + 6))
    all_local = reproduction([2, 2, 2, 2], weights, windows=([1], [3]))
    assert all_local.mean[0] == pytest.approx((1 + 6) / (1 / 5 + 6))


def test_the_cases_of_the_first_day_count_as_imported_whatever_is_said() -> None:
    weights = [0.0, 0.5, 0.5]
    np.testing.assert_array_equal(
        reproduction([5, 1, 2, 3], weights, imported=[0, 0, 1, 0], windows=([1], [3])).mean,
        reproduction([5, 1, 2, 3], weights, imported=[5, 0, 1, 0], windows=([1], [3])).mean,
    )


def test_r_under_an_uncertain_serial_interval_is_that_of_epiestim() -> None:
    """The reference drew n1 intervals and n2 values of R: its figures carry Monte Carlo error of some per cent."""
    cases, _ = reference.epiestim("Flu2009")
    mean, sd = TruncatedNormal(2.6, 1.0, 1.0, 4.2), TruncatedNormal(1.5, 0.5, 0.5, 2.5)
    intervals = sampled_serial_intervals(mean, sd, days=cases.size, samples=400, seed=1)
    found = reproduction_uncertain(cases, intervals)
    for key, figures in {"Mean(R)": found.mean, "Std(R)": found.sd, LEVELS[0]: found.quantile[0], LEVELS[6]: found.quantile[6]}.items():
        np.testing.assert_allclose(figures, reference.column("epiestim/reference/Flu2009_uncertain_si.csv", key), rtol=0.1)


def test_a_sample_of_one_serial_interval_leaves_no_uncertainty_of_it() -> None:
    cases = np.random.default_rng(3).poisson(4, 25)
    weights = discretised_serial_interval(mean=4, sd=2, days=25)
    certain, mixture = reproduction(cases, weights), reproduction_uncertain(cases, [weights])
    np.testing.assert_allclose(mixture.mean, certain.mean, rtol=1e-12)
    np.testing.assert_allclose(mixture.sd, certain.sd, rtol=1e-9)
    np.testing.assert_allclose(mixture.quantile, certain.quantile, rtol=1e-10)
    np.testing.assert_array_equal(mixture.known, certain.known)


def test_the_mixture_is_what_drawing_from_each_serial_interval_gives() -> None:
    cases = np.random.default_rng(4).poisson(4, 12)
    laws = [discretised_serial_interval(mean=mean, sd=1.5, days=12) for mean in (2.0, 4.0, 8.5)]
    found = reproduction_uncertain(cases, laws, windows=([2, 5], [8, 11]))
    rng = np.random.default_rng(5)
    for window, (first, last) in enumerate([(2, 8), (5, 11)]):
        drawn = []
        for law in laws:
            if last + 1 > float(law @ np.arange(12)):
                force = naive.infectivity(cases.tolist(), law.tolist())
                scale = 1 / (1 / 5 + sum(force[first : last + 1]))
                drawn.append(rng.gamma(1 + cases[first : last + 1].sum(), scale, 200_000))
        together = np.concatenate(drawn)
        assert found.mean[window] == pytest.approx(together.mean(), rel=0.01)
        assert found.sd[window] == pytest.approx(together.std(), rel=0.01)
        np.testing.assert_allclose(found.quantile[:, window], np.quantile(together, found.levels), rtol=0.02)


def test_a_sample_of_serial_intervals_is_the_same_for_the_same_seed_and_keeps_its_bounds() -> None:
    mean, sd = TruncatedNormal(5.0, 2.0, 3.0, 6.0), TruncatedNormal(2.0, 1.0, 1.0, 2.5)
    one, same, other = (sampled_serial_intervals(mean, sd, days=60, samples=200, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    means = one @ np.arange(60)
    assert (means.min() >= 3.0, means.max() <= 6.0) == (True, True)
