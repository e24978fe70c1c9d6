"""How fast the cases of a day grow or shrink, in how many days they double or halve, and which reproduction number that means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, counts, one_of, real
from epiengine.estimate.quasipoisson import fit_log_linear, student
from epiengine.estimate.serial_interval import serial_interval

MODELS: Final = ("poisson", "log_linear")
LEAST_DAYS: Final = 3


@dataclass(frozen=True)
class Growth:
    """cases(t) = exp(intercept + rate t) from the first day given; every interval is of the level asked for.

    rate        per day, with low and high
    doubling    days in which cases double, (low, best, high); inf where the rate is not above 0
    halving     days in which cases halve, (low, best, high); inf where the rate is not below 0
    dispersion  variance over mean around the curve (poisson), or the residual variance of the logarithms (log_linear)
    """

    rate: float
    low: float
    high: float
    intercept: float
    dispersion: float

    @property
    def doubling(self) -> tuple[float, float, float]:
        return _days_to_double(self.high), _days_to_double(self.rate), _days_to_double(self.low)

    @property
    def halving(self) -> tuple[float, float, float]:
        return _days_to_double(-self.low), _days_to_double(-self.rate), _days_to_double(-self.high)


def growth(cases: ArrayLike, *, model: str = "poisson", level: float = 0.95) -> Growth:
    """The exponential growth rate of the days given.

    poisson     log E(cases) linear in the day, variance proportional to the mean, the factor not below 1; days without cases count
    log_linear  least squares through the logarithms, as R's `incidence::fit`; days without cases are left out
    cases [days >= 3], on 2 days at least. Intervals by Student's law with days - 2 degrees of freedom. Raises EngineError for less, and for a wrong model or level.
    """
    series = counts("cases", cases)
    upper = (1 + real("level", level, low=0.01, high=0.9999)) / 2
    log_linear = one_of("model", model, MODELS) == "log_linear"
    kept = series > 0 if log_linear else np.ones(series.size, dtype=np.bool_)
    # with cases on one day only, the curve that fits best may be endlessly steep
    if int(kept.sum()) < LEAST_DAYS or int((series > 0).sum()) < LEAST_DAYS - 1:
        allowed = f"{LEAST_DAYS} days, {LEAST_DAYS - 1} of them with cases ({LEAST_DAYS} with log_linear)"
        raise EngineError("cases", f"{int((series > 0).sum())} days with cases among {series.size}", allowed)
    day = np.flatnonzero(kept).astype(np.float64)
    intercept, rate, error, dispersion = _by_logarithms(day, series[kept]) if log_linear else _by_counts(day, series)
    reach = student(upper, spare=day.size - 2) * error
    return Growth(rate, rate - reach, rate + reach, intercept, dispersion)


def reproduction_of_growth(rate: float, weights: ArrayLike) -> float:
    """R = 1 / sum over k of w[k] exp(-rate k): Wallinga & Lipsitch, Proc R Soc B 2007;274:599, equation 2.7 in days.

    rate per day; weights [k] the generation time by days. Raises EngineError for a serial interval that is none.
    """
    interval = serial_interval("weights", weights, days=2**31)
    return float(1 / (interval @ np.exp(-real("rate", rate, low=-20.0, high=20.0) * np.arange(interval.size))))


def _by_counts(day: Float, cases: Float) -> tuple[float, float, float, float]:
    fit = fit_log_linear(np.stack([np.ones_like(day), day], axis=1), cases)
    if not fit.settled:
        raise EngineError("cases", "counts", "counts that an exponential curve can follow: the fit did not settle")
    dispersion = max(fit.dispersion, 1.0)
    return float(fit.coefficient[0]), float(fit.coefficient[1]), fit.error(np.array([0.0, 1.0]), dispersion=dispersion), dispersion


def _by_logarithms(day: Float, cases: Float) -> tuple[float, float, float, float]:
    logs, centred = np.log(cases), day - day.mean()
    rate = float(centred @ logs / (centred @ centred))
    intercept = float(logs.mean() - rate * day.mean())
    variance = float(((logs - intercept - rate * day) ** 2).sum() / (day.size - 2))
    return intercept, rate, float(np.sqrt(variance / (centred @ centred))), variance


def _days_to_double(rate: float) -> float:
    return float(np.log(2) / rate) if rate > 0 else float("inf")
