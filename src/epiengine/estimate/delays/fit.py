"""A delay law from two events that are each known within an interval only, while the outbreak still goes on.

Reich, Lessler, Cummings, Brookmeyer, Stat Med 2009;28:2769 (double interval censoring); Seaman, Presanis, Jackson, Stat Methods Med Res 2022;31:1942 and
Park et al., medRxiv 2024.01.12.24301247 (right truncation): the first event is uniform in its interval [el, er], the second lies in [sl, sr], and
a pair is in the data only if its second event came by the day of looking, T:

    L = [H(sr - el) - H(sr - er) - H(sl - el) + H(sl - er)] / [H(T - el) - H(T - er)],      H of `families.py`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import ndtri

from epiengine.arrays import same_length
from epiengine.errors import EngineError
from epiengine.estimate.delays.families import DelayLaw, delay_law
from epiengine.estimate.gates import Float, real, reals, refuse_where

#: Below this many pairs two parameters are not worth their names.
LEAST_PAIRS: Final = 3
#: Below this share of the mean the standard deviation is on its way to 0: the data are at one with a delay that never varies.
LEAST_VARIATION: Final = 1e-2
STEP: Final = 1e-4


@dataclass(frozen=True)
class Figure:
    """A number with the interval that the data leave it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class DelayFit:
    """The law of greatest likelihood. Intervals of mean, sd and quantiles by the delta method on their logarithms.

    law  with its parameters;  mean, sd, median  in days;  log_likelihood, aic  to compare families on the same data
    """

    law: DelayLaw
    mean: Figure
    sd: Figure
    median: Figure
    log_likelihood: float
    covariance: Float
    level: float

    @property
    def aic(self) -> float:
        return 4 - 2 * self.log_likelihood

    def quantile(self, probability: float) -> Figure:
        """The delay that this share does not exceed."""
        share = real("probability", probability, low=1e-6, high=1 - 1e-6)
        return _figure(self.law, self.covariance, self.level, of=lambda law: float(law.quantile(share)))


@dataclass(frozen=True, eq=False)
class Pairs:
    """The distinct pairs: first event in [el, er], second in [sl, sr], seen only if by `until` (inf: always); float64[u] each, in days after el.

    cases  float64[u]: how many pairs are like this. Line lists hold dates, so thousands of pairs are a few hundred distinct ones.
    """

    el: Float
    er: Float
    sl: Float
    sr: Float
    until: Float
    cases: Float


def fit_delay(
    first: tuple[ArrayLike, ArrayLike],
    second: tuple[ArrayLike, ArrayLike],
    *,
    family: str = "gamma",
    observed_until: ArrayLike | None = None,
    level: float = 0.95,
) -> DelayFit:
    """The delay from the first event to the second.

    first, second  (earliest, latest) [n >= 3], days on one clock; a date alone is (d, d + 1); earliest = latest is an exact moment
    observed_until the day of looking, one or [n]: a pair whose second event comes later is not in the data. None: everything was waited for.
    Raises EngineError for reversed intervals, a second event wholly before the first, or after `observed_until`, and for data that pin down no law.
    """
    pairs = checked_pairs(first, second, observed_until)
    start = _moments(pairs, family)
    found = minimize(lambda point: -log_likelihood(_law(family, point), pairs), start, method="Nelder-Mead", options=_PRECISE)
    found = minimize(lambda point: -log_likelihood(_law(family, point), pairs), found.x, method="BFGS", options={"gtol": 1e-7})
    hessian = _hessian(lambda point: -log_likelihood(_law(family, point), pairs), found.x)
    best = _law(family, found.x)
    if not np.isfinite(hessian).all() or np.linalg.eigvalsh(hessian).min() <= 0 or best.sd < LEAST_VARIATION * best.mean:
        raise EngineError("second", "delays", "delays that differ: the likelihood has no top inside the family")
    law, covariance = best, np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    upper = real("level", level, low=0.01, high=0.9999)
    mean, sd, median = (
        _figure(law, covariance, upper, of=of) for of in (lambda one: one.mean, lambda one: one.sd, lambda one: float(one.quantile(0.5)))
    )
    return DelayFit(law, mean, sd, median, float(-found.fun), covariance, upper)


def log_likelihood(law: DelayLaw, pairs: Pairs) -> float:
    """The logarithm of L, summed over the pairs."""
    # the window of the first event ends where the second does: the first is before the second
    observed_share = _log_probability(law, pairs.el, pairs.er, pairs.sl, pairs.sr)
    waited = np.isfinite(pairs.until)
    if waited.any():
        el, er, until = pairs.el[waited], pairs.er[waited], pairs.until[waited]
        observed_share[waited] -= _log_probability(law, el, er, np.full_like(el, -np.inf), until)
    return float(observed_share @ pairs.cases)


