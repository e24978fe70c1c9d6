"""The rule of Thông tư 15/2026/TT-BYT: when a commune is warned (Điều 22) and when it "has an outbreak" (có dịch, Điều 16.1).

The engine is told which rule applies (the disease's group, endemic or not): deciding that is a matter of the policy pack. What the circular counts:

    endemic disease      cases of the month so far > mean + 2 SD of the same month over 5 years, years of epidemics left out  -> outbreak
                         cases of the week so far from mean + 1 SD up to mean + 2 SD                                          -> warning
    not endemic          5 linked cases -> outbreak,   3 linked cases -> warning
    group A              1 confirmed case -> warning (its outbreak criterion is in the guide of each disease, not here)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.arrays import Bool, Int8
from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, counts, refuse_where, whole_counts

YEARS: Final = 5
LINKED_WARNING: Final = 3
LINKED_OUTBREAK: Final = 5


class Level(IntEnum):
    """none, cảnh báo, có dịch."""

    NONE = 0
    WARNING = 1
    OUTBREAK = 2


@dataclass(frozen=True, eq=False)
class EndemicThreshold:
    """float64[c] of the same period over the past years: mean, sd, mean + 1 SD, mean + 2 SD; years int[c] that counted.

    The SD divides by years - 1. The circular does not say which; with five years the other one would be 11 % lower and alarm more often.
    """

    mean: Float
    sd: Float
    warning: Float
    outbreak: Float
    years: NDArray[np.int64]


def endemic_threshold(history: ArrayLike, *, epidemic: ArrayLike | None = None, years: int = YEARS) -> EndemicThreshold:
    """What the past years of c communes allow.

    history [c, 5]: cases of the same month (or week) of each of the five years before;  epidemic bool[c, 5]: years of an epidemic, left out
    At least two years must remain. Raises EngineError otherwise, and for any other number of years than `years`.
    """
    past = counts("history", history, axes=(1, 2))
    table = np.atleast_2d(past)
    if table.shape[1] != years:
        raise EngineError("history", f"{table.shape[1]} years", f"{years} years, those of epidemics included and marked")
    kept = ~_marked(epidemic, table)
    number = kept.sum(axis=1)
    refuse_where("years without epidemic", number, number < 2, "at least 2: no standard deviation without them")
    mean = np.where(kept, table, 0.0).sum(axis=1) / number
    sd = np.sqrt(np.where(kept, (table - mean[:, None]) ** 2, 0.0).sum(axis=1) / (number - 1))
    shape = past.shape[:-1]
    mean, sd = mean.reshape(shape), sd.reshape(shape)
    return EndemicThreshold(mean, sd, mean + sd, mean + 2 * sd, number.reshape(shape))


def endemic_level(month_to_date: ArrayLike, week_to_date: ArrayLike, *, month: EndemicThreshold, week: EndemicThreshold) -> Int8:
    """Level[c] of an endemic disease of group B or C.

    month_to_date, week_to_date [c]: cases so far;  month, week  the thresholds of the same month and of the same week
    Outbreak: the month is above its mean + 2 SD. Warning: the week is above its mean + 1 SD; it may be above its mean + 2 SD as well, for a week
    that is worse cannot be less of a warning.
    """
    monthly, weekly = whole_counts("month_to_date", month_to_date, axes=(0, 1)), whole_counts("week_to_date", week_to_date, axes=(0, 1))
    for name, counted, allowed in (("month_to_date", monthly, month), ("week_to_date", weekly, week)):
        if counted.shape != allowed.mean.shape:
            raise EngineError(name, f"shape {counted.shape}", f"one count for each commune of its threshold: {allowed.mean.shape}")
    return _levels(warning=weekly > week.warning, outbreak=monthly > month.outbreak)


def linked_level(linked: ArrayLike) -> Int8:
    """Level[c] of a disease of group B or C that is not endemic, by the epidemiologically linked cases of the commune [c]."""
    cases = whole_counts("linked", linked, axes=(0, 1))
    return _levels(warning=cases >= LINKED_WARNING, outbreak=cases >= LINKED_OUTBREAK)


def group_a_level(confirmed: ArrayLike) -> Int8:
    """Level[c] of a disease of group A, by the confirmed cases of the commune [c]: a warning from the first one on."""
    cases = whole_counts("confirmed", confirmed, axes=(0, 1))
    return _levels(warning=cases >= 1, outbreak=np.zeros(cases.shape, dtype=np.bool_))


def _levels(*, warning: Bool, outbreak: Bool) -> Int8:
    return np.where(outbreak, Level.OUTBREAK, np.where(warning, Level.WARNING, Level.NONE)).astype(np.int8)


def _marked(epidemic: ArrayLike | None, table: Float) -> Bool:
    if epidemic is None:
        return np.zeros(table.shape, dtype=np.bool_)
    marked = np.atleast_2d(np.asarray(epidemic))
    if marked.shape != table.shape or marked.dtype != np.bool_:
        raise EngineError("epidemic", f"{marked.dtype} of shape {marked.shape}", f"true or false for each year: shape {table.shape}")
    return marked
