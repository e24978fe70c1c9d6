"""Step: results of the day. A positive becomes a known case: isolated, counted for its hamlet's cordon, and handed to the tracers."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import whole, word
from epiengine.simulate.books import NO_BED, Books
from epiengine.simulate.calendars import CHUNK, Calendar, chunks_for, clear, count, put, room
from epiengine.simulate.courses import FATAL_PATH
from epiengine.simulate.detection import infected_course
from epiengine.simulate.marks import CONFIRMED, FACILITY, HOME, PATH, SAMPLED, People, mark, marks_of, unmark
from epiengine.simulate.measures.cordons import CASES, LASTS, RENEWED, WITHIN
from epiengine.simulate.measures.isolation import BEDS, DAYS, IN_FACILITY, UNTIL_RECOVERED
from epiengine.simulate.measures.laboratory import IN_CORDONS
from epiengine.simulate.measures.measure import CAMPAIGN, ROUNDS
from epiengine.simulate.model import Model
from epiengine.simulate.orders import NOBODY, Orders
from epiengine.simulate.person import hamlet_of
from epiengine.simulate.plan import NO_ROUND, Tables
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import CASE_OUT, FORGET, OPENING, RESULT, ROUND, desk_slot, queue_slot
from epiengine.simulate.steps.campaigning import round_word
from epiengine.simulate.steps.releasing import count_case, count_cordon, let_contact_go
from epiengine.simulate.worlds import World

_CONFIRMED: Final = SERIES.index("confirmed")
DAY_SHIFT: Final = 27


@inner
def isolate_until(people: People, desk: Calendar, world: World, books: Books, person: int, measure: int, place: int, until: int) -> None:
    """Isolate a person in this place until that day."""
    people.stay[person] = measure
    mark(people, person, place)
    count_case(world, people, books, person, 1)
    put(desk, 0, desk_slot(desk, CASE_OUT, until), word(person))


@inner
def _isolate(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    desk: Calendar,
    books: Books,
    measure: int,
    seed: int,
    person: int,
    today: int,
) -> None:
    """In a bed if there is one, else at home; as long as the measure says, the dead until their day."""
    end, until = infected_course(model, people, seed, person).end, today + int(tables.number[measure, DAYS])
    if marks_of(people, person) & PATH == FATAL_PATH:
        until = end
    elif tables.number[measure, UNTIL_RECOVERED]:
        until = max(until, end)
    if until <= today:
        return
    place, beds = FACILITY, tables.number[measure, BEDS]
    if books.held[measure, IN_FACILITY] >= beds:
        place = HOME
        books.unmet[NO_BED] += int(beds > 0)
    isolate_until(people, desk, world, books, person, measure, place, until)


@inner
def _close_hamlet(
    world: World, tables: Tables, desk: Calendar, orders: Orders, books: Books, measure: int, hamlet: int, today: int
) -> None:
    """Put the cordon up and plan the campaigns that sample closed hamlets."""
    until = today + int(tables.number[measure, LASTS])
    orders.locked_until[hamlet], orders.locked_by[hamlet] = until, measure
    count_cordon(world, orders, books, hamlet, 1)
    put(desk, 0, desk_slot(desk, OPENING, until), word(hamlet))
    for other in range(tables.start.size):
        if tables.kind[other] != CAMPAIGN or not tables.number[other, IN_CORDONS]:
            continue
        for turn in range(ROUNDS):
            day = tables.rounds[other, turn]
            if day != NO_ROUND:
                put(desk, 0, desk_slot(desk, ROUND, today + max(day, 1)), round_word(hamlet, other))


@inner
def _count_for_cordon(
    world: World, tables: Tables, desk: Calendar, orders: Orders, books: Books, measure: int, hamlet: int, today: int
) -> None:
    books.cases[hamlet] += 1
    put(desk, 0, desk_slot(desk, FORGET, today + int(tables.number[measure, WITHIN])), word(hamlet))
    if orders.locked_until[hamlet] > today:
        if tables.number[measure, RENEWED]:
            orders.locked_until[hamlet] = today + int(tables.number[measure, LASTS])
    elif books.cases[hamlet] >= tables.number[measure, CASES]:
        _close_hamlet(world, tables, desk, orders, books, measure, hamlet, today)


@inner
def _confirm(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    desk: Calendar,
    orders: Orders,
    books: Books,
    seed: int,
    person: int,
    today: int,
) -> None:
    """What becomes of one positive result."""
    hamlet = whole(hamlet_of(world.person[person]))
    commune = whole(world.hamlet_commune[hamlet])
    mark(people, person, CONFIRMED)
    books.tally[commune, _CONFIRMED] += 1
    if people.until[person] > today:
        let_contact_go(world, people, books, person)
    if orders.isolation[commune] != NOBODY:
        _isolate(world, model, tables, people, desk, books, orders.isolation[commune], seed, person, today)
    if orders.tracing[commune] != NOBODY:
        put(desk, 0, queue_slot(desk, orders.tracing[commune]), word(person | today << DAY_SHIFT))
    if orders.cordon[commune] != NOBODY:
        _count_for_cordon(world, tables, desk, orders, books, orders.cordon[commune], hamlet, today)


@inner
def confirm(
    world: World, model: Model, tables: Tables, people: People, desk: Calendar, orders: Orders, books: Books, seed: int, today: int
) -> bool:
    """Work through today's results; False when the desk is short of room and nothing has been done."""
    slot = desk_slot(desk, RESULT, today)
    number = count(desk, 0, slot)
    if room(desk, 0) < chunks_for(desk, number * (4 + ROUNDS * tables.start.size)):
        return False
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            person = whole(desk.words[0, at])
            unmark(people, person, SAMPLED)
            if not marks_of(people, person) & CONFIRMED:
                _confirm(world, model, tables, people, desk, orders, books, seed, person, today)
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)
    return True
