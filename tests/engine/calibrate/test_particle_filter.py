"""The particle filter: against Kalman's answer, against the sums over all paths of a chain, then on epidemics whose truth is known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.engine.calibrate.toys import RATES, Walker, forward, kalman, log_poisson

from epiengine.calibrate import Walk, follow, log_negative_binomial, particle_filter, resampled
from epiengine.errors import EngineError
from epiengine.jit import COMPILED
from epiengine.simulate import Plan, advance, begin, seeds
from epiengine.simulate.diseases import INFLUENZA
from epiengine.simulate.population import build_population, communes

NOISE = 0.4


def seen_normal(count: float, mean: float) -> float:
    return -0.5 * (math.log(2 * math.pi * NOISE**2) + ((count - mean) / NOISE) ** 2)


def log_of_multiplier(state: list, multiplier: float, draw_key: int) -> float:
    """A toy without a state: what is seen is the logarithm of the multiplier itself."""
    return math.log(multiplier)


def test_a_random_walk_is_followed_as_by_the_kalman_filter() -> None:
    rng = np.random.default_rng(5)
    truth = np.cumsum(np.concatenate([[0.3 * rng.standard_normal()], 0.2 * rng.standard_normal(24)]))
    observed = truth + NOISE * rng.standard_normal(25)
    walk = Walk(start=1.0, spread=0.3, step=0.2)
    found = particle_filter(
        [[] for _ in range(4_000)], observed, advance=log_of_multiplier, copy=list, log_likelihood=seen_normal, walk=walk, seed=2
    )
    means, variances, evidence = kalman(observed, start=0.0, spread=0.3, step=0.2, noise=NOISE)
    logs = np.log(found.multiplier)
    mine = (found.weights * logs).sum(axis=1)
    spread = np.sqrt((found.weights * (logs - mine[:, None]) ** 2).sum(axis=1))
    assert mine == pytest.approx(means, abs=0.03)
    assert spread == pytest.approx(np.sqrt(variances), rel=0.08)
    assert found.log_evidence == pytest.approx(evidence, abs=0.3)


def test_a_chain_of_three_states_is_followed_as_by_the_sums_over_all_paths() -> None:
    rng = np.random.default_rng(6)
    observed = rng.poisson([2, 2, 8, 9, 25, 24, 8, 3, 2, 8, 25, 8], 12).astype(float)
    walkers = [Walker(name) for name in range(4_000)]
    found = particle_filter(
        walkers, observed, advance=lambda walker, _, draw_key: walker.advanced(draw_key), copy=replace, log_likelihood=log_poisson,
        walk=Walk(spread=0.0, step=0.0), seed=3,
    )  # fmt: skip
    belief, evidence = forward(observed)
    mine = np.array([[(w * (p == rate)).sum() for rate in RATES] for w, p in zip(found.weights, found.predicted, strict=True)])
    assert np.abs(mine - belief).max() < 0.04
    assert found.log_evidence == pytest.approx(evidence, abs=0.25)


def test_a_day_that_was_not_counted_weighs_nobody() -> None:
    observed = np.array([0.1, np.nan, 0.2])
    found = particle_filter(
        [[] for _ in range(50)], observed, advance=log_of_multiplier, copy=list, log_likelihood=seen_normal, walk=Walk(), seed=2
    )
    assert np.array_equal(found.weights[1], found.ahead[1])


def test_systematic_resampling_keeps_each_as_often_as_its_weight_says_to_within_one() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        weights = rng.dirichlet(np.full(40, 0.3))
        kept = np.bincount(resampled(weights, float(rng.random())), minlength=40)
        assert (np.abs(kept - 40 * weights) < 1 + 1e-9).all()
    assert resampled(np.full(5, 0.2), 0.5).tolist() == [0, 1, 2, 3, 4]


def test_the_likelihood_of_a_count_is_the_negative_binomial() -> None:
    from scipy import stats

    for count, mean, k in ((0, 0.5, 2.0), (7, 4.0, 10.0), (120, 80.0, 5.0)):
        assert log_negative_binomial(count, mean, k) == pytest.approx(stats.nbinom(k, k / (k + mean)).logpmf(count))


@pytest.mark.skipif(not COMPILED, reason="thousands of days of simulated epidemic take an hour without the compiler")
def test_on_an_epidemic_whose_transmission_fell_the_truth_lies_in_the_interval_and_the_fall_is_seen() -> None:
    town, start = build_population(communes([3_000, 4_000]), seed=1), seeds(50)
    truth = np.where(np.arange(32) < 16, 1.5, 0.6)
    hidden = begin(town, INFLUENZA, Plan(()), start, seed=991, headroom=3.0)
    onsets = advance(hidden, 32, multiplier=truth).total("onsets")
    observed = np.random.default_rng(4).binomial(onsets, 0.5).astype(float)
    found = follow(
        town, INFLUENZA, Plan(()), [start], observed, seed=12, copies=60, series="onsets", reported=0.5, dispersion=50.0,
        walk=Walk(start=1.2, spread=0.4, step=0.15), headroom=3.0,
    )  # fmt: skip
    low, middle, high = found.multiplier_quantile([0.025, 0.5, 0.975]).T
    settled = np.r_[6:16, 23:32]  # a few days for the first to tell, and for the fall to show in onsets
    assert ((low <= truth) & (truth <= high))[settled].mean() >= 0.8
    assert middle[12:16].mean() > 1.2
    assert middle[28:].mean() < 0.9
    foreseen = found.predicted_quantile([0.025, 0.975])
    spare = 2 * np.sqrt(np.maximum(observed, 1))
    assert ((foreseen[:, 0] - spare <= observed) & (observed <= foreseen[:, 1] + spare)).mean() > 0.9
    assert found.effective.min() > 2
    assert len({id(state) for state in found.states}) == 60
    assert all(state.day == 32 for state in found.states)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("walk.start", {"start": 0.0}),
        ("walk.most", {"most": -1.0}),
        ("walk.step", {"step": -0.1}),
        ("walk.spread", {"spread": math.inf}),
        ("walk.step", {"step": math.nan}),
    ],
)
def test_an_impossible_walk_is_refused(name: str, given: dict) -> None:
    with pytest.raises(EngineError) as caught:
        Walk(**given)
    assert caught.value.name == name


def test_a_count_that_no_copy_can_have_led_to_is_refused_with_its_day() -> None:
    with pytest.raises(EngineError) as caught:
        particle_filter(
            [[], []], [0.0, 1.0], advance=log_of_multiplier, copy=list, log_likelihood=lambda count, _: 0.0 if count < 1 else -math.inf,
            walk=Walk(), seed=1,
        )  # fmt: skip
    assert (caught.value.name, caught.value.row) == ("observed", 1)
