"""Chains of transmission as branching processes: whether they die out, and how large they become. Each case infects by the law of `offspring.py`.

Lloyd-Smith et al., Nature 2005;438:355 (extinction, control); Blumberg & Lloyd-Smith, PLoS Comput Biol 2013;9:e1002993 (cluster sizes, equation 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import gammaln, lambertw

from epiengine.arrays import number
from epiengine.estimate.gates import Float, real, refuse_where, whole_counts
from epiengine.estimate.offspring import dispersion


@dataclass(frozen=True)
class Control:
    """What is done against transmission.

    population  by so much everybody's infectiousness falls (distance, masks)
    individual  such a share of cases, whoever they are, infects nobody at all (found and isolated in time)
    """

    population: float = 0.0
    individual: float = 0.0


NONE = Control()


def extinction_probability(*, r: float, k: float, cases: int = 1, control: Control = NONE) -> float:
    """The probability that the chains of so many independent cases all die out: the smallest root of g(s) = s, to the power of cases.

        g(s) = c + (1 - c) (1 + (1 - d) R (1 - s) / k)^-k     with c individual and d population-wide control

    r >= 0; k above 0 or inf; cases >= 0. Raises EngineError for values out of range.
    """
    d, c = (
        real("control.population", control.population, low=0.0, high=1.0),
        real("control.individual", control.individual, low=0.0, high=1.0),
    )
    mean, k = real("r", r, low=0.0) * (1 - d), dispersion("k", k)
    starts = number("cases", cases, low=0)
    if mean * (1 - c) <= 1 or starts == 0:
        return 1.0

    def excess(chance: float) -> float:
        return c + (1 - c) * _silence(mean * (1 - chance), k) - chance

    # the other root is 1; above the threshold g is steeper than 1 there, so just below 1 the excess is negative
    near = 1.0
    while excess(1 - (near := near / 2)) >= 0 and near > 1e-15:
        pass
    return float(brentq(excess, 0.0, 1 - near, xtol=1e-15)) ** starts


def epidemic_probability(*, r: float, k: float, cases: int = 1, control: Control = NONE) -> float:
    """The probability that at least one of the chains goes on for ever."""
    return 1 - extinction_probability(r=r, k=k, cases=cases, control=control)


def cluster_size_probability(size: ArrayLike, *, r: float, k: float, cases: int = 1) -> Float:
    """float64[n]: the probability that so many are infected in the end, the first `cases` included; 0 for fewer than these.

        P(j) = (a / j) P(the offspring of j cases number j - a),     negative binomial with mean j R and dispersion j k

    (Blumberg & Lloyd-Smith for a = 1; Dwass 1969 for any a.) For R > 1 the sum over j is the probability of extinction.
    """
    sizes, starts = whole_counts("size", size), number("cases", cases, low=1)
    refuse_where("size", sizes, sizes < 1, "at least 1")
    mean, k = real("r", r, above=0.0), dispersion("k", k)
    infected = sizes.astype(np.float64)
    born = np.maximum(infected - starts, 0.0)
    poisson = born * np.log(infected * mean) - infected * mean - gammaln(born + 1)
    if not np.isinf(k):
        total = infected * k
        poisson += gammaln(total + born) - gammaln(total) - born * np.log(total) - (total + born) * np.log1p(mean / k) + infected * mean
    return np.where(sizes >= starts, starts / infected * np.exp(poisson), 0.0)


def containment_probability(most: int, *, r: float, k: float, cases: int = 1, control: Control = NONE) -> float:
    """The probability that no more than `most` are infected in the end, the first ones included, with individual control in place as well.

    With individual control the offspring are no longer negative binomial: the law of the total is summed over how many of the cases were stopped.
    """
    d, c = (
        real("control.population", control.population, low=0.0, high=1.0),
        real("control.individual", control.individual, low=0.0, high=1.0),
    )
    most, starts = number("most", most, low=0, high=5000), number("cases", cases, low=1)
    mean, k = real("r", r, low=0.0) * (1 - d), dispersion("k", k)
    sizes = range(starts, most + 1)
    return float(min(sum(starts / size * _born(size, size - starts, mean=mean, k=k, stopped=c) for size in sizes), 1.0))


def emergence_probability(*, wild: float, mutants: ArrayLike, mutation: float, cases: int = 1) -> float:
    """The probability that a pathogen which dies out by itself adapts in time: chains of `cases` of the wild type lead to an epidemic of the last mutant.

    Antia, Regoes, Koella, Bergstrom, Nature 2003;426:658: each of a case's Poisson(R) infections is of the next type with probability `mutation`.
    wild, mutants  R of the wild type and of each further type in order. Raises EngineError for values out of range.
    """
    r = np.concatenate([[real("wild", wild, low=0.0)], np.atleast_1d(np.asarray(mutants, dtype=np.float64))])
    refuse_where("mutants", r, ~(np.isfinite(r) & (r >= 0)), "finite numbers of at least 0")
    mutation, starts = real("mutation", mutation, low=0.0, high=1.0), number("cases", cases, low=0)
    survival = 0.0
    for type_ in range(r.size - 1, -1, -1):
        passing = 0.0 if type_ == r.size - 1 else mutation
        survival = _surviving(r[type_] * (1 - passing), r[type_] * passing * survival)
    return 1 - (1 - survival) ** starts


def _silence(mean: float, k: float) -> float:
    """The probability that a case with this mean infects nobody."""
    return float(np.exp(-mean)) if np.isinf(k) else float(np.exp(-k * np.log1p(mean / k)))


def _born(cases: int, children: int, *, mean: float, k: float, stopped: float) -> float:
    """The probability that so many cases have exactly so many children, each of the cases being stopped with this probability."""
    active = np.arange(cases + 1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = gammaln(cases + 1) - gammaln(active + 1) - gammaln(cases - active + 1)
        chance = np.exp(chance + _times_log(active, 1 - stopped) + _times_log(cases - active, stopped))
        total = active * k
        law = _times_log(np.full_like(active, children), active * mean) - active * mean - gammaln(children + 1)
        if not np.isinf(k):
            more = (
                gammaln(total + children)
                - gammaln(total)
                - children * np.log(total)
                - (total + children) * np.log1p(mean / k)
                + active * mean
            )
            law = law + np.where(active > 0, more, 0.0)
    law = np.where(active > 0, np.exp(law), float(children == 0))
    return float(chance @ law)


def _times_log(times: Float, value: float | Float) -> Float:
    """times x log(value), 0 where times is 0."""
    return np.where(times > 0, times * np.log(value), 0.0)


def _surviving(own: float, outside: float) -> float:
    """The root x of x = 1 - exp(-own x - outside), the largest one."""
    if own == 0:
        return float(-np.expm1(-outside))
    if own <= 1 and outside == 0:
        return 0.0
    return float(1 + lambertw(-own * np.exp(-own - outside)).real / own)
