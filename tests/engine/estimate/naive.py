"""Slow, obvious twins of the estimators: loops over days in plain Python, integrals by quadrature, laws by enumeration."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import integrate, stats


def infectivity(cases: Sequence[float], weights: Sequence[float]) -> list[float]:
    """L(t): each earlier day's cases times the probability of that delay."""
    return [sum(weights[t - s] * cases[s] for s in range(t) if t - s < len(weights)) for t in range(len(cases))]


def reproduction(
    cases: Sequence[float],
    weights: Sequence[float],
    windows: Sequence[tuple[int, int]],
    *,
    levels: Sequence[float],
    imported: Sequence[float] | None = None,
    prior: tuple[float, float] = (5.0, 5.0),
) -> np.ndarray:
    """Rows mean, sd, quantiles; one column for each window: the gamma law of scipy.stats for each window by itself."""
    force = infectivity(cases, weights)
    foreign = imported or [0] * len(cases)
    mean_interval = sum(k * w for k, w in enumerate(weights))
    columns = []
    for first, last in windows:
        if last + 1 <= mean_interval:
            columns.append([math.nan] * (2 + len(levels)))
            continue
        local = sum(cases[t] - foreign[t] for t in range(max(first, 1), last + 1))
        shape = (prior[0] / prior[1]) ** 2 + local
        scale = 1 / (prior[0] / prior[1] ** 2 + sum(force[t] for t in range(first, last + 1)))
        law = stats.gamma(shape, scale=scale)
        columns.append([law.mean(), law.std(), *(law.ppf(level) for level in levels)])
    return np.array(columns).T


def serial_interval(mean: float, sd: float, *, days: int, frozen: object = None) -> list[float]:
    """The probability that a uniform moment of a day plus one day plus a gamma delay ends on day k: by quadrature over the moment."""
    law = frozen or stats.gamma(((mean - 1) / sd) ** 2, scale=sd**2 / (mean - 1))
    return [integrate.quad(lambda u, k=k: law.cdf(k - u) - law.cdf(k - 1 - u), 0, 1, epsabs=1e-12, limit=200)[0] for k in range(days)]


def offspring_by_day(cases: Sequence[int], weights: Sequence[float]) -> np.ndarray:
    """p[t][s]: the probability that a case of day t was infected by a case of day s (any of them)."""
    chance = np.zeros((len(cases), len(cases)))
    for t in range(len(cases)):
        shares = [weights[t - s] * cases[s] if 0 < t - s < len(weights) else 0.0 for s in range(len(cases))]
        if sum(shares) > 0:
            chance[t] = np.array(shares) / sum(shares)
    return chance


def law_of_infected(cases: Sequence[int], weights: Sequence[float], window: tuple[int, int]) -> np.ndarray:
    """The law of the number infected from within the window: one case after another, each a coin of its own."""
    law = np.ones(1)
    for t, chances in enumerate(offspring_by_day(cases, weights)):
        chance = sum(chances[window[0] : window[1] + 1])
        for _ in range(cases[t]):
            law = np.convolve(law, [1 - chance, chance])
    return law
