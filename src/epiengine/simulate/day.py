"""One day, step by step. The order is written out here and nowhere else."""

from __future__ import annotations

from epiengine.arrays import Int32, Int64
from epiengine.jit import jit
from epiengine.simulate.books import DAY, STEP, Books
from epiengine.simulate.calendars import Calendar
from epiengine.simulate.diary import Diary
from epiengine.simulate.lanes import Bench, Lanes
from epiengine.simulate.marks import People
from epiengine.simulate.model import Model
from epiengine.simulate.orders import Orders
from epiengine.simulate.plan import Tables
from epiengine.simulate.seeking import Seeking
from epiengine.simulate.steps.closing import close_day
from epiengine.simulate.steps.infecting import infect_lane
from epiengine.simulate.steps.transmitting import forget_candidates, transmit_lane
from epiengine.simulate.town import Float64
from epiengine.simulate.worlds import World

RESPOND, INFECT = range(2)


@jit
def infect_all(
    world: World,
    model: Model,
    people: People,
    seeking: Seeking,
    diary: Diary,
    ahead: Calendar,
    bench: Bench,
    lanes: Lanes,
    seed: int,
    today: int,
    most: int,
) -> bool:
    """Draw the newly infected of every lane; False when a calendar has no room: enlarge it and call again."""
    enough = True
    for lane in range(ahead.first.shape[0]):
        enough = infect_lane(world, model, people, seeking, diary, ahead, bench, lanes, lane, seed, today, most) and enough
    return enough


@jit
def advance_days(
    world: World,
    model: Model,
    tables: Tables,
    seeking: Seeking,
    people: People,
    diary: Diary,
    ahead: Calendar,
    desk: Calendar,
    bench: Bench,
    lanes: Lanes,
    orders: Orders,
    books: Books,
    multiplier: Float64,
    daily: Int32,
    resources: Int64,
    seed: int,
    first: int,
    most: int,
) -> bool:
    """Day after day until `daily` is full; False when a calendar is short of room: enlarge it and call again, nothing is lost."""
    while books.clock[DAY] < first + daily.shape[0]:
        today = books.clock[DAY]
        if books.clock[STEP] == RESPOND:
            orders.multiplier[0] = multiplier[today - first]
            for lane in range(ahead.first.shape[0]):
                transmit_lane(world, model, people, orders, tables, ahead, lanes, lane, seed, today)
            for lane in range(ahead.first.shape[0]):
                forget_candidates(ahead, lane, today)
            books.clock[STEP] = INFECT
        if not infect_all(world, model, people, seeking, diary, ahead, bench, lanes, seed, today, most):
            return False
        close_day(world, tables, diary, books, daily[today - first], resources[today - first])
        books.clock[STEP] = RESPOND
    return True
