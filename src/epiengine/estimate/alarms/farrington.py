"""Farrington's alarm in its flexible form: is the count of a week above what the same season of past years leads to expect?

Farrington, Andrews, Beale, Catchpole, J R Stat Soc A 1996;159:547; Noufaily et al., Stat Med 2013;32:1206. Defaults are those of R's
`surveillance::farringtonFlexible`; Noufaily's improvements are periods=10, past_left_out=26, trend_p=1, threshold="negative_binomial".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, ndtr, ndtri, pdtrc
from scipy.stats import nbinom, poisson

from epiengine.arrays import Bool, Int32, number, whole_numbers
from epiengine.errors import EngineError
from epiengine.estimate.alarms.reference_weeks import reference_weeks
from epiengine.estimate.gates import Float, one_of, real, whole_counts
from epiengine.estimate.quasipoisson import LogLinear, fit_log_linear

THRESHOLDS: Final = ("power", "negative_binomial", "negative_binomial_uncertain")
POWERS: Final = {"2/3": 2 / 3, "1/2": 1 / 2, "none": 1.0}


@dataclass(frozen=True)
class FarringtonRule:
    """How a week is judged. Weeks without enough cases (least_cases within the last recent_weeks) are not judged.

    years, half_window  b years back, w weeks to either side;  frequency  weeks of a year;  periods  seasons of a year (1: only the windows)
    past_left_out       so many weeks before the week itself are not used (w by default)
    trend, trend_p      a linear trend is kept if its p is below, over 3 years or more, and if it leads to no more than the greatest count seen
    reweight, residual  past weeks whose Anscombe residual is above are weighed down: past outbreaks
    as_surveillance     the error of the fit as R's package has it after reweighting: from ((y - mu) / mu)^2 where Pearson's (y - mu)^2 / mu belongs (1.20-3)
    alpha               one-sided error;  threshold  normal after a power (delta), negative binomial, or that with the mean at its upper limit (muan)
    """

    years: int = 5
    half_window: int = 3
    frequency: int = 52
    periods: int = 1
    past_left_out: int | None = None
    trend: bool = True
    trend_p: float = 0.05
    reweight: bool = True
    residual: float = 2.58
    alpha: float = 0.05
    threshold: str = "power"
    power: str = "2/3"
    as_surveillance: bool = False
    least_cases: int = 5
    recent_weeks: int = 4

    def check(self) -> None:
        """Raises EngineError for the first value that is out of range."""
        number("rule.years", self.years, low=1, high=100)
        number("rule.frequency", self.frequency, low=2, high=366)
        number("rule.half_window", self.half_window, low=0, high=self.frequency // 2 - 1)
        number("rule.periods", self.periods, low=1, high=self.frequency)
        number("rule.past_left_out", self.left_out, low=0, high=self.frequency * self.years)
        number("rule.least_cases", self.least_cases, low=0)
        number("rule.recent_weeks", self.recent_weeks, low=1)
        real("rule.trend_p", self.trend_p, low=0.0, high=1.0)
        real("rule.residual", self.residual, above=0.0)
        real("rule.alpha", self.alpha, low=1e-9, high=0.5)
        one_of("rule.threshold", self.threshold, THRESHOLDS)
        one_of("rule.power", self.power, tuple(POWERS))

    @property
    def left_out(self) -> int:
        return self.half_window if self.past_left_out is None else self.past_left_out


STANDARD: Final = FarringtonRule()
NOUFAILY: Final = replace(STANDARD, periods=10, past_left_out=26, trend_p=1.0, threshold="negative_binomial")


@dataclass(frozen=True, eq=False)
class FarringtonAlarms:
    """m weeks. expected, upper, dispersion, trend (per week, NaN where left out), p_value, score (y - expected) / (upper - expected), above 1 in an alarm: float64[m].

    alarm bool[m];  known bool[m]: False where too few cases or a model that does not settle forbid a judgement; upper and score are NaN there.
    """

    week: Int32
    expected: Float
    upper: Float
    dispersion: Float
    trend: Float
    p_value: Float
    score: Float
    alarm: Bool
    known: Bool


def farrington(cases: ArrayLike, *, weeks: ArrayLike | None = None, rule: FarringtonRule = STANDARD) -> FarringtonAlarms:
    """Alarms for the weeks given (all that have history enough by default) of one series of weekly counts.

    cases [n] whole;  weeks [m] indices into it. Raises EngineError for counts that are not, weeks without history, and a rule out of range.
    """
    series = whole_counts("cases", cases).astype(np.float64)
    rule.check()
    first = rule.years * rule.frequency + rule.half_window
    if weeks is None and series.size <= first:
        raise EngineError("cases", f"{series.size} weeks", f"at least {first + 1}: {rule.years} years and half a window, and one to judge")
    asked = np.arange(first, series.size) if weeks is None else weeks
    judged = whole_numbers("weeks", asked, low=min(first, series.size - 1), high=series.size - 1)
    rows = np.array([_judge(series, int(week), rule) for week in judged]).reshape(-1, 6)
    expected, upper, dispersion, trend, p_value, score = rows.T
    known = np.isfinite(upper)
    alarm = known & (series[judged] > upper)
    return FarringtonAlarms(judged, expected, upper, dispersion, trend, p_value, score, alarm, known)


def _judge(series: Float, week: int, rule: FarringtonRule) -> tuple[float, ...]:
    """expected, upper, dispersion, trend, p and score of one week; NaN throughout where it cannot be judged."""
    recent = series[max(week - rule.recent_weeks + 1, 0) : week + 1]
    if recent.sum() < rule.least_cases or (model := _model(series, week, rule)) is None:
        return (np.nan,) * 6
    fit, dispersion, trend = model
    now = np.zeros(fit.coefficient.size)
    now[0] = 1.0  # the season of the week itself is the one the others are compared with; time is counted from the week
    expected, error = float(np.exp(fit.coefficient[0])), fit.error(now, dispersion=fit.dispersion)
    limit = _power_limit if rule.threshold == "power" else _negative_binomial_limit
    upper, p_value = limit(series[week], expected, error, dispersion, rule)
    return expected, upper, dispersion, trend, p_value, _score(float(series[week]), expected, upper)


def _score(count: float, expected: float, upper: float) -> float:
    if upper > expected:
        return (count - expected) / (upper - expected)
    return np.inf if count > upper else 0.0


def _model(series: Float, week: int, rule: FarringtonRule) -> tuple[LogLinear, float, float] | None:
    """The fit with the trend, if the trend may stay, else without; None if neither settles."""
    used, season = reference_weeks(
        week,
        years=rule.years,
        half_window=rule.half_window,
        frequency=rule.frequency,
        periods=rule.periods,
        past_left_out=rule.left_out,
    )
    seasons = (season[:, None] == np.arange(1, rule.periods)).astype(np.float64)
    plain = np.concatenate([np.ones((used.size, 1)), seasons], axis=1)
    trended = np.concatenate([plain, (used - week)[:, None].astype(np.float64)], axis=1)
    past = series[used]
    if rule.trend and (fit := _fit(trended, past, rule)) is not None and _trend_stays(fit[0], past, rule):
        return *fit, float(fit[0].coefficient[-1])
    without = _fit(plain, past, rule)
    return None if without is None else (*without, np.nan)


def _trend_stays(fit: LogLinear, past: Float, rule: FarringtonRule) -> bool:
    significant = fit.p_value(fit.coefficient.size - 1) < rule.trend_p
    return significant and rule.years >= 3 and float(np.exp(fit.coefficient[0])) <= past.max()


def _fit(design: Float, past: Float, rule: FarringtonRule) -> tuple[LogLinear, float] | None:
    """The fit and the overdispersion, at least 1; fitted again with the weights of past outbreaks taken down."""
    fit = fit_log_linear(design, past)
    if not fit.settled:
        return None
    dispersion = max(fit.dispersion, 1.0)
    if rule.reweight:
        weight = outbreak_weights(anscombe_residuals(past, fit, dispersion), least=rule.residual)
        fit = fit_log_linear(design, past, weight=weight)
        dispersion = max(fit.dispersion, 1.0)
        if rule.as_surveillance:
            fit = replace(fit, dispersion=float((weight * (past / fit.fitted - 1) ** 2).sum() / fit.spare))
    return fit, dispersion


def anscombe_residuals(count: Float, fit: LogLinear, dispersion: float) -> Float:
    """Farrington et al. 1996, section 3.6: 1.5 (y^(2/3) mu^(-1/6) - mu^(1/2)) / sqrt(dispersion (1 - leverage))."""
    raw = 1.5 * (count ** (2 / 3) * fit.fitted ** (-1 / 6) - fit.fitted**0.5)
    return np.asarray(raw / np.sqrt(dispersion * (1 - fit.leverage)))


def outbreak_weights(residual: Float, *, least: float) -> Float:
    """residual^-2 above `least`, else 1; scaled so that they sum to their number."""
    weight = np.where(residual > least, np.divide(1.0, residual**2, out=np.ones_like(residual), where=residual > least), 1.0)
    return np.asarray(weight * residual.size / weight.sum())


def _power_limit(count: float, expected: float, error: float, dispersion: float, rule: FarringtonRule) -> tuple[float, float]:
    """Farrington's threshold: count^power is normal. `error` is that of the logarithm, so expected x error is that of the mean (delta method)."""
    power = POWERS[rule.power]
    spread = power * np.sqrt(expected ** (2 * power - 1) * (dispersion + expected * error**2))
    upper = (expected**power + ndtri(1 - rule.alpha) * spread) ** (1 / power)
    return float(upper), float(ndtr((expected**power - count**power) / spread))


def _negative_binomial_limit(count: float, expected: float, error: float, dispersion: float, rule: FarringtonRule) -> tuple[float, float]:
    """Noufaily's threshold: the quantile of a negative binomial law of variance dispersion x mean; Poisson's where the dispersion is 1."""
    uncertain = rule.threshold == "negative_binomial_uncertain"
    mean = expected * float(np.exp(ndtri(1 - rule.alpha) * error)) if uncertain else expected
    if dispersion <= 1:
        return float(poisson.ppf(1 - rule.alpha, mean)), float(pdtrc(count - 1, mean)) if count > 0 else 1.0
    size = mean / (dispersion - 1)
    # P(Y >= count) as an incomplete beta function: 1 for a count of 0
    tail = float(betainc(count, size, 1 - 1 / dispersion)) if count > 0 else 1.0
    return float(nbinom.ppf(1 - rule.alpha, size, 1 / dispersion)), tail
