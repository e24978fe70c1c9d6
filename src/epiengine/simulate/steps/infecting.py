"""Step: the newly infected. Each one's course, the contacts at which it will pass the infection on, and when it will ask for a test.

All candidate transmissions of an infection are drawn once, here, as a Poisson process at a rate that no day can exceed; the day on which
one falls due thins it (see `transmitting.py`). Nobody who is not infected is ever looked at.

People are taken in groups: first what is known of all of them is fetched, then everything is computed, then the targets are looked up.
So the machine waits for one memory access while it starts the next.
"""

from __future__ import annotations

from epiengine.jit import inner, step
from epiengine.rng import philox, whole, word
from epiengine.simulate.calendars import Calendar, put, room
from epiengine.simulate.contacts import look_up, town_candidates
from epiengine.simulate.courses import NEVER, Course, course_of, path_of
from epiengine.simulate.diary import Diary, note_course
from epiengine.simulate.edges import network_candidates
from epiengine.simulate.lanes import (
    CRITICAL_ON,
    DONE,
    ENDS_ON,
    FRESH,
    GROUP,
    INFECTED_ON,
    INFECTIOUS_ON,
    ONSET_ON,
    PATH_TAKEN,
    SEEKS_ON,
    SEVERE_ON,
    Bench,
    Lanes,
)
from epiengine.simulate.marks import PATH, UNTOUCHED, People, marks_of, variant_of
from epiengine.simulate.model import SEVERE_DISEASE, SEVERITY, Model
from epiengine.simulate.person import age_band, hamlet_of
from epiengine.simulate.protection import shielded
from epiengine.simulate.seeking import Seeking, next_seek
from epiengine.simulate.slots import seek_slot, transmission_slot
from epiengine.simulate.strength import CONTACTS, strength_of
from epiengine.simulate.worlds import IS_TOWN, World


@inner
def _fetch(world: World, bench: Bench, lanes: Lanes, lane: int, first: int, last: int) -> None:
    for row in range(last - first):
        bench.person[lane, row] = world.person[lanes.fresh[lane, first + row]]


@inner
def _draw_course(
    world: World, model: Model, people: People, seeking: Seeking, bench: Bench, lane: int, row: int, person: int, seed: int
) -> None:
    """The course of one of the group, how infectious it is, and the first day on which a test may be asked for."""
    day, marks = whole(people.infected_on[person]), marks_of(people, person)
    variant, age = variant_of(marks), whole(age_band(bench.person[lane, row]))
    severity = model.variant[variant, SEVERITY] * shielded(model, people, person, day, variant, SEVERE_DISEASE)
    path = path_of(model, seed, person, day, age, severity)
    course = course_of(model, seed, person, day, path)
    _, _, third, fourth = philox(seed, CONTACTS, person, day, 0, 0)
    bench.strength[lane, row] = strength_of(world, model, people, seed, person, path)
    seeks = next_seek(seeking, course.infectious, course.onset, course.end, third, fourth)
    days = bench.days[lane, row]
    days[INFECTED_ON], days[PATH_TAKEN], days[SEEKS_ON] = day, path, seeks
    days[INFECTIOUS_ON], days[ONSET_ON], days[SEVERE_ON] = course.infectious, course.onset, course.severe
    days[CRITICAL_ON], days[ENDS_ON] = course.critical, course.end


@inner
def _draw_candidates(
    world: World, model: Model, bench: Bench, lanes: Lanes, lane: int, first: int, last: int, seed: int, today: int, most: int
) -> tuple[int, int]:
    """Candidates of as many of the group as the bench holds: who comes after the last of them, and how many candidates there are."""
    used = 0
    for row in range(last - first):
        if used + most > bench.giver.shape[1]:
            return first + row, used
        person = whole(lanes.fresh[lane, first + row])
        if world.kind == IS_TOWN:
            used = town_candidates(world, model, bench, lane, row, person, seed, today, used)
        else:
            used = network_candidates(world, model, bench, lane, row, person, seed, today, used)
    return last, used


@inner
def _drop_immune(model: Model, people: People, bench: Bench, lane: int, used: int) -> int:
    """Leave out candidates who can never be infected again; the answer is how many are left."""
    if model.protection.size > 0:
        return used
    giver, where, due, layer = bench.giver[lane], bench.where[lane], bench.due[lane], bench.layer[lane]
    kept = 0
    for at in range(used):
        giver[kept], where[kept], due[kept], layer[kept] = giver[at], where[at], due[at], layer[at]
        kept += people.infected_on[where[at]] == UNTOUCHED
    return kept


@inner
def _settle(
    world: World, people: People, diary: Diary, ahead: Calendar, bench: Bench, lane: int, row: int, person: int, today: int
) -> None:
    """Write one course into the person's marks, the diary and, if a test will be asked for, the calendar."""
    days = bench.days[lane, row]
    people.marks[person] = (marks_of(people, person) & (0xFFFF ^ PATH)) | days[PATH_TAKEN]
    course = Course(days[INFECTIOUS_ON], days[ONSET_ON], days[SEVERE_ON], days[CRITICAL_ON], days[ENDS_ON])
    commune = whole(world.hamlet_commune[whole(hamlet_of(bench.person[lane, row]))])
    note_course(diary, commune + lane, course, days[PATH_TAKEN], days[INFECTED_ON], today)
    if days[SEEKS_ON] < NEVER:
        put(ahead, lane, seek_slot(ahead, max(days[SEEKS_ON], today + 1)), word(person))


@inner
def _send(world: World, people: People, ahead: Calendar, bench: Bench, lanes: Lanes, lane: int, first: int, used: int) -> None:
    """Put the candidates on the calendar, each in the list of its target's lane."""
    for at in range(used):
        person = whole(lanes.fresh[lane, first + bench.giver[lane, at]])
        target, layer = bench.where[lane, at], whole(bench.layer[lane, at]) & 7
        variant = variant_of(marks_of(people, person))
        what = word(person | target << 27 | layer << 54 | variant << 57)
        put(ahead, lane, transmission_slot(ahead, target >> world.lane_bits, whole(bench.due[lane, at])), what)


@step
def infect_lane(
    world: World,
    model: Model,
    people: People,
    seeking: Seeking,
    diary: Diary,
    ahead: Calendar,
    bench: Bench,
    lanes: Lanes,
    lane: int,
    seed: int,
    today: int,
    most: int,
) -> bool:
    """Draw everybody newly infected in the lane. False: the calendar has no room for the next group; nothing of it has been written."""
    while lanes.number[lane, DONE] < lanes.number[lane, FRESH]:
        first = lanes.number[lane, DONE]
        last = min(first + GROUP, lanes.number[lane, FRESH])
        _fetch(world, bench, lanes, lane, first, last)
        for row in range(last - first):
            _draw_course(world, model, people, seeking, bench, lane, row, whole(lanes.fresh[lane, first + row]), seed)
        last, used = _draw_candidates(world, model, bench, lanes, lane, first, last, seed, today, most)
        if world.kind == IS_TOWN:
            look_up(world, bench, lane, used)
        used = _drop_immune(model, people, bench, lane, used)
        if room(ahead, lane) < used + (last - first):
            return False
        for row in range(last - first):
            _settle(world, people, diary, ahead, bench, lane, row, whole(lanes.fresh[lane, first + row]), today)
        _send(world, people, ahead, bench, lanes, lane, first, used)
        lanes.number[lane, DONE] = last
    return True
