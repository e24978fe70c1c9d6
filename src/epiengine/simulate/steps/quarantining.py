"""Step: quarantine orders of the day. F1 go into a centre while it has places, else home; F2 stay at home."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import whole, word
from epiengine.simulate.books import NO_PLACE, Books
from epiengine.simulate.calendars import CHUNK, Calendar, chunks_for, clear, count, put, room
from epiengine.simulate.detection import dead, ever_infected, infected_course
from epiengine.simulate.diary import commune_of
from epiengine.simulate.marks import CENTRE, CONFIRMED, IMMUNE, ISOLATED, SECOND, People, mark, marks_of
from epiengine.simulate.measures.measure import ROUNDS, TRACING
from epiengine.simulate.measures.quarantine import AT_CENTRE, DAYS_OF_F1, DAYS_OF_F2, FROM_CONFIRMATION, PLACES_IN_ALL, SPARES_RECOVERED
from epiengine.simulate.measures.tracing import DEPTH, SECOND_DELAY, SECOND_SHARE
from epiengine.simulate.model import Model
from epiengine.simulate.orders import NOBODY, Orders
from epiengine.simulate.person import LARGEST_HOUSEHOLD, household_place, household_size
from epiengine.simulate.plan import NO_ROUND, Tables
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import CONTACT_OUT, ORDER, SAMPLE, desk_slot
from epiengine.simulate.steps.releasing import count_contact, let_contact_go
from epiengine.simulate.steps.tracing import AGE_BITS, AGE_SHIFT, SECOND_BIT, find_in_list
from epiengine.simulate.town import HOUSEHOLD
from epiengine.simulate.worlds import IS_TOWN, World

_F1_NEW: Final = SERIES.index("f1_new")
_PERSON: Final = (1 << 27) - 1


@inner
def quarantine_until(world: World, people: People, desk: Calendar, books: Books, person: int, measure: int, form: int, until: int) -> None:
    """Quarantine a person in this form (CENTRE, SECOND, or 0 for at home as F1) until that day."""
    people.stay[person], people.until[person] = measure, until
    mark(people, person, form)
    count_contact(world, people, books, person, 1)
    put(desk, 0, desk_slot(desk, CONTACT_OUT, until), word(person))


@inner
def _is_spared(model: Model, tables: Tables, people: People, measure: int, seed: int, person: int, today: int) -> bool:
    """Known cases, the dead and, if the measure says so, people who have had it."""
    marks = marks_of(people, person)
    if marks & (CONFIRMED | ISOLATED) or dead(model, people, seed, person, today):
        return True
    if not tables.number[measure, SPARES_RECOVERED]:
        return False
    had_it = ever_infected(people, person) and infected_course(model, people, seed, person).end <= today
    return had_it or marks & IMMUNE != 0


@inner
def _place(
    world: World, tables: Tables, people: People, desk: Calendar, books: Books, measure: int, person: int, until: int, today: int
) -> None:
    """A new F1 goes where there is a place, and will be sampled."""
    form, places = CENTRE, tables.number[measure, PLACES_IN_ALL]
    if books.held[measure, AT_CENTRE] >= places:
        form = 0
        books.unmet[NO_PLACE] += int(places > 0)
    quarantine_until(world, people, desk, books, person, measure, form, until)
    books.tally[commune_of(world, person), _F1_NEW] += 1
    for turn in range(ROUNDS):
        day = tables.rounds[measure, turn]
        if day != NO_ROUND:
            put(desk, 0, desk_slot(desk, SAMPLE, today + max(day, 1)), word(person))


@inner
def _trace_second(world: World, tables: Tables, orders: Orders, desk: Calendar, seed: int, person: int, today: int) -> None:
    """The F2 behind a new F1: his household, or on a network his contacts in the first layer."""
    measure = orders.tracing[commune_of(world, person)]
    if measure == NOBODY or tables.number[measure, DEPTH] < 2:
        return
    first, number = world.edge_start[0], whole(0)
    if world.kind == IS_TOWN:
        who = world.person[person]
        first, number = person - whole(household_place(who)), whole(household_size(who))
    else:
        first = world.edge_start[person * world.layers]
        number = world.edge_start[person * world.layers + 1] - first
    late = max(1, int(tables.number[measure, SECOND_DELAY]))
    find_in_list(world, desk, seed, person, today, HOUSEHOLD, first, number, tables.number[measure, SECOND_SHARE], today + late, 0, 1)


@inner
def _obey(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    desk: Calendar,
    orders: Orders,
    books: Books,
    seed: int,
    order: int,
    today: int,
) -> None:
    """One order is carried out, or finds that there is nothing to do."""
    person, age, second = order & _PERSON, (order >> AGE_SHIFT) & AGE_BITS, order & SECOND_BIT
    measure = orders.quarantine[commune_of(world, person)]
    if measure == NOBODY or _is_spared(model, tables, people, measure, seed, person, today):
        return
    until = today + int(tables.number[measure, DAYS_OF_F2 if second else DAYS_OF_F1])
    if tables.number[measure, FROM_CONFIRMATION]:
        until -= age
    if people.until[person] > today:
        if second or not marks_of(people, person) & SECOND:
            people.until[person] = max(until, whole(people.until[person]))
            return
        let_contact_go(world, people, books, person)
    if until <= today:
        return
    if second:
        quarantine_until(world, people, desk, books, person, measure, SECOND, until)
        return
    _place(world, tables, people, desk, books, measure, person, until, today)
    _trace_second(world, tables, orders, desk, seed, person, today)


@inner
def quarantine(
    world: World, model: Model, tables: Tables, people: People, desk: Calendar, orders: Orders, books: Books, seed: int, today: int
) -> bool:
    """Carry out today's orders; False when the desk is short of room and nothing has been done."""
    slot = desk_slot(desk, ORDER, today)
    behind = LARGEST_HOUSEHOLD if world.kind == IS_TOWN else world.most_contacts
    if room(desk, 0) < chunks_for(desk, count(desk, 0, slot) * (2 + ROUNDS + _deepest(tables) * behind)):
        return False
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            _obey(world, model, tables, people, desk, orders, books, seed, whole(desk.words[0, at]), today)
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)
    return True


@inner
def _deepest(tables: Tables) -> int:
    """1 when the plan ever looks for F2."""
    for measure in range(tables.start.size):
        if tables.kind[measure] == TRACING and tables.number[measure, DEPTH] >= 2:
            return 1
    return 0
