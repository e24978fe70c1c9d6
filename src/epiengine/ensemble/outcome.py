"""What an ensemble says: every run kept, quantiles by day, resource needs, the first day over capacity, plans compared run by run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Int32, Int64
from epiengine.errors import EngineError
from epiengine.simulate import RESOURCES, SERIES

Float64 = NDArray[np.float64]

#: Median, the 50 % and the 90 % band.
BANDS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """All runs of all plans.

    totals     int64[plans, replicates, days, series]
    local      int32[plans, replicates, days, communes, kept]
    resources  int64[plans, replicates, days, resources]
    by_commune names of the series in the last axis of `local`
    """

    totals: Int64
    local: Int32
    resources: Int64
    by_commune: tuple[str, ...]

    def daily(self, series: str) -> Int64:
        """int64[plans, replicates, days] of one series, all communes together."""
        return self.totals[..., _position("series", series, SERIES)]

    def communes(self, series: str) -> Int32:
        """int32[plans, replicates, days, communes] of a series that was kept by commune."""
        return self.local[..., _position("series", series, self.by_commune)]

    def used(self, resource: str) -> Int64:
        """int64[plans, replicates, days] of one resource."""
        return self.resources[..., _position("resource", resource, RESOURCES)]


def quantiles(runs: NDArray[np.integer], *, levels: Sequence[float] = BANDS) -> Float64:
    """float64[levels, plans, ...]: quantiles over the replicates (axis 1), linear between order statistics (Hyndman & Fan type 7)."""
    for row, level in enumerate(levels):
        if not 0 <= level <= 1:
            raise EngineError("levels", level, "from 0 to 1", row=row)
    return np.asarray(np.quantile(runs, levels, axis=1), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Overrun:
    """When a daily need first exceeds what there is, for each plan.

    probability  float64[plans]: share of runs in which it does
    first_day    float64[levels, plans]: quantiles of the first such day among those runs; NaN where there is none
    peak         float64[levels, plans]: quantiles of the greatest daily need of all runs
    """

    probability: Float64
    first_day: Float64
    peak: Float64


def overrun(need: NDArray[np.integer], *, capacity: float, levels: Sequence[float] = BANDS) -> Overrun:
    """On which day the need int[plans, replicates, days] first exceeds the capacity, and how surely."""
    if not capacity >= 0:
        raise EngineError("capacity", capacity, "at least 0")
    over = np.asarray(need > capacity)
    ever, first = np.asarray(over.any(axis=2)), np.asarray(over.argmax(axis=2))
    days = np.full((len(levels), need.shape[0]), np.nan)
    for plan in range(need.shape[0]):
        if ever[plan].any():
            days[:, plan] = np.quantile(first[plan, ever[plan]], levels)
    return Overrun(probability=ever.mean(axis=1), first_day=days, peak=quantiles(need.max(axis=2), levels=levels))


def difference(runs: NDArray[np.integer], *, against: int, levels: Sequence[float] = BANDS) -> Float64:
    """float64[levels, plans, ...]: quantiles of plan minus the plan `against`, replicate by replicate.

    The replicates share their random numbers, so that what both plans have in common cancels.
    """
    if not 0 <= against < runs.shape[0]:
        raise EngineError("against", against, f"a plan from 0 to {runs.shape[0] - 1}")
    return quantiles(runs - runs[against], levels=levels)


def _position(name: str, wanted: str, known: Sequence[str]) -> int:
    if wanted not in known:
        raise EngineError(name, wanted, f"one of {', '.join(known)}")
    return list(known).index(wanted)
