"""How long a stage lasts, in whole days: a named distribution with its source, drawn from a table of its quantiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from epiengine.errors import EngineError
from epiengine.simulate.measures.measure import within
from epiengine.simulate.town import Float64

Int16 = NDArray[np.int16]

#: A draw uses ten bits of a random word, so a delay is known to one part in 1,024 of its probability.
QUANTILES: Final = 1024
LONGEST: Final = 730
#: Days; any finite standard deviation that a paper could name.
WIDEST: Final = 1e6
FAMILIES: Final = ("lognormal", "gamma", "weibull", "geometric", "fixed", "by day")


@dataclass(frozen=True)
class Delay:
    """A delay in days. Make one by its family: `Delay.gamma(5.1, 3.2, source="...")`.

    family    one of FAMILIES
    mean, sd  of the delay in days, before it is rounded to whole days (to the nearest; a half rounds up)
    by_day    for the family "by day": the probability of 0, 1, 2... days
    source    the paper the figures are from
    A day beyond 730 counts as 730. Raises EngineError for figures that no distribution of the family has.
    """

    family: str
    mean: float
    sd: float
    by_day: tuple[float, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise EngineError("delay.family", self.family, f"one of {', '.join(FAMILIES)}")
        within("delay.mean", self.mean, 0, LONGEST)
        within("delay.sd", self.sd, 0, WIDEST)
        if self.family in ("lognormal", "gamma", "weibull") and not (self.mean > 0 and self.sd > 0):
            raise EngineError("delay.mean and sd", (self.mean, self.sd), f"both above 0 for the family {self.family}")
        if self.family == "geometric":
            within("delay.mean", self.mean, 1, LONGEST)
        if self.family == "by day":
            _check_days(self.by_day)

    @classmethod
    def lognormal(cls, mean: float, sd: float, *, source: str = "") -> Delay:
        return cls("lognormal", mean, sd, source=source)

    @classmethod
    def gamma(cls, mean: float, sd: float, *, source: str = "") -> Delay:
        return cls("gamma", mean, sd, source=source)

    @classmethod
    def weibull(cls, mean: float, sd: float, *, source: str = "") -> Delay:
        return cls("weibull", mean, sd, source=source)

    @classmethod
    def geometric(cls, mean: float, *, source: str = "") -> Delay:
        """1, 2, 3... days: each further day with the same probability, as in the Markov models of the textbooks."""
        within("delay.mean", mean, 1, LONGEST)
        return cls("geometric", mean, math.sqrt(mean * mean - mean), source=source)

    @classmethod
    def fixed(cls, days: float, *, source: str = "") -> Delay:
        return cls("fixed", days, 0.0, source=source)

    @classmethod
    def of_days(cls, probability: Sequence[float], *, source: str = "") -> Delay:
        """From the probability of 0, 1, 2... days; they are made to sum to 1."""
        share = _numbers(probability)
        if share.ndim != 1 or not share.size or not np.isfinite(share).all() or bool((share < 0).any()) or share.sum() <= 0:
            raise EngineError("probability", probability, "finite numbers of 0 or more, not all 0")
        share = share / share.sum()
        days = np.arange(share.size)
        mean = float((days * share).sum())
        sd = math.sqrt(max(float((days * days * share).sum()) - mean * mean, 0.0))
        return cls("by day", mean, sd, by_day=tuple(share.tolist()), source=source)

    def quantiles(self) -> Int16:
        """int16[1024]: the delay in whole days at the middle of each 1,024th of its probability."""
        return _table(self)


def _numbers(probability: Sequence[float]) -> Float64:
    try:
        return np.asarray(probability, dtype=np.float64)
    except (TypeError, ValueError):
        raise EngineError("probability", probability, "finite numbers of 0 or more, not all 0") from None


def _check_days(by_day: tuple[float, ...]) -> None:
    # a tuple, because tables are kept by their delay; without days the quantile of every probability is day 0
    if not isinstance(by_day, tuple) or not by_day:
        raise EngineError("delay.by_day", by_day, "a tuple with the probability of 0, 1, 2... days, as Delay.of_days makes it")
    for day, probability in enumerate(by_day):
        within(f"delay.by_day[{day}]", probability, 0, 1)
    if not math.isclose(total := math.fsum(by_day), 1):
        raise EngineError("delay.by_day", total, "probabilities that sum to 1")


@cache
def _table(delay: Delay) -> Int16:
    """Made once for each delay: an ensemble begins a thousand times with the same ones."""
    at = (np.arange(QUANTILES) + 0.5) / QUANTILES
    table = np.clip(np.floor(_quantile(delay, at) + 0.5), 0, LONGEST).astype(np.int16)
    table.setflags(write=False)
    return table


def _quantile(delay: Delay, at: Float64) -> Float64:
    # scipy.special and not scipy.stats, whose import alone takes as long as all else before the first day
    from scipy.special import gammaincinv, ndtri

    mean, sd = delay.mean, delay.sd
    match delay.family:
        case "lognormal":
            spread = math.log1p((sd / mean) ** 2)
            return np.asarray(np.exp(math.sqrt(spread) * ndtri(at)) * (mean * math.exp(-spread / 2)))
        case "gamma":
            return np.asarray(gammaincinv((mean / sd) ** 2, at) * (sd * sd / mean))
        case "weibull":
            shape = _weibull_shape(sd / mean)
            return np.asarray((-np.log1p(-at)) ** (1 / shape) * (mean / math.gamma(1 + 1 / shape)))
        case "geometric":
            return np.ones(at.size) if mean == 1 else np.maximum(np.ceil(np.log1p(-at) / math.log1p(-1 / mean)), 1.0)
        case "by day":
            return np.searchsorted(np.cumsum(delay.by_day), at).astype(np.float64)
        case _:
            return np.full(at.size, mean)


def _weibull_shape(variation: float) -> float:
    """The shape whose coefficient of variation this is: sd/mean = sqrt(Gamma(1+2/k) / Gamma(1+1/k)^2 - 1)."""
    from scipy.optimize import brentq

    def excess(log_shape: float) -> float:
        inverse = math.exp(-log_shape)
        return math.expm1(math.lgamma(1 + 2 * inverse) - 2 * math.lgamma(1 + inverse)) - variation**2

    try:
        return math.exp(float(brentq(excess, math.log(0.1), math.log(1000.0))))
    except (ValueError, OverflowError):
        raise EngineError("delay.sd", variation, "for a Weibull delay, between 0.0013 and 400 times the mean") from None
