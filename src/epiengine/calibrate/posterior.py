"""What is thought of the parameters once the data have spoken: weighted particles, and how well they fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from epiengine.errors import EngineError
from epiengine.simulate.town import Float64


@dataclass(frozen=True)
class Round:
    """One round of ABC-SMC: the largest distance allowed, the share of simulations accepted, how many were run, effective sample size."""

    tolerance: float
    acceptance: float
    simulations: int
    effective: float


@dataclass(frozen=True, eq=False)
class Posterior:
    """n particles of p parameters, with what they simulated.

    names      the p parameters
    values     float64[n, p];  weights  float64[n], summing to 1
    summaries  float64[n, s]: what each simulated;  distance  float64[n]: how far that is from the observed
    observed   float64[s];  scale  float64[s]: the unit each summary is measured in
    rounds     how it was reached
    """

    names: tuple[str, ...]
    values: Float64
    weights: Float64
    summaries: Float64
    distance: Float64
    observed: Float64
    scale: Float64
    rounds: tuple[Round, ...]

    @property
    def effective(self) -> float:
        """Effective sample size: as good as so many independent draws (Kish), 1 / sum of squared weights."""
        return effective_size(self.weights)

    @property
    def simulations(self) -> int:
        return sum(each.simulations for each in self.rounds)

    def mean(self) -> Float64:
        return np.asarray(self.weights @ self.values)

    def sd(self) -> Float64:
        return np.asarray(np.sqrt(self.weights @ (self.values - self.mean()) ** 2))

    def quantile(self, share: ArrayLike) -> Float64:
        """float64[q, p]: the quantiles of each parameter."""
        return np.stack([weighted_quantile(column, self.weights, share) for column in self.values.T], axis=1)

    def fit(self, share: ArrayLike = (0.05, 0.5, 0.95)) -> Float64:
        """float64[q, s]: quantiles of what the particles simulated, to lay beside the observed."""
        return np.stack([weighted_quantile(column, self.weights, share) for column in self.summaries.T], axis=1)

    def adjusted(self) -> Posterior:
        """The particles moved to where they would be had they simulated just what was observed.

        Local linear regression of the parameters on the summaries with Epanechnikov weights: Beaumont, Zhang and Balding, Genetics 2002,
        162:2025, equations 5 and 6. It takes back most of the width that the last tolerance adds; parameters may leave their prior's range.
        """
        off = (self.summaries - self.observed) / self.scale
        near = np.maximum(1.0 - (self.distance / max(float(self.distance.max()), 1e-300)) ** 2, 1e-6) * self.weights
        design = np.concatenate([np.ones((off.shape[0], 1)), off], axis=1) * np.sqrt(near)[:, None]
        slopes = np.linalg.lstsq(design, self.values * np.sqrt(near)[:, None], rcond=None)[0][1:]
        moved = self.values - off @ slopes
        return Posterior(
            self.names, moved, near / near.sum(), self.summaries, self.distance, self.observed, self.scale, self.rounds
        )  # fmt: skip


def effective_size(weights: Float64) -> float:
    """1 / sum of squared weights, for weights that sum to 1."""
    return float(1.0 / (weights @ weights))


def weighted_quantile(values: Float64, weights: Float64, share: ArrayLike) -> Float64:
    """float64[q]: the smallest value at which so much of the weight is reached."""
    wanted = np.atleast_1d(np.asarray(share, dtype=np.float64))
    if not ((wanted >= 0) & (wanted <= 1)).all():
        raise EngineError("share", wanted.tolist(), "0 to 1")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    at = np.searchsorted(reached, wanted * reached[-1] * (1 - 1e-12))
    return np.asarray(values[order][np.minimum(at, values.size - 1)])
