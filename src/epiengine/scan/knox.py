"""Do cases that are near in space come near in time? Knox 1964, with exact moments and by permutation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from epiengine.arrays import Int64, number, same_length
from epiengine.errors import EngineError
from epiengine.jit import jit
from epiengine.scan.chance import stream
from epiengine.scan.places import EARTH_KM, Places
from epiengine.scan.tables import Float64, finite


@dataclass(frozen=True)
class Knox:
    """The answer to Knox's test.

    close                         pairs of cases near in both
    near_in_space, near_in_time   pairs near in one of them;  pairs  all pairs
    mean, variance                of `close` when times are exchanged at random: exact (Barton & David 1966)
    p_value                       (1 + replicates with as many close pairs or more) / (1 + replicates)
    """

    close: int
    near_in_space: int
    near_in_time: int
    pairs: int
    mean: float
    variance: float
    p_value: float

    @property
    def z(self) -> float:
        """How many standard deviations above the mean; 0 when nothing can vary."""
        return (self.close - self.mean) / self.variance**0.5 if self.variance > 0 else 0.0


def knox(places: Places, times: ArrayLike, *, distance: float, lapse: float, replicates: int = 999, seed: int = 0) -> Knox:
    """Whether pairs of cases at most `distance` apart are more often than by chance at most `lapse` apart in time.

    places    one location per case, n >= 2 of them;  times  float[n], in any unit
    distance  km on the earth, else in the unit of the coordinates;  lapse  in the unit of the times; both count as near
    Exchanging the times at random keeps both margins. Time O(near pairs in space x replicates).
    Raises EngineError for fewer than two cases, unequal lengths, negative limits, missing numbers.
    """
    when = finite("times", times)
    same_length(places=places.site, times=when)
    if when.size < 2:
        raise EngineError("times", f"{when.size} cases", "at least 2 cases")
    reach, within = finite("distance", [distance], low=0)[0], finite("lapse", [lapse], low=0)[0]
    number("replicates", replicates, low=0)
    number("seed", seed, low=0)
    near = _near_pairs(places, float(reach))
    order = np.sort(when)
    in_time = np.searchsorted(order, when + within, side="right") - np.searchsorted(order, when - within, side="left") - 1
    close = _close_kernel(near, when, float(within))
    drawn = [_close_kernel(near, stream(seed, one).permutation(when), float(within)) for one in range(replicates)]
    mean, variance = _moments(np.bincount(near.ravel(), minlength=when.size), in_time)
    p_value = (1 + sum(one >= close for one in drawn)) / (1 + replicates)
    pairs = when.size * (when.size - 1) // 2
    return Knox(close, near.shape[0], int(in_time.sum()) // 2, pairs, mean, variance, p_value)


def _near_pairs(places: Places, distance: float) -> Int64:
    """int64[p, 2]: the pairs of cases at most so far apart."""
    if places.on_earth:
        distance = 2 * EARTH_KM * np.sin(min(distance / (2 * EARTH_KM), np.pi / 2))
    tree = cKDTree(places.point[places.site])
    return np.asarray(tree.query_pairs(distance * (1 + 1e-12), output_type="ndarray"), dtype=np.int64).reshape(-1, 2)


def _moments(in_space: Int64, in_time: Int64) -> tuple[float, float]:
    """Mean and variance of the pairs near in both, from how many neighbours each case has in space and in time.

    Of two pairs that are near in space, both may be one pair, share one case, or share none; so may the pairs of times they are
    given. E(X^2) is the sum of the three, each the number of such pairs of pairs times the share of such pairs of times.
    """
    n = in_space.size
    (one, shared, apart), (one_t, shared_t, apart_t) = _pairs_of_pairs(in_space), _pairs_of_pairs(in_time)
    mean = one * one_t / (n * (n - 1) / 2)
    square = mean
    if n >= 3:
        square += shared * shared_t / (n * (n - 1) * (n - 2))
    if n >= 4:
        square += apart * apart_t / (n * (n - 1) * (n - 2) * (n - 3) / 4)
    return mean, max(square - mean * mean, 0.0)


def _pairs_of_pairs(degree: Int64) -> tuple[float, float, float]:
    """How many near pairs there are; in how many ways to take two of them that share one case; and that share none."""
    one = float(degree.sum()) / 2
    shared = float((degree.astype(np.float64) * (degree - 1)).sum())
    return one, shared, one * one - one - shared


@jit
def _close_kernel(near: Int64, when: Float64, lapse: float) -> int:
    close = 0
    for pair in range(near.shape[0]):
        if abs(when[near[pair, 0]] - when[near[pair, 1]]) <= lapse:
            close += 1
    return close
