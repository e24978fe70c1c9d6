"""Queues of the lanes: who waits for something of a measure, first come first."""

from __future__ import annotations

from typing import Any, Final

from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.calendars import END, drop_first, put, start
from epiengine.simulate.day_view import DayView, day_in, lane_count
from epiengine.simulate.slots import queue_slot

NO_LANE: Final = -1


@inner
def join_queue(scene: DayView, lane: int, measure: int, what: Any) -> None:
    """Somebody of the lane (an own word) comes to wait."""
    put(scene.person_events, lane, queue_slot(scene.person_events, measure), what)
    scene.books.wanted[lane, measure] += 1


@inner
def head_of(scene: DayView, lane: int, measure: int) -> int:
    """Where the word of who is next stands, or END."""
    at = start(scene.person_events, lane, queue_slot(scene.person_events, measure))
    return at if at == END else at + scene.books.taken[lane, measure]


@inner
def leave_queue(scene: DayView, lane: int, measure: int) -> None:
    """Who was next has been served."""
    person_events, slot = scene.person_events, queue_slot(scene.person_events, measure)
    taken = scene.books.taken[lane, measure] + 1
    if taken == person_events.fill[lane, person_events.first[lane, slot]]:
        drop_first(person_events, lane, slot)
        taken = 0
    scene.books.taken[lane, measure] = taken
    scene.books.wanted[lane, measure] -= 1


@inner
def longest_waiting(scene: DayView, measure: int) -> int:
    """The lane of who has waited longest, or NO_LANE."""
    found, since = NO_LANE, 0
    for lane in range(lane_count(scene)):
        at = head_of(scene, lane, measure)
        if at != END and (found == NO_LANE or day_in(whole(scene.person_events.words[lane, at])) < since):
            found, since = lane, day_in(whole(scene.person_events.words[lane, at]))
    return found
