"""Step: quarantine orders of the day. F1 go into a centre while it has places, else home; F2 stay at home.

A lane first finds out which of its people are to go (`obey_lane`); the places are shared out in proportion; then they go (`place_lane`).
"""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.active_measures import NOBODY
from epiengine.simulate.books import NO_PLACE, allot, occupied_in_all
from epiengine.simulate.calendars import END, clear, count, following, has_room, put, start
from epiengine.simulate.course_events import commune_of
from epiengine.simulate.day_view import PERSON, DayView, commune_in, day_in, foresee_all, lane_count, pack_event, prefetch_ahead
from epiengine.simulate.detection import dead, ever_infected, infected_course
from epiengine.simulate.marks import CENTRE, CONFIRMED, IMMUNE, ISOLATED, SECOND, mark, marks_of
from epiengine.simulate.measures.measure import QUARANTINE, ROUNDS, TRACING
from epiengine.simulate.measures.quarantine import AT_CENTRE, DAYS_OF_F1, DAYS_OF_F2, FROM_CONFIRMATION, PLACES_IN_ALL, SPARES_RECOVERED
from epiengine.simulate.measures.tracing import DEPTH, SECOND_DELAY, SECOND_SHARE
from epiengine.simulate.person import LARGEST_HOUSEHOLD, household_place, household_size
from epiengine.simulate.plan import NO_ROUND, Tables
from epiengine.simulate.queues import join_queue
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import CONTACT_OUT, SAMPLE, order_slot, own_slot, queue_slot
from epiengine.simulate.steps.releasing import count_contact, let_contact_go
from epiengine.simulate.steps.tracing import AGE_BITS, AGE_SHIFT, SECOND_BIT, find_in_list
from epiengine.simulate.town import HOUSEHOLD
from epiengine.simulate.worlds import IS_TOWN

_F1_NEW: Final = SERIES.index("f1_new")


@inner
def quarantine_until(scene: DayView, person: int, commune: int, measure: int, form: int, until: int) -> None:
    """Quarantine a person in this form (CENTRE, SECOND, or 0 for at home as F1) until that day."""
    scene.people.stay[person], scene.people.until[person] = measure, until
    mark(scene.people, person, form)
    count_contact(scene, person, commune, 1)
    put(
        scene.person_events, person >> scene.world.lane_bits, own_slot(scene.person_events, CONTACT_OUT, until), pack_event(person, commune)
    )


@inner
def _is_spared(scene: DayView, measure: int, person: int, today: int) -> bool:
    """Known cases, the dead and, if the measure says so, people who have had it."""
    marks = marks_of(scene.people, person)
    if marks & (CONFIRMED | ISOLATED) or dead(scene.model, scene.people, scene.seed, person, today):
        return True
    if not scene.tables.number[measure, SPARES_RECOVERED]:
        return False
    had_it = ever_infected(scene.people, person) and infected_course(scene.model, scene.people, scene.seed, person).end <= today
    return had_it or marks & IMMUNE != 0


@inner
def _obey(scene: DayView, lane: int, order: int, today: int) -> None:
    """One order: an F2 stays at home, an F1 waits for a place, or there is nothing to do."""
    person, age, second = order & PERSON, (order >> AGE_SHIFT) & AGE_BITS, order & SECOND_BIT
    people, commune = scene.people, commune_of(scene.world, person)
    measure = whole(scene.orders.quarantine[commune])
    if measure == NOBODY or _is_spared(scene, measure, person, today):
        return
    until = today + int(scene.tables.number[measure, DAYS_OF_F2 if second else DAYS_OF_F1])
    if scene.tables.number[measure, FROM_CONFIRMATION]:
        until -= age
    if people.until[person] > today:
        if second or not marks_of(people, person) & SECOND:
            people.until[person] = max(until, whole(people.until[person]))
            return
        let_contact_go(scene, person, commune)
    if until <= today:
        return
    if second:
        quarantine_until(scene, person, commune, measure, SECOND, until)
        return
    # a second order of today finds them with a day to come, and can only make it later
    people.until[person] = until
    join_queue(scene, lane, measure, pack_event(person, commune, age))


