"""One day, step by step. The order is written out here and nowhere else.

     1  open         which measures are in force where, what the post has for today            steps/opening.py
     2  release      who asks for a test; isolation and quarantine that end               |    steps/sampling.py, releasing.py
     3  share tests  cordons that end; the tests are shared out                                steps/releasing.py, sampling.py
     4  sample       people who asked, F1 whose test is due, as far as tests reach        |    steps/sampling.py
                     and beside the lanes, which do not ask for them: doses                    steps/vaccinating.py
     5  sample rest  tests that a lane did not need                                            steps/sampling.py
     6  campaign     samples of whole hamlets                                                  steps/campaigning.py
     7  confirm      results: isolation, cordons; the tracers' hours are shared out            steps/confirming.py, tracing.py
     8  trace        contacts of cases, as far as hours reach                             |    steps/tracing.py
     9  trace rest   hours that a lane did not need                                            steps/tracing.py
    10  obey         orders: F2 stay at home, F1 are to go                                |    steps/quarantining.py
    11  allot        the places are shared out                                                 steps/quarantining.py
    12  place        a place in a centre, or home                                         |    steps/quarantining.py
    13  transmit     candidates that fall due infect, or not                              |    steps/transmitting.py
    14  arrive       imported cases                                                            steps/arriving.py
    15  infect       courses and candidates of the newly infected                         |    steps/infecting.py
    16  close        the day is written                                                        steps/closing.py

A step with a bar is done by each lane for its own people, on any thread; the others are done once, between them.

Steps that write to a calendar can find it short of room. Such a step says so before it does anything, or after a whole piece of its work;
the caller enlarges the calendar and comes back to that step, so nothing is ever done twice or lost.
"""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner, step
from epiengine.rng import whole
from epiengine.simulate.barrier import (
    AGAIN,
    DAY_OF,
    DONE,
    SHORT,
    STEP_OF,
    Barrier,
    all_arrived,
    go_on,
    is_short,
    is_waiting,
    next_lane,
    note_short,
    wait_for_all,
)
from epiengine.simulate.books import STEP
from epiengine.simulate.day_view import DayView, lane_count
from epiengine.simulate.lanes import PASSED
from epiengine.simulate.steps.arriving import arrive
from epiengine.simulate.steps.campaigning import campaign
from epiengine.simulate.steps.closing import close_day
from epiengine.simulate.steps.confirming import confirm
from epiengine.simulate.steps.infecting import infect_lane
from epiengine.simulate.steps.opening import open_day
from epiengine.simulate.steps.quarantining import allot_places, obey_lane, place_lane
from epiengine.simulate.steps.releasing import release_hamlets, release_lane
from epiengine.simulate.steps.sampling import allot_tests, ask_lane, sample_lane, sample_rest
from epiengine.simulate.steps.tracing import share_hours, trace_lane, trace_rest
from epiengine.simulate.steps.transmitting import forget_candidates, transmit_lane
from epiengine.simulate.steps.vaccinating import vaccinate
from epiengine.simulate.town import Float64

STEPS: Final = 17
(
    OPEN,
    RELEASE,
    SHARE_TESTS,
    SAMPLE,
    SAMPLE_REST,
    CAMPAIGN,
    CONFIRM,
    TRACE,
    TRACE_REST,
    OBEY,
    ALLOT,
    PLACE,
    TRANSMIT,
    ARRIVE,
    INFECT,
    CLOSE,
) = range(1, STEPS)
BY_LANE: Final = (RELEASE, SAMPLE, TRACE, OBEY, PLACE, TRANSMIT, INFECT)


@step
def _find(scene: DayView, number: int, today: int) -> bool:
    """Steps 1 to 6 that are done once; False when a calendar is short of room."""
    if number == OPEN:
        open_day(scene, today)
    elif number == SHARE_TESTS:
        if not release_hamlets(scene, today):
            return False
        allot_tests(scene)
    elif number == SAMPLE_REST:
        return sample_rest(scene, today)
    else:
        return campaign(scene, today)
    return True


@step
def _follow(scene: DayView, number: int, today: int) -> bool:
    """Steps 7 to 16 that are done once; False when a calendar is short of room."""
    if number == CONFIRM:
        if not confirm(scene, today):
            return False
        share_hours(scene)
    elif number == TRACE_REST:
        return trace_rest(scene, today)
    elif number == ALLOT:
        allot_places(scene)
    elif number == ARRIVE:
        arrive(scene, today)
    else:
        close_day(scene, today)
    return True


@inner
def _test_lane(scene: DayView, number: int, lane: int, today: int) -> bool:
    """Steps 2 and 4 of one lane, and the doses beside them; False when a calendar is short of room."""
    if lane == lane_count(scene):
        return vaccinate(scene, today) if number == SAMPLE else True
    if number == RELEASE:
        return ask_lane(scene, lane, today) and release_lane(scene, lane, today)
    return sample_lane(scene, lane, today)


