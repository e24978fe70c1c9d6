"""What is already known of the days to come: each infection writes its whole course here when it begins.

A row belongs to one commune of one lane, so that no two threads write to the same one; a closing day is read and wiped.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Int32
from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.courses import FATAL_PATH, NEVER, Course
from epiengine.simulate.person import hamlet_of
from epiengine.simulate.worlds import World

INFECTIONS, ONSETS, DEATHS, INFECTIOUS, SEVERE_NOW, CRITICAL_NOW, IMPORTED = range(7)
ENTRIES: Final = 8


class CourseEvents(NamedTuple):
    """entry  int32[communes + lanes, days, 8]: the change on each day of a ring of days; the row of a person is commune + lane."""

    entry: NDArray[np.int32]


def diary(*, communes: int, lanes: int, ring: int) -> CourseEvents:
    """An empty one."""
    return CourseEvents(np.zeros((communes + lanes, ring, ENTRIES), dtype=np.int32))


@inner
def commune_of(world: World, person: int) -> int:
    """The commune of a person. Where there is one hamlet nobody need be looked up."""
    if world.hamlet_commune.size == 1:
        return 0
    return whole(world.hamlet_commune[whole(hamlet_of(world.person[person]))])  # type: ignore[no-any-return]


@inner
def note_course(diary: CourseEvents, row: int, course: Course, path: int, day: int, today: int) -> None:
    """Write down what an infection of that day will bring after `today`; what began before counts among what there is."""
    ring = diary.entry.shape[1] - 1
    entry = diary.entry[row]
    if day > today or day == today >= 0:
        entry[day & ring, INFECTIONS] += 1
    if today < course.onset < NEVER:
        entry[course.onset & ring, ONSETS] += 1
    if path == FATAL_PATH and course.end > today:
        entry[course.end & ring, DEATHS] += 1
    _note_stay(entry, INFECTIOUS, course.infectious, course.end, today)
    _note_stay(entry, SEVERE_NOW, course.severe, course.end, today)
    _note_stay(entry, CRITICAL_NOW, course.critical, course.end, today)


@inner
def _note_stay(entry: Int32, what: int, begin: int, end: int, today: int) -> None:
    if begin < end and end > today + 1:
        ring = entry.shape[0] - 1
        entry[max(begin, today + 1) & ring, what] += 1
        entry[end & ring, what] -= 1
