"""Following an epidemic day by day: which strength of transmission has led here, and where the epidemic stands.

The bootstrap filter of Gordon, Salmond and Smith, IEE Proc F 1993, 140:107: many copies of the epidemic go on, each with its own
multiplier on transmission, whose logarithm is a random walk; each day's count weighs them by how likely they make it; copies of small weight
are replaced by copies of large weight when the effective number falls below a share (systematic resampling, Kitagawa 1996).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import Int64, number
from epiengine.calibrate.posterior import effective_size, weighted_quantile
from epiengine.errors import EngineError
from epiengine.rng import Purpose
from epiengine.simulate.town import Float64

S = TypeVar("S")
Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Walk:
    """How the multiplier moves: log m(0) ~ normal(log start, spread), log m(t) = log m(t-1) + normal(0, step); m at most `most`."""

    start: float = 1.0
    spread: float = 0.3
    step: float = 0.1
    most: float = math.inf

    def __post_init__(self) -> None:
        for name, value in (("start", self.start), ("most", self.most)):
            if not value > 0:
                raise EngineError(f"walk.{name}", value, "above 0")
        for name, value in (("spread", self.spread), ("step", self.step)):
            if not 0 <= value < math.inf:
                raise EngineError(f"walk.{name}", value, "0 or more, finite")


@dataclass(frozen=True, eq=False)
class Followed(Generic[S]):
    """d days of n copies.

    multiplier    float64[d, n] of each copy on each day;  weights  float64[d, n], given the data up to that day
    predicted     float64[d, n]: the mean of the day's count according to each copy, before the count was known
    ahead         float64[d, n]: the weights before the count was known (those of the evening before)
    effective     float64[d]: effective number of copies
    log_evidence  of all counts: log of the product of their predicted probabilities
    states        the copies after the last day, resampled: each as likely as the others
    """

    multiplier: Float64
    weights: Float64
    predicted: Float64
    ahead: Float64
    effective: Float64
    log_evidence: float
    states: list[S]

    def multiplier_quantile(self, share: ArrayLike) -> Float64:
        """float64[d, q]: the multiplier of each day as known that evening."""
        return np.stack([weighted_quantile(m, w, share) for m, w in zip(self.multiplier, self.weights, strict=True)])

    def predicted_quantile(self, share: ArrayLike) -> Float64:
        """float64[d, q]: the mean count of each day as foreseen the evening before."""
        return np.stack([weighted_quantile(m, w, share) for m, w in zip(self.predicted, self.ahead, strict=True)])


def particle_filter(
    states: Sequence[S],
    observed: ArrayLike,
    *,
    advance: Callable[[S, float, int], float],
    copy: Callable[[S], S],
    log_likelihood: Callable[[float, float], float],
    walk: Walk,
    seed: int,
    resample_below: float = 0.5,
    mapper: Mapper = map,
) -> Followed[S]:
    """The copies that are most likely to have led to the observed counts.

    states          n copies to begin with, each its own object
    observed        float64[d]; NaN where a day was not counted (a holiday): that day weighs nobody
    advance         moves a copy one day on, with this multiplier and this draw key (differs between copies); returns the mean of the day's count
    copy            a copy that goes its own way
    log_likelihood  of the observed count given the mean
    mapper          the built-in `map`, or that of a pool of threads: the copies stay in this process
    Raises EngineError for no copies, no days, and when no copy can have led to a count.
    """
    counts = np.asarray(observed, dtype=np.float64)
    if counts.ndim != 1 or not counts.size or len(states) < 2:
        raise EngineError("observed and states", (counts.shape, len(states)), "at least one day and two copies")
    chance = np.random.Generator(np.random.Philox(key=np.array([number("seed", seed, low=0), Purpose.CALIBRATE], dtype=np.uint64)))
    cloud = _Cloud(list(states), walk, chance)
    for day, count in enumerate(counts.tolist()):
        multiplier = cloud.walked(first=day == 0)
        predicted = _advanced(cloud.alive, multiplier, advance, mapper)
        effective = cloud.weighed(predicted, count, log_likelihood, day=day)
        if effective < resample_below * len(states) or day == counts.size - 1:
            cloud.resample(copy)
    columns = [np.array(column) for column in zip(*cloud.kept, strict=True)]
    return Followed(columns[0], columns[1], columns[2], columns[3], columns[4], cloud.log_evidence, cloud.alive)


class _Cloud(Generic[S]):
    """The copies with their weights and multipliers, and what has been noted of each day."""

    def __init__(self, states: list[S], walk: Walk, chance: np.random.Generator) -> None:
        self.alive, self.walk, self.chance = states, walk, chance
        self.weights: Float64 = np.full(len(states), 1.0 / len(states))
        self.log_multiplier: Float64 = np.full(len(states), math.log(walk.start))
        self.log_evidence = 0.0
        self.kept: list[tuple[Float64, Float64, Float64, Float64, float]] = []

    def walked(self, *, first: bool) -> Float64:
        """float64[n]: the multipliers of the next day."""
        step = self.walk.spread if first else self.walk.step
        moved = self.log_multiplier + step * self.chance.standard_normal(len(self.alive))
        self.log_multiplier = np.minimum(moved, math.log(self.walk.most))
        # once more: exp(log(most)) may round to a hair above
        return np.asarray(np.minimum(np.exp(self.log_multiplier), self.walk.most))

    def weighed(self, predicted: Float64, count: float, log_likelihood: Callable[[float, float], float], *, day: int) -> float:
        """Weighs the copies by the day's count and notes the day; the effective number of copies."""
        before = self.weights
        self.weights, evidence = _weighed(before, predicted, count, log_likelihood, day=day)
        self.log_evidence += evidence
        effective = effective_size(self.weights)
        self.kept.append((np.exp(self.log_multiplier), self.weights, predicted, before, effective))
        return effective

    def resample(self, copy: Callable[[S], S]) -> None:
        """Replaces copies of small weight by copies of large weight; all weigh the same afterwards."""
        chosen = resampled(self.weights, float(self.chance.random()))
        self.alive, self.log_multiplier = _replaced(self.alive, chosen, copy), self.log_multiplier[chosen]
        self.weights = np.full(len(self.alive), 1.0 / len(self.alive))


