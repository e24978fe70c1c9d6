"""The case reproduction number: how many people a case of a given day has infected. Wallinga & Teunis, Am J Epidemiol 2004;160:509-16.

A case of day t was infected by one of day s with probability p(t, s) = w[t - s] cases(s) / sum over u of w[t - u] cases(u), independently of the others.
So the number of people infected from within a window is a sum of binomial numbers, one for each day of infection, and its law is computed, where the
paper and EpiEstim simulate transmission trees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import Bool, Int32, in_order, same_length, whole_numbers
from epiengine.estimate.gates import Float, probabilities, whole_counts
from epiengine.estimate.reproduction import infectivity_of, sliding_windows
from epiengine.estimate.serial_interval import serial_interval

LEVELS: Final = (0.025, 0.975)


@dataclass(frozen=True, eq=False)
class CaseReproduction:
    """People infected per case of m windows, if the cases that come after the last day are none.

    start, end  int32[m], days counted from 0;  mean, sd  float64[m] over the trees that the cases allow
    levels      float64[q]; quantile float64[q, m];  known  bool[m]: False where the window holds no case; the rest is NaN there
    """

    start: Int32
    end: Int32
    mean: Float
    sd: Float
    levels: Float
    quantile: Float
    known: Bool


def wallinga_teunis(
    cases: ArrayLike, weights: ArrayLike, *, windows: tuple[ArrayLike, ArrayLike] | None = None, levels: ArrayLike = LEVELS
) -> CaseReproduction:
    """R of the cases of each window (by day of onset of the infector).

    cases  [days] whole numbers;  weights  [k] the serial interval;  windows  first and last days, every 7 days from day 1 by default.
    Cases without any possible infector count for nobody. Not corrected for infections still to come: the last windows are too low.
    Raises EngineError for counts that are negative, missing or not whole, and for windows out of range.
    """
    series = whole_counts("cases", cases)
    interval = serial_interval("weights", weights, days=series.size)
    start, end = _checked_windows(windows, days=series.size)
    quantiles = probabilities("levels", levels)
    chances = _chance_by_window(series.astype(np.float64), interval, start=start, end=end)
    infectors = np.array([series[first : last + 1].sum() for first, last in zip(start, end, strict=True)], dtype=np.float64)
    found = np.array([_infected(series.astype(np.float64), chance, quantiles) for chance in chances.T]).reshape(start.size, -1)
    with np.errstate(invalid="ignore", divide="ignore"):
        figures = np.where(infectors > 0, found.T / infectors, np.nan)
    return CaseReproduction(start, end, figures[0], figures[1], quantiles, figures[2:], infectors > 0)


def _chance_by_window(cases: Float, weights: Float, *, start: Int32, end: Int32) -> Float:
    """float64[days, m]: the probability that a case of the day was infected by a case of the window."""
    days = np.arange(cases.size)
    delay = days[:, None] - days[None, :]
    padded = np.append(weights, 0.0)
    force = infectivity_of(cases[None, :], weights)[0]
    share = np.where(delay > 0, padded[np.clip(delay, 0, weights.size)], 0.0) * cases
    by_day = np.divide(share, force[:, None], out=np.zeros_like(share), where=force[:, None] > 0)
    before = np.concatenate([np.zeros((cases.size, 1)), np.cumsum(by_day, axis=1)], axis=1)
    return np.asarray(np.clip(before[:, end + 1] - before[:, start], 0.0, 1.0))


def _infected(trials: Float, chance: Float, levels: Float) -> Float:
    """float64[2 + q]: mean, sd and quantiles of a sum of independent binomial numbers."""
    taking = (trials > 0) & (chance > 0)
    trials, chance = trials[taking], chance[taking]
    mean, variance = float(trials @ chance), float(trials @ (chance * (1 - chance)))
    return np.concatenate([[mean, np.sqrt(variance)], _binomial_sum_quantiles(trials, chance, levels, mean=mean, variance=variance)])


def _binomial_sum_quantiles(trials: Float, chance: Float, levels: Float, *, mean: float, variance: float) -> Float:
    """The least number not below each level: the law from its characteristic function, on a circle 16 standard deviations long or longer.

    What lies further out than 8 standard deviations or 32 is below the precision of a double, so the circle does not bite its tail.
    """
    size = int(2 ** np.ceil(np.log2(16 * np.sqrt(variance) + 64)))
    first = int(np.floor(mean)) - size // 2
    angle = 2j * np.pi * np.arange(size) / size
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log1p(chance[:, None] * np.expm1(angle)) * trials[:, None]
    law = np.fft.fft(np.exp(logs.sum(axis=0) - first * angle)).real / size
    return first + np.searchsorted(np.cumsum(law), levels - 1e-12).astype(np.float64)


def _checked_windows(windows: tuple[ArrayLike, ArrayLike] | None, *, days: int) -> tuple[Int32, Int32]:
    """As for R(t), but day 0 may be asked about: its cases have infected people too."""
    if windows is None:
        return sliding_windows(days)
    start, end = (whole_numbers(name, side, low=0, high=days - 1) for name, side in zip(("start", "end"), windows, strict=True))
    same_length(start=start, end=end)
    in_order("start", "end", start, end)
    return start, end
