"""Step: results of the day. A positive becomes a known case: isolated, counted for its hamlet's cordon, and handed to the tracers."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import whole, word
from epiengine.simulate.active_measures import NOBODY
from epiengine.simulate.books import NO_BED, occupied_in_all
from epiengine.simulate.calendars import END, clear, count, following, has_room, put, start
from epiengine.simulate.courses import FATAL_PATH
from epiengine.simulate.day_view import PERSON, DayView, commune_in, foresee_all, lane_count, pack_event
from epiengine.simulate.detection import infected_course
from epiengine.simulate.marks import CONFIRMED, FACILITY, HOME, ISOLATED, PATH, SAMPLED, in_quarantine, mark, marks_of, unmark
from epiengine.simulate.measures.cordons import CASES, LASTS, RENEWED, WITHIN
from epiengine.simulate.measures.isolation import BEDS, DAYS, IN_FACILITY, UNTIL_RECOVERED
from epiengine.simulate.measures.laboratory import IN_CORDONS
from epiengine.simulate.measures.measure import CAMPAIGN, ROUNDS
from epiengine.simulate.person import hamlet_of
from epiengine.simulate.plan import NO_ROUND
from epiengine.simulate.queues import join_queue
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import CASE_OUT, FORGET, OPENING, RESULT, ROUND, area_event_slot, own_slot
from epiengine.simulate.steps.campaigning import round_word
from epiengine.simulate.steps.releasing import count_case, count_cordon, let_contact_go

_CONFIRMED: Final = SERIES.index("confirmed")


@inner
def isolate_until(scene: DayView, person: int, commune: int, measure: int, place: int, until: int) -> None:
    """Isolate a person in this place until that day; who is isolated already stays there, and perhaps longer."""
    people = scene.people
    if marks_of(people, person) & ISOLATED:
        people.until[person] = max(until, whole(people.until[person]))
        return
    people.stay[person], people.until[person] = measure, until
    mark(people, person, place)
    count_case(scene, person, commune, 1)
    put(scene.person_events, person >> scene.world.lane_bits, own_slot(scene.person_events, CASE_OUT, until), pack_event(person, commune))


@inner
def _isolate(scene: DayView, measure: int, person: int, commune: int, today: int) -> None:
    """In a bed if there is one, else at home; as long as the measure says, the dead until their day."""
    number = scene.tables.number[measure]
    end, until = infected_course(scene.model, scene.people, scene.seed, person).end, today + int(number[DAYS])
    if marks_of(scene.people, person) & PATH == FATAL_PATH:
        until = end
    elif number[UNTIL_RECOVERED]:
        until = max(until, end)
    if until <= today:
        return
    place, isolated = FACILITY, marks_of(scene.people, person) & ISOLATED
    if not isolated and occupied_in_all(scene.books, measure, IN_FACILITY) >= number[BEDS]:
        place = HOME
        scene.books.unmet[0, NO_BED] += int(number[BEDS] > 0)
    isolate_until(scene, person, commune, measure, place, until)


@inner
def _close_hamlet(scene: DayView, measure: int, hamlet: int, today: int) -> None:
    """Put the cordon up and plan the campaigns that sample closed hamlets."""
    area_events, tables, orders = scene.area_events, scene.tables, scene.orders
    until = today + int(tables.number[measure, LASTS])
    orders.locked_until[hamlet], orders.locked_by[hamlet] = until, measure
    count_cordon(scene, hamlet, 1)
    put(area_events, 0, area_event_slot(area_events, OPENING, until), word(hamlet))
    for other in range(tables.start.size):
        if tables.kind[other] != CAMPAIGN or not tables.number[other, IN_CORDONS]:
            continue
        for turn in range(ROUNDS):
            day = tables.rounds[other, turn]
            if day != NO_ROUND:
                put(area_events, 0, area_event_slot(area_events, ROUND, today + max(day, 1)), round_word(hamlet, other))


@inner
def _count_for_cordon(scene: DayView, hamlet: int, commune: int, today: int) -> None:
    """One more case of the hamlet, for as long as its cordon looks back."""
    watch = scene.orders.watch[commune]
    if watch != NOBODY:
        scene.books.cases[hamlet] += 1
        put(scene.area_events, 0, area_event_slot(scene.area_events, FORGET, today + int(scene.tables.number[watch, WITHIN])), word(hamlet))


@inner
def _cordon_off(scene: DayView, measure: int, hamlet: int, today: int) -> None:
    """Close the hamlet if it has cases enough, or keep it closed for longer."""
    number, orders = scene.tables.number[measure], scene.orders
    if orders.locked_until[hamlet] > today:
        if number[RENEWED]:
            orders.locked_until[hamlet] = today + int(number[LASTS])
    elif scene.books.cases[hamlet] >= number[CASES]:
        _close_hamlet(scene, measure, hamlet, today)


@inner
def _confirm(scene: DayView, lane: int, person: int, commune: int, today: int) -> None:
    """What becomes of one positive result."""
    orders, hamlet = scene.orders, whole(hamlet_of(scene.world.person[person]))
    mark(scene.people, person, CONFIRMED)
    scene.books.tally[commune + lane, _CONFIRMED] += 1
    if in_quarantine(scene.people, person, today):
        let_contact_go(scene, person, commune)
    if orders.isolation[commune] != NOBODY:
        _isolate(scene, whole(orders.isolation[commune]), person, commune, today)
    if orders.tracing[commune] != NOBODY:
        join_queue(scene, lane, whole(orders.tracing[commune]), pack_event(person, commune, today))
    _count_for_cordon(scene, hamlet, commune, today)
    if orders.cordon[commune] != NOBODY:
        _cordon_off(scene, whole(orders.cordon[commune]), hamlet, today)


@inner
def _has_room(scene: DayView, lane: int, results: int) -> bool:
    """Does all that can come of so many results fit on the lane's calendar and on that of the areas?"""
    person_events, area_events, measures = scene.person_events, scene.area_events, scene.tables.start.size
    closed = min(results, scene.world.hamlet_commune.size)
    enough = has_room(person_events, lane, 2 * results, person_events.ring + measures)
    return has_room(area_events, 0, results + closed * (1 + ROUNDS * measures), 3 * area_events.ring) and enough


@inner
def confirm(scene: DayView, today: int) -> bool:
    """Work through today's results; False when a calendar is short of room: call again, what is done is done."""
    person_events, slot = scene.person_events, own_slot(scene.person_events, RESULT, today)
    for lane in range(lane_count(scene)):
        if not _has_room(scene, lane, count(person_events, lane, slot)):
            return False
        at = start(person_events, lane, slot)
        while at != END:
            foresee_all(scene, lane, at)
            packed = whole(person_events.words[lane, at])
            person = packed & PERSON
            unmark(scene.people, person, SAMPLED)
            if not marks_of(scene.people, person) & CONFIRMED:
                _confirm(scene, lane, person, commune_in(packed), today)
            at = following(person_events, lane, at)
        clear(person_events, lane, slot)
    return True
