"""How unlikely a cylinder is: the logarithm of the likelihood ratio, and the height up to which it is no more than a threshold.

With c cases where mu are expected, out of C cases in all (Kulldorff 1997, equations for the two models; only c > mu counts):

    Poisson    c ln(c/mu) + (C-c) ln((C-c)/(C-mu))
    Bernoulli  the same + (n-c) ln((n-c)/(n-mu)) + (N-n-C+c) ln((N-n-C+c)/(N-n-C+mu)),   n of N people inside, mu = n C/N

The Poisson is the Bernoulli with N without end, and is written so here: population = inf. Both are convex in (mu, c), fall with mu
and rise with c. So what lies below a threshold is a convex region, bounded above by a concave curve h(mu).
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from epiengine.jit import jit

_HALVINGS: Final = 20


class Total(NamedTuple):
    """What every cylinder is compared with: all cases, and all people (inf: so many that only the cases count)."""

    cases: float
    population: float


def log_likelihood_ratio(observed: float, expected: float, *, cases: float, population: float = math.inf) -> float:
    """The score of one cylinder: natural logarithm, 0 when no more is observed than expected."""
    return float(_llr_kernel(observed, expected, Total(cases, population)))


@jit
def _part_kernel(observed: float, expected: float) -> float:
    # Where nothing is expected nothing is left either, but for the rounding of the sums: such a part counts nothing.
    if observed <= 0.0 or expected <= 0.0:
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
    """h(mu): the most cases that score no more than the threshold, or a little less.

    LLR >= d^2 / (2 (mu + d/3)) with d = c - mu (Bennett, Bernstein: x ln(x/y) >= x - y for all parts but the first), so that h is at most
    mu + s/3 + sqrt(s^2/9 + 2 s mu) for a threshold s.
    """
    third = threshold / 3.0
    low, high = expected, min(total.cases, expected + third + math.sqrt(third * third + 2.0 * threshold * expected))
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
