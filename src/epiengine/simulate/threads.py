"""The same days on several threads: each step's lanes are shared out, and every step ends before the next begins.

A lane is worked on by one thread at a time and writes only what is its own, so the threads and their number leave no trace in the
answer. The steps of the post (1 to 8 in `day.py`) hand out scarce things in order and are one thread's work.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from epiengine.arrays import Int32, Int64
from epiengine.simulate.books import STEP
from epiengine.simulate.day import CLOSE, INFECT, OPEN, TRANSMIT, respond
from epiengine.simulate.lanes import DONE, FRESH
from epiengine.simulate.state import State, make_room
from epiengine.simulate.steps.arriving import arrive
from epiengine.simulate.steps.closing import close_day
from epiengine.simulate.steps.infecting import infect_lane
from epiengine.simulate.steps.transmitting import forget_candidates, transmit_lane
from epiengine.simulate.town import Float64


def advance_on_threads(state: State, factor: Float64, daily: Int32, resources: Int64, *, first: int, threads: int) -> None:
    """Day after day until `daily` is full."""
    with ThreadPoolExecutor(threads) as pool:

        def each_lane(work: Callable[[int], None]) -> None:
            list(pool.map(work, range(state.world.lanes())))

        while state.day < first + daily.shape[0]:
            row = state.day - first
            _advance_day(state, each_lane, float(factor[row]))
            close_day(state.world, state.tables, state.diary, state.books, daily[row], resources[row])
            state.books.clock[STEP] = OPEN


def _advance_day(state: State, each_lane: Callable[[Callable[[int], None]], None], factor: float) -> None:
    """Steps 1 to 10. A step that was short of room is called again, as a run on one thread would do."""
    today = state.day
    while state.books.clock[STEP] < TRANSMIT and not _respond(state, factor):
        make_room(state)
    if state.books.clock[STEP] == TRANSMIT:
        each_lane(lambda lane: _transmit(state, lane, today))
        arrive(state.world, state.people, state.diary, state.lanes, state.arrivals, state.seed, today)
        each_lane(lambda lane: forget_candidates(state.ahead, lane, today))
        state.books.clock[STEP] = INFECT
    while state.books.clock[STEP] == INFECT:
        each_lane(lambda lane: _infect(state, lane, today))
        if (state.lanes.number[:, DONE] == state.lanes.number[:, FRESH]).all():
            state.books.clock[STEP] = CLOSE
        else:
            make_room(state)


def _respond(state: State, factor: float) -> bool:
    return respond(
        state.world,
        state.model,
        state.tables,
        state.seeking,
        state.people,
        state.ahead,
        state.desk,
        state.bench,
        state.lanes,
        state.orders,
        state.books,
        factor,
        state.seed,
    )


def _transmit(state: State, lane: int, today: int) -> None:
    transmit_lane(state.world, state.model, state.people, state.orders, state.tables, state.ahead, state.lanes, lane, state.seed, today)


def _infect(state: State, lane: int, today: int) -> None:
    infect_lane(
        state.world,
        state.model,
        state.people,
        state.seeking,
        state.diary,
        state.ahead,
        state.bench,
        state.lanes,
        lane,
        state.seed,
        today,
        state.most,
    )