def checked_pairs(first: tuple[ArrayLike, ArrayLike], second: tuple[ArrayLike, ArrayLike], observed_until: ArrayLike | None) -> Pairs:
    """The pairs as arrays, each interval in order and on the right side of the other."""
    el, er = (reals(name, side) for name, side in zip(("first[0]", "first[1]"), first, strict=True))
    sl, sr = (reals(name, side) for name, side in zip(("second[0]", "second[1]"), second, strict=True))
    size = same_length(first=el, first_latest=er, second=sl, second_latest=sr)
    if size < LEAST_PAIRS:
        raise EngineError("first", f"{size} pairs", f"at least {LEAST_PAIRS}")
    refuse_where("first[1]", er, er < el, "not before first[0]")
    refuse_where("second[1]", sr, sr < sl, "not before second[0]")
    refuse_where("second[1]", sr, sr <= el, "after first[0]: the delay is positive")
    refuse_where("second[0]", sl, (sl == sr) & (el == er) & (sl <= el), "after first[0]: the delay is positive")
    until = (
        np.full(size, np.inf)
        if observed_until is None
        else np.broadcast_to(reals("seen_until", observed_until, axes=(0, 1)), (size,)).copy()
    )
    refuse_where("second[0]", sl, sl >= until, "before seen_until")
    since = np.stack([el, er, sl, np.minimum(sr, until), until], axis=1) - el[:, None]
    distinct, cases = np.unique(since, axis=0, return_counts=True)
    el, er, sl, sr, until = np.ascontiguousarray(distinct.T)
    return Pairs(el, er, sl, sr, until, cases.astype(np.float64))


def _log_probability(law: DelayLaw, el: Float, er: Float, sl: Float, sr: Float) -> Float:
    """The logarithm of the probability (density, where the second event is a moment), for a first event uniform in [el, er]."""
    wide = er > el
    width = np.where(wide, er - el, 1.0)
    value = np.where(wide, _doubly(law, el, er, sl, sr) / width, _singly(law, el, sl, sr))
    moment = sl == sr
    if moment.any():
        density = np.where(wide, _share(law, sl - er, sl - el) / width, np.exp(law.log_density(sl - el)))
        value = np.where(moment, density, value)
    return np.asarray(np.log(np.maximum(value, 1e-300)))


def _doubly(law: DelayLaw, el: Float, er: Float, sl: Float, sr: Float) -> Float:
    """The second difference of H, or of K, whichever does not cancel."""
    lower = np.maximum(sl, np.minimum(el, sr))  # -inf would be as good as el: the delay is positive
    left = law.rising(sr - el) - law.rising(sr - er) - law.rising(lower - el) + law.rising(lower - er)
    right = law.falling(sr - el) - law.falling(sr - er) - law.falling(lower - el) + law.falling(lower - er)
    return np.where(lower - er > law.mean, right, left)


def _singly(law: DelayLaw, el: Float, sl: Float, sr: Float) -> Float:
    return _share(law, np.maximum(sl, np.minimum(el, sr)) - el, sr - el)


def _share(law: DelayLaw, low: Float, high: Float) -> Float:
    """The share of delays between two, precise in both tails."""
    return np.where(low > law.mean, law.survival(low) - law.survival(high), law.cdf(high) - law.cdf(low))


_PRECISE: Final = {"xatol": 1e-9, "fatol": 1e-10, "maxiter": 4000}


def _law(family: str, point: Float) -> DelayLaw:
    """Both parameters are searched on the logarithmic scale, but for the lognormal's first, which is a logarithm already."""
    bounded = np.clip(point, -30.0, 30.0)
    first = float(bounded[0]) if family == "lognormal" else float(np.exp(bounded[0]))
    return DelayLaw(family, first, float(np.exp(bounded[1])))


def _moments(pairs: Pairs, family: str) -> Float:
    """Where to start: the law with the mean and the spread of the middles of the intervals."""
    middle = np.maximum((pairs.sl + pairs.sr - pairs.el - pairs.er) / 2, 0.1)
    mean = float(np.average(middle, weights=pairs.cases))
    sd = float(np.average((middle - mean) ** 2, weights=pairs.cases)) ** 0.5
    law = delay_law(family, mean=mean, sd=max(sd, 0.2 * mean))
    return np.array([law.first if family == "lognormal" else np.log(law.first), np.log(law.second)])


def _figure(law: DelayLaw, covariance: Float, level: float, *, of: Callable[[DelayLaw], float]) -> Figure:
    """The delta method on the logarithm of a positive figure."""
    point = np.array([law.first if law.family == "lognormal" else np.log(law.first), np.log(law.second)])
    slope = _gradient(lambda at: float(np.log(of(_law(law.family, at)))), point)
    reach = float(ndtri((1 + level) / 2)) * float(np.sqrt(slope @ covariance @ slope))
    value = of(law)
    return Figure(value, value * float(np.exp(-reach)), value * float(np.exp(reach)))


def _gradient(of: Callable[[Float], float], point: Float) -> Float:
    steps = np.eye(point.size) * STEP
    return np.array([(of(point + step) - of(point - step)) / (2 * STEP) for step in steps])


def _hessian(of: Callable[[Float], float], point: Float) -> Float:
    """Central second differences."""
    steps = np.eye(point.size) * STEP * 10
    rows = [
        [of(point + one + two) - of(point + one - two) - of(point - one + two) + of(point - one - two) for two in steps] for one in steps
    ]
    return np.array(rows) / (4 * (STEP * 10) ** 2)