@inner
def _trace_lane(scene: DayView, number: int, lane: int, today: int) -> bool:
    """Steps 8, 10 and 12 of one lane; False when its calendar is short of room."""
    if lane == lane_count(scene):
        return True
    if number == TRACE:
        return trace_lane(scene, lane, today)
    if number == OBEY:
        return obey_lane(scene, lane, today)
    return place_lane(scene, lane, today)


@inner
def _spread_lane(scene: DayView, number: int, lane: int, today: int) -> bool:
    """Steps 13 and 15 of one lane; False when its calendar is short of room."""
    if lane == lane_count(scene):
        return True
    if number == TRANSMIT:
        transmit_lane(scene, lane, today)
        return True
    forget_candidates(scene, lane, today)
    return infect_lane(scene, lane, today)


@inner
def _take_lane(scene: DayView, meeting: Barrier, number: int, thread: int) -> int:
    """A lane that is not done with the step, for this thread; less than 0 when there is none."""
    lane = next_lane(meeting, thread)
    while lane >= 0 and scene.lanes.number[lane, PASSED] >= number:
        lane = next_lane(meeting, thread)
    return lane


@inner
def _write_done(scene: DayView, meeting: Barrier, number: int, thread: int, lane: int, enough: bool) -> None:
    if enough:
        scene.lanes.number[lane, PASSED] = number
    else:
        note_short(meeting, thread)


# The steps are compiled one by one: as one kernel they would take the compiler three times as long.


@step
def _test_lanes(scene: DayView, meeting: Barrier, number: int, today: int, thread: int) -> None:
    lane = _take_lane(scene, meeting, number, thread)
    while lane >= 0:
        _write_done(scene, meeting, number, thread, lane, _test_lane(scene, number, lane, today))
        lane = _take_lane(scene, meeting, number, thread)


@step
def _trace_lanes(scene: DayView, meeting: Barrier, number: int, today: int, thread: int) -> None:
    lane = _take_lane(scene, meeting, number, thread)
    while lane >= 0:
        _write_done(scene, meeting, number, thread, lane, _trace_lane(scene, number, lane, today))
        lane = _take_lane(scene, meeting, number, thread)


@step
def _spread_lanes(scene: DayView, meeting: Barrier, number: int, today: int, thread: int) -> None:
    lane = _take_lane(scene, meeting, number, thread)
    while lane >= 0:
        _write_done(scene, meeting, number, thread, lane, _spread_lane(scene, number, lane, today))
        lane = _take_lane(scene, meeting, number, thread)


@inner
def _is_by_lane(number: int) -> bool:
    return number in BY_LANE


@inner
def do_part(scene: DayView, meeting: Barrier, number: int, today: int, thread: int) -> None:
    """A thread's part of a step: of the lanes, or all of it for the first thread."""
    if number in (RELEASE, SAMPLE):
        _test_lanes(scene, meeting, number, today, thread)
    elif number in (TRACE, OBEY, PLACE):
        _trace_lanes(scene, meeting, number, today, thread)
    elif number in (TRANSMIT, INFECT):
        _spread_lanes(scene, meeting, number, today, thread)
    elif thread == 0:
        enough = _find(scene, number, today) if number < CONFIRM else _follow(scene, number, today)
        if not enough:
            note_short(meeting, thread)


@inner
def _go_on(scene: DayView, meeting: Barrier, number: int, today: int, thread: int) -> None:
    """To the next step; the first thread keeps the clock."""
    day, following = (today, number + 1) if number < CLOSE else (today + 1, OPEN)
    go_on(meeting, thread, day, following, _is_by_lane(number))
    if thread == 0:
        scene.books.clock[STEP] = following


@step
def infect_before(scene: DayView) -> bool:
    """Step 15 before day 0, for whom the start names; False when a calendar is short of room."""
    enough = True
    for lane in range(lane_count(scene)):
        enough = infect_lane(scene, lane, -1) and enough
    return enough


@step
def advance_days(scene: DayView, multiplier: Float64, meeting: Barrier, thread: int) -> int:
    """Day after day until the pages are full: DONE. AGAIN: the others are still at work, call again. SHORT: a calendar is short of room;
    when all threads have come to that, enlarge it and begin again from the step of the clock."""
    own = meeting.own[thread]
    while own[DAY_OF] < scene.first + scene.daily.shape[0]:
        today, number = whole(own[DAY_OF]), whole(own[STEP_OF])
        if not is_waiting(meeting, thread):
            if thread == 0 and number == OPEN:
                scene.orders.multiplier[0] = multiplier[today - scene.first]
            do_part(scene, meeting, number, today, thread)
            wait_for_all(meeting, thread)
        if not all_arrived(meeting, thread):
            return AGAIN
        if is_short(meeting, thread):
            return SHORT
        _go_on(scene, meeting, number, today, thread)
    return DONE
