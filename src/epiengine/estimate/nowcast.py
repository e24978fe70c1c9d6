"""How many cases of the last days there are, when some are not reported yet: the reporting triangle and its completion, with intervals.

Kalbfleisch & Lawless, J Am Stat Assoc 1989;84:360; Lawless, Can J Stat 1994;22:15 (reverse-time hazards); Höhle & an der Heiden, Biometrics 2014;70:993
(generalised Dirichlet posterior of the delays). The point estimate is that of the chain ladder (Mack, ASTIN Bull 1993;23:213).

    g[d] = P(delay = d | delay <= d) = sum over t of n[t, d] / sum over t and j <= d of n[t, j],   t over the days for which delay d is past
    F[d] = P(delay <= d) = product over j > d of (1 - g[j]),            estimate of day t = what is reported of it / F[days since t]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import Bool, Int64, number, same_length, whole_numbers
from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, probabilities, refuse_where, whole_counts

LEVELS: Final = (0.025, 0.25, 0.5, 0.75, 0.975)
#: Days whose cases, if there are any, have been reported with a smaller probability than this are not estimated.
LEAST_REPORTED: Final = 0.01
MOST_DAYS: Final = 100_000


@dataclass(frozen=True, eq=False)
class Triangle:
    """Cases by day of the event and delay of the report.

    counts  int64[days, longest + 1]: by event day 0..days - 1 and delay in days; cells that lie after the last day are 0
    late    cases left out because their report took longer than the longest delay
    """

    counts: Int64
    late: int

    @property
    def observable(self) -> Bool:
        """bool[days, longest + 1]: the cells whose report day is not after the last day."""
        return _observable(self.counts)


@dataclass(frozen=True, eq=False)
class Nowcast:
    """What the days will have when everything is reported.

    reported  int64[days];  estimate  float64[days] (chain ladder);  levels float64[q], quantile float64[q, days] of what the total will be
    share     float64[days]: the probability that a case of the day has been reported by now
    known     bool[days]: False where that is below 1 %, or where a delay still to come has never been observable: estimate and quantile are NaN there
    clumping  float64[longest + 1]: how far the cases of one day are reported together: 0 if each by itself, more if offices report in batches
    """

    reported: Int64
    estimate: Float
    levels: Float
    quantile: Float
    share: Float
    known: Bool
    clumping: Float


def reporting_triangle(event: ArrayLike, report: ArrayLike, *, days: int, longest: int) -> Triangle:
    """The triangle of a line list as known at the end of day `days` - 1: later reports are not looked at.

    event, report  int[n]: days counted from the first day of the triangle; events before it are left out;  longest  greatest delay kept, days
    Raises EngineError for a report before its event.
    """
    days, longest = number("days", days, low=1, high=MOST_DAYS), number("longest", longest, low=1, high=1000)
    happened = whole_numbers("event", event, low=-MOST_DAYS, high=MOST_DAYS)
    reports = whole_numbers("report", report, low=-MOST_DAYS, high=2 * MOST_DAYS)
    same_length(event=happened, report=reports)
    delay = reports - happened
    if bool((delay < 0).any()):
        row = int(np.argmax(delay < 0))
        raise EngineError("report", int(reports[row]), f"not before event: at least {int(happened[row])}", row=row)
    inside = (happened >= 0) & (reports < days)
    kept = inside & (delay <= longest)
    counts = np.zeros((days, longest + 1), dtype=np.int64)
    np.add.at(counts, (happened[kept], delay[kept]), 1)
    return Triangle(counts, int((inside & ~kept).sum()))


def nowcast(triangle: ArrayLike, *, recent: int | None = None, levels: ArrayLike = LEVELS, draws: int = 2000, seed: int = 0) -> Nowcast:
    """The totals of each day.

    triangle  int[days, longest + 1]; cells after the last day must be 0
    recent    learn the delays from the reports of the last so many event days (all by default): short when reporting changes
    Quantiles from `draws` of the posterior: each g[d] is beta distributed (Jeffreys' prior), each day's own g around it if reports come in clumps,
    and what is still to come of day t is negative binomial given what is reported and F. The same seed gives the same figures.
    Assumes that delays neither depend on the weekday nor change within `recent`. Raises EngineError for cells that are not counts.
    """
    counts = _checked(triangle)
    days, width = counts.shape
    learnt = _observable(counts)
    learnt[: days - number("recent", days if recent is None else recent, low=1, high=days)] = False
    quantiles, size = probabilities("levels", levels), number("draws", draws, low=100, high=1_000_000)
    at, before = _hazard_counts(counts, learnt)
    share_by_age = _reported_share(np.divide(at, at + before, out=np.zeros(width), where=at + before > 0))
    age = np.minimum(np.arange(days)[::-1], width - 1)
    reported, share = counts.sum(axis=1), share_by_age[age]
    # a delay of which no day tells anything, not even that it does not occur, leaves the days that wait for it unknown
    reports = np.flip(np.logical_and.accumulate(np.flip(np.append(at[1:] + before[1:] > 0, True))))
    known = (share >= LEAST_REPORTED) & reports[age]
    clumping = _clumping(counts, learnt, at, before)
    rng = np.random.Generator(np.random.Philox(number("seed", seed, low=0)))
    shares = _drawn_shares(rng, at, before, clumping, rows=learnt.sum(axis=0), age=age, draws=size)
    totals = reported + _to_come(rng, reported, np.maximum(shares, 1e-6))
    quantile = np.quantile(totals, quantiles, axis=0, method="inverted_cdf").astype(np.float64)
    quantile[:, ~known] = np.nan
    estimate = np.where(known, reported / np.maximum(share, LEAST_REPORTED), np.nan)
    return Nowcast(reported, estimate, quantiles, quantile, share, known, clumping)


def _checked(triangle: ArrayLike) -> Int64:
    counts = whole_counts("triangle", triangle, axes=(2,))
    if counts.shape[1] < 2:
        raise EngineError("triangle", f"{counts.shape[1]} columns", "at least delays 0 and 1")
    refuse_where("triangle", counts, (counts > 0) & ~_observable(counts), "0: the report would come after the last day")
    return counts


def _observable(counts: Int64) -> Bool:
    days, width = counts.shape
    return np.asarray(np.arange(days)[:, None] + np.arange(width) < days)


def _hazard_counts(counts: Int64, learnt: Bool) -> tuple[Float, Float]:
    """float64[d], float64[d]: cases reported after exactly d days, and after fewer, of the days for which both can be seen."""
    cumulative = np.cumsum(counts, axis=1)
    at = np.where(learnt, counts, 0).sum(axis=0).astype(np.float64)
    return at, np.where(learnt, cumulative, 0).sum(axis=0) - at


def _reported_share(hazard: Float) -> Float:
    """F[..., d]: the product of 1 - g over the longer delays; a hazard of delay 0 plays no part."""
    staying = np.flip(np.cumprod(np.flip(1 - hazard[..., 1:], axis=-1), axis=-1), axis=-1)
    return np.concatenate([staying, np.ones((*hazard.shape[:-1], 1))], axis=-1)


def _clumping(counts: Int64, learnt: Bool, at: Float, before: Float) -> Float:
    """float64[d]: the correlation within a day of being reported with the same delay, by Pearson's X^2 of the beta-binomial law:

    E X^2 = sum over the cells of 1 + (row - 1) rho.   Estimated for each delay, and pulled to the common value as if ten cells had said that.
    """
    total = at + before
    hazard = np.divide(at, total, out=np.zeros_like(at), where=total > 0)
    row = np.cumsum(counts, axis=1)
    variance = row * hazard * (1 - hazard)
    used = learnt & (variance > 0)
    used[:, 0] = False
    squares = np.divide((counts - row * hazard) ** 2, variance, out=np.zeros(counts.shape), where=used)
    cells = used.sum(axis=0)
    excess = squares.sum(axis=0) * cells / np.maximum(cells - 1, 1) - cells
    room = np.where(used, row - 1.0, 0.0).sum(axis=0)
    common = excess.sum() / max(room.sum(), 1.0)
    weight = 10 * room.sum() / max(cells.sum(), 1)
    return np.asarray(np.clip((excess + weight * common) / np.maximum(room + weight, 1.0), 0.0, 0.9))


def _drawn_shares(rng: np.random.Generator, at: Float, before: Float, clumping: Float, *, rows: Int64, age: Int64, draws: int) -> Float:
    """float64[draws, days]: the share of each day reported by now. First the common delays, then each open day's own around them."""
    longest, days = at.size - 1, age.size
    inflation = 1 + np.maximum((at + before) / np.maximum(rows, 1) - 1, 0.0) * clumping
    common = rng.beta((at + 0.5) / inflation, (before + 0.5) / inflation, (draws, at.size))
    shares = np.ones((draws, days))
    for day in range(max(days - longest, 0), days):
        hazard = _own_hazard(rng, common[:, age[day] + 1 :], clumping[age[day] + 1 :])
        shares[:, day] = np.prod(1 - hazard, axis=1)
    return shares


def _own_hazard(rng: np.random.Generator, common: Float, clumping: Float) -> Float:
    """A beta law with the common mean and this correlation; the mean itself where there is none."""
    loose = clumping > 1e-6
    precision = np.where(loose, (1 - clumping) / np.where(loose, clumping, 1.0), 1.0)
    bounded = np.clip(common, 1e-9, 1 - 1e-9)
    return np.where(loose, rng.beta(bounded * precision, (1 - bounded) * precision), common)


def _to_come(rng: np.random.Generator, reported: Int64, share: Float) -> Int64:
    """int64[draws, days]: the posterior of what is missing of a Poisson total, under Jeffreys' prior for its rate: negative binomial."""
    return np.where(share < 1, rng.negative_binomial(reported + 0.5, np.minimum(share, 1.0)), 0)
