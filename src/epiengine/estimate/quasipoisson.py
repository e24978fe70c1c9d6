"""Counts that grow by factors: the log-linear model with overdispersed Poisson counts, by iteratively reweighted least squares.

McCullagh & Nelder, Generalized Linear Models, 2nd ed. 1989, sections 2.5 and 4.5. Start, stop and number of rounds are those of R's `glm`, so that a
model that does not settle there does not settle here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import stdtr, stdtrit, xlog1py

from epiengine.estimate.gates import Float

ROUNDS: Final = 25
SETTLED: Final = 1e-8


@dataclass(frozen=True, eq=False)
class LogLinear:
    """log E(count) = design @ coefficient, variance = dispersion x mean.

    coefficient float64[p]; unscaled float64[p, p], the covariance for dispersion 1; fitted, leverage float64[n]
    dispersion  Pearson's, not below 0; spare: rows of weight above 0 less parameters; settled: whether the rounds sufficed
    """

    coefficient: Float
    unscaled: Float
    fitted: Float
    leverage: Float
    dispersion: float
    spare: int
    settled: bool

    def error(self, contrast: Float, *, dispersion: float) -> float:
        """Standard error of contrast @ coefficient."""
        return float(np.sqrt(dispersion * float(contrast @ self.unscaled @ contrast)))

    def p_value(self, parameter: int) -> float:
        """Two-sided, by Student's law with the dispersion as estimated: the parameter is 0."""
        contrast = np.eye(self.coefficient.size)[parameter]
        error = self.error(contrast, dispersion=self.dispersion)
        return float(2 * stdtr(self.spare, -abs(float(self.coefficient[parameter])) / error)) if error > 0 else 0.0


def fit_log_linear(design: Float, count: Float, *, weight: Float | None = None) -> LogLinear:
    """The quasi-likelihood fit. design float64[n, p] of full rank, count float64[n] not negative, weight float64[n] or all 1."""
    share = np.ones_like(count) if weight is None else weight
    linear, deviance, settled = np.log(count + 0.1), np.inf, False
    for _ in range(ROUNDS):
        working = share * np.exp(linear)
        root = np.sqrt(working)
        q, r = np.linalg.qr(design * root[:, None])
        coefficient = _solve(r, q.T @ (root * (linear + count / np.exp(linear) - 1)))
        linear = design @ coefficient
        before, deviance = deviance, _deviance(count, np.exp(linear), share)
        if abs(deviance - before) < SETTLED * (abs(deviance) + 0.1):
            settled = True
            break
    inverse = _solve(r, np.eye(r.shape[0]))
    spare = int((share > 0).sum()) - design.shape[1]
    pearson = float((working * (count / np.exp(linear) - 1) ** 2).sum())
    dispersion = pearson / spare if spare > 0 else np.nan
    return LogLinear(coefficient, inverse @ inverse.T, np.exp(linear), (q**2).sum(axis=1), dispersion, spare, settled)


def student(level: float, *, spare: int) -> float:
    """The quantile of Student's law."""
    return float(stdtrit(spare, level))


def _solve(r: Float, right: Float) -> Float:
    return np.asarray(solve_triangular(r, right))


def _deviance(count: Float, mean: Float, weight: Float) -> float:
    """2 sum w (y log(y / mu) - (y - mu)), by the relative distance from the mean: exact also for counts of hundreds of millions."""
    away = (count - mean) / mean
    return float(2 * (weight * mean * (xlog1py(1 + away, away) - away)).sum())
