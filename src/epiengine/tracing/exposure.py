"""Who was at the same place at the same time: from stays at places (mốc dịch tễ) to contacts between people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import LATEST, Int32, Int64, in_order, minutes, number, same_length, whole_numbers
from epiengine.errors import EngineError
from epiengine.jit import jit


@dataclass(frozen=True, eq=False)
class Meetings:
    """Pairs of stays that overlap, by place, then by the order in which the stays began; k rows.

    stay_a, stay_b  int32[k]: rows of the stays given, stay_a the one that began first (the lower row if together)
    first, last     int32[k]: the minutes they were both there, a closed interval
    overlap         int64[k]: last - first, in minutes; 0 when one came in the minute the other left
    """

    stay_a: Int32
    stay_b: Int32
    first: Int32
    last: Int32
    overlap: Int64


def match_exposures(
    place: ArrayLike, first: ArrayLike, last: ArrayLike, person: ArrayLike, *, least_minutes: int = 0, most_pairs: int = 10_000_000
) -> Meetings:
    """Which stays of different people at one place overlap, and for how long: a sweep over the stays in the order they began.

    place, person  int[s]: ids >= 0;  first, last  int[s]: minutes since 1970-01-01 UTC, closed intervals, first <= last
    least_minutes  shortest overlap that counts;  most_pairs  refuse rather than fill the memory (a market's regulars, or many
                   stays of unknown time, meet pairwise)
    Time O(s log s + pairs looked at). Raises EngineError for ids below 0, reversed intervals, columns of unequal length, too many pairs.
    """
    where, who = whole_numbers("place", place, low=0, high=LATEST), whole_numbers("person", person, low=0, high=LATEST)
    begins, ends = minutes("first", first), minutes("last", last)
    same_length(place=where, first=begins, last=ends, person=who)
    in_order("first", "last", begins, ends)
    least = number("least_minutes", least_minutes, low=0)
    most_pairs = number("most_pairs", most_pairs, low=0)
    order = np.lexsort((begins, where)).astype(np.int32)
    stays = (where[order], begins[order], ends[order], who[order], least, most_pairs)
    count = _meet_kernel(*stays, np.empty((0, 2), dtype=np.int32))
    if count > most_pairs:
        raise EngineError("pairs", f"more than {most_pairs}", "at most most_pairs: split the places, give times, or raise least_minutes")
    pairs = np.empty((count, 2), dtype=np.int32)
    _meet_kernel(*stays, pairs)
    stay_a, stay_b = order[pairs[:, 0]], order[pairs[:, 1]]
    together, apart = begins[stay_b], np.minimum(ends[stay_a], ends[stay_b])
    return Meetings(stay_a=stay_a, stay_b=stay_b, first=together, last=apart, overlap=apart.astype(np.int64) - together)


@jit
def _meet_kernel(place: Int32, first: Int32, last: Int32, person: Int32, least: int, most: int, pairs: Int32) -> int:
    """Counts the pairs, up to one more than `most`, and writes them down where there is room."""
    count = 0
    for early in range(place.size):
        late = early + 1
        # sorted by first: as soon as one begins after `early` has left, so do all that follow
        while late < place.size and place[late] == place[early] and first[late] <= last[early]:
            together = np.int64(min(last[early], last[late])) - np.int64(first[late])
            if person[late] != person[early] and together >= least:
                if count < pairs.shape[0]:
                    pairs[count, 0], pairs[count, 1] = early, late
                count += 1
                if count > most:
                    return count
            late += 1
    return count
