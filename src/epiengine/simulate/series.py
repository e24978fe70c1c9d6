"""What a run tells of each day: its series by commune, its resources, and how both are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.errors import EngineError

#: New on the day.
FLOWS: Final = ("infections", "onsets", "confirmed", "deaths", "imported", "f1_new", "doses")
#: How many there are when the day ends. Severe counts the critical too.
STOCKS: Final = (
    "infectious",
    "severe",
    "critical",
    "isolated_facility",
    "isolated_home",
    "f1_centre",
    "f1_home",
    "f2_home",
    "cordoned_people",
)
SERIES: Final = FLOWS + STOCKS
#: Used on the day. The last four tell what was wanted and not there: people left waiting, or sent home for want of a place.
RESOURCES: Final = (
    "tests",
    "people_sampled",
    "bed_days",
    "centre_days",
    "tracer_hours",
    "team_shifts",
    "ppe",
    "meals",
    "doses",
    "waiting_for_test",
    "waiting_for_tracing",
    "no_bed",
    "no_place",
)


@dataclass(frozen=True, eq=False)
class Run:
    """d days of one simulated epidemic.

    first_day  the day of the first row
    daily      int32[d, communes, series], by the names of SERIES
    resources  int64[d, resource], by the names of RESOURCES
    """

    daily: Int32
    resources: Int64
    first_day: int = 0

    @property
    def days(self) -> int:
        return int(self.daily.shape[0])

    def series(self, name: str) -> Int32:
        """int32[d, communes] of one series."""
        return self.daily[:, :, _index("series", SERIES, name)]

    def total(self, name: str) -> Int64:
        """int64[d]: one series of all communes together."""
        return np.asarray(self.series(name).sum(axis=1), dtype=np.int64)

    def resource(self, name: str) -> Int64:
        """int64[d] of one resource."""
        return self.resources[:, _index("resource", RESOURCES, name)]


def joined(runs: Iterable[Run]) -> Run:
    """Runs of consecutive days as one."""
    parts = list(runs)
    for before, after in pairwise(parts):
        if before.first_day + before.days != after.first_day:
            raise EngineError("runs", after.first_day, f"a run that begins on day {before.first_day + before.days}")
    return Run(
        daily=np.concatenate([part.daily for part in parts]),
        resources=np.concatenate([part.resources for part in parts]),
        first_day=parts[0].first_day,
    )


def _index(kind: str, names: tuple[str, ...], name: str) -> int:
    if name not in names:
        raise EngineError(kind, name, f"one of {', '.join(names)}")
    return names.index(name)
