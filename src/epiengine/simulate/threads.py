"""Running the days: on one thread or on several of this process, with more room for the calendars when it is needed.

A lane is worked on by one thread at a time and writes only what is its own, so the threads and their number leave no trace in the
answer.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from epiengine.jit import COMPILED
from epiengine.simulate.barrier import AGAIN, SHORT, Barrier, meeting_of
from epiengine.simulate.books import STEP
from epiengine.simulate.calendars import lost
from epiengine.simulate.day import OPEN, advance_days
from epiengine.simulate.day_view import DayView
from epiengine.simulate.state import State, make_room
from epiengine.simulate.town import Float64


def run_days(state: State, scene: DayView, factor: Float64, *, threads: int) -> None:
    """Day after day until the pages are full. What is not compiled runs on one thread."""
    threads = min(threads, state.world.lanes()) if COMPILED else 1
    with ThreadPoolExecutor(max(1, threads - 1)) as pool:
        while _run(pool, scene, factor, meeting_at(state, threads=threads)) == SHORT:
            make_room(state)
            scene = state.scene(like=scene)
    if words := lost(state.person_events) + lost(state.area_events):
        raise RuntimeError(f"{words} words found no room on the calendars: a step asked for too little, and the run is not to be used")


def meeting_at(state: State, *, threads: int = 1) -> Barrier:
    """So many threads, before the step that comes next."""
    return meeting_of(threads, lanes=state.world.lanes(), day=state.day, step=max(OPEN, int(state.books.clock[STEP])))


def _run(pool: ThreadPoolExecutor, scene: DayView, factor: Float64, meeting: Barrier) -> int:
    """As far as there is room; the calling thread takes its part."""
    others = [pool.submit(_take_part, scene, factor, meeting, thread) for thread in range(1, meeting.own.shape[0])]
    answer = _take_part(scene, factor, meeting, 0)
    for other in others:
        other.result()
    return answer


def _take_part(scene: DayView, factor: Float64, meeting: Barrier, thread: int) -> int:
    while (answer := advance_days(scene, factor, meeting, thread)) == AGAIN:
        time.sleep(0)
    return answer
