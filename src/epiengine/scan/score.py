"""How unlikely a cylinder is: the logarithm of the likelihood ratio, and straight lines that no lesser ratio crosses.

With c cases where mu are expected, out of C cases in all (Kulldorff 1997, equations for the two models; only c > mu counts):

    Poisson    c ln(c/mu) + (C-c) ln((C-c)/(C-mu))
    Bernoulli  the same + (n-c) ln((n-c)/(n-mu)) + (N-n-C+c) ln((N-n-C+c)/(N-n-C+mu)),   n of N people inside, mu = n C/N

The Poisson is the Bernoulli with N without end, and is written so here: population = inf. Both are convex in (mu, c), fall with mu
and rise with c. So what lies below a threshold is a convex region, bounded above by a concave curve h(mu), and a chord of h is a
line below which nothing between its ends exceeds the threshold.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from epiengine.jit import jit
from epiengine.scan.tables import Float64

#: Knots of the chords lie this factor apart.
KNOT_RATIO: Final = 4.0
#: Columns of the chords.
SLOPE, INTERCEPT, LEFT, RIGHT = range(4)
_SMALLEST_KNOT: Final = 0.05
_HALVINGS: Final = 40


class Total(NamedTuple):
    """What every cylinder is compared with: all cases, and all people (inf: so many that only the cases count)."""

    cases: float
    population: float


def log_likelihood_ratio(observed: float, expected: float, *, cases: float, population: float = math.inf) -> float:
    """The score of one cylinder: natural logarithm, 0 when no more is observed than expected."""
    return float(_llr_kernel(observed, expected, Total(cases, population)))


@jit
def _part_kernel(observed: float, expected: float) -> float:
    if observed <= 0.0:
        return 0.0
    return observed * math.log(observed / expected)


@jit
def _llr_kernel(observed: float, expected: float, total: Total) -> float:
    if observed <= expected:
        return 0.0
    inside = observed * math.log(observed / expected)
    value = inside + _part_kernel(total.cases - observed, total.cases - expected)
    if total.population == np.inf:
        return value
    people = expected * total.population / total.cases
    outside = total.population - people - total.cases
    healthy = _part_kernel(people - observed, people - expected)
    return value + healthy + _part_kernel(outside + observed, outside + expected)


@jit
def _height_kernel(expected: float, threshold: float, total: Total) -> float:
    """h(mu): the most cases that score no more than the threshold."""
    low, high = expected, total.cases
    if total.population != np.inf:
        high = min(high, expected * total.population / total.cases)
    if high <= low or _llr_kernel(high, expected, total) <= threshold:
        return high
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if _llr_kernel(middle, expected, total) <= threshold:
            low = middle
        else:
            high = middle
    return low


@jit
def _lines_kernel(threshold: float, total: Total) -> Float64:
    """float64[lines, 4]: slope, intercept and the two knots of the chords of h, between the knots 0, ..., C/16, C/4 and C."""
    count = 2 + max(0, math.ceil(math.log(total.cases / _SMALLEST_KNOT) / math.log(KNOT_RATIO)))
    lines = np.empty((count, 4))
    left, left_height = 0.0, 0.0
    for line in range(count):
        right = total.cases / KNOT_RATIO ** (count - 1 - line)
        height = total.cases if line == count - 1 else _height_kernel(right, threshold, total)
        slope = (height - left_height) / (right - left)
        lines[line, SLOPE], lines[line, INTERCEPT] = slope, left_height - slope * left
        lines[line, LEFT], lines[line, RIGHT] = left, right
        left, left_height = right, height
    return lines
