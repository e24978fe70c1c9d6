"""Models whose posterior is known: normal data with a normal prior, a random walk (Kalman), a chain of three states (forward sums)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from epiengine.calibrate import Prior
from epiengine.rng import philox


@dataclass(frozen=True)
class NormalMean:
    """n observations of unit variance; summary: their mean; prior normal(0, prior_sd)."""

    n: int = 10
    prior_sd: float = 2.0

    @property
    def priors(self) -> list[Prior]:
        return [Prior.normal("mean", 0.0, self.prior_sd)]

    def __call__(self, values: np.ndarray, seed: int) -> np.ndarray:
        return np.array([values[0] + np.random.default_rng(seed).standard_normal() / math.sqrt(self.n)])

    def posterior(self, mean: float) -> tuple[float, float]:
        """Mean and standard deviation by conjugacy."""
        precision = self.n + 1 / self.prior_sd**2
        return self.n * mean / precision, 1 / math.sqrt(precision)


def kalman(observed: np.ndarray, *, start: float, spread: float, step: float, noise: float) -> tuple[list[float], list[float], float]:
    """Filtered means, variances and the log evidence of a random walk seen with noise: the exact answer, in three lines."""
    mean, variance, evidence = start, spread**2, 0.0
    means, variances = [], []
    for day, seen in enumerate(observed):
        variance += step**2 if day else 0.0
        total = variance + noise**2
        evidence += -0.5 * (math.log(2 * math.pi * total) + (seen - mean) ** 2 / total)
        gain = variance / total
        mean, variance = mean + gain * (seen - mean), (1 - gain) * variance
        means.append(mean)
        variances.append(variance)
    return means, variances, evidence


MOVES = np.array([[0.8, 0.15, 0.05], [0.1, 0.8, 0.1], [0.05, 0.25, 0.7]])
RATES = np.array([2.0, 8.0, 25.0])


@dataclass
class Walker:
    """One walker of the chain of three states; it begins in the first."""

    name: int
    state: int = 0
    day: int = 0

    def advanced(self, draw_key: int) -> float:
        drawn = (int(philox(11, 5, self.name, self.day, draw_key, 0)[0]) + 0.5) / 2**32
        self.state = int(np.searchsorted(np.cumsum(MOVES[self.state]), drawn))
        self.day += 1
        return float(RATES[self.state])


def log_poisson(count: float, mean: float) -> float:
    return count * math.log(mean) - mean - math.lgamma(count + 1)


def forward(observed: np.ndarray) -> tuple[np.ndarray, float]:
    """Filtered probabilities float[d, 3] of the chain and the log evidence: sums over all paths."""
    belief, evidence, kept = np.array([1.0, 0.0, 0.0]), 0.0, []
    for count in observed:
        joint = (belief @ MOVES) * np.exp([log_poisson(count, rate) for rate in RATES])
        evidence += math.log(joint.sum())
        belief = joint / joint.sum()
        kept.append(belief)
    return np.array(kept), evidence
