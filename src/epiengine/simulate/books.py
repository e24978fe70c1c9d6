"""The books of the post: what there is, what was used today, what was known in the last weeks."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.calendars import APART
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
    """m measures and two rows (see `Tables`), c communes, h hamlets, p lanes. What lanes write is each lane's own.

    clock      int64[2]: the day at hand and the step of it that comes next
    tally      int64[c+p, series]: flows of today, stocks as they are; the row of a person is commune + lane
    history    int32[64, c, series]: the last days, a ring
    activity   float64[p, m+2, 3]: what each measure did today, in the units of its file
    held       int64[p, m+2, 3]: people it holds, by place
    left       float64[m+2, 2]: what is left of today's capacity and of the stock
    wanted     int64[p, m+2 and up to APART]: how many wait in the lane for something of the measure: a test, a tracer, a place
    share      float64[p, the same]: how much of it the lane may use
    taken      int64[p, the same]: how many of the first chunk of the measure's queue in the lane have been served
    waiting    float64[m+2]: uninfected people who wait for a test
    unmet      int64[p, 4]: wanted today and not there, as the last four of RESOURCES
    cases      int32[h]: confirmed cases of each hamlet that its cordon still counts
    cursor     int64[m+2, 12]: how far a campaign has come;  offered  int64[m+2, c]: to how many of a commune a vaccination has come
    """

    clock: Int64
    tally: Int64
    history: Int32
    activity: Float64
    occupied: Int64
    left: Float64
    wanted: Int64
    share: Float64
    taken: Int64
    waiting: Float64
    unmet: Int64
    cases: Int32
    cursor: Int64
    offered: Int64


def books_of(world: World, tables: Tables) -> Books:
    """Empty books on the morning of day 0."""
    rows, communes, lanes = tables.kind.size, world.commune_start.size - 1, world.lanes()
    apart = rows + -rows % APART
    return Books(
        clock=np.zeros(2, dtype=np.int64),
        tally=np.zeros((communes + lanes, len(SERIES)), dtype=np.int64),
        history=np.zeros((LOOK_BACK, communes, len(SERIES)), dtype=np.int32),
        activity=np.zeros((lanes, rows, ACTIVITIES)),
        occupied=np.zeros((lanes, rows, ACTIVITIES), dtype=np.int64),
        left=_stocks(tables),
        wanted=np.zeros((lanes, apart), dtype=np.int64),
        share=np.zeros((lanes, apart)),
        taken=np.zeros((lanes, apart), dtype=np.int64),
        waiting=np.zeros(rows),
        unmet=np.zeros((lanes, 4), dtype=np.int64),
        cases=np.zeros(world.hamlet_commune.size, dtype=np.int32),
        cursor=np.zeros((rows, 12), dtype=np.int64),
        offered=np.zeros((rows, communes), dtype=np.int64),
    )


@inner
def tally_rows(world: World, commune: int) -> tuple[int, int]:
    """The rows of a commune: first, and the one behind the last; none for a commune without people."""
    begin, end = world.commune_start[commune], world.commune_start[commune + 1]
    if begin == end:
        return 0, 0
    return commune + (begin >> world.lane_bits), commune + ((end - 1) >> world.lane_bits) + 1


@inner
def occupied_in_all(books: Books, measure: int, place: int) -> int:
    """How many people the measure holds in this place, of all lanes."""
    occupied = 0
    for lane in range(books.occupied.shape[0]):
        occupied += books.occupied[lane, measure, place]
    return occupied


@inner
def wanted_in_all(books: Books, measure: int) -> int:
    """How many wait for something of the measure, in all lanes."""
    wanted = 0
    for lane in range(books.wanted.shape[0]):
        wanted += books.wanted[lane, measure]
    return wanted


@inner
def allot(books: Books, measure: int, amount: float) -> float:
    """Share out whole units among the lanes in proportion to who waits there, no more than is wanted; the answer is how many in all."""
    wanted, before, given = wanted_in_all(books, measure), 0, 0
    whole_units = whole(max(0.0, min(np.floor(amount), float(wanted))))
    for lane in range(books.wanted.shape[0]):
        before += books.wanted[lane, measure]
        upto = whole_units * before // wanted if wanted > 0 else 0
        books.share[lane, measure] = upto - given
        given = upto
    return float(whole_units)


def _stocks(tables: Tables) -> Float64:
    """Nothing of today's capacity, all of the stock."""
    left = np.zeros((tables.kind.size, 2))
    for kind, column in ((TESTING, STOCK), (CAMPAIGN, STOCK), (VACCINATION, DOSE_STOCK)):
        of_kind = tables.kind == kind
        left[of_kind, IN_STOCK] = tables.number[of_kind, column]
    return left


UNMET: Final = len(RESOURCES) - 4
