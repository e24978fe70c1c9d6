"""From the days cases were detected to the days people were infected, the undetected included.

Cases detected on day d are Poisson with mean sum over t of lambda(t) f(d - t), f the probability of d - t days from infection to detection
(Becker, Watson and Carlin, Statistics in Medicine 1991, 10:1527). Of those infected on day t the share F(t) = f(0) + ... + f(-1 - t) has been
detected by the morning of day 0. Two cases:

F(t) at least 0.7        lambda by EM with smoothing of each round (EMS: Silverman, Jones, Wilson and Nychka, JRSS B 1990, 52:271, used on
                         AIDS by Becker et al.); the detected of day t number lambda F, so lambda has about the posterior Gamma(lambda F + 0.1, F).
F(t) below 0.7           the data hardly speak of such days. Detections of the last three weeks are taken to grow as exp(b + r d); then
                         infections grow alike, lambda(t) = exp(b + r t) / M(r), M(r) = sum of f(u) exp(-r u) (Wallinga and Lipsitch 2007, Proc R
                         Soc B 274:599). (b, r) by Poisson regression, with its covariance, inflated by the overdispersion found.

The unseen of day t are Poisson with mean lambda(t) (1 - F(t)), and (1 - a) / a times lambda(t) more if only a share a is ever detected.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.errors import EngineError
from epiengine.simulate.delays import Delay, Int16
from epiengine.simulate.town import Float64

_ROUNDS: Final = 200
_SMOOTH: Final = (0.25, 0.5, 0.25)
GROWTH_DAYS: Final = 21
_MOSTLY_SEEN: Final = 0.7


@cache
def day_table(delay: Delay) -> Int16:
    """int16[1024]: the delay's quantiles in days, worked out once."""
    return delay.quantiles()


def delay_days(*delays: Delay, at_least: int = 0) -> Float64:
    """float64[L]: probability of 0, 1, 2... days for the sum of these delays, the first of which lasts `at_least` so many days."""
    first, *rest = (np.bincount(day_table(each)) / day_table(each).size for each in delays)
    if at_least:
        first = np.concatenate([np.zeros(at_least), [first[: at_least + 1].sum()], first[at_least + 1 :]])
    for each in rest:
        first = np.convolve(first, each)
    return np.trim_zeros(first, "b")


@dataclass(frozen=True, eq=False)
class Infections:
    """What the detections say of the infections of the days -n to -1.

    rate      float64[n]: infections a day that are detected sooner or later, by deconvolution; NaN where less than 0.7 is seen
    observed  float64[n]: share of each day's that has been detected, F
    growth    float64[2]: b and r of the detections of the last three weeks;  spread  float64[2, 2]: their covariance
    delay     float64[L]: f
    excess    overdispersion of the detections about the growth curve, 1 for Poisson
    """

    rate: Float64
    observed: Float64
    growth: Float64
    spread: Float64
    delay: Float64
    excess: float

    @property
    def days(self) -> int:
        return int(self.rate.size)

    def unseen(self, chance: np.random.Generator, *, ascertained: float) -> Int64:
        """int64[n]: a draw of how many infected on each of the days -n to -1 are not known, those never to be known included."""
        days = np.arange(-self.days, 0)
        observed = np.nan_to_num(self.rate) * self.observed
        by_cases = chance.gamma(np.maximum(observed, 0.0) + 0.1, 1.0) / np.maximum(self.observed, 1e-9)
        level, rate = chance.multivariate_normal(self.growth, self.spread)
        by_growth = np.exp(level + rate * days) / _moment(self.delay, rate)
        infections = np.where(self.observed >= _MOSTLY_SEEN, by_cases, by_growth)
        expected = infections * ((1 - self.observed) + (1 - ascertained) / ascertained)
        # beyond Poisson as the detections are: a gamma factor of mean 1 and variance (excess - 1) / mean
        if self.excess > 1.0:
            shape = np.maximum(expected / (self.excess - 1.0), 1e-9)
            expected = expected * chance.gamma(shape, 1.0) / shape
        return np.asarray(chance.poisson(np.minimum(expected, 1e9)), dtype=np.int64)


def infections_of(detected: Int32, *, delay: Float64, days: int) -> Infections:
    """The infections behind these detections.

    detected  int32[k]: day of detection of each case, -1 for yesterday
    delay     float64[L]: probability of 0, 1, 2... days from infection to detection
    days      how many days before day 0 to look back
    Raises EngineError for no days, and for a delay that is no distribution.
    """
    if days < 1:
        raise EngineError("days", days, "1 or more")
    if not (delay.size and np.isfinite(delay).all() and (delay >= 0).all() and abs(delay.sum() - 1) < 1e-6):
        raise EngineError("delay", delay.tolist(), "probabilities that sum to 1")
    counts = np.bincount(detected[detected >= -days] + days, minlength=days).astype(np.float64)
    observed = np.cumsum(np.concatenate([delay, np.zeros(days)]))[:days][::-1].copy()
    growth, spread, excess = _growth(counts[-min(GROWTH_DAYS, days) :])
    rate = _deconvolved(counts, delay, observed)
    return Infections(np.where(observed >= _MOSTLY_SEEN, rate, np.nan), observed, growth, spread, delay, excess)


def _deconvolved(counts: Float64, delay: Float64, observed: Float64) -> Float64:
    """EMS on days with anything seen of them; each round: share out the cases, divide by what is seen, smooth."""
    lag = np.arange(counts.size)[:, None] - np.arange(counts.size)[None, :]
    reaches = np.where((lag >= 0) & (lag < delay.size), delay[np.clip(lag, 0, delay.size - 1)], 0.0)
    rate = np.full(counts.size, max(counts.mean(), 1e-12))
    for _ in range(_ROUNDS):
        expected = reaches @ rate
        shared = rate * (reaches.T @ np.divide(counts, expected, out=np.zeros_like(counts), where=expected > 0))
        rate = np.divide(shared, observed, out=rate.copy(), where=observed > 0.01)
        ends = np.concatenate([rate[:1], rate, rate[-1:]])
        rate = _SMOOTH[0] * ends[:-2] + _SMOOTH[1] * rate + _SMOOTH[2] * ends[2:]
    return rate


def _growth(counts: Float64) -> tuple[Float64, Float64, float]:
    """(b, r), covariance, overdispersion: Poisson regression of the counts on the day, -1 the last, by Newton's method.

    With weak priors, so that a handful of cases does not claim that they double daily and none does not claim anything: r ~ normal(0, 0.15
    a day), b ~ normal(log of the mean count, at least half a case in all; 2).
    """
    days = np.arange(-counts.size, 0, dtype=np.float64)
    design = np.stack([np.ones(days.size), days], axis=1)
    prior, centre = np.diag([1 / 2.0**2, 1 / 0.15**2]), np.array([np.log(max(counts.mean(), 0.5 / counts.size)), 0.0])
    growth = centre
    for _ in range(50):
        mean = np.exp(np.clip(design @ growth, -30, 30))
        information = design.T @ (mean[:, None] * design) + prior
        step = np.linalg.solve(information, design.T @ (counts - mean) - prior @ (growth - centre))
        growth = growth + np.clip(step, -2, 2)
    mean = np.exp(np.clip(design @ growth, -30, 30))
    excess = max(1.0, float(((counts - mean) ** 2 / mean).sum() / max(counts.size - 2, 1))) if counts.sum() > 0 else 1.0
    return growth, excess * np.linalg.inv(information), min(excess, 20.0)


def _moment(delay: Float64, rate: float) -> float:
    return float(delay @ np.exp(np.clip(-rate * np.arange(delay.size), -50, 50)))
