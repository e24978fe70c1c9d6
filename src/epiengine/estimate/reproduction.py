"""The instantaneous reproduction number R(t): Cori, Ferguson, Fraser, Cauchemez, Am J Epidemiol 2013;178:1505-12.

Cases of a day are Poisson with mean R(t) L(t), where L(t) = sum over k of w[k] cases(t - k) is the overall infectivity. R is taken as constant in a
window and has a gamma prior (shape a, scale b); so the posterior of a window W is a gamma law of
    shape a + sum over W of the local cases,   scale 1 / (1/b + sum over W of L).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from epiengine.arrays import Bool, Int32, in_order, same_length, whole_numbers
from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, counts, probabilities, real, refuse_where
from epiengine.estimate.serial_interval import mean_interval, serial_interval
from epiengine.jit import jit

QUANTILES: Final = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)


@dataclass(frozen=True, eq=False)
class Reproduction:
    """R in m windows, for one series or for c communes; the leading [c] is absent for one series.

    start, end  int32[m]: first and last day of each window, days counted from 0
    mean, sd    float64[c, m] of the posterior
    levels      float64[q]; quantile  float64[q, c, m]
    known       bool[m]: False where a window ends too early for an estimate; mean, sd and quantile are NaN there and nowhere else
    """

    start: Int32
    end: Int32
    mean: Float
    sd: Float
    levels: Float
    quantile: Float
    known: Bool


@dataclass(frozen=True, eq=False)
class Prior:
    """The gamma prior of R. 5 and 5 make a low R a finding of the data and not of the prior (Cori et al. 2013)."""

    mean: float = 5.0
    sd: float = 5.0

    def __post_init__(self) -> None:
        real("prior.mean", self.mean, above=0.0)
        real("prior.sd", self.sd, above=0.0)

    @property
    def shape(self) -> float:
        return (self.mean / self.sd) ** 2

    @property
    def scale(self) -> float:
        return self.sd**2 / self.mean


#: Cori's prior.
VAGUE: Final = Prior()


def sliding_windows(days: int, *, length: int = 7) -> tuple[Int32, Int32]:
    """int32[m], int32[m]: first and last day of every window of this length that begins on day 1 or later."""
    if not 1 <= length < days:
        raise EngineError("length", length, f"from 1 to {days - 1} days: day 0 has no past to explain it")
    start = np.arange(1, days - length + 1, dtype=np.int32)
    return start, start + np.int32(length - 1)


def infectivity(cases: ArrayLike, weights: ArrayLike) -> Float:
    """float64[c, days]: L(t) = sum for k = 1..t of w[k] cases(t - k); NaN on day 0, which nothing precedes."""
    series = counts("cases", cases, axes=(1, 2))
    force = infectivity_of(np.atleast_2d(series), serial_interval("weights", weights, days=series.shape[-1]))
    force[:, 0] = np.nan
    return force.reshape(series.shape)


def reproduction(
    cases: ArrayLike,
    weights: ArrayLike,
    *,
    imported: ArrayLike | None = None,
    windows: tuple[ArrayLike, ArrayLike] | None = None,
    prior: Prior = VAGUE,
    levels: ArrayLike = QUANTILES,
) -> Reproduction:
    """R in each window, as EpiEstim 2.2-4 defines it.

    cases     [days] or [c, days]: all new cases of a day;  imported  those among them who were infected elsewhere: they infect, but nobody here infected them.
              All cases of day 0 count as imported, whatever is given.
    weights   [k]: the serial interval by days, `discretised_serial_interval` or a given one
    windows   first and last days (first >= 1, ends ascending not needed); every 7 days by default
    A window is known if it ends more than a mean serial interval after day 0: t_end > sum k w[k], days counted from 1.
    Time O(c days k) for L, O(c m) for the rest. Raises EngineError for negative or missing counts, more imported than all, windows out of range, a wrong prior.
    """
    series = counts("cases", cases, axes=(1, 2))
    table = np.atleast_2d(series)
    interval = serial_interval("weights", weights, days=table.shape[1])
    start, end = checked_windows(windows, days=table.shape[1])
    quantiles = probabilities("levels", levels)
    infected = window_sums(local_cases(table, imported), start, end)
    rate = window_sums(infectivity_of(table, interval), start, end)
    rate += 1 / prior.scale
    scale = np.reciprocal(rate, out=rate)
    known = end + 1 > mean_interval(interval)
    posterior = _posterior(infected, scale, quantiles, prior=prior)
    posterior[..., ~known] = np.nan
    posterior = posterior.reshape(-1, *series.shape[:-1], start.size)
    return Reproduction(start, end, posterior[0], posterior[1], quantiles, posterior[2:], known)


def local_cases(cases: Float, imported: ArrayLike | None) -> Float:
    """float64[c, days]: the cases that somebody here infected. Day 0 is left as it is: no window holds it."""
    if imported is None:
        return cases
    foreign = np.atleast_2d(counts("imported", imported, axes=(1, 2)))
    if foreign.shape != cases.shape:
        raise EngineError("imported", f"shape {foreign.shape}", f"the shape of cases {cases.shape}")
    refuse_where("imported", foreign, foreign > cases, "at most all cases of the day")
    return cases - foreign


def checked_windows(windows: tuple[ArrayLike, ArrayLike] | None, *, days: int) -> tuple[Int32, Int32]:
    """The windows given, inside day 1 to the last; or every 7 days."""
    if windows is None:
        return sliding_windows(days)
    start, end = (whole_numbers(name, side, low=1, high=days - 1) for name, side in zip(("start", "end"), windows, strict=True))
    same_length(start=start, end=end)
    in_order("start", "end", start, end)
    return start, end


def _posterior(infected: Float, scale: Float, levels: Float, *, prior: Prior) -> Float:
    """float64[2 + q, c, m]: mean, sd and quantiles of the gamma laws. Their shapes are counts of cases: each distinct one is inverted once."""
    distinct, row = _distinct(infected)
    shape = distinct + prior.shape
    unscaled = np.vstack([shape, np.sqrt(shape), gammaincinv(shape, levels[:, None])])
    found = np.empty((unscaled.shape[0], *infected.shape))
    _scale_kernel(unscaled, row, scale, found)
    return found


def _distinct(values: Float) -> tuple[Float, Int32]:
    """The distinct values ascending, and the place of each value among them; without sorting where they are whole and not too large."""
    most = int(values.max(initial=0.0))
    if most <= min(4 * values.size + 1000, 2**31 - 2):
        whole = values.astype(np.int32)
        if np.array_equal(whole, values):
            present = np.zeros(most + 1, dtype=np.bool_)
            present[whole] = True
            return np.flatnonzero(present).astype(np.float64), (np.cumsum(present, dtype=np.int32) - np.int32(1))[whole]
    distinct, row = np.unique(values, return_inverse=True)
    return distinct, row.reshape(values.shape).astype(np.int32)


def infectivity_of(cases: Float, weights: Float) -> Float:
    """float64[c, days]: L of checked arrays, 0 on day 0."""
    force = np.zeros_like(cases)
    _infectivity_kernel(cases, np.trim_zeros(weights, "b"), force)
    return force


def window_sums(series: Float, start: Int32, end: Int32) -> Float:
    """float64[c, m]: the sum of each row over each window."""
    sums = np.empty((series.shape[0], start.size))
    _window_kernel(series, start, end, sums)
    return sums


@jit
def _infectivity_kernel(cases: Float, weights: Float, force: Float) -> None:
    """Adds each delay's share to a whole row at once, so that the inner loop runs over neighbours in memory."""
    days = cases.shape[1]
    for commune in range(cases.shape[0]):
        for delay in range(1, min(weights.size, days)):
            for day in range(delay, days):
                force[commune, day] += weights[delay] * cases[commune, day - delay]


@jit
def _window_kernel(series: Float, start: Int32, end: Int32, sums: Float) -> None:
    """Sums each window anew: a running sum would leave the rounding of a past wave in a window without cases."""
    for commune in range(series.shape[0]):
        for window in range(start.size):
            total = 0.0
            for day in range(start[window], end[window] + 1):
                total += series[commune, day]
            sums[commune, window] = total


@jit
def _scale_kernel(unscaled: Float, row: Int32, scale: Float, found: Float) -> None:
    """found[f, c, m] = unscaled[f, row[c, m]] scale[c, m]."""
    for figure in range(unscaled.shape[0]):
        for commune in range(row.shape[0]):
            for window in range(row.shape[1]):
                found[figure, commune, window] = unscaled[figure, row[commune, window]] * scale[commune, window]
