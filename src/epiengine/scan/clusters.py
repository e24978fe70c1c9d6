"""What a scan has found: the most likely cluster and the others that share no location with a likelier one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from epiengine.arrays import Int32
from epiengine.scan.circles import Circles
from epiengine.scan.cylinders import CIRCLE, FIRST, LAST, SCORE
from epiengine.scan.places import Places
from epiengine.scan.score import Total
from epiengine.scan.tables import Float64
from epiengine.scan.trials import NullScores
from epiengine.scan.windows import Windows


@dataclass(frozen=True, eq=False)
class Cluster:
    """More cases than expected, in a circle, in a window of time.

    locations            int32[k]: row numbers, by distance from the centre, which is the first
    radius, span         distance of the farthest location from the centre, and greatest distance of any two of them
    first, last          intervals of time, both inside; 0 and 0 in a scan without time
    observed, expected   cases;  ratio  observed / expected
    relative_risk        (c / mu) / ((C - c) / (C - mu)); inf when every case is inside
    score                natural logarithm of the likelihood ratio
    p_value              adjusted for all the cylinders that were looked at
    gumbel_p_value       the same from a Gumbel distribution; None with fewer than two replicates
    recurrence_interval  prospective: once in how many intervals chance alone finds as much, else None
    """

    locations: Int32
    radius: float
    span: float
    first: int
    last: int
    observed: int
    expected: float
    relative_risk: float
    score: float
    p_value: float
    gumbel_p_value: float | None
    recurrence_interval: float | None

    @property
    def ratio(self) -> float:
        """How many times the expected was observed."""
        return self.observed / self.expected


@dataclass(frozen=True, eq=False)
class Scan:
    """The answer to a scan.

    clusters  by score, without any location in common; those that every random data set equals are left out (p = 1), the first never
    null      the greatest scores of the random data sets
    cases     how many cases there were in all
    """

    clusters: tuple[Cluster, ...]
    null: NullScores
    cases: int


@dataclass(frozen=True, eq=False)
class Found:
    """The best cylinder around every site, with all that is needed to tell of it.

    best             float64[s, 4] of cylinders.py;  cases, expected  float64[s, t]
    """

    places: Places
    circles: Circles
    best: Float64
    cases: Float64
    expected: Float64
    total: Total

    @property
    def most(self) -> float:
        """The score of the most likely cluster."""
        return float(self.best[:, SCORE].max())

    def apart(self) -> list[int]:
        """The sites whose best cylinders have no site in common with a likelier one (SaTScan's "no geographical overlap").

        Of scores that differ by rounding only, the circle of fewer sites comes first, then the centre that was given first.
        """
        taken = np.zeros(self.places.sites, dtype=np.bool_)
        kept = []
        for centre in np.lexsort((np.arange(taken.size), self.best[:, CIRCLE], -np.round(self.best[:, SCORE], 9))):
            member = self.members(int(centre))
            if self.best[centre, SCORE] > 0 and not taken[member].any():
                taken[member] = True
                kept.append(int(centre))
        return kept

    def members(self, centre: int) -> Int32:
        """The sites of the best circle around one, by distance."""
        begin = int(self.circles.offsets[centre])
        return self.circles.member[begin : begin + int(self.best[centre, CIRCLE])]

    def cluster(self, centre: int, null: NullScores, windows: Windows) -> Cluster:
        """One cluster, told."""
        member, score = self.members(centre), float(self.best[centre, SCORE])
        first, last = int(self.best[centre, FIRST]), int(self.best[centre, LAST])
        inside = float(self.cases[member, first : last + 1].sum()), float(self.expected[member, first : last + 1].sum())
        p_value, analyses = null.p_value(score), windows.analyses(self.cases.shape[1])
        return Cluster(
            locations=np.concatenate([np.flatnonzero(self.places.site == site) for site in member]).astype(np.int32),
            radius=float(self.places.along_ground(self.places.straight(centre)[member]).max()),
            span=max(float(self.places.along_ground(self.places.straight(int(one))[member]).max()) for one in member),
            first=first,
            last=last,
            observed=int(inside[0]),
            expected=inside[1],
            relative_risk=_relative_risk(*inside, self.total.cases),
            score=score,
            p_value=p_value,
            gumbel_p_value=null.gumbel_p_value(score),
            recurrence_interval=recurrence_interval(p_value, analyses=analyses) if windows.prospective else None,
        )


def reported(found: Found, null: NullScores, windows: Windows) -> tuple[Cluster, ...]:
    """The clusters worth telling of."""
    of_centres = [found.cluster(centre, null, windows) for centre in found.apart()]
    return tuple(one for place, one in enumerate(of_centres) if place == 0 or one.p_value < 1)


def recurrence_interval(p_value: float, *, analyses: int = 1) -> float:
    """Once in how many intervals one analysis per interval finds as much by chance (Kleinman et al. 2004): 1 / p of one analysis.

    analyses  how many the p-value is adjusted for: that of one is then 1 - (1 - p)^(1 / analyses); a p of 1 gives one interval
    """
    one = p_value if analyses == 1 else -np.expm1(np.log1p(-min(p_value, 1 - 1e-16)) / analyses)
    return float(1 / one)


def _relative_risk(observed: float, expected: float, cases: float) -> float:
    if observed == cases:
        return float("inf")
    return (observed / expected) / ((cases - observed) / (cases - expected))
