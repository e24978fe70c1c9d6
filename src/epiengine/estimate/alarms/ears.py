"""The Early Aberration Reporting System: is today's count far above that of the last days?

Hutwagner, Thompson, Seeman, Treadwell, J Urban Health 2003;80(2 Suppl 1):i89; Fricker, Hegler, Dunfee, Stat Med 2008;27:3407.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike
from scipy.special import ndtri

from epiengine.arrays import Bool, number
from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, counts, one_of, real

#: One-sided error of each method: C1 and C2 alarm at about 3 standard deviations, C3 at about 2 (as R's `surveillance::earsC`).
ALPHA: Final = {"C1": 0.001, "C2": 0.001, "C3": 0.025}
GAP: Final = {"C1": 0, "C2": 2, "C3": 2}


@dataclass(frozen=True, eq=False)
class EarsAlarms:
    """[c, days], or [days] for one series. statistic, upper: float64, NaN on the first days, which are not known; alarm, known: bool.

    statistic  C1, C2: standard deviations above the baseline;  C3: what exceeds 1 of them, summed over today and the two days before
    upper      the count above which today is an alarm, all else as it is
    """

    statistic: Float
    upper: Float
    alarm: Bool
    known: Bool


def ears(cases: ArrayLike, *, method: str = "C1", baseline: int = 7, alpha: float | None = None, least_sd: float = 0.0) -> EarsAlarms:
    """Alarms for each day of one series or of c communes.

        C1(t) = (y(t) - mean) / sd of the `baseline` days before;  C2(t) the same of the days before the last two
        C3(t) = sum for i = 0..2 of max(0, C2(t - i) - 1)

    cases [days] or [c, days];  alpha  alarm above the 1 - alpha quantile of the normal law;  least_sd  the sd is taken as at least this.
    A baseline without any variation and least_sd 0: every case above it is an alarm. Raises EngineError for a baseline below 3 days or a series too short for one.
    """
    series = counts("cases", cases, axes=(1, 2))
    one_of("method", method, tuple(ALPHA))
    threshold = float(ndtri(1 - real("alpha", ALPHA[method] if alpha is None else alpha, low=1e-9, high=0.5)))
    days, past = number("baseline", baseline, low=3), GAP[method] + baseline
    needed = past + (2 if method == "C3" else 0)
    if series.shape[-1] <= needed:
        raise EngineError("cases", f"{series.shape[-1]} days", f"at least {needed + 1} days for {method} with a baseline of {days}")
    before = sliding_window_view(series, days, axis=-1)[..., : series.shape[-1] - past, :]
    mean, sd = before.mean(axis=-1), np.maximum(before.std(axis=-1, ddof=1), real("least_sd", least_sd, low=0.0))
    found = _distance(series[..., past:], mean, sd)
    if method == "C3":
        earlier = np.maximum(found[..., :-2] - 1, 0) + np.maximum(found[..., 1:-1] - 1, 0)
        found = earlier + np.maximum(found[..., 2:] - 1, 0)
        upper = np.where(earlier > threshold, -np.inf, mean[..., 2:] + _times(1 + threshold - earlier, sd[..., 2:]))
    else:
        upper = mean + threshold * sd
    return _from_day(needed, series, found, np.maximum(upper, 0.0), found > threshold)


def _distance(today: Float, mean: Float, sd: Float) -> Float:
    """Standard deviations above the mean; where there is no variation, anything above the mean is infinitely far."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(today == mean, 0.0, (today - mean) / sd)


def _times(factor: Float, sd: Float) -> Float:
    with np.errstate(invalid="ignore"):
        return np.where(sd == 0, 0.0, factor * sd)


def _from_day(first: int, series: Float, statistic: Float, upper: Float, alarm: Bool) -> EarsAlarms:
    known = np.zeros(series.shape, dtype=np.bool_)
    known[..., first:] = True
    wide = [np.full(series.shape, np.nan), np.full(series.shape, np.nan)]
    wide[0][..., first:], wide[1][..., first:] = statistic, upper
    alarms = np.zeros_like(known)
    alarms[..., first:] = alarm
    return EarsAlarms(wide[0], wide[1], alarms, known)
