"""Approximate Bayesian computation by sequential Monte Carlo: parameters whose simulations come close to what was observed.

Toni, Welch, Strelkowa, Ipsen and Stumpf, J R Soc Interface 2009, 6:187, algorithm 2.1 (ABC SMC), with the tolerance of each round a quantile of
the distances of the round before (Del Moral, Doucet and Jasra, Stat Comput 2012, 22:1009) and as perturbation a normal with twice the
weighted covariance of the particles (Beaumont, Cornuet, Marin and Robert, Biometrika 2009, 96:983):

    1  N particles from the prior, whatever they simulate; each summary is measured in its own median absolute deviation among them
    2  tolerance = the `keep` quantile of their distances
    3  pick a particle by weight, perturb it, simulate; accept when within the tolerance; until there are N
    4  weight = prior density / sum over j of weight(j) * kernel density(from j)
    5  again from 2
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from epiengine.arrays import number
from epiengine.calibrate.posterior import Posterior, Round, effective_size
from epiengine.calibrate.priors import Prior, drawn, log_density
from epiengine.errors import EngineError
from epiengine.rng import Purpose
from epiengine.simulate.town import Float64

#: parameters float64[p], seed -> summaries float64[s]
Model = Callable[[Float64, int], Float64]
Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]

_BATCH: Final = 64
_STUBBORN: Final = 10_000


@dataclass(frozen=True, eq=False)
class _Generation:
    values: Float64
    weights: Float64
    summaries: Float64
    distance: Float64


def abc_smc(
    model: Model,
    priors: Sequence[Prior],
    observed: Float64,
    *,
    seed: int,
    particles: int = 200,
    rounds: int = 8,
    keep: float = 0.5,
    most_simulations: int = 100_000,
    least_acceptance: float = 0.01,
    mapper: Mapper = map,
) -> Posterior:
    """The parameters whose simulations are nearest to the observed.

    model     simulates: float64[p] parameters and a seed -> float64[s] summaries. Called by `mapper`, in any order
    observed  float64[s]
    particles N, 10 or more;  rounds  at most, the first (the prior) included;  keep  quantile of the distances that is the next tolerance
    most_simulations, least_acceptance  stop before a round would need more simulations, or accept fewer, than this
    mapper    the built-in `map`, or the one of a pool or a cluster
    A candidate's draws belong to (seed, round, number of the candidate), and candidates are accepted in the order of their numbers: the
    result depends neither on the mapper nor on which simulation ends first. Raises EngineError for what no simulation can be compared with.
    """
    target = _observed(observed)
    number("particles", particles, low=10), number("rounds", rounds, low=1)
    for name, share in (("keep", keep), ("least_acceptance", least_acceptance)):
        if not 0 < share < 1:
            raise EngineError(name, share, "above 0, below 1")
    first = _from_prior(model, priors, target, seed=seed, particles=particles, mapper=mapper)
    scale = _scale(first.summaries)
    now = _Generation(first.values, first.weights, first.summaries, _distances(first.summaries, target, scale))
    scenario_of = [Round(math.inf, 1.0, particles, float(particles))]
    while len(scenario_of) < rounds:
        budget = min(most_simulations - sum(each.simulations for each in scenario_of), int(particles / least_acceptance))
        tolerance = float(np.quantile(now.distance, keep))
        found = _round(
            model, priors, target, scale, now, tolerance=tolerance, budget=budget, seed=seed, turn=len(scenario_of), mapper=mapper
        )
        if found is None:
            break
        now, tried = found
        scenario_of.append(Round(tolerance, particles / tried, tried, effective_size(now.weights)))
    return Posterior(
        tuple(each.name for each in priors), now.values, now.weights, now.summaries, now.distance, target, scale, tuple(scenario_of)
    )


def _observed(observed: Float64) -> Float64:
    target = np.asarray(observed, dtype=np.float64)
    if target.ndim != 1 or not target.size or not np.isfinite(target).all():
        raise EngineError("observed", target.tolist(), "finite numbers, at least one")
    return target


def _chance(seed: int, turn: int, candidate: int) -> np.random.Generator:
    key = np.array([number("seed", seed, low=0), Purpose.CALIBRATE], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=[0, 0, turn, candidate]))


def _draw_key(chance: np.random.Generator) -> int:
    return int(chance.integers(0, 2**31))


def _from_prior(model: Model, priors: Sequence[Prior], target: Float64, *, seed: int, particles: int, mapper: Mapper) -> _Generation:
    jobs = []
    for candidate in range(particles):
        chance = _chance(seed, 0, candidate)
        jobs.append((drawn(priors, chance), _draw_key(chance)))
    summaries = np.array([_simulated(each, target) for each in mapper(_Job(model), jobs)])
    even = np.full(particles, 1.0 / particles)
    return _Generation(np.array([values for values, _ in jobs]), even, summaries, np.zeros(particles))


class _Job:
    """A model that takes its arguments as one; a class, so that it can travel to another process."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, job: tuple[Float64, int]) -> Float64:
        return self.model(*job)


