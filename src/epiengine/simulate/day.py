"""One day, step by step. The order is written out here and nowhere else.

     1  open         which measures are in force where, what the post has for today            steps/opening.py
     2  release      isolation, quarantine and cordons that end                                 steps/releasing.py
     3  vaccinate    doses                                                                      steps/vaccinating.py
     4  sample       people who ask for a test, F1 whose test is due, as far as tests reach     steps/sampling.py
     5  campaign     samples of whole hamlets                                                   steps/campaigning.py
     6  confirm      results: isolation, cordons                                                steps/confirming.py
     7  trace        contacts of cases, as far as hours reach                                   steps/tracing.py
     8  quarantine   orders: a place in a centre, or home                                       steps/quarantining.py
     9  transmit     candidates that fall due infect, or not; imported cases                    steps/transmitting.py, arriving.py
    10  infect       courses and candidates of the newly infected                               steps/infecting.py
    11  close        the day is written                                                         steps/closing.py

Steps that write to a calendar can find it short of room. Such a step says so before it does anything, or after a whole piece of its work;
the caller enlarges the calendar and comes back to that step, so nothing is ever done twice or lost.
"""

from __future__ import annotations

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner, step
from epiengine.rng import whole
from epiengine.simulate.arrivals import Arrivals
from epiengine.simulate.books import DAY, STEP, Books
from epiengine.simulate.calendars import Calendar
from epiengine.simulate.diary import Diary
from epiengine.simulate.lanes import Bench, Lanes
from epiengine.simulate.marks import People
from epiengine.simulate.model import Model
from epiengine.simulate.orders import Orders
from epiengine.simulate.plan import Tables
from epiengine.simulate.seeking import Seeking
from epiengine.simulate.steps.arriving import arrive
from epiengine.simulate.steps.campaigning import campaign
from epiengine.simulate.steps.closing import close_day
from epiengine.simulate.steps.confirming import confirm
from epiengine.simulate.steps.infecting import infect_lane
from epiengine.simulate.steps.opening import open_day
from epiengine.simulate.steps.quarantining import quarantine
from epiengine.simulate.steps.releasing import release
from epiengine.simulate.steps.sampling import sample
from epiengine.simulate.steps.tracing import trace
from epiengine.simulate.steps.transmitting import forget_candidates, transmit_lane
from epiengine.simulate.steps.vaccinating import vaccinate
from epiengine.simulate.town import Float64
from epiengine.simulate.worlds import World

OPEN, RELEASE, SAMPLE, CAMPAIGN, CONFIRM, TRACE, QUARANTINE, TRANSMIT, INFECT, CLOSE = range(10)


@inner
def find_cases(
    world: World,
    model: Model,
    tables: Tables,
    seeking: Seeking,
    people: People,
    ahead: Calendar,
    desk: Calendar,
    orders: Orders,
    books: Books,
    seed: int,
) -> bool:
    """Steps 2 to 5; False when a calendar is short of room."""
    today = whole(books.clock[DAY])
    if books.clock[STEP] == RELEASE:
        if not release(world, people, desk, orders, books, today):
            return False
        vaccinate(world, model, tables, people, orders, books, seed, today)
        books.clock[STEP] = SAMPLE
    if books.clock[STEP] == SAMPLE:
        if not sample(world, model, tables, people, seeking, ahead, desk, orders, books, seed, today):
            return False
        books.clock[STEP] = CAMPAIGN
    if books.clock[STEP] == CAMPAIGN:
        if not campaign(world, model, tables, people, desk, orders, books, seed, today):
            return False
        books.clock[STEP] = CONFIRM
    return True


@inner
def follow_cases(
    world: World, model: Model, tables: Tables, people: People, desk: Calendar, bench: Bench, orders: Orders, books: Books, seed: int
) -> bool:
    """Steps 6 to 8; False when a calendar is short of room."""
    today = whole(books.clock[DAY])
    if books.clock[STEP] == CONFIRM:
        if not confirm(world, model, tables, people, desk, orders, books, seed, today):
            return False
        books.clock[STEP] = TRACE
    if books.clock[STEP] == TRACE:
        if not trace(world, model, tables, people, desk, bench, books, seed, today):
            return False
        books.clock[STEP] = QUARANTINE
    if books.clock[STEP] == QUARANTINE:
        if not quarantine(world, model, tables, people, desk, orders, books, seed, today):
            return False
        books.clock[STEP] = TRANSMIT
    return True


@step
def respond(
    world: World,
    model: Model,
    tables: Tables,
    seeking: Seeking,
    people: People,
    ahead: Calendar,
    desk: Calendar,
    bench: Bench,
    lanes: Lanes,
    orders: Orders,
    books: Books,
    multiplier: float,
    seed: int,
) -> bool:
    """Steps 1 to 8, what the post does; False when a calendar is short of room: enlarge it and call again."""
    if books.clock[STEP] == OPEN:
        open_day(world, tables, orders, books, lanes, multiplier, seed)
        books.clock[STEP] = RELEASE
    if not find_cases(world, model, tables, seeking, people, ahead, desk, orders, books, seed):
        return False
    return follow_cases(world, model, tables, people, desk, bench, orders, books, seed)


@step
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


@step
def advance_days(
    world: World,
    model: Model,
    tables: Tables,
    seeking: Seeking,
    arrivals: Arrivals,
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
    """Day after day until `daily` is full; False when a calendar is short of room: enlarge it and call again."""
    while books.clock[DAY] < first + daily.shape[0]:
        today = whole(books.clock[DAY])
        if books.clock[STEP] < TRANSMIT:
            factor = multiplier[today - first]
            if not respond(world, model, tables, seeking, people, ahead, desk, bench, lanes, orders, books, factor, seed):
                return False
        if books.clock[STEP] == TRANSMIT:
            for lane in range(ahead.first.shape[0]):
                transmit_lane(world, model, people, orders, tables, ahead, lanes, lane, seed, today)
            arrive(world, people, diary, lanes, arrivals, seed, today)
            for lane in range(ahead.first.shape[0]):
                forget_candidates(ahead, lane, today)
            books.clock[STEP] = INFECT
        if not infect_all(world, model, people, seeking, diary, ahead, bench, lanes, seed, today, most):
            return False
        close_day(world, tables, diary, books, daily[today - first], resources[today - first])
        books.clock[STEP] = OPEN
    return True
