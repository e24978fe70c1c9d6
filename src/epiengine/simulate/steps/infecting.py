"""Step: the newly infected. Each one's course, the contacts at which it will pass the infection on, and when it will ask for a test.

All candidate transmissions of an infection are drawn once, here, as a Poisson process at a rate that no day can exceed; the day on which
one falls due thins it (see `transmitting.py`). Nobody who is not infected is ever looked at.

People are taken in groups: first what is known of all of them is fetched, then everything is computed, then the targets are looked up.
So the machine waits for one memory access while it starts the next.
"""

from __future__ import annotations

from epiengine.jit import inner
from epiengine.machine import prefetch
from epiengine.rng import philox, whole
from epiengine.simulate.calendars import has_room, put
from epiengine.simulate.contacts import look_up, town_candidates
from epiengine.simulate.course_events import note_course
from epiengine.simulate.courses import NEVER, Course, course_of, path_of
from epiengine.simulate.day_view import DayView, pack_event
from epiengine.simulate.edges import look_up_contacts, network_candidates
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
    layer_in,
    turn_in,
)
from epiengine.simulate.marks import NEVER_INFECTED, PATH, marks_of, variant_of
from epiengine.simulate.model import SEVERE_DISEASE, SEVERITY
from epiengine.simulate.person import age_band, hamlet_of
from epiengine.simulate.protection import protected
from epiengine.simulate.seeking import next_seek
from epiengine.simulate.slots import SEEK, own_slot, transmission_slot
from epiengine.simulate.steps.transmitting import candidate_word
from epiengine.simulate.strength import CONTACTS, strength_of
from epiengine.simulate.worlds import IS_TOWN


@inner
def _fetch(scene: DayView, lane: int, first: int, last: int) -> None:
    fresh, people, world = scene.lanes.fresh[lane], scene.people, scene.world
    for row in range(first, last):
        prefetch(people.infected_on, whole(fresh[row]))
        prefetch(world.edge_start, whole(fresh[row]) * world.layers)
        prefetch(world.rel_transmit, whole(fresh[row]))
        scene.scratch.person[lane, row - first] = world.person[fresh[row]]


@inner
def _draw_course(scene: DayView, lane: int, row: int, person: int) -> None:
    """The course of one of the group, how infectious it is, and the first day on which a test may be asked for."""
    model, people, scratch, seed = scene.model, scene.people, scene.scratch, scene.seed
    day, marks = whole(people.infected_on[person]), marks_of(people, person)
    variant, age = variant_of(marks), whole(age_band(scratch.person[lane, row]))
    severity = model.variant[variant, SEVERITY] * protected(model, people, person, day, variant, SEVERE_DISEASE)
    path = path_of(model, seed, person, day, age, severity)
    course = course_of(model, seed, person, day, path)
    _, _, third, fourth = philox(seed, CONTACTS, person, day, 0, 0)
    scratch.strength[lane, row] = strength_of(scene.world, model, people, seed, person, path)
    days = scratch.days[lane, row]
    days[INFECTED_ON], days[PATH_TAKEN] = day, path
    days[SEEKS_ON] = next_seek(scene.seeking, course.infectious, course.onset, course.end, third, fourth)
    days[INFECTIOUS_ON], days[ONSET_ON], days[SEVERE_ON] = course.infectious, course.onset, course.severe
    days[CRITICAL_ON], days[ENDS_ON] = course.critical, course.end


@inner
def _draw_candidates(scene: DayView, lane: int, first: int, last: int, today: int) -> tuple[int, int]:
    """Candidates of as many of the group as the scratch holds: who comes after the last of them, and how many candidates there are."""
    world, model, scratch, used = scene.world, scene.model, scene.scratch, 0
    for row in range(last - first):
        if used + scene.most > scratch.infectors.shape[1]:
            return first + row, used
        person = whole(scene.lanes.fresh[lane, first + row])
        if world.kind == IS_TOWN:
            used = town_candidates(world, model, scratch, lane, row, person, scene.seed, today, used)
        else:
            used = network_candidates(world, model, scratch, lane, row, person, scene.seed, today, used)
    return last, used


