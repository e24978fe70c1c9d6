"""Step: tracing. The contacts of known cases are looked for, case by case, as long as there are hours; who is found gets an order.

Skipping: in a list of people each of whom is found with the same probability, the next one found is a geometric step ahead, so nobody
who is not found costs anything. Contacts of the community layer are those at which the case could have infected: its candidates are
drawn again from the key they were first drawn from.
"""

from __future__ import annotations

import math
from typing import Final

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.books import TODAY, WAITING_FOR_TRACING, Books
from epiengine.simulate.calendars import CHUNK, Calendar, chunks_for, count, drop_first, put, room
from epiengine.simulate.contacts import look_up, set_reach, town_candidates
from epiengine.simulate.detection import infected_course
from epiengine.simulate.lanes import ENDS_ON, INFECTED_ON, INFECTIOUS_ON, Bench
from epiengine.simulate.marks import PATH, People, marks_of
from epiengine.simulate.measures.measure import TRACING
from epiengine.simulate.measures.tracing import HOURS_PER_CASE, HOURS_PER_CONTACT
from epiengine.simulate.model import Model
from epiengine.simulate.person import household_place, household_size
from epiengine.simulate.plan import Tables
from epiengine.simulate.slots import ORDER, desk_slot, queue_slot
from epiengine.simulate.steps.confirming import DAY_SHIFT
from epiengine.simulate.strength import strength_of
from epiengine.simulate.town import COMMUNITY, HOUSEHOLD, SCHOOL_LAYER, WORK_LAYER
from epiengine.simulate.worlds import IS_TOWN, World

_TRACE: Final = int(Purpose.TRACE)
_PERSON: Final = (1 << 27) - 1
_TAKEN: Final = 1
AGE_SHIFT: Final = 27
AGE_BITS: Final = 1023
SECOND_BIT: Final = 1 << 37
_PROBABILITY, _DELAY = range(2)
_EARLIER: Final = -(1 << 20)


@inner
def give_order(desk: Calendar, person: int, day: int, age: int, second: int) -> None:
    """A contact will be ordered into quarantine on that day, so many days after the case's result; as F2 if `second`."""
    put(desk, 0, desk_slot(desk, ORDER, day), word(person | min(age, AGE_BITS) << AGE_SHIFT | (SECOND_BIT if second else 0)))


@inner
def find_in_list(
    world: World,
    desk: Calendar,
    seed: int,
    person: int,
    purpose: int,
    layer: int,
    first: int,
    number: int,
    likely: float,
    day: int,
    age: int,
    second: int,
) -> int:
    """Order those of a layer's list of people who are found; the answer is how many. `purpose` keeps the draws of different days apart."""
    if likely <= 0.0:
        return 0
    gap, at, found = (1.0 / math.log1p(-likely) if likely < 1.0 else 0.0), 0, 0
    turn = 0
    while True:
        drawn, _, _, _ = philox(seed, _TRACE, person, purpose, turn, layer * 2 + second)
        turn += 1
        at += int(min(math.log(unit(drawn)) * gap, 1e9))
        if at >= number:
            return found
        other = _who(world, layer, first + at)
        at += 1
        if other != person:
            give_order(desk, other, day, age, second)
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
def _find_met(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    desk: Calendar,
    bench: Bench,
    measure: int,
    seed: int,
    person: int,
    today: int,
    age: int,
) -> int:
    """Order those of the community whom the case met in his infectious days and whom the tracers find."""
    likely, day = tables.trace[measure, COMMUNITY, _PROBABILITY], today + int(tables.trace[measure, COMMUNITY, _DELAY])
    if likely <= 0.0:
        return 0
    course = infected_course(model, people, seed, person)
    days = bench.days[0, 0]
    days[INFECTED_ON], days[INFECTIOUS_ON], days[ENDS_ON] = people.infected_on[person], course.infectious, course.end
    bench.person[0, 0] = world.person[person]
    bench.strength[0, 0] = strength_of(world, model, people, seed, person, marks_of(people, person) & PATH)
    used = town_candidates(world, model, bench, 0, 0, person, seed, _EARLIER, 0)
    look_up(world, bench, 0, used)
    found = 0
    for at in range(used):
        drawn, _, _, _ = philox(seed, _TRACE, person, today, at, COMMUNITY * 2)
        if bench.layer[0, at] & 7 == COMMUNITY and bench.due[0, at] <= today and unit(drawn) < likely and bench.where[0, at] != person:
            give_order(desk, whole(bench.where[0, at]), day, age, 0)
            found += 1
    return found


