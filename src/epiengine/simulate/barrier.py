"""How threads share the steps of a day: each step's lanes are taken one by one, and nobody begins a step before all have ended the last.

The threads never leave the compiled kernel for that, because calling one costs more than a day of a small epidemic. Who has waited long
goes back to Python, which may have something better to do with the processor, and comes again.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from epiengine.arrays import Int64
from epiengine.jit import inner
from epiengine.machine import count_up, read_now

DONE, SHORT, AGAIN = range(3)
#: Looks at a count before a thread goes back: some twenty microseconds.
_PATIENCE: Final = 20_000
# of the counts, each in a cache line of its own
_HERE, _TAKEN, _SHORT_IN = 0, 8, 16
# columns of `own`
DAY_OF, STEP_OF, _PHASE, _TAKEN_BEFORE, _WAITS = range(5)


class Barrier(NamedTuple):
    """counts  int64[24]: how often somebody was done with a step, how many lanes were asked for, in which phase room was short
    own     int64[threads, 8]: where each thread is: day, step, phase (the steps so far, from 1), lanes asked for before it, does it wait
    """

    counts: Int64
    own: Int64
    lanes: int


def meeting_of(threads: int, *, lanes: int, day: int, step: int) -> Barrier:
    """All threads before this step of this day."""
    own = np.zeros((threads, 8), dtype=np.int64)
    own[:, DAY_OF], own[:, STEP_OF], own[:, _PHASE] = day, step, 1
    return Barrier(counts=np.zeros(24, dtype=np.int64), own=own, lanes=lanes)


@inner
def next_lane(meeting: Barrier, thread: int) -> int:
    """What nobody has taken in this step: the work beside the lanes, lane after lane from the last to the first, then less than 0."""
    return meeting.lanes - (count_up(meeting.counts, _TAKEN) - meeting.own[thread, _TAKEN_BEFORE])  # type: ignore[no-any-return]


@inner
def note_short(meeting: Barrier, thread: int) -> None:
    """A calendar has no room for this step."""
    meeting.counts[_SHORT_IN] = meeting.own[thread, _PHASE]


@inner
def is_short(meeting: Barrier, thread: int) -> bool:
    """Has somebody said so in this step?"""
    return read_now(meeting.counts, _SHORT_IN) == meeting.own[thread, _PHASE]  # type: ignore[no-any-return]


@inner
def is_waiting(meeting: Barrier, thread: int) -> bool:
    """Is the thread done with its part of the step?"""
    return meeting.own[thread, _WAITS] != 0  # type: ignore[no-any-return]


@inner
def wait_for_all(meeting: Barrier, thread: int) -> None:
    """The thread is done with its part of the step."""
    meeting.own[thread, _WAITS] = 1
    count_up(meeting.counts, _HERE)


@inner
def all_arrived(meeting: Barrier, thread: int) -> bool:
    """Are all done with it? Asked for a while."""
    missing, looks = True, 0
    while missing and looks < _PATIENCE:
        missing = read_now(meeting.counts, _HERE) < meeting.own[thread, _PHASE] * meeting.own.shape[0]
        looks += 1
    return not missing


@inner
def go_on(meeting: Barrier, thread: int, day: int, step: int, by_lane: bool) -> None:
    """To this step, from one that was done by lanes or not."""
    own = meeting.own[thread]
    own[DAY_OF], own[STEP_OF] = day, step
    own[_PHASE] += 1
    own[_WAITS] = 0
    if by_lane:
        # beside the lanes and the work beside them, every thread has asked once in vain
        own[_TAKEN_BEFORE] += meeting.lanes + 1 + meeting.own.shape[0]
