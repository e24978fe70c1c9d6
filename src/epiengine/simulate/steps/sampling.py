"""Step: samples of the day. People who ask for a test and F1 whose test is due, as far as the laboratory reaches; the rest wait their turn.

A positive sample comes out at the desk on the day of its result. Who is negative and still ill may ask again.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.books import IN_STOCK, TODAY, WAITING_FOR_TEST, Books
from epiengine.simulate.calendars import CHUNK, Calendar, chunks_for, clear, count, drop_first, put, room
from epiengine.simulate.courses import NEVER
from epiengine.simulate.detection import dead, found, infected_course
from epiengine.simulate.diary import commune_of
from epiengine.simulate.marks import CONFIRMED, SAMPLED, People, mark, marks_of
from epiengine.simulate.measures.laboratory import TURNAROUND, WITH_SYMPTOMS, WITHOUT
from epiengine.simulate.measures.measure import TESTING
from epiengine.simulate.model import Model
from epiengine.simulate.orders import NOBODY, Orders
from epiengine.simulate.plan import Tables
from epiengine.simulate.seeking import Seeking, next_seek
from epiengine.simulate.slots import RESULT, SAMPLE, desk_slot, queue_slot, seek_slot
from epiengine.simulate.worlds import World

_SEEK: Final = int(Purpose.SEEK)
#: Set in a waiting word: he came by himself and will come again if the test is negative.
_BY_HIMSELF: Final = 1 << 27
_PERSON: Final = (1 << 27) - 1
_TAKEN: Final = 1


@inner
def affordable(books: Books, measure: int) -> float:
    """Tests that the measure still has, of today's capacity and of its stock."""
    return min(books.left[measure, TODAY], books.left[measure, IN_STOCK])  # type: ignore[no-any-return]


@inner
def use_tests(books: Books, measure: int, tests: float, people: float) -> None:
    """Write tests and the people sampled into the books."""
    books.left[measure, TODAY] -= tests
    books.left[measure, IN_STOCK] -= tests
    books.activity[measure, 0] += tests
    books.activity[measure, 1] += people


@inner
def _ask_again(model: Model, people: People, seeking: Seeking, ahead: Calendar, lane: int, seed: int, person: int, today: int) -> None:
    """The next day on which he may ask."""
    course = infected_course(model, people, seed, person)
    third, fourth, _, _ = philox(seed, _SEEK, person, today, 2, 0)
    day = next_seek(seeking, today + 1, course.onset, course.end, third, fourth)
    if day < NEVER:
        put(ahead, lane, seek_slot(ahead, day), word(person))


@inner
def _asks(model: Model, tables: Tables, people: People, seeking: Seeking, measure: int, seed: int, person: int, today: int) -> bool:
    """Does the candidate day turn out to be one on which he asks, at the probability of the measure in force?"""
    if measure == NOBODY:
        return False
    ill = infected_course(model, people, seed, person).onset <= today
    highest = seeking.with_symptoms if ill else seeking.without
    likely = tables.number[measure, WITH_SYMPTOMS] if ill else tables.number[measure, WITHOUT]
    if likely >= highest:
        return True
    drawn, _, _, _ = philox(seed, _SEEK, person, today, 0, 0)
    return unit(drawn) * highest < likely  # type: ignore[no-any-return]


@inner
def _come(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    seeking: Seeking,
    ahead: Calendar,
    desk: Calendar,
    orders: Orders,
    lane: int,
    seed: int,
    today: int,
) -> None:
    """Everybody of the lane for whom today is a candidate day joins the queue of his laboratory or comes another day."""
    slot = seek_slot(ahead, today)
    chunk = whole(ahead.first[lane, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + ahead.fill[lane, chunk]):
            person = whole(ahead.words[lane, at])
            if marks_of(people, person) & (CONFIRMED | SAMPLED):
                continue
            measure = orders.laboratory[commune_of(world, person)]
            if _asks(model, tables, people, seeking, measure, seed, person, today):
                put(desk, 0, queue_slot(desk, measure), word(person | _BY_HIMSELF))
            else:
                _ask_again(model, people, seeking, ahead, lane, seed, person, today)
        chunk = whole(ahead.after[lane, chunk])
    clear(ahead, lane, slot)


@inner
def _send_contacts(world: World, people: People, desk: Calendar, orders: Orders, today: int) -> None:
    """F1 in quarantine whose test is due join the queue."""
    slot = desk_slot(desk, SAMPLE, today)
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            person = whole(desk.words[0, at])
            measure = orders.laboratory[commune_of(world, person)]
            if measure != NOBODY and people.until[person] >= today:
                put(desk, 0, queue_slot(desk, measure), word(person))
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)