@inner
def _find_all(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    desk: Calendar,
    bench: Bench,
    measure: int,
    seed: int,
    person: int,
    today: int,
    age: int,
) -> int:
    """Look for a case's contacts in every layer; the answer is how many were found."""
    found = 0
    if world.kind == IS_TOWN:
        who = world.person[person]
        bench.size[0, :] = 0
        set_reach(world, model, bench, 0, person, who)
        bench.base[0, HOUSEHOLD] = person - whole(household_place(who))
        bench.size[0, HOUSEHOLD] = whole(household_size(who))
    for layer in range(world.layers):
        first, number = world.edge_start[0], whole(0)
        if world.kind != IS_TOWN:
            first = world.edge_start[person * world.layers + layer]
            number = world.edge_start[person * world.layers + layer + 1] - first
        elif layer != COMMUNITY:
            first, number = bench.base[0, layer], bench.size[0, layer]
        likely, day = tables.trace[measure, layer, _PROBABILITY], today + int(tables.trace[measure, layer, _DELAY])
        if number > 0:
            found += find_in_list(world, desk, seed, person, today, layer, first, number, likely, day, age + day - today, 0)
    if world.kind == IS_TOWN:
        late = int(tables.trace[measure, COMMUNITY, _DELAY])
        found += _find_met(world, model, tables, people, desk, bench, measure, seed, person, today, age + late)
    return found


@inner
def _most_contacts(world: World, bench: Bench) -> int:
    """No case has more contacts than this many to be found."""
    if world.kind != IS_TOWN:
        return world.most_contacts
    return world.most_contacts + bench.giver.shape[1]  # type: ignore[no-any-return]


@inner
def _trace_queue(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    desk: Calendar,
    bench: Bench,
    books: Books,
    measure: int,
    seed: int,
    today: int,
) -> bool:
    """First confirmed, first traced, while there are hours; False when the desk is short of room."""
    slot = queue_slot(desk, measure)
    while desk.first[0, slot] >= 0 and books.left[measure, TODAY] >= tables.number[measure, HOURS_PER_CASE]:
        if room(desk, 0) < chunks_for(desk, _most_contacts(world, bench)):
            return False
        chunk, taken = whole(desk.first[0, slot]), whole(books.cursor[measure, _TAKEN])
        told = whole(desk.words[0, chunk * CHUNK + taken])
        person, age = told & _PERSON, today - (told >> DAY_SHIFT)
        found = _find_all(world, model, tables, people, desk, bench, measure, seed, person, today, age)
        books.left[measure, TODAY] -= tables.number[measure, HOURS_PER_CASE] + found * tables.number[measure, HOURS_PER_CONTACT]
        books.activity[measure, 0] += 1.0
        books.activity[measure, 1] += found
        books.cursor[measure, _TAKEN] = taken + 1
        if taken + 1 == desk.fill[0, chunk]:
            drop_first(desk, 0, slot)
            books.cursor[measure, _TAKEN] = 0
    return True


@inner
def trace(
    world: World, model: Model, tables: Tables, people: People, desk: Calendar, bench: Bench, books: Books, seed: int, today: int
) -> bool:
    """Trace as many cases as there are hours for; False when the desk is short of room: call again, what is done is done."""
    for measure in range(tables.start.size):
        if tables.kind[measure] == TRACING and not _trace_queue(world, model, tables, people, desk, bench, books, measure, seed, today):
            return False
    for measure in range(tables.start.size):
        if tables.kind[measure] == TRACING:
            books.unmet[WAITING_FOR_TRACING] += count(desk, 0, queue_slot(desk, measure)) - books.cursor[measure, _TAKEN]
    return True
