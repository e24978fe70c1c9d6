"""Step: tracing. The contacts of known cases are looked for, case by case, as long as there are hours; who is found gets an order.

The day's hours are shared out among the lanes in proportion to the cases that wait there, and what a lane does not need goes to the case
that has waited longest.

Skipping: in a list of people each of whom is found with the same probability, the next one found is a geometric step ahead, so nobody
who is not found costs anything. Contacts of the community layer are those at which the case could have infected: its candidates are
drawn again from the key they were first drawn from.
"""

from __future__ import annotations

import math
from typing import Final

from epiengine.jit import inner
from epiengine.machine import prefetch
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.books import TODAY, WAITING_FOR_TRACING, wanted_in_all
from epiengine.simulate.calendars import END, has_room, put
from epiengine.simulate.contacts import look_up, set_reach, town_candidates
from epiengine.simulate.day_view import FORESIGHT, PERSON, DayView, day_in, lane_count
from epiengine.simulate.detection import infected_course
from epiengine.simulate.edges import cell_length
from epiengine.simulate.lanes import ENDS_ON, INFECTED_ON, INFECTIOUS_ON, layer_in
from epiengine.simulate.marks import PATH, marks_of
from epiengine.simulate.measures.measure import TRACING
from epiengine.simulate.measures.tracing import HOURS_PER_CASE, HOURS_PER_CONTACT
from epiengine.simulate.person import household_place, household_size
from epiengine.simulate.queues import NO_LANE, head_of, leave_queue, longest_waiting
from epiengine.simulate.slots import order_slot
from epiengine.simulate.strength import strength_of
from epiengine.simulate.town import COMMUNITY, HOUSEHOLD, SCHOOL_LAYER, WORK_LAYER
from epiengine.simulate.worlds import IS_TOWN, World

_TRACE: Final = int(Purpose.TRACE)
AGE_SHIFT: Final = 27
AGE_BITS: Final = 1023
SECOND_BIT: Final = 1 << 37
_PROBABILITY, _DELAY = range(2)
#: Contacts in a cache line.
_IN_A_LINE: Final = 16
#: Less than this is no hour at all.
_NO_TIME: Final = 1e-9
_EARLIER: Final = -(1 << 20)


@inner
def give_order(scene: DayView, lane: int, person: int, day: int, age: int, second: int) -> None:
    """A contact of somebody of the lane will be ordered into quarantine on that day, so many days after the case's result; as F2 if `second`."""
    packed = word(person | min(age, AGE_BITS) << AGE_SHIFT | (SECOND_BIT if second else 0))
    put(scene.person_events, lane, order_slot(scene.person_events, person >> scene.world.lane_bits, day), packed)


@inner
def find_in_list(
    scene: DayView, lane: int, person: int, today: int, layer: int, first: int, number: int, likely: float, day: int, age: int, second: int
) -> int:
    """Order those of a layer's list of people who are found; the answer is how many."""
    if likely <= 0.0:
        return 0
    gap, at, found, turn = 1.0 / cell_length(likely) if likely < 1.0 else 0.0, 0, 0, 0
    while True:
        if gap > 0.0:
            drawn, _, _, _ = philox(scene.seed, _TRACE, person, today, turn, layer * 2 + second)
            turn += 1
            at += int(min(-math.log(unit(drawn)) * gap, 1e9))
        if at >= number:
            return found
        other = _who(scene.world, layer, first + at)
        at += 1
        if other != person:
            give_order(scene, lane, other, day, age, second)
            found += 1


@inner
def _who(world: World, layer: int, where: int) -> int:
    """The person at a place of a layer's list."""
    if world.kind != IS_TOWN:
        return whole(world.neighbour[where])  # type: ignore[no-any-return]
    if layer in (SCHOOL_LAYER, WORK_LAYER):
        return whole(world.group_member[where])  # type: ignore[no-any-return]
    return where


@inner
def _find_contacts(scene: DayView, lane: int, measure: int, person: int, today: int, age: int) -> int:
    """Order those of the community whom the case met in their infectious days and whom the tracers find."""
    packed, scratch = scene.tables.trace[measure, COMMUNITY], scene.scratch
    likely, day = packed[_PROBABILITY], today + int(packed[_DELAY])
    if likely <= 0.0:
        return 0
    course = infected_course(scene.model, scene.people, scene.seed, person)
    days = scratch.days[lane, 0]
    days[INFECTED_ON], days[INFECTIOUS_ON], days[ENDS_ON] = scene.people.infected_on[person], course.infectious, course.end
    scratch.person[lane, 0] = scene.world.person[person]
    path = marks_of(scene.people, person) & PATH
    scratch.strength[lane, 0] = strength_of(scene.world, scene.model, scene.people, scene.seed, person, path)
    used = town_candidates(scene.world, scene.model, scratch, lane, 0, person, scene.seed, _EARLIER, 0)
    look_up(scene.world, scene.people, scratch, lane, used)
    found = 0
    for at in range(used):
        drawn, _, _, _ = philox(scene.seed, _TRACE, person, today, at, COMMUNITY * 2)
        # candidates were drawn at the bound of susceptibility and calibration; a contact is one to somebody of susceptibility 1
        meant = scratch.uniform[lane, at] * scene.model.bound * scene.model.headroom < 1.0
        recent = (
            layer_in(whole(scratch.layer[lane, at])) == COMMUNITY and scratch.due[lane, at] <= today and scratch.where[lane, at] != person
        )
        if recent and meant and unit(drawn) < likely:
            give_order(scene, lane, whole(scratch.where[lane, at]), day, age, 0)
            found += 1
    return found


