"""The slow twins: every cylinder looked at, one after another, by the published formulas."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np

Score = Callable[[float, float], float]


@dataclass(frozen=True)
class Best:
    """The best cylinder around a centre: score, how many sites, first and last interval."""

    score: float
    circle: int
    first: int
    last: int


def part(count: float, ratio: float) -> float:
    return count * math.log(ratio) if count > 0 else 0.0


def poisson(cases: float) -> Score:
    """Kulldorff 1997: c ln(c/mu) + (C-c) ln((C-c)/(C-mu))."""

    def score(c: float, mu: float) -> float:
        if c <= mu:
            return 0.0
        return part(c, c / mu) + (part(cases - c, (cases - c) / (cases - mu)) if cases > c else 0.0)

    return score


def bernoulli(cases: float, people: float) -> Score:
    """Kulldorff 1997: ln L(Z) / L0 with L(Z) = p^c (1-p)^(n-c) q^(C-c) (1-q)^(N-n-C+c)."""

    def score(c: float, mu: float) -> float:
        n = mu * people / cases
        if c <= mu * (1 + 1e-12):
            return 0.0
        p, q = c / n, (cases - c) / (people - n) if people > n else 0.0
        inside = part(c, p) + (part(n - c, 1 - p) if n - c > 1e-9 else 0.0)
        outside = part(cases - c, q) + (part(people - n - cases + c, 1 - q) if q < 1 else 0.0)
        return inside + outside - part(cases, cases / people) - part(people - cases, (people - cases) / people)

    return score


def circles(points: np.ndarray, expected: np.ndarray, *, population: float, radius: float) -> list[list[list[int]]]:
    """For every centre its circles, each a list of sites: nearest first, ties by coordinates."""
    found = []
    for centre in points:
        distance = [math.dist(centre, other) for other in points]
        order = sorted(range(len(points)), key=lambda site: (distance[site], *points[site]))
        rows: list[list[int]] = []
        for k in range(1, len(order) + 1):
            if expected[order[:k]].sum() > population * expected.sum() + 1e-9 or distance[order[k - 1]] > radius + 1e-9:
                break
            rows.append(order[:k])
        found.append(rows)
    return found


def best(
    cases: np.ndarray, expected: np.ndarray, rows: list[list[int]], score: Score, *, ends: range, shortest: int, longest: int, least: int
) -> Best:
    """The best of all circles of one centre and all windows that end in `ends`."""
    top = Best(0.0, 0, 0, 0)
    for members in rows:
        for first, last in windows(cases.shape[1], ends=ends, shortest=shortest, longest=longest):
            c = float(cases[members, first : last + 1].sum())
            value = score(c, float(expected[members, first : last + 1].sum())) if c >= least else 0.0
            if value > top.score + 1e-9:
                top = Best(value, len(members), first, last)
    return top


def windows(intervals: int, *, ends: range, shortest: int, longest: int) -> list[tuple[int, int]]:
    """First and last interval of every window, by the last one."""
    pairs = [(first, last) for last in range(intervals) for first in range(last + 1)]
    return [(first, last) for first, last in pairs if last in ends and shortest <= last + 1 - first <= longest]


def over(column: np.ndarray, steps: np.ndarray, limits: np.ndarray, last: int, *, begin: int) -> bool:
    """Whether the sum of column less steps, over the days from some day to the last one, exceeds its limit, for any row of steps."""
    sums = [[(column - row)[first : last + 1].sum() for first in range(begin, last + 1)] for row in steps]
    return any(max(of_row, default=0) > limit for of_row, limit in zip(sums, limits, strict=True))


def close_pairs(points: np.ndarray, times: np.ndarray, *, distance: float, lapse: float) -> int:
    """Knox: pairs near in space and in time."""
    pairs = combinations(range(len(times)), 2)
    return sum(math.dist(points[i], points[j]) <= distance + 1e-12 and abs(times[i] - times[j]) <= lapse for i, j in pairs)


def all_exchanges(points: np.ndarray, times: np.ndarray, *, distance: float, lapse: float) -> list[int]:
    """The close pairs under every permutation of the times."""
    return [close_pairs(points, np.array(order), distance=distance, lapse=lapse) for order in permutations(times)]
