"""The three continuous laws a delay may follow, and the one integral from which censored probabilities are made.

With F the distribution function, f its density, S = 1 - F and m the mean:

    H(x) = integral of F from 0 to x  = x F(x) - M(x),        M(x) = integral of u f(u) from 0 to x
    K(x) = integral of S from x to oo = (m - M(x)) - x S(x)   = H(x) - x + m

A first event that is uniform in a day, a second one known by its day: the probability of that is a second difference of H,
or of K, which says the same without cancellation in the right tail. M has a closed form for each law, so no quadrature is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import gamma as gamma_function
from scipy.special import gammainc, gammaincc, gammaincinv, gammaln, ndtr, ndtri

from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, one_of, real

FAMILIES: Final = ("gamma", "lognormal", "weibull")


@dataclass(frozen=True)
class DelayLaw:
    """A delay of more than 0 days.

    gamma      first = shape, second = scale (days)
    lognormal  first = mean of the logarithm, second = standard deviation of the logarithm
    weibull    first = shape, second = scale (days)
    """

    family: str
    first: float
    second: float

    def __post_init__(self) -> None:
        one_of("family", self.family, FAMILIES)
        real("first", self.first, above=None if self.family == "lognormal" else 0.0)
        real("second", self.second, above=0.0)

    @property
    def mean(self) -> float:
        """Days."""
        return self._moment(1)

    @property
    def sd(self) -> float:
        """Days."""
        return float(np.sqrt(max(self._moment(2) - self._moment(1) ** 2, 0.0)))

    def cdf(self, days: Float) -> Float:
        """The share of delays of at most so many days; 0 for negative days."""
        return self._below(days, power=0)

    def survival(self, days: Float) -> Float:
        """The share of longer delays, exact also where it is tiny."""
        return self._above(days, power=0)

    def log_density(self, days: Float) -> Float:
        """The logarithm of the density, per day; -inf for delays that are not positive."""
        days = np.asarray(days, dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(days)
            if self.family == "gamma":
                value = (self.first - 1) * logs - days / self.second - gammaln(self.first) - self.first * np.log(self.second)
            elif self.family == "lognormal":
                value = -0.5 * ((logs - self.first) / self.second) ** 2 - logs - np.log(self.second * np.sqrt(2 * np.pi))
            else:
                stretched = logs - np.log(self.second)
                value = np.log(self.first / self.second) + (self.first - 1) * stretched - np.exp(self.first * stretched)
        return np.where(days > 0, value, -np.inf)

    def quantile(self, probability: float | Float) -> Float:
        """The delay that this share does not exceed, in days."""
        if self.family == "gamma":
            return np.asarray(self.second * gammaincinv(self.first, probability))
        if self.family == "lognormal":
            return np.asarray(np.exp(self.first + self.second * ndtri(probability)))
        return np.asarray(self.second * (-np.log1p(-np.asarray(probability))) ** (1 / self.first))

    def rising(self, days: Float) -> Float:
        """H: the integral of the distribution function from 0 to so many days."""
        days = np.maximum(days, 0.0)
        return days * self._below(days, power=0) - self.mean * self._below(days, power=1)

    def falling(self, days: Float) -> Float:
        """K: the integral of the survival function from so many days on."""
        early = np.minimum(days, 0.0)
        days = np.maximum(days, 0.0)
        return self.mean * self._above(days, power=1) - days * self._above(days, power=0) - early

    def _moment(self, power: int) -> float:
        if self.family == "gamma":
            return float(np.prod(self.first + np.arange(power)) * self.second**power)
        if self.family == "lognormal":
            return float(np.exp(power * self.first + (power * self.second) ** 2 / 2))
        return float(self.second**power * gamma_function(1 + power / self.first))

    def _below(self, days: Float, *, power: int) -> Float:
        """The share of the power-th moment that delays of at most so many days make up."""
        shape, at = self._standard(days, power=power)
        return np.asarray(ndtr(at) if self.family == "lognormal" else gammainc(shape, at))

    def _above(self, days: Float, *, power: int) -> Float:
        shape, at = self._standard(days, power=power)
        return np.asarray(ndtr(-at) if self.family == "lognormal" else gammaincc(shape, at))

    def _standard(self, days: Float, *, power: int) -> tuple[float, Float]:
        """The moment of a gamma law is a gamma law of a higher shape, and likewise for the other two."""
        days = np.maximum(days, 0.0)
        if self.family == "gamma":
            return self.first + power, days / self.second
        if self.family == "lognormal":
            with np.errstate(divide="ignore"):
                return 0.0, (np.log(days) - self.first) / self.second - power * self.second
        return 1 + power / self.first, (days / self.second) ** self.first


def delay_law(family: str, *, mean: float, sd: float) -> DelayLaw:
    """The law of this family that has this mean and standard deviation (days, both above 0)."""
    one_of("family", family, FAMILIES)
    mean, sd = real("mean", mean, above=0.0), real("sd", sd, above=0.0)
    variation = (sd / mean) ** 2
    if family == "gamma":
        return DelayLaw(family, 1 / variation, mean * variation)
    if family == "lognormal":
        spread = float(np.sqrt(np.log1p(variation)))
        return DelayLaw(family, float(np.log(mean)) - spread**2 / 2, spread)
    shape = _weibull_shape(variation)
    return DelayLaw(family, shape, mean / float(gamma_function(1 + 1 / shape)))


def _weibull_shape(variation: float) -> float:
    """The shape with this squared coefficient of variation."""

    def excess(log_shape: float) -> float:
        shape = np.exp(log_shape)
        return float(np.expm1(gammaln(1 + 2 / shape) - 2 * gammaln(1 + 1 / shape)) - variation)

    if not excess(-2.5) > 0 > excess(7.0):
        raise EngineError("sd", variation**0.5, "a coefficient of variation from 0.002 to 1e6 for a weibull law")
    return float(np.exp(brentq(excess, -2.5, 7.0, xtol=1e-14)))
