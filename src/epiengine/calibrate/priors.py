"""What is thought of a parameter before the data have spoken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from epiengine.errors import EngineError
from epiengine.simulate.town import Float64

FAMILIES: Final = ("uniform", "normal", "lognormal")


@dataclass(frozen=True)
class Prior:
    """One parameter. Make one by its family: `Prior.uniform("beta", 0, 1)`.

    a, b  uniform: from, to; normal: mean, standard deviation; lognormal: median, standard deviation of the logarithm
    """

    name: str
    family: str
    a: float
    b: float

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise EngineError(f"prior.{self.name}", self.family, f"one of {', '.join(FAMILIES)}")
        if not (math.isfinite(self.a) and math.isfinite(self.b)):
            raise EngineError(f"prior.{self.name}", (self.a, self.b), "finite numbers")
        if (self.family == "uniform" and not self.a < self.b) or (self.family != "uniform" and not self.b > 0):
            raise EngineError(f"prior.{self.name}", (self.a, self.b), "from below to, or a spread above 0")
        if self.family == "lognormal" and not self.a > 0:
            raise EngineError(f"prior.{self.name}", self.a, "a median above 0")

    @classmethod
    def uniform(cls, name: str, low: float, high: float) -> Prior:
        return cls(name, "uniform", low, high)

    @classmethod
    def normal(cls, name: str, mean: float, sd: float) -> Prior:
        return cls(name, "normal", mean, sd)

    @classmethod
    def lognormal(cls, name: str, median: float, sigma: float) -> Prior:
        return cls(name, "lognormal", median, sigma)

    def drawn(self, chance: np.random.Generator) -> float:
        """One value."""
        if self.family == "uniform":
            return float(chance.uniform(self.a, self.b))
        normal = float(chance.standard_normal())
        return self.a + self.b * normal if self.family == "normal" else self.a * math.exp(self.b * normal)

    def log_density(self, value: float) -> float:
        """Natural logarithm of the density; minus infinity where there is none."""
        if self.family == "uniform":
            return -math.log(self.b - self.a) if self.a <= value <= self.b else -math.inf
        if self.family == "lognormal":
            return _log_normal(math.log(value / self.a) / self.b) - math.log(self.b * value) if value > 0 else -math.inf
        return _log_normal((value - self.a) / self.b) - math.log(self.b)


def drawn(priors: Sequence[Prior], chance: np.random.Generator) -> Float64:
    """float64[p]: one value of each parameter."""
    return np.array([prior.drawn(chance) for prior in priors])


def log_density(priors: Sequence[Prior], values: Float64) -> float:
    """Of all parameters together, which are independent before the data."""
    return sum(prior.log_density(float(value)) for prior, value in zip(priors, values, strict=True))


def _log_normal(standard: float) -> float:
    return -0.5 * (standard * standard + math.log(2 * math.pi))
