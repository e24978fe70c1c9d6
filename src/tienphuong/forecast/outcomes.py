"""What a comparison of plans found, as arrays of quantiles over the runs, each figure under its word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tienphuong.forecast.entries import CapacityEntry, CommuneEntry, StudyEntry
from tienphuong.forecast.terms import Need, Series

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Overrun:
    """Where a daily need exceeds what there is: by plan the probability, and quantiles of the first day and of the peak."""

    capacity: CapacityEntry
    probability: Float64
    first_day: Float64
    peak: Float64


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a study that starts from records began with: cases and contacts taken, and the mean days from onset to result, fitted to
    so many of the cases (0: assumed)."""

    cases: int
    contacts: int
    days_to_result: float
    fitted_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How transmission was matched to the counts of the days before: `levels` are those of the comparison.

    dates     the last day of each period;  observed  float64[periods]: cases confirmed in it
    fitted    float64[levels, periods]: what the accepted runs found
    factor    float64[levels]: on the disease's own transmission
    effective effective number of draws;  runs  simulated for it
    """

    dates: tuple[date, ...]
    observed: Float64
    fitted: Float64
    factor: Float64
    effective: float
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The outcome of a study. `levels` are the quantile levels of every first axis; plans follow the study's order.

    daily        float64[levels, plans, days]      by series
    totals       float64[levels, plans]            by flow: summed over all days
    differences  float64[levels, plans]            the same, plan minus the first plan, run by run
    communes     float64[levels, plans, communes]  by series kept by commune: summed over all days
    needs        float64[levels, plans, days]      by resource, each day
    used         float64[levels, plans]            by resource, summed over all days
    usual        by kind of measure, what the engine took for each setting where the study says nothing
    """

    study: StudyEntry
    communes_of: tuple[CommuneEntry, ...]
    replicates: int
    seed: int
    levels: tuple[float, ...]
    dates: tuple[date, ...]
    daily: Mapping[Series, Float64]
    totals: Mapping[Series, Float64]
    differences: Mapping[Series, Float64]
    communes: Mapping[Series, Float64]
    needs: Mapping[Need, Float64]
    used: Mapping[Need, Float64]
    overruns: tuple[Overrun, ...]
    beginning: Beginning | None = None
    fit: Fit | None = None
    usual: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def plans(self) -> tuple[str, ...]:
        """The names of the plans."""
        return tuple(plan.name for plan in self.study.plans)
