"""The books of the post: what there is, what was used today, what was known in the last weeks."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.simulate.measures.laboratory import STOCK
from epiengine.simulate.measures.measure import ACTIVITIES, CAMPAIGN, TESTING, VACCINATION
from epiengine.simulate.measures.vaccination import DOSE_STOCK
from epiengine.simulate.plan import Tables
from epiengine.simulate.series import RESOURCES, SERIES
from epiengine.simulate.town import Float64
from epiengine.simulate.worlds import World

#: Days that a trigger or a cordon can look back, a power of two.
LOOK_BACK: Final = 64
DAY, STEP = range(2)
# columns of `left`
TODAY, IN_STOCK = range(2)
# what was wanted and not there
WAITING_FOR_TEST, WAITING_FOR_TRACING, NO_BED, NO_PLACE = range(4)


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
    cursor     int64[m+2, 12]: how far a campaign or a vaccination has come
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
        left=_stocks(tables),
        waiting=np.zeros(rows),
        unmet=np.zeros(4, dtype=np.int64),
        cases=np.zeros(world.hamlet_commune.size, dtype=np.int32),
        cursor=np.zeros((rows, 12), dtype=np.int64),
    )


def _stocks(tables: Tables) -> Float64:
    """Nothing of today's capacity, all of the stock."""
    left = np.zeros((tables.kind.size, 2))
    for kind, column in ((TESTING, STOCK), (CAMPAIGN, STOCK), (VACCINATION, DOSE_STOCK)):
        of_kind = tables.kind == kind
        left[of_kind, IN_STOCK] = tables.number[of_kind, column]
    return left


UNMET: Final = len(RESOURCES) - 4
