"""Step: what ends today. Isolation, quarantine, cordons, and the cases that a cordon no longer counts."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import whole, word
from epiengine.simulate.books import Books
from epiengine.simulate.calendars import CHUNK, Calendar, chunks_for, clear, count, put, room
from epiengine.simulate.diary import commune_of
from epiengine.simulate.marks import CENTRE, FACILITY, ISOLATED, SECOND, People, marks_of, unmark
from epiengine.simulate.measures.isolation import IN_FACILITY, IN_HOME
from epiengine.simulate.measures.quarantine import AT_CENTRE, AT_HOME, AT_HOME_AS_SECOND
from epiengine.simulate.orders import HAMLETS_LOCKED, Orders
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import CASE_OUT, CONTACT_OUT, FORGET, OPENING, desk_slot
from epiengine.simulate.worlds import World

_FACILITY: Final = SERIES.index("isolated_facility")
_HOME: Final = SERIES.index("isolated_home")
_F1_CENTRE: Final = SERIES.index("f1_centre")
_F1_HOME: Final = SERIES.index("f1_home")
_F2_HOME: Final = SERIES.index("f2_home")
_CORDONED: Final = SERIES.index("cordoned_people")


@inner
def count_case(world: World, people: People, books: Books, person: int, change: int) -> None:
    """One more (or less) of an isolated case in the books, by the marks it has."""
    inside = marks_of(people, person) & FACILITY
    books.tally[commune_of(world, person), _FACILITY if inside else _HOME] += change
    books.held[people.stay[person], IN_FACILITY if inside else IN_HOME] += change


@inner
def count_contact(world: World, people: People, books: Books, person: int, change: int) -> None:
    """One more (or less) of a quarantined contact in the books, by the marks it has."""
    marks, commune = marks_of(people, person), commune_of(world, person)
    if marks & CENTRE:
        books.tally[commune, _F1_CENTRE] += change
        books.held[people.stay[person], AT_CENTRE] += change
    elif marks & SECOND:
        books.tally[commune, _F2_HOME] += change
        books.held[people.stay[person], AT_HOME_AS_SECOND] += change
    else:
        books.tally[commune, _F1_HOME] += change
        books.held[people.stay[person], AT_HOME] += change


@inner
def let_contact_go(world: World, people: People, books: Books, person: int) -> None:
    """The quarantine ends."""
    count_contact(world, people, books, person, -1)
    people.until[person] = 0
    unmark(people, person, CENTRE | SECOND)


@inner
def _let_contacts_go(world: World, people: People, desk: Calendar, books: Books, today: int) -> None:
    slot = desk_slot(desk, CONTACT_OUT, today)
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            person = whole(desk.words[0, at])
            until = whole(people.until[person])
            if until > today:
                put(desk, 0, desk_slot(desk, CONTACT_OUT, until), word(person))
            elif until == today:
                let_contact_go(world, people, books, person)
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)


@inner
def _let_cases_go(world: World, people: People, desk: Calendar, books: Books, today: int) -> None:
    slot = desk_slot(desk, CASE_OUT, today)
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            person = whole(desk.words[0, at])
            if marks_of(people, person) & ISOLATED:
                count_case(world, people, books, person, -1)
                unmark(people, person, ISOLATED)
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)


@inner
def count_cordon(world: World, orders: Orders, books: Books, hamlet: int, change: int) -> None:
    """One more (or less) closed hamlet in the books."""
    people = world.hamlet_start[hamlet + 1] - world.hamlet_start[hamlet]
    orders.says[HAMLETS_LOCKED] += change
    books.held[orders.locked_by[hamlet], 0] += change
    books.held[orders.locked_by[hamlet], 1] += change * people
    books.tally[world.hamlet_commune[hamlet], _CORDONED] += change * people


@inner
def _open_hamlets(world: World, desk: Calendar, orders: Orders, books: Books, today: int) -> None:
    slot = desk_slot(desk, OPENING, today)
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            hamlet = whole(desk.words[0, at])
            until = whole(orders.locked_until[hamlet])
            if until > today:
                put(desk, 0, desk_slot(desk, OPENING, until), word(hamlet))
            else:
                count_cordon(world, orders, books, hamlet, -1)
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)


@inner
def _forget_cases(desk: Calendar, books: Books, today: int) -> None:
    slot = desk_slot(desk, FORGET, today)
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            books.cases[whole(desk.words[0, at])] -= 1
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)


@inner
def release(world: World, people: People, desk: Calendar, orders: Orders, books: Books, today: int) -> bool:
    """End what ends today; False when the desk is short of room and nothing has been done."""
    again = count(desk, 0, desk_slot(desk, CONTACT_OUT, today)) + count(desk, 0, desk_slot(desk, OPENING, today))
    if room(desk, 0) < chunks_for(desk, again):
        return False
    _let_cases_go(world, people, desk, books, today)
    _let_contacts_go(world, people, desk, books, today)
    _open_hamlets(world, desk, orders, books, today)
    _forget_cases(desk, books, today)
    return True
