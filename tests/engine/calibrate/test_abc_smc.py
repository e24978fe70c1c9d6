"""ABC-SMC: against a posterior known by conjugacy, by simulation-based calibration, and the same whoever computes it."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats
from tests.engine.calibrate.toys import NormalMean

from epiengine.calibrate import Posterior, Prior, abc_smc, effective_size, weighted_quantile
from epiengine.errors import EngineError

TOY = NormalMean()


@pytest.fixture(scope="module")
def posterior() -> Posterior:
    return abc_smc(TOY, TOY.priors, np.array([1.3]), seed=4, particles=400, rounds=6)


def test_the_posterior_is_that_of_conjugacy(posterior: Posterior) -> None:
    mean, sd = TOY.posterior(1.3)
    # 400 particles, effectively some 300: five standard errors of a mean are sd / 4
    assert posterior.mean()[0] == pytest.approx(mean, abs=sd / 4)
    # the last tolerance widens it by the variance of a uniform number within it
    last = posterior.rounds[-1].tolerance * posterior.scale[0]
    assert posterior.sd()[0] == pytest.approx(math.hypot(sd, last / math.sqrt(3)), rel=0.12)
    assert last < sd


def test_regression_takes_back_the_width_of_the_tolerance() -> None:
    coarse = abc_smc(TOY, TOY.priors, np.array([1.3]), seed=5, particles=500, rounds=4)
    mean, sd = TOY.posterior(1.3)
    assert coarse.sd()[0] > 1.1 * sd
    assert coarse.adjusted().sd()[0] == pytest.approx(sd, rel=0.12)
    assert coarse.adjusted().mean()[0] == pytest.approx(mean, abs=sd / 4)


def test_the_report_tells_how_the_posterior_was_reached_and_how_it_fits(posterior: Posterior) -> None:
    tolerances = [each.tolerance for each in posterior.rounds]
    assert all(before > after for before, after in pairwise(tolerances))
    assert posterior.simulations == sum(each.simulations for each in posterior.rounds)
    assert 100 < posterior.effective <= 400
    low, middle, high = posterior.fit()[:, 0]
    assert low < 1.3 < high
    assert middle == pytest.approx(1.3, abs=0.1)
    assert posterior.weights.sum() == pytest.approx(1)
    assert np.diff(posterior.quantile([0.05, 0.5, 0.95])[:, 0]).min() > 0


def test_ranks_of_the_truth_among_its_posteriors_are_uniform() -> None:
    # simulation-based calibration: Talts et al. 2018, arXiv 1804.06788. 54 truths from the prior, ranks in 6 classes
    rng, ranks = np.random.default_rng(8), []
    for trial in range(54):
        truth = TOY.priors[0].drawn(rng)
        seen = TOY(np.array([truth]), int(rng.integers(2**31)))
        found = abc_smc(TOY, TOY.priors, seen, seed=trial, particles=30, rounds=4).adjusted()
        ranks.append(float(found.weights @ (found.values[:, 0] < truth)))
    counts = np.histogram(ranks, bins=6, range=(0, 1))[0]
    assert stats.chisquare(counts).pvalue > 0.005, counts


def test_two_parameters_are_told_apart() -> None:
    def model(values: np.ndarray, seed: int) -> np.ndarray:
        drawn = np.random.default_rng(seed).normal(values[0], values[1], 50)
        return np.array([drawn.mean(), drawn.std()])

    priors = [Prior.uniform("mean", -5, 5), Prior.lognormal("sd", 1.0, 1.0)]
    found = abc_smc(model, priors, np.array([2.0, 0.5]), seed=3, particles=150, rounds=7)
    assert found.mean() == pytest.approx([2.0, 0.5], abs=0.08)


def test_the_result_does_not_depend_on_who_computes_it() -> None:
    alone = abc_smc(TOY, TOY.priors, np.array([0.4]), seed=9, particles=40, rounds=4)
    with ThreadPoolExecutor(3) as pool:
        together = abc_smc(TOY, TOY.priors, np.array([0.4]), seed=9, particles=40, rounds=4, mapper=pool.map)
    assert np.array_equal(alone.values, together.values)
    assert np.array_equal(alone.weights, together.weights)


def test_it_stops_before_a_round_that_would_cost_too_much() -> None:
    found = abc_smc(TOY, TOY.priors, np.array([1.3]), seed=4, particles=50, rounds=30, most_simulations=600)
    assert found.simulations <= 600
    assert 1 < len(found.rounds) < 30


def test_densities_of_priors_are_those_of_scipy() -> None:
    for value in (-0.5, 0.2, 1.0, 3.0):
        assert Prior.normal("a", 1.0, 2.0).log_density(value) == pytest.approx(stats.norm(1, 2).logpdf(value))
        assert Prior.uniform("a", 0.0, 2.0).log_density(value) == pytest.approx(stats.uniform(0, 2).logpdf(value))
        assert Prior.lognormal("a", 1.5, 0.7).log_density(value) == pytest.approx(stats.lognorm(0.7, scale=1.5).logpdf(value))


def test_quantiles_and_effective_size_of_weighted_particles() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])
    assert weighted_quantile(values, weights, [0.0, 0.5, 0.6, 0.9]).tolist() == [1, 1, 2, 3]
    assert effective_size(np.full(8, 1 / 8)) == pytest.approx(8)
    assert effective_size(np.array([1.0, 0.0])) == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("observed", {"observed": np.array([np.nan])}),
        ("observed", {"observed": np.empty(0)}),
        ("particles", {"particles": 5}),
        ("rounds", {"rounds": 0}),
        ("keep", {"keep": 1.0}),
        ("least_acceptance", {"least_acceptance": 0.0}),
        ("seed", {"seed": -1}),
        ("model", {"observed": np.array([1.0, 2.0])}),
    ],
)
def test_what_cannot_be_compared_is_refused(name: str, given: dict) -> None:
    with pytest.raises(EngineError) as caught:
        abc_smc(TOY, TOY.priors, **{"observed": np.array([1.0]), "seed": 1, "particles": 10, **given})
    assert caught.value.name == name


@pytest.mark.parametrize(
    "given", [("cauchy", 0.0, 1.0), ("uniform", 1.0, 1.0), ("normal", 0.0, 0.0), ("lognormal", -1.0, 1.0), ("normal", math.nan, 1.0)]
)
def test_an_impossible_prior_is_refused(given: tuple[str, float, float]) -> None:
    with pytest.raises(EngineError) as caught:
        Prior("beta", *given)
    assert caught.value.name == "prior.beta"
