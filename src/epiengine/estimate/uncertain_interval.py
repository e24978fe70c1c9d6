"""R(t) when the serial interval itself is uncertain: the posterior is a mixture over possible serial intervals.

EpiEstim draws n1 serial intervals and n2 values of R from each (Cori et al. 2013, web appendix 3). Here the n1 are kept and the second draw is replaced
by its limit: mean, sd and quantiles of the mixture of n1 gamma laws are computed, so only the choice of serial intervals is random, and that is seeded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root
from scipy.special import gammainc, gammaincinv, ndtr, ndtri

from epiengine.arrays import Bool, Int64, number
from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, counts, probabilities, real
from epiengine.estimate.reproduction import QUANTILES, VAGUE, Prior, Reproduction, checked_windows, infectivity_of, local_cases, window_sums
from epiengine.estimate.serial_interval import discretised_serial_interval, mean_interval, serial_interval


@dataclass(frozen=True)
class TruncatedNormal:
    """What is believed of a mean or of a standard deviation: a normal law cut off at both sides (days)."""

    mean: float
    sd: float
    low: float
    high: float

    def draw(self, rng: np.random.Generator, *, size: int) -> Float:
        """float64[size] between low and high."""
        left, right = ndtr((np.array([self.low, self.high]) - self.mean) / self.sd)
        drawn = self.mean + self.sd * ndtri(left + (right - left) * rng.random(size))
        return np.asarray(np.clip(drawn, self.low, self.high))

    def check(self, name: str, *, least: float) -> None:
        """Raises EngineError unless least <= low <= mean <= high and sd > 0."""
        real(f"{name}.sd", self.sd, above=0.0)
        real(f"{name}.low", self.low, low=least)
        real(f"{name}.mean", self.mean, low=self.low)
        real(f"{name}.high", self.high, low=self.mean)
        if self.low == self.high:
            raise EngineError(f"{name}.high", self.high, f"above {name}.low: {self.low:g}")


def sampled_serial_intervals(mean: TruncatedNormal, sd: TruncatedNormal, *, days: int, samples: int, seed: int) -> Float:
    """float64[samples, days]: discretised gamma serial intervals whose mean and sd are drawn from what is believed of them.

    The mean may not go below 1 day (the law is shifted by a day), the sd not to 0. The same seed gives the same sample.
    """
    mean.check("mean", least=1.0)
    sd.check("sd", least=1e-6)
    rng = np.random.Generator(np.random.Philox(number("seed", seed, low=0)))
    means = np.maximum(mean.draw(rng, size=number("samples", samples, low=1, high=1_000_000)), 1.0 + 1e-9)
    pairs = zip(means.tolist(), sd.draw(rng, size=samples).tolist(), strict=True)
    return np.array([discretised_serial_interval(mean=one, sd=other, days=days) for one, other in pairs])


def reproduction_uncertain(
    cases: ArrayLike,
    intervals: ArrayLike,
    *,
    imported: ArrayLike | None = None,
    windows: tuple[ArrayLike, ArrayLike] | None = None,
    prior: Prior = VAGUE,
    levels: ArrayLike = QUANTILES,
) -> Reproduction:
    """R of one series in each window, over n serial intervals believed equally.

    cases  [days], imported, windows, prior, levels  as in `reproduction`;  intervals  [n, k], each row a serial interval.
    A serial interval counts in the windows that end more than its mean after day 0; a window in which none counts is not known.
    """
    series = counts("cases", cases)[None, :]
    laws = serial_interval("intervals", intervals, days=series.shape[1], axes=(2,))
    start, end = checked_windows(windows, days=series.shape[1])
    quantiles = probabilities("levels", levels)
    shape = prior.shape + window_sums(local_cases(series, imported), start, end)[0]
    force = np.concatenate([infectivity_of(series, law) for law in laws])
    scale = 1 / (1 / prior.scale + window_sums(force, start, end))
    counting: Bool = np.greater(end + 1, mean_interval(laws)[:, None])
    mixture = GammaMixture(shape, scale, counting)
    return Reproduction(start, end, mixture.mean, mixture.sd, quantiles, mixture.quantile(quantiles), np.any(counting, axis=0))


@dataclass(frozen=True, eq=False)
class GammaMixture:
    """m mixtures of up to n gamma laws of equal weight: one shape each, n scales, and which of these count.

    shape float64[m], scale float64[n, m], counting bool[n, m]; a mixture of none answers NaN.
    """

    shape: Float
    scale: Float
    counting: Bool

    @property
    def mean(self) -> Float:
        return self.shape * self._average(self.scale)

    @property
    def sd(self) -> Float:
        square = self.shape * (self.shape + 1) * self._average(self.scale**2)
        return np.sqrt(np.maximum(square - self.mean**2, 0.0))

    def quantile(self, levels: Float) -> Float:
        """float64[q, m]: where the distribution function of the mixture reaches each level."""
        found = np.full((levels.size, self.shape.size), np.nan)
        level, which = np.nonzero(np.ones_like(found) * self.counting.any(axis=0))
        single = gammaincinv(self.shape[which], levels[level])
        # the mixture's quantile lies between those of its narrowest and its widest law
        low = np.where(self.counting, self.scale, np.inf).min(axis=0)[which] * single * (1 - 1e-12)
        high = np.where(self.counting, self.scale, 0.0).max(axis=0)[which] * single * (1 + 1e-12)
        root = find_root(self._excess, (low, high), args=(which, levels[level]), tolerances={"xrtol": 1e-13})
        found[level, which] = root.x
        return found

    def _excess(self, value: Float, which: Int64, level: Float) -> Float:
        mixture = which.astype(np.int64)
        scales, counting = self.scale[:, mixture], self.counting[:, mixture]
        below = np.where(counting, gammainc(self.shape[mixture], value / scales), 0.0)
        return np.asarray(below.sum(axis=0) / counting.sum(axis=0) - level)

    def _average(self, values: Float) -> Float:
        with np.errstate(invalid="ignore"):
            return np.asarray(np.where(self.counting, values, 0.0).sum(axis=0) / self.counting.sum(axis=0))