def _simulated(summaries: Float64, target: Float64) -> Float64:
    found = np.asarray(summaries, dtype=np.float64)
    if found.shape != target.shape or not np.isfinite(found).all():
        raise EngineError("model", found.tolist(), f"{target.size} finite summaries, as many as observed")
    return found


def _scale(summaries: Float64) -> Float64:
    """float64[s]: median absolute deviation of each summary; 1 for one that does not vary."""
    spread = np.median(np.abs(summaries - np.median(summaries, axis=0)), axis=0)
    return np.asarray(np.where(spread > 0, spread, np.where(summaries.std(axis=0) > 0, summaries.std(axis=0), 1.0)))


def _distances(summaries: Float64, target: Float64, scale: Float64) -> Float64:
    """float64[n]: root mean square of the differences, each in its unit."""
    return np.asarray(np.sqrt((((summaries - target) / scale) ** 2).mean(axis=1)))


def _round(
    model: Model, priors: Sequence[Prior], target: Float64, scale: Float64, before: _Generation,
    *, tolerance: float, budget: int, seed: int, turn: int, mapper: Mapper,
) -> tuple[_Generation, int] | None:  # fmt: skip
    """The next generation and how many simulations it took; None when the budget ends first."""
    spread = _kernel(before)
    wanted = before.weights.size
    taken: list[tuple[Float64, Float64, float]] = []
    for tried, (values, summaries) in enumerate(_candidates(model, priors, target, before, spread, budget, seed, turn, mapper), 1):
        distance = float(_distances(summaries[None, :], target, scale)[0])
        if distance <= tolerance:
            taken.append((values, summaries, distance))
        if len(taken) == wanted:
            values, summaries = np.array([each[0] for each in taken]), np.array([each[1] for each in taken])
            weights = _weights(values, before, spread, priors)
            return _Generation(values, weights, summaries, np.array([each[2] for each in taken])), tried
    return None


def _kernel(before: _Generation) -> Float64:
    """float64[p, p]: lower triangle of twice the weighted covariance, the spread of the perturbation."""
    off = before.values - before.weights @ before.values
    covariance = 2.0 * (before.weights[:, None] * off).T @ off
    return np.asarray(np.linalg.cholesky(covariance + 1e-12 * np.diag(np.maximum(np.diag(covariance), 1e-12))))


def _candidates(
    model: Model,
    priors: Sequence[Prior],
    target: Float64,
    before: _Generation,
    spread: Float64,
    budget: int,
    seed: int,
    turn: int,
    mapper: Mapper,
) -> Iterator[tuple[Float64, Float64]]:
    """Perturbed parameters and what they simulate, in the order of their numbers, batch by batch."""
    for start in range(0, budget, _BATCH):
        jobs = []
        for candidate in range(start, min(start + _BATCH, budget)):
            chance = _chance(seed, turn, candidate)
            jobs.append((_perturbed(priors, before, spread, chance), _draw_key(chance)))
        for (values, _), summaries in zip(jobs, mapper(_Job(model), jobs), strict=True):
            yield values, _simulated(summaries, target)


def _perturbed(priors: Sequence[Prior], before: _Generation, spread: Float64, chance: np.random.Generator) -> Float64:
    """A particle by weight, moved, and again until the prior allows it."""
    until = np.cumsum(before.weights)
    for _ in range(_STUBBORN):
        parent = min(int(np.searchsorted(until, chance.random() * until[-1])), until.size - 1)
        values = before.values[parent] + spread @ chance.standard_normal(spread.shape[0])
        if log_density(priors, values) > -math.inf:
            return np.asarray(values)
    raise EngineError("priors", [each.name for each in priors], "a range that a perturbed particle can stay in")


def _weights(values: Float64, before: _Generation, spread: Float64, priors: Sequence[Prior]) -> Float64:
    """Prior over the density with which the particle could come from the generation before; the kernel's constant cancels."""
    weights = np.empty(values.shape[0])
    for row, value in enumerate(values):
        steps = np.linalg.solve(spread, (value - before.values).T)
        weights[row] = math.exp(log_density(priors, value)) / float(before.weights @ np.exp(-0.5 * (steps**2).sum(axis=0)))
    return np.asarray(weights / weights.sum())