def _advanced(alive: list[S], multiplier: Float64, advance: Callable[[S, float, int], float], mapper: Mapper) -> Float64:
    """float64[n]: the means of the day's count, each copy moved on with its own multiplier and draw key."""
    jobs = [(state, float(each), slot + 1) for slot, (state, each) in enumerate(zip(alive, multiplier, strict=True))]
    return np.array(list(mapper(lambda job: advance(*job), jobs)), dtype=np.float64)


def _weighed(
    weights: Float64, predicted: Float64, count: float, log_likelihood: Callable[[float, float], float], *, day: int
) -> tuple[Float64, float]:
    """The weights with the day's count, and the log of its predicted probability."""
    if math.isnan(count):
        return weights, 0.0
    logs = np.log(np.maximum(weights, 1e-300)) + np.array([log_likelihood(count, float(mean)) for mean in predicted])
    highest = float(logs.max())
    if not math.isfinite(highest):
        raise EngineError("observed", count, "a count that some copy can have led to", row=day)
    raw = np.exp(logs - highest)
    return raw / raw.sum(), highest + math.log(float(raw.sum()))


def resampled(weights: Float64, offset: float) -> Int64:
    """int64[n]: who is kept, in order, some often and some not at all; `offset` is one uniform number for all (Kitagawa 1996)."""
    many = weights.size
    until = np.cumsum(weights)
    found = np.searchsorted(until, (np.arange(many) + offset) / many * until[-1])
    return np.asarray(np.minimum(found, many - 1), dtype=np.int64)


def _replaced(alive: list[S], chosen: Int64, copy: Callable[[S], S]) -> list[S]:
    """The chosen; who is chosen more than once is copied, as often as needed and not once more."""
    used: set[int] = set()
    fresh = []
    for slot in chosen.tolist():
        fresh.append(copy(alive[slot]) if slot in used else alive[slot])
        used.add(slot)
    return fresh
