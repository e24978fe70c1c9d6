"""Step: results of the day. A positive becomes a known case: isolated, counted for its hamlet's cordon, and handed to the tracers."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import whole, word
from epiengine.simulate.books import NO_BED, held_in_all
from epiengine.simulate.calendars import END, clear, count, following, has_room, put, start
from epiengine.simulate.courses import FATAL_PATH
from epiengine.simulate.detection import infected_course
from epiengine.simulate.marks import CONFIRMED, FACILITY, HOME, ISOLATED, PATH, SAMPLED, in_quarantine, mark, marks_of, unmark
from epiengine.simulate.measures.cordons import CASES, LASTS, RENEWED, WITHIN
from epiengine.simulate.measures.isolation import BEDS, DAYS, IN_FACILITY, UNTIL_RECOVERED
from epiengine.simulate.measures.laboratory import IN_CORDONS
from epiengine.simulate.measures.measure import CAMPAIGN, ROUNDS
from epiengine.simulate.orders import NOBODY
from epiengine.simulate.person import hamlet_of
from epiengine.simulate.plan import NO_ROUND
from epiengine.simulate.queues import join_queue
from epiengine.simulate.scene import PERSON, Scene, commune_in, foresee_all, lane_count, own_word
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import CASE_OUT, FORGET, OPENING, RESULT, ROUND, desk_slot, own_slot
from epiengine.simulate.steps.campaigning import round_word
from epiengine.simulate.steps.releasing import count_case, count_cordon, let_contact_go

_CONFIRMED: Final = SERIES.index("confirmed")


@inner
def isolate_until(scene: Scene, person: int, commune: int, measure: int, place: int, until: int) -> None:
    """Isolate a person in this place until that day; who is isolated already stays there, and perhaps longer."""
    people = scene.people
    if marks_of(people, person) & ISOLATED:
        people.until[person] = max(until, whole(people.until[person]))
        return
    people.stay[person], people.until[person] = measure, until
    mark(people, person, place)
    count_case(scene, person, commune, 1)
    put(scene.ahead, person >> scene.world.lane_bits, own_slot(scene.ahead, CASE_OUT, until), own_word(person, commune))


@inner
def _isolate(scene: Scene, measure: int, person: int, commune: int, today: int) -> None:
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
    if not isolated and held_in_all(scene.books, measure, IN_FACILITY) >= number[BEDS]:
        place = HOME
        scene.books.unmet[0, NO_BED] += int(number[BEDS] > 0)
    isolate_until(scene, person, commune, measure, place, until)


@inner
def _close_hamlet(scene: Scene, measure: int, hamlet: int, today: int) -> None:
    """Put the cordon up and plan the campaigns that sample closed hamlets."""
    desk, tables, orders = scene.desk, scene.tables, scene.orders
    until = today + int(tables.number[measure, LASTS])
    orders.locked_until[hamlet], orders.locked_by[hamlet] = until, measure
    count_cordon(scene, hamlet, 1)
    put(desk, 0, desk_slot(desk, OPENING, until), word(hamlet))
    for other in range(tables.start.size):
        if tables.kind[other] != CAMPAIGN or not tables.number[other, IN_CORDONS]:
            continue
        for turn in range(ROUNDS):
            day = tables.rounds[other, turn]
            if day != NO_ROUND:
                put(desk, 0, desk_slot(desk, ROUND, today + max(day, 1)), round_word(hamlet, other))


@inner
def _count_for_cordon(scene: Scene, hamlet: int, commune: int, today: int) -> None:
    """One more case of the hamlet, for as long as its cordon looks back."""
    watch = scene.orders.watch[commune]
    if watch != NOBODY:
        scene.books.cases[hamlet] += 1
        put(scene.desk, 0, desk_slot(scene.desk, FORGET, today + int(scene.tables.number[watch, WITHIN])), word(hamlet))


@inner
def _cordon_off(scene: Scene, measure: int, hamlet: int, today: int) -> None:
    """Close the hamlet if it has cases enough, or keep it closed for longer."""
    number, orders = scene.tables.number[measure], scene.orders
    if orders.locked_until[hamlet] > today:
        if number[RENEWED]:
            orders.locked_until[hamlet] = today + int(number[LASTS])
    elif scene.books.cases[hamlet] >= number[CASES]:
        _close_hamlet(scene, measure, hamlet, today)


@inner
def _confirm(scene: Scene, lane: int, person: int, commune: int, today: int) -> None:
    """What becomes of one positive result."""
    orders, hamlet = scene.orders, whole(hamlet_of(scene.world.person[person]))
    mark(scene.people, person, CONFIRMED)
    scene.books.tally[commune + lane, _CONFIRMED] += 1
    if in_quarantine(scene.people, person, today):
        let_contact_go(scene, person, commune)
    if orders.isolation[commune] != NOBODY:
        _isolate(scene, whole(orders.isolation[commune]), person, commune, today)
    if orders.tracing[commune] != NOBODY:
        join_queue(scene, lane, whole(orders.tracing[commune]), own_word(person, commune, today))
    _count_for_cordon(scene, hamlet, commune, today)
    if orders.cordon[commune] != NOBODY:
        _cordon_off(scene, whole(orders.cordon[commune]), hamlet, today)


@inner
def _has_room(scene: Scene, lane: int, results: int) -> bool:
    """Does all that can come of so many results fit on the lane's calendar and on the desk's?"""
    ahead, desk, measures = scene.ahead, scene.desk, scene.tables.start.size
    closed = min(results, scene.world.hamlet_commune.size)
    enough = has_room(ahead, lane, 2 * results, ahead.ring + measures)
    return has_room(desk, 0, results + closed * (1 + ROUNDS * measures), 3 * desk.ring) and enough


@inner
def confirm(scene: Scene, today: int) -> bool:
    """Work through today's results; False when a calendar is short of room: call again, what is done is done."""
    ahead, slot = scene.ahead, own_slot(scene.ahead, RESULT, today)
    for lane in range(lane_count(scene)):
        if not _has_room(scene, lane, count(ahead, lane, slot)):
            return False
        at = start(ahead, lane, slot)
        while at != END:
            foresee_all(scene, lane, at)
            told = whole(ahead.words[lane, at])
            person = told & PERSON
            unmark(scene.people, person, SAMPLED)
            if not marks_of(scene.people, person) & CONFIRMED:
                _confirm(scene, lane, person, commune_in(told), today)
            at = following(ahead, lane, at)
        clear(ahead, lane, slot)
    return True
