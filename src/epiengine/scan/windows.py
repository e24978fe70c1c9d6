"""Which cylinders are looked at: how much of the population, how wide, how long, how many cases, ending when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from epiengine.arrays import number
from epiengine.errors import EngineError
from epiengine.scan.tables import share


@dataclass(frozen=True)
class Windows:
    """Limits of the cylinders; the defaults are SaTScan's.

    population   largest share of what is expected (the population at risk) that a circle may hold: above 0, at most 1
    radius       largest radius, in km on the earth (great circle), else in the unit of the coordinates
    shortest     fewest intervals of time
    longest      most intervals; None: the share `duration` of the study period, rounded down, at least one
    duration     above 0, at most 1
    least_cases  fewest cases of a cluster: 1 or more
    prospective  only clusters that are still alive: their windows end with the study period
    since        prospective only: the interval in which the first of the earlier analyses was made; None: there were none.
                 Chance is then given every window that any of these analyses looked at (Kulldorff 2001, section 4)
    """

    population: float = 0.5
    radius: float = np.inf
    shortest: int = 1
    longest: int | None = None
    duration: float = 0.5
    least_cases: int = 2
    prospective: bool = False
    since: int | None = None

    def alive(self, intervals: int) -> Span:
        """The windows in which clusters are sought."""
        return self._span(intervals, first_end=intervals - 1 if self.prospective else 0)

    def by_chance(self, intervals: int) -> Span:
        """The windows that random data sets are searched for."""
        if not self.prospective or self.since is None:
            return self.alive(intervals)
        return self._span(intervals, first_end=number("since", self.since, low=0, high=intervals - 1))

    def analyses(self, intervals: int) -> int:
        """How many analyses the p-values account for."""
        return intervals - self.by_chance(intervals).first_end if self.prospective else 1

    def checked(self, intervals: int) -> Windows:
        """The limits, validated."""
        share("population", self.population)
        share("radius", self.radius, high=np.inf)
        share("duration", self.duration)
        if self.since is not None and not self.prospective:
            raise EngineError("since", self.since, "None unless prospective")
        self.by_chance(intervals)
        return self

    def _span(self, intervals: int, *, first_end: int) -> Span:
        longest = max(1, int(self.duration * intervals + 1e-9)) if self.longest is None else self.longest
        longest = number("longest", longest, low=1, high=intervals)
        shortest = number("shortest", self.shortest, low=1, high=longest)
        return Span(first_end, shortest, longest, number("least_cases", self.least_cases, low=1))


class Span(NamedTuple):
    """Windows as the kernels know them: last interval at or after first_end, shortest to longest intervals, least_cases or more."""

    first_end: int
    shortest: int
    longest: int
    least_cases: int

    @property
    def begin(self) -> int:
        """The first interval that any window reaches."""
        return max(0, self.first_end + 1 - self.longest)

    def after(self, interval: int) -> Span:
        """The same windows, when time is counted from this interval on."""
        return self._replace(first_end=self.first_end - interval)
