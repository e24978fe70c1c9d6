"""The scans: is there a place, or a place and a time, with more cases than chance explains?

All of them look at circles around every location and, where there is time, at cylinders: the circle during a window of intervals.
They differ in what is expected and in what chance may do.

    scan_poisson      cases against expected counts, by person-years or by strata (expected.py); Kulldorff 1997, 2001
    scan_bernoulli    cases against controls; Kulldorff 1997
    scan_permutation  cases alone: do those near in place come near in time? Kulldorff et al. 2005

Sources: Kulldorff M. Commun Stat Theory Methods 1997;26:1481-96. Kulldorff M. J R Stat Soc A 2001;164:61-72. Kulldorff M et al. PLoS Med 2005;2:e59.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.arrays import Int64
from epiengine.errors import EngineError
from epiengine.scan.chance import Labelled, NullModel, Permuted, PoissonNull
from epiengine.scan.circles import circles
from epiengine.scan.clusters import Found, Scan, reported
from epiengine.scan.cylinders import Ground
from epiengine.scan.places import Places
from epiengine.scan.replicates import RandomPeaks
from epiengine.scan.score import Total
from epiengine.scan.search import best_of_each_centre
from epiengine.scan.tables import Float64, counts, quantities, refuse_where, same_shape
from epiengine.scan.trials import Trials, null_scores
from epiengine.scan.windows import Windows

_USUAL = Windows()
_TRIALS = Trials()


def scan_poisson(cases: ArrayLike, expected: ArrayLike, places: Places, *, windows: Windows = _USUAL, trials: Trials = _TRIALS) -> Scan:
    """Where, and when, are there more cases than expected?

    cases     int[n] for circles or int[n, t] for cylinders: by location and interval, all intervals equally long
    expected  float, same shape: anything in proportion to the expected counts (population, person-days, or counts adjusted
              for covariates by `expected_counts`); it is scaled to the number of cases
    Chance scatters the given number of cases in proportion to the expected.
    Raises EngineError for negative or missing numbers, cases where none can be, unequal shapes, no cases, limits out of range.
    """
    found, wanted = _in_time("cases", cases), _in_time("expected", expected)
    same_shape("expected", wanted, leader="cases", shape=found.shape)
    refuse_where("cases", found, (found > 0) & (wanted == 0), "0 where nothing is expected")
    total = _total(found, population=np.inf)
    at_site, wanted_at_site = _by_site(found, places), _by_site(wanted, places)
    wanted_at_site *= total.cases / wanted_at_site.sum()
    chance = PoissonNull(int(total.cases), np.cumsum(wanted_at_site))
    return _scan(at_site, wanted_at_site, places, total, chance, windows, trials)


def scan_bernoulli(cases: ArrayLike, controls: ArrayLike, places: Places, *, windows: Windows = _USUAL, trials: Trials = _TRIALS) -> Scan:
    """Where, and when, is a larger part of the people cases?

    cases, controls  int[n] for circles or int[n, t] for cylinders
    Chance decides anew which of the people are the cases. Raises EngineError as `scan_poisson` does.
    """
    found, healthy = _in_time("cases", cases), _in_time("controls", controls)
    same_shape("controls", healthy, leader="cases", shape=found.shape)
    people = _by_site(counts("controls", found + healthy, dimensions=2), places)
    total = _total(found, population=float(people.sum()))
    chance = Labelled(people.astype(np.int64).ravel(), int(total.cases))
    return _scan(_by_site(found, places), people * (total.cases / total.population), places, total, chance, windows, trials)


def scan_permutation(cases: ArrayLike, places: Places, *, windows: Windows = _USUAL, trials: Trials = _TRIALS) -> Scan:
    """Where and when do more cases come together than their places and their times by themselves explain?

    cases  int[n, t] by location and interval; or int[g, n, t]: in each of g strata apart (age groups, days of the week)
    Expected in a cell: the stratum's cases of the location times its cases of the interval, divided by all its cases.
    Chance lets the cases of a stratum exchange their times. Raises EngineError as `scan_poisson` does.
    """
    given = np.asarray(cases)
    strata = counts("cases", given if given.ndim == 3 else given[np.newaxis] if given.ndim == 2 else given, dimensions=3)
    total = _total(strata.sum(axis=0), population=np.inf)
    at_site = np.stack([_by_site(stratum, places) for stratum in strata]).astype(np.int64)
    of_stratum = np.maximum(at_site.sum(axis=(1, 2), keepdims=True), 1)
    wanted = (at_site.sum(axis=2, keepdims=True) * at_site.sum(axis=1, keepdims=True) / of_stratum).sum(axis=0)
    return _scan(at_site.sum(axis=0).astype(np.float64), wanted, places, total, _exchange(at_site), windows, trials)


def _exchange(at_site: Int64) -> Permuted:
    """Every case by itself, stratum after stratum."""
    stratum, site, time = (np.repeat(index, at_site[at_site > 0]) for index in np.nonzero(at_site))
    return Permuted(site, time, np.searchsorted(stratum, np.arange(at_site.shape[0] + 1)), (at_site.shape[1], at_site.shape[2]))


def _scan(cases: Float64, expected: Float64, places: Places, total: Total, chance: NullModel, windows: Windows, trials: Trials) -> Scan:
    """Searches the data, then as many random data sets as wanted. cases, expected: float64[s, t]."""
    intervals = cases.shape[1]
    windows, trials = windows.checked(intervals), trials.checked()
    around = circles(places, expected.sum(axis=1), windows)
    ground = Ground(expected, around, windows.alive(intervals), total)
    found = Found(places, around, best_of_each_centre(cases, ground), cases, expected, total)
    drawn = RandomPeaks(chance, trials.seed, ground._replace(span=windows.by_chance(intervals)))
    null = null_scores(drawn, trials, score=found.most)
    return Scan(clusters=reported(found, null, windows), null=null, cases=int(total.cases))


def _in_time(name: str, values: ArrayLike) -> Float64:
    """float64[n, t]: one interval when the values have no time; whole numbers unless they are expected counts."""
    given = np.asarray(values)
    table = given[:, np.newaxis] if given.ndim == 1 else given
    if name == "expected":
        return quantities(name, table, dimensions=2)
    return counts(name, table, dimensions=2).astype(np.float64)


def _by_site(table: NDArray[np.generic], places: Places) -> Float64:
    """float64[s, t]: the locations at one point taken together."""
    if table.shape[0] != places.locations:
        raise EngineError("cases", f"{table.shape[0]} locations", f"one row per location: {places.locations}")
    summed = np.zeros((places.sites, table.shape[1]))
    np.add.at(summed, places.site, table)
    return summed


def _total(cases: NDArray[np.generic], *, population: float) -> Total:
    total = float(cases.sum())
    if total < 1:
        raise EngineError("cases", "no case", "at least one case")
    return Total(total, population)
