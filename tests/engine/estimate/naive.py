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


def final_size(force: np.ndarray, outside: np.ndarray, able: np.ndarray) -> np.ndarray:
    """The largest solution by plain repetition from everybody infected."""
    infected = np.ones(len(force))
    for _ in range(1000):
        infected = 1 - np.exp(-(force @ (able * infected) + outside))
    return infected


def pinball_score(observed: float, quantiles: Sequence[float], levels: Sequence[float]) -> float:
    """The mean of twice the pinball loss over all levels: equal to the weighted interval score (Bracher et al. 2021)."""
    return sum(2 * ((observed <= q) - level) * (q - observed) for q, level in zip(quantiles, levels, strict=True)) / len(levels)


def ears(cases: Sequence[float], *, method: str, baseline: int, z: float) -> list[tuple[float, bool]]:
    """Statistic and alarm of each day from the definition, day by day; infinite where nothing varied before."""

    def distance(day: int, gap: int) -> float:
        past = cases[day - gap - baseline : day - gap]
        mean = sum(past) / baseline
        sd = math.sqrt(sum((x - mean) ** 2 for x in past) / (baseline - 1))
        return (cases[day] - mean) / sd if sd > 0 else (0.0 if cases[day] == mean else math.copysign(math.inf, cases[day] - mean))

    first = baseline + {"C1": 0, "C2": 2, "C3": 4}[method]
    found = []
    for day in range(first, len(cases)):
        if method == "C3":
            statistic = sum(max(0.0, distance(day - i, 2) - 1) for i in range(3))
        else:
            statistic = distance(day, 0 if method == "C1" else 2)
        found.append((statistic, statistic > z))
    return found


def share_causing(share: float, offspring_law: Sequence[float]) -> float:
    """The least share of cases that causes this share of transmission: take the most infectious first, the last ones in part."""
    mean = sum(n * p for n, p in enumerate(offspring_law))
    cases, caused = 0.0, 0.0
    for number in range(len(offspring_law) - 1, 0, -1):
        part = number * offspring_law[number] / mean
        if caused + part >= share:
            return cases + offspring_law[number] * (share - caused) / part
        caused, cases = caused + part, cases + offspring_law[number]
    return cases


def size_law(offspring_law: np.ndarray, *, cases: int, most: int) -> list[float]:
    """P(total = j), j = 0..most: generation after generation, over (alive, total so far), by convolution."""
    powers = [np.array([1.0])]
    for _ in range(most):
        powers.append(np.convolve(powers[-1], offspring_law)[: most + 1])
    ended, state = [0.0] * (most + 1), {(cases, cases): 1.0}
    while state:
        following: dict[tuple[int, int], float] = {}
        for (alive, total), chance in state.items():
            for born, probability in enumerate(powers[alive]):
                if total + born > most:
                    break
                if born == 0:
                    ended[total] += chance * probability
                else:
                    following[born, total + born] = following.get((born, total + born), 0.0) + chance * probability
        state = following
    return ended


def log_likelihood(pairs: Sequence[tuple[float, float, float, float]], frozen: object, until: float = math.inf) -> float:
    """Doubly censored, right truncated: the density over the first moment, by quadrature."""

    def mean_over_first(el: float, er: float, of: object) -> float:
        if er == el:
            return float(of(el))
        return float(integrate.quad(of, el, er, epsabs=1e-13, limit=300, points=None)[0]) / (er - el)

    total = 0.0
    for el, er, sl, sr in pairs:
        seen = mean_over_first(el, er, lambda e, sl=sl, sr=sr: frozen.cdf(sr - e) - frozen.cdf(sl - e) if sr > sl else frozen.pdf(sl - e))
        possible = mean_over_first(el, er, lambda e: frozen.cdf(until - e)) if math.isfinite(until) else 1.0
        total += math.log(seen) - math.log(possible)
    return total


def chain_ladder(triangle: Sequence[Sequence[int]]) -> list[float]:
    """Each day's total: what is reported times the development factors of the days that are further on (Mack 1993)."""
    days, width = len(triangle), len(triangle[0])
    totals = []
    for t in range(days):
        age = min(days - 1 - t, width - 1)
        total = float(sum(triangle[t]))
        for d in range(age + 1, width):
            complete = [row for s, row in enumerate(triangle) if s + d < days]
            total *= sum(sum(row[: d + 1]) for row in complete) / sum(sum(row[:d]) for row in complete)
        totals.append(total)
    return totals