@inner
def _set_lists(scene: DayView, lane: int, person: int) -> None:
    """Fill the scratch with where the case's list of each layer begins and how many are in it."""
    world, scratch = scene.world, scene.scratch
    base, size = scratch.base[lane], scratch.size[lane]
    if world.kind == IS_TOWN:
        who = world.person[person]
        size[:] = 0
        set_reach(world, scene.model, scratch, lane, person, who)
        base[HOUSEHOLD], size[HOUSEHOLD] = person - whole(household_place(who)), whole(household_size(who))
        # people of the community are found by what they did, not on a list
        size[COMMUNITY] = 0
        return
    for layer in range(world.layers):
        base[layer] = world.edge_start[person * world.layers + layer]
        size[layer] = world.edge_start[person * world.layers + layer + 1] - base[layer]


@inner
def _find_all(scene: DayView, lane: int, measure: int, person: int, today: int, age: int) -> int:
    """Look for a case's contacts in every layer; the answer is how many were found."""
    scratch, found = scene.scratch, 0
    _set_lists(scene, lane, person)
    for layer in range(scene.world.layers):
        first, number = scratch.base[lane, layer], scratch.size[lane, layer]
        likely, late = scene.tables.trace[measure, layer, _PROBABILITY], int(scene.tables.trace[measure, layer, _DELAY])
        if number > 0:
            found += find_in_list(scene, lane, person, today, layer, first, number, likely, today + late, age + late, 0)
    if scene.world.kind == IS_TOWN:
        found += _find_contacts(scene, lane, measure, person, today, age + int(scene.tables.trace[measure, COMMUNITY, _DELAY]))
    return found


@inner
def _has_room(scene: DayView, lane: int) -> bool:
    """Do all the contacts fit on the calendar that one case can have?"""
    most = scene.world.most_contacts + (scene.scratch.infectors.shape[1] if scene.world.kind == IS_TOWN else 0)
    return has_room(scene.person_events, lane, most, lane_count(scene) * scene.world.layers)


@inner
def _trace_next(scene: DayView, lane: int, measure: int, today: int) -> None:
    """Trace the case that is next in the lane's queue, from the lane's hours."""
    books, number = scene.books, scene.tables.number[measure]
    packed = whole(scene.person_events.words[lane, head_of(scene, lane, measure)])
    found = _find_all(scene, lane, measure, packed & PERSON, today, today - day_in(packed))
    books.share[lane, measure] -= number[HOURS_PER_CASE] + found * number[HOURS_PER_CONTACT]
    books.activity[lane, measure, 0] += 1.0
    books.activity[lane, measure, 1] += found
    leave_queue(scene, lane, measure)


@inner
def _foresee(scene: DayView, lane: int, at: int) -> None:
    """Ask for where the contacts of coming cases begin and, nearer to their turn, for the contacts."""
    world, words = scene.world, scene.person_events.words[lane]
    person = whole(words[min(at + FORESIGHT, words.size - 1)]) & PERSON
    prefetch(scene.people.infected_on, person)
    prefetch(world.person, person)
    prefetch(world.edge_start, person * world.layers)
    if world.kind != IS_TOWN:
        row = min((whole(words[min(at + FORESIGHT // 2, words.size - 1)]) & PERSON), world.people - 1) * world.layers
        for line in range(3):
            prefetch(world.neighbour, world.edge_start[row] + line * _IN_A_LINE)


@inner
def share_hours(scene: DayView) -> None:
    """The day's hours, to the lanes in proportion to their cases."""
    books = scene.books
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] != TRACING:
            continue
        wanted, hours = wanted_in_all(books, measure), books.left[measure, TODAY]
        if wanted > 0 and hours > 0.0:
            books.left[measure, TODAY] = 0.0
            for lane in range(lane_count(scene)):
                books.share[lane, measure] = hours * books.wanted[lane, measure] / wanted


@inner
def trace_lane(scene: DayView, lane: int, today: int) -> bool:
    """First confirmed, first traced, while the lane has hours; False when there is no room: call again, what is done is done."""
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] != TRACING:
            continue
        least = scene.tables.number[measure, HOURS_PER_CASE]
        while scene.books.share[lane, measure] >= max(least, _NO_TIME) and head_of(scene, lane, measure) != END:
            if not _has_room(scene, lane):
                return False
            _foresee(scene, lane, head_of(scene, lane, measure))
            _trace_next(scene, lane, measure, today)
    return True


@inner
def _take_back(scene: DayView, measure: int) -> None:
    """Hours that lanes did not need; less than none where the last case took longer."""
    for lane in range(lane_count(scene)):
        scene.books.left[measure, TODAY] += scene.books.share[lane, measure]
        scene.books.share[lane, measure] = 0.0


@inner
def trace_rest(scene: DayView, today: int) -> bool:
    """Hours that lanes did not need go to the case that has waited longest; False when there is no room: call again."""
    books = scene.books
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] != TRACING:
            continue
        _take_back(scene, measure)
        while books.left[measure, TODAY] >= max(scene.tables.number[measure, HOURS_PER_CASE], _NO_TIME):
            lane = longest_waiting(scene, measure)
            if lane == NO_LANE:
                break
            if not _has_room(scene, lane):
                return False
            books.share[lane, measure], books.left[measure, TODAY] = books.left[measure, TODAY], 0.0
            _trace_next(scene, lane, measure, today)
            _take_back(scene, measure)
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] == TRACING:
            books.unmet[0, WAITING_FOR_TRACING] += wanted_in_all(books, measure)
    return True