@inner
def _serve_uninfected(desk: Calendar, books: Books, measure: int, queued: int, used: int) -> None:
    """Those without the disease take their share of what there is: of all who wait, as many as they are."""
    waiting, tests = books.waiting[measure], affordable(books, measure)
    if waiting > 0.0 and tests > 0.0:
        served = min(waiting, np.floor(tests * waiting / (waiting + queued)) if waiting + queued > tests else waiting)
        use_tests(books, measure, served, served)
        books.waiting[measure] -= served


@inner
def take_sample(
    model: Model, tables: Tables, people: People, desk: Calendar, measure: int, seed: int, person: int, today: int, factor: float
) -> bool:
    """Take it; when it is positive the result comes to the desk after the turnaround."""
    if not found(model, tables, people, measure, seed, person, today, factor):
        return False
    mark(people, person, SAMPLED)
    put(desk, 0, desk_slot(desk, RESULT, today + int(tables.number[measure, TURNAROUND])), word(person))
    return True


@inner
def _serve(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    seeking: Seeking,
    ahead: Calendar,
    desk: Calendar,
    books: Books,
    measure: int,
    seed: int,
    today: int,
    who: Any,
) -> None:
    """One who waited: nobody, if he is known or dead by now; else a test, and if it is negative and he came by himself, perhaps another day."""
    person = whole(who) & _PERSON
    if marks_of(people, person) & (CONFIRMED | SAMPLED) or dead(model, people, seed, person, today):
        return
    by_himself = whole(who) & _BY_HIMSELF
    if by_himself and infected_course(model, people, seed, person).end <= today:
        return
    use_tests(books, measure, 1.0, 1.0)
    positive = take_sample(model, tables, people, desk, measure, seed, person, today, 1.0)
    if by_himself and not positive:
        _ask_again(model, people, seeking, ahead, person >> world.lane_bits, seed, person, today)


@inner
def _serve_queue(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    seeking: Seeking,
    ahead: Calendar,
    desk: Calendar,
    books: Books,
    measure: int,
    seed: int,
    today: int,
) -> None:
    """First come, first served, until the tests of the day are used up."""
    slot = queue_slot(desk, measure)
    taken = books.cursor[measure, _TAKEN]
    while desk.first[0, slot] >= 0 and affordable(books, measure) >= 1.0:
        chunk = whole(desk.first[0, slot])
        if taken < desk.fill[0, chunk]:
            _serve(world, model, tables, people, seeking, ahead, desk, books, measure, seed, today, desk.words[0, chunk * CHUNK + taken])
            taken += 1
        if taken == desk.fill[0, chunk]:
            drop_first(desk, 0, slot)
            taken = 0
    books.cursor[measure, _TAKEN] = taken


@inner
def _has_room(tables: Tables, ahead: Calendar, desk: Calendar, today: int) -> bool:
    """Does all that can come of today's samples fit on the calendars?"""
    queued = 0
    for measure in range(tables.start.size):
        if tables.kind[measure] == TESTING:
            queued += count(desk, 0, queue_slot(desk, measure))
    coming, enough = count(desk, 0, desk_slot(desk, SAMPLE, today)), True
    for lane in range(ahead.first.shape[0]):
        asking = count(ahead, lane, seek_slot(ahead, today))
        coming += asking
        enough = enough and room(ahead, lane) >= ahead.ring + (asking + queued) // CHUNK + 1
    return enough and room(desk, 0) >= chunks_for(desk, 2 * coming + queued)


@inner
def sample(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    seeking: Seeking,
    ahead: Calendar,
    desk: Calendar,
    orders: Orders,
    books: Books,
    seed: int,
    today: int,
) -> bool:
    """Take today's samples; False when a calendar is short of room and nothing has been done."""
    if not _has_room(tables, ahead, desk, today):
        return False
    for lane in range(ahead.first.shape[0]):
        _come(world, model, tables, people, seeking, ahead, desk, orders, lane, seed, today)
    _send_contacts(world, people, desk, orders, today)
    for measure in range(tables.start.size):
        if tables.kind[measure] == TESTING:
            slot = queue_slot(desk, measure)
            _serve_uninfected(desk, books, measure, count(desk, 0, slot) - books.cursor[measure, _TAKEN], 0)
            _serve_queue(world, model, tables, people, seeking, ahead, desk, books, measure, seed, today)
            books.unmet[WAITING_FOR_TEST] += count(desk, 0, slot) - books.cursor[measure, _TAKEN] + whole(books.waiting[measure])
    return True