@inner
def obey_lane(scene: DayView, lane: int, today: int) -> bool:
    """Carry out today's orders to people of the lane, up to the places; False when there is no room and nothing has been done."""
    person_events, slot, orders = scene.person_events, order_slot(scene.person_events, lane, today), 0
    for source in range(lane_count(scene)):
        orders += count(person_events, source, slot)
    if not has_room(person_events, lane, orders, person_events.ring + scene.tables.start.size):
        return False
    for source in range(lane_count(scene)):
        at = start(person_events, source, slot)
        while at != END:
            foresee_all(scene, source, at)
            _obey(scene, lane, whole(person_events.words[source, at]), today)
            at = following(person_events, source, at)
    return True


@inner
def allot_places(scene: DayView) -> None:
    """Share out the free places among the lanes."""
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] == QUARANTINE:
            free = scene.tables.number[measure, PLACES_IN_ALL] - occupied_in_all(scene.books, measure, AT_CENTRE)
            allot(scene.books, measure, free)


@inner
def _trace_second(scene: DayView, lane: int, person: int, commune: int, age: int, today: int) -> None:
    """The F2 behind a new F1, so many days after the case's result: their household, or on a network their contacts in the first layer."""
    world, measure = scene.world, whole(scene.orders.tracing[commune])
    if measure == NOBODY or scene.tables.number[measure, DEPTH] < 2:
        return
    if world.kind == IS_TOWN:
        who = world.person[person]
        first, number = person - whole(household_place(who)), whole(household_size(who))
    else:
        first = whole(world.edge_start[person * world.layers])
        number = whole(world.edge_start[person * world.layers + 1]) - first
    likely, late = scene.tables.number[measure, SECOND_SHARE], max(1, int(scene.tables.number[measure, SECOND_DELAY]))
    find_in_list(scene, lane, person, today, HOUSEHOLD, first, number, likely, today + late, age + late, 1)


@inner
def _place(scene: DayView, lane: int, measure: int, packed: int, today: int) -> None:
    """A new F1 goes where there is a place, and will be sampled."""
    person, commune = packed & PERSON, commune_in(packed)
    books, tables, form = scene.books, scene.tables, CENTRE
    if books.share[lane, measure] >= 1.0:
        books.share[lane, measure] -= 1.0
    else:
        form = 0
        books.unmet[lane, NO_PLACE] += int(tables.number[measure, PLACES_IN_ALL] > 0)
    quarantine_until(scene, person, commune, measure, form, whole(scene.people.until[person]))
    books.tally[commune + lane, _F1_NEW] += 1
    for turn in range(ROUNDS):
        day = tables.rounds[measure, turn]
        if day != NO_ROUND:
            put(scene.person_events, lane, own_slot(scene.person_events, SAMPLE, today + max(day, 1)), pack_event(person, commune))
    _trace_second(scene, lane, person, commune, day_in(packed), today)


@inner
def _place_all(scene: DayView, lane: int, measure: int, today: int) -> None:
    person_events, slot = scene.person_events, queue_slot(scene.person_events, measure)
    at = start(person_events, lane, slot)
    while at != END:
        prefetch_ahead(scene, lane, at)
        _place(scene, lane, measure, whole(person_events.words[lane, at]), today)
        at = following(person_events, lane, at)
    clear(person_events, lane, slot)
    scene.books.wanted[lane, measure] = scene.books.share[lane, measure] = 0


@inner
def place_lane(scene: DayView, lane: int, today: int) -> bool:
    """The lane's new F1 go; orders that it gave are done. False when there is no room and nothing has been done."""
    person_events, measures, new = scene.person_events, scene.tables.start.size, 0
    for measure in range(measures):
        if scene.tables.kind[measure] == QUARANTINE:
            new += scene.books.wanted[lane, measure]
    behind = LARGEST_HOUSEHOLD if scene.world.kind == IS_TOWN else scene.world.most_contacts
    each = 1 + ROUNDS + _deepest(scene.tables) * behind
    if not has_room(person_events, lane, new * each, 2 * person_events.ring + lane_count(scene) * measures):
        return False
    for measure in range(measures):
        if scene.tables.kind[measure] == QUARANTINE:
            _place_all(scene, lane, measure, today)
    for target in range(lane_count(scene)):
        clear(person_events, lane, order_slot(person_events, target, today))
    return True


@inner
def _deepest(tables: Tables) -> int:
    """1 when the plan ever looks for F2."""
    for measure in range(tables.start.size):
        if tables.kind[measure] == TRACING and tables.number[measure, DEPTH] >= 2:
            return 1
    return 0
