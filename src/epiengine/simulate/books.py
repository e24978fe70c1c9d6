"""The books of the post: what there is, what was used today, what was known in the last weeks."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.simulate.measures.measure import ACTIVITIES
from epiengine.simulate.plan import Tables
from epiengine.simulate.series import RESOURCES, SERIES
from epiengine.simulate.town import Float64
from epiengine.simulate.worlds import World

#: Days that a trigger or a cordon can look back, a power of two.
LOOK_BACK: Final = 64
DAY, STEP = range(2)


class Books(NamedTuple):
    """m measures and two rows (see `Tables`), c communes, h hamlets.

    clock      int64[2]: the day at hand and the step of it that comes next
    tally      int64[c, series]: flows of today, stocks as they are
    history    int32[64, c, series]: the last days, a ring
    activity   float64[m+2, 3]: what each measure did today, in the units of its file
    held       int64[m+2, 3]: people it holds, by place
    left       float64[m+2, 2]: what is left of today's capacity and of the stock
    waiting    float64[m+2]: uninfected people who wait for a test
    unmet      int64[4]: wanted today and not there, as the last four of RESOURCES
    cases      int32[h]: confirmed cases of each hamlet that its cordon still counts
    cursor     int64[m+2, 4]: how far a campaign or a vaccination has come
    """

    clock: Int64
    tally: Int64
    history: Int32
    activity: Float64
    held: Int64
    left: Float64
    waiting: Float64
    unmet: Int64
    cases: Int32
    cursor: Int64


def books_of(world: World, tables: Tables) -> Books:
    """Empty books on the morning of day 0."""
    rows, communes = tables.kind.size, world.commune_start.size - 1
    return Books(
        clock=np.zeros(2, dtype=np.int64),
        tally=np.zeros((communes, len(SERIES)), dtype=np.int64),
        history=np.zeros((LOOK_BACK, communes, len(SERIES)), dtype=np.int32),
        activity=np.zeros((rows, ACTIVITIES)),
        held=np.zeros((rows, ACTIVITIES), dtype=np.int64),
        left=np.zeros((rows, 2)),
        waiting=np.zeros(rows),
        unmet=np.zeros(4, dtype=np.int64),
        cases=np.zeros(world.hamlet_commune.size, dtype=np.int32),
        cursor=np.zeros((rows, 4), dtype=np.int64),
    )


UNMET: Final = len(RESOURCES) - 4
