"""The serial interval by whole days: from a law, or as given, checked.

w[k] is the probability that k days lie between the onsets of infector and infected; w[0] = 0.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import number
from epiengine.errors import EngineError
from epiengine.estimate.delays.families import delay_law
from epiengine.estimate.gates import Float, real, reals

#: How far the sum of a given serial interval may be from 1: published ones are rounded (EpiEstim allows as much).
ROUNDING: Final = 0.01


def discretised_serial_interval(*, mean: float, sd: float, days: int, family: str = "gamma", shift: float = 1.0) -> Float:
    """float64[days]: the probability of each serial interval from 0 to days - 1, for a law shifted by a day.

    A first event uniform in its day, a delay of `shift` days plus a gamma law of mean `mean` - `shift` and standard deviation `sd`:
        w[k] = H(k + 1 - shift) - 2 H(k - shift) + H(k - 1 - shift),   H(x) = integral of F from 0 to x
    which for shift 1 is equation 11 of Cori et al., Am J Epidemiol 2013;178:1505, web appendix. Not renormalised: what lies beyond `days` is missing.
    Raises EngineError unless mean > shift >= 1 (so that w[0] = 0) and sd > 0.
    """
    days = number("days", days, low=1, high=100_000)
    shift = real("shift", shift, low=1.0)
    law = delay_law(family, mean=real("mean", mean, above=shift) - shift, sd=sd)
    end = np.arange(days, dtype=np.float64) + 1 - shift
    left, right = (near(end) - 2 * near(end - 1) + near(end - 2) for near in (law.rising, law.falling))
    # the two are equal; each is precise on its own side of the mean
    return np.maximum(np.where(end - 1 < law.mean, left, right), 0.0)


def serial_interval(name: str, weights: ArrayLike, *, days: int, axes: tuple[int, ...] = (1,)) -> Float:
    """float64[..., k] as given, if it is one for a series of so many days: w[0] = 0, none negative, sum 1 within 0.01; it is not rescaled.

    If it is as long as the series, what is missing from the sum lies beyond the series, and the sum may be less than 1.
    """
    given = reals(name, weights, low=0.0, high=1.0, axes=axes)
    if given.shape[-1] < 2:
        raise EngineError(name, f"{given.shape[-1]} days", "at least two: of 0 and of 1 day")
    least = 1 - ROUNDING if given.shape[-1] < days else 0.0
    for row, one in enumerate(np.atleast_2d(given)):
        place = row if given.ndim > 1 else None
        if one[0] != 0:
            raise EngineError(f"first of {name}", float(one[0]), "0: nobody infects on the day of his own onset", row=place)
        if not max(least, 1e-12) <= one.sum() <= 1 + ROUNDING:
            raise EngineError(f"sum of {name}", float(one.sum()), f"1 within {ROUNDING}, or less if it is as long as the series", row=place)
    return given


def mean_interval(weights: Float) -> Float:
    """float64[...]: the mean in days of what is given, by equation sum k w[k]."""
    return np.asarray(weights @ np.arange(weights.shape[-1], dtype=np.float64))


def sd_interval(weights: Float) -> Float:
    """float64[...]: the standard deviation in days of what is given."""
    square = weights @ np.arange(weights.shape[-1], dtype=np.float64) ** 2
    return np.asarray(np.sqrt(np.maximum(square - mean_interval(weights) ** 2, 0.0)))
