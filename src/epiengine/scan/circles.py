"""Every circle around every site: its members in the order of distance, up to the limits."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.scan.places import Places
from epiengine.scan.tables import Float64
from epiengine.scan.windows import Windows

#: Consecutive circles are tried together while what they expect grows by no more than this many square roots of itself.
GROWTH: Final = 1.25


class Circles(NamedTuple):
    """The k-th circle around a site holds the first k sites of its row; m members in all, b blocks of consecutive circles.

    member   int32[m]: sites by distance; offsets of the rows: int64[s+1]
    end      int32[b]: the last circle of each block, counted within its row; block_offsets: int64[s+1]
    """

    member: Int32
    offsets: Int64
    end: Int32
    block_offsets: Int64


def circles(places: Places, expected: Float64, windows: Windows) -> Circles:
    """All circles that hold at most their share of the expected and are at most as wide as allowed.

    expected  float64[s]: expected cases of each site over the whole study period (for a permutation, its cases)
    A site that alone holds more than the share has no circle. Of sites equally far from the centre the one with the lesser
    coordinates comes first and each has a circle of its own, as in SaTScan.
    """
    rows = [_row(places, centre, expected, windows) for centre in range(places.sites)]
    blocks = [_blocks(expected[row]) for row in rows]
    return Circles(np.concatenate(rows), _offsets(rows), np.concatenate(blocks), _offsets(blocks))


def _row(places: Places, centre: int, expected: Float64, windows: Windows) -> Int32:
    straight = places.straight(centre)
    order = np.lexsort((*places.point.T[::-1], straight))
    allowed = np.cumsum(expected[order]) <= windows.population * expected.sum() * (1 + 1e-12)
    near = places.along_ground(straight[order]) <= windows.radius * (1 + 1e-12)
    fits = allowed & near
    return order[: fits.size if fits.all() else int(np.argmin(fits))].astype(np.int32)


def _blocks(expected: Float64) -> Int32:
    """int32[b]: where to end the blocks of a row whose sites expect so much each."""
    total, ends = np.cumsum(expected), []
    circle = 0
    while circle < total.size:
        most = total[circle] + GROWTH * np.sqrt(total[circle])
        circle = max(circle + 1, int(np.searchsorted(total, most, side="right")))
        ends.append(circle)
    return np.array(ends, dtype=np.int32)


def _offsets(rows: list[Int32]) -> Int64:
    return np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int64)
