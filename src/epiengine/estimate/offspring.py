"""How many people one case infects, and how unequally: the negative binomial law with mean R and dispersion k.

Lloyd-Smith, Schreiber, Kopp, Getz, Nature 2005;438:355: infectiousness is gamma distributed with mean R and shape k; the smaller k, the more a few infect most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq, minimize_scalar
from scipy.special import betainc, chdtri, gammainc, gammaincinv, gammaln, pdtr, xlog1py, xlogy

from epiengine.arrays import Int64
from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, real, whole_counts

#: Where k is searched. Beyond the upper end the law cannot be told from Poisson's, and k is reported as infinite.
LEAST_K, MOST_K = 1e-4, 1e4
POISSON: Final = float("inf")


@dataclass(frozen=True)
class Offspring:
    """The law that fits best, with the profile-likelihood interval of each parameter.

    k = inf: the counts vary no more than Poisson's law; k_high = inf: they do not exclude it; k_low = 0 or r_high = inf: too few cases to bound it.
    """

    r: float
    r_low: float
    r_high: float
    k: float
    k_low: float
    k_high: float
    log_likelihood: float


@dataclass(frozen=True, eq=False)
class Tally:
    """The distinct numbers of offspring and how many cases had each: int64[d], int64[d]."""

    number: Int64
    cases: Int64


def fit_offspring(offspring: ArrayLike, *, level: float = 0.95) -> Offspring:
    """R and k from the number of people each case infected, by maximum likelihood.

    offspring [n]: one number per case, those who infected nobody included: leaving them out is the usual error.
    Raises EngineError if nobody infected anybody: then nothing can be said of k.
    """
    given = whole_counts("offspring", offspring)
    if not given.any():
        raise EngineError("offspring", "0 for every case", "at least one case that infected somebody")
    drop = float(chdtri(1, 1 - real("level", level, low=0.01, high=0.9999))) / 2
    mean = float(given.mean())
    counts = Tally(*np.unique(given, return_counts=True))
    k = _best_k(counts, mean)
    top = _log_likelihood(counts, mean, k)
    k_low, k_high = _interval(lambda log_k: _log_likelihood(counts, mean, np.exp(log_k)) - top + drop, np.log(min(k, MOST_K)), _LOG_K)
    r_low, r_high = _interval(
        lambda log_r: _profile(counts, np.exp(log_r)) - top + drop, np.log(mean), (np.log(mean) - 12, np.log(mean) + 12)
    )
    return Offspring(mean, r_low, r_high, k, k_low, k_high, top)


def share_of_cases_causing(share: float, *, r: float, k: float) -> float:
    """The least share of cases, the most infectious ones, that causes this share of transmission (0.8: "x % cause 80 %").

    Endo et al., Wellcome Open Res 2020;5:67: by the counts of secondary cases themselves, a case taken in part where the count falls between.
    r above 0, k above 0 or inf. Raises EngineError for values out of range.
    """
    share, r = real("share", share, low=0.0, high=1.0), real("r", r, above=0.0)
    k = dispersion("k", k)
    if share in (0.0, 1.0):
        return 0.0 if share == 0 else 1 - float(at_most(0, r=r, k=k))
    # the share caused by cases of at most x offspring is the law of the size-biased count, shifted by one
    left = 1 - share
    whole = 0
    while _biased_at_most(whole - 1, r=r, k=k) < left:
        whole += 1
    below = _biased_at_most(whole - 2, r=r, k=k)
    part = (left - below) / (_biased_at_most(whole - 1, r=r, k=k) - below)
    before = float(at_most(whole - 1, r=r, k=k))
    return 1 - before - part * (float(at_most(whole, r=r, k=k)) - before)


def share_caused_by_top(top: float, *, k: float) -> float:
    """The share of transmission expected from this share of cases, the most infectious ones ("20 % cause y %").

    Lloyd-Smith et al. 2005: by infectiousness, not by the count that chance makes of it; it does not depend on R.
    """
    top, k = real("top", top, low=0.0, high=1.0), dispersion("k", k)
    if np.isinf(k) or top in (0.0, 1.0):
        return top
    return 1 - float(gammainc(k + 1, gammaincinv(k, 1 - top)))


def share_in_events_of(size: int, *, r: float, k: float) -> float:
    """The share of new cases who were infected by somebody who infected at least so many."""
    if isinstance(size, bool) or not isinstance(size, int | np.integer) or size < 1:
        raise EngineError("size", size, "a whole number of at least 1")
    return 1 - _biased_at_most(int(size) - 2, r=real("r", r, above=0.0), k=dispersion("k", k))


def at_most(count: int | Int64, *, r: float, k: float) -> Float:
    """The probability of infecting at most so many; 0 for a negative number."""
    number = np.asarray(count)
    found = pdtr(np.maximum(number, 0), r) if np.isinf(k) else _negative_binomial_cdf(np.maximum(number, 0), r=r, k=k)
    return np.where(number < 0, 0.0, found)


def dispersion(name: str, k: float) -> float:
    """k itself: above 0, inf for Poisson's law."""
    return POISSON if k == POISSON else real(name, k, above=0.0)


def _negative_binomial_cdf(count: Int64, *, r: float, k: float) -> Float:
    return np.asarray(betainc(k, count + 1.0, k / (k + r)))


def _biased_at_most(count: int, *, r: float, k: float) -> float:
    """The law of a count drawn in proportion to itself, less one: negative binomial with k + 1 and the same odds."""
    return float(at_most(count, r=r * (1 if np.isinf(k) else (k + 1) / k), k=k + 1))


_LOG_K: Final = (float(np.log(LEAST_K)), float(np.log(MOST_K)))


def _log_likelihood(counts: Tally, r: float, k: float) -> float:
    number = counts.number
    law = xlogy(number, r) - r - gammaln(number + 1)
    if not np.isinf(k):
        law = law + gammaln(number + k) - gammaln(k) - number * np.log(k) - xlog1py(k + number, r / k) + r
    return float(counts.cases @ law)


def _best_k(counts: Tally, r: float) -> float:
    """Poisson's law is the best when the variance is not above the mean; else the likelihood has its top in between."""
    found = minimize_scalar(
        lambda log_k: -_log_likelihood(counts, r, np.exp(log_k)), bounds=_LOG_K, method="bounded", options={"xatol": 1e-11}
    )
    k = float(np.exp(found.x))
    return POISSON if k > 0.9 * MOST_K or _log_likelihood(counts, r, POISSON) >= -found.fun else k


def _profile(counts: Tally, r: float) -> float:
    """The likelihood of this R with the k that suits it best."""
    return _log_likelihood(counts, r, _best_k(counts, r))


def _interval(above: Callable[[float], float], best: float, within: tuple[float, float]) -> tuple[float, float]:
    """Where a function of a logarithm, positive at its best, falls to 0 on either side; 0 or inf where it does not within the range."""
    low, high = within
    left = brentq(above, low, best, xtol=1e-11) if above(low) < 0 else -np.inf
    right = brentq(above, best, high, xtol=1e-11) if above(high) < 0 else np.inf
    return float(np.exp(left)), float(np.exp(right))