@inner
def _susceptible(scene: DayView, person: int) -> float:
    """How susceptible the person is by age and by themselves, as a share of what nobody exceeds."""
    world, model = scene.world, scene.model
    share = model.susceptibility[whole(age_band(world.person[person]))] / model.bound
    return share if world.kind == IS_TOWN else share * world.rel_susceptible[person]  # type: ignore[no-any-return]


@inner
def _drop_unlikely(scene: DayView, lane: int, used: int) -> int:
    """Leave out candidates who are not susceptible enough or can never be infected again; the answer is how many are left."""
    scratch, infected_on = scene.scratch, scene.people.infected_on
    infectors, where, due, layer = scratch.infectors[lane], scratch.where[lane], scratch.due[lane], scratch.layer[lane]
    for_ever, kept = scene.model.protection.size == 0, 0
    for at in range(used):
        person = where[at]
        infectors[kept], where[kept], due[kept], layer[kept] = infectors[at], person, due[at], layer[at]
        open_to_it = not for_ever or infected_on[person] == NEVER_INFECTED
        kept += open_to_it & (scratch.uniform[lane, at] < _susceptible(scene, person))
    return kept


@inner
def _settle(scene: DayView, lane: int, row: int, person: int, today: int) -> None:
    """Write one course into the person's marks, the diary and, if a test will be asked for, the calendar."""
    people, days = scene.people, scene.scratch.days[lane, row]
    people.marks[person] = (marks_of(people, person) & (0xFFFF ^ PATH)) | days[PATH_TAKEN]
    course = Course(days[INFECTIOUS_ON], days[ONSET_ON], days[SEVERE_ON], days[CRITICAL_ON], days[ENDS_ON])
    commune = whole(scene.world.hamlet_commune[whole(hamlet_of(scene.scratch.person[lane, row]))])
    note_course(scene.diary, commune + lane, course, days[PATH_TAKEN], days[INFECTED_ON], today)
    if days[SEEKS_ON] < NEVER:
        put(scene.person_events, lane, own_slot(scene.person_events, SEEK, max(days[SEEKS_ON], today + 1)), pack_event(person, commune))


@inner
def _send(scene: DayView, lane: int, first: int, used: int) -> None:
    """Put the candidates on the calendar, each in the list of its target's lane."""
    person_events, scratch, people = scene.person_events, scene.scratch, scene.people
    for at in range(used):
        person = whole(scene.lanes.fresh[lane, first + scratch.infectors[lane, at]])
        target, packed = scratch.where[lane, at], whole(scratch.layer[lane, at])
        what = candidate_word(person, target, layer_in(packed), variant_of(marks_of(people, person)), turn_in(packed))
        put(person_events, lane, transmission_slot(person_events, target >> scene.world.lane_bits, whole(scratch.due[lane, at])), what)


@inner
def infect_lane(scene: DayView, lane: int, today: int) -> bool:
    """Draw everybody newly infected in the lane. False: the calendar has no room for the next group; nothing of it has been written."""
    number, fresh = scene.lanes.number[lane], scene.lanes.fresh[lane]
    while number[DONE] < number[FRESH]:
        first = number[DONE]
        last = min(first + GROUP, number[FRESH])
        _fetch(scene, lane, first, last)
        for row in range(last - first):
            _draw_course(scene, lane, row, whole(fresh[first + row]))
        last, used = _draw_candidates(scene, lane, first, last, today)
        if scene.world.kind == IS_TOWN:
            look_up(scene.world, scene.people, scene.scratch, lane, used)
        else:
            look_up_contacts(scene.world, scene.people, scene.scratch, lane, used)
        used = _drop_unlikely(scene, lane, used)
        if not has_room(scene.person_events, lane, used + last - first, used + last - first):
            return False
        for row in range(last - first):
            _settle(scene, lane, row, whole(fresh[first + row]), today)
        _send(scene, lane, first, used)
        number[DONE] = last
    return True
