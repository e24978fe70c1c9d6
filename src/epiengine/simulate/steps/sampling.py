"""Step: samples of the day. People who ask for a test and F1 whose test is due, as far as the laboratory reaches; the rest wait their turn.

A positive sample comes out on the day of its result. Who is negative and still ill may ask again. A laboratory's tests of the day are
shared out among the lanes in proportion to who waits there; in a lane who came first is first, and what one lane does not need goes to
whoever has waited longest.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit, whole
from epiengine.simulate.active_measures import NOBODY
from epiengine.simulate.books import IN_STOCK, TODAY, WAITING_FOR_TEST, Books, allot, wanted_in_all
from epiengine.simulate.calendars import END, clear, count, following, has_room, put, start
from epiengine.simulate.courses import NEVER
from epiengine.simulate.day_view import BY_HIMSELF, PERSON, DayView, commune_in, pack_event, prefetch_ahead
from epiengine.simulate.detection import dead, found, infected_course
from epiengine.simulate.marks import CONFIRMED, SAMPLED, in_quarantine, mark, marks_of
from epiengine.simulate.measures.laboratory import TURNAROUND, WITH_SYMPTOMS, WITHOUT
from epiengine.simulate.measures.measure import TESTING
from epiengine.simulate.queues import NO_LANE, head_of, join_queue, leave_queue, longest_waiting
from epiengine.simulate.seeking import next_seek
from epiengine.simulate.slots import RESULT, SAMPLE, SEEK, own_slot

_SEEK: Final = int(Purpose.SEEK)


@inner
def affordable(books: Books, measure: int) -> float:
    """Tests that the measure still has, of today's capacity and of its stock."""
    return min(books.left[measure, TODAY], books.left[measure, IN_STOCK])  # type: ignore[no-any-return]


@inner
def take_tests(books: Books, measure: int, tests: float) -> None:
    """Take tests off today's capacity and the stock, or give them back."""
    books.left[measure, TODAY] -= tests
    books.left[measure, IN_STOCK] -= tests


@inner
def write_tests(books: Books, lane: int, measure: int, tests: float, people: float) -> None:
    """Write tests and the people sampled into the books of the day."""
    books.activity[lane, measure, 0] += tests
    books.activity[lane, measure, 1] += people


@inner
def _ask_again(scene: DayView, lane: int, packed: int, today: int) -> None:
    """The next day on which they may ask."""
    person = packed & PERSON
    course = infected_course(scene.model, scene.people, scene.seed, person)
    third, fourth, _, _ = philox(scene.seed, _SEEK, person, today, 2, 0)
    day = next_seek(scene.seeking, today + 1, course.onset, course.end, third, fourth)
    if day < NEVER:
        put(scene.person_events, lane, own_slot(scene.person_events, SEEK, day), pack_event(person, commune_in(packed)))


@inner
def _asks(scene: DayView, measure: int, person: int, today: int) -> bool:
    """Does the candidate day turn out to be one on which they ask, at the probability of the measure in force?"""
    if measure == NOBODY:
        return False
    ill = infected_course(scene.model, scene.people, scene.seed, person).onset <= today
    highest = scene.seeking.with_symptoms if ill else scene.seeking.without
    likely = scene.tables.number[measure, WITH_SYMPTOMS] if ill else scene.tables.number[measure, WITHOUT]
    if likely >= highest:
        return True
    drawn, _, _, _ = philox(scene.seed, _SEEK, person, today, 0, 0)
    return unit(drawn) * highest < likely  # type: ignore[no-any-return]


@inner
def _come(scene: DayView, lane: int, today: int) -> None:
    """Everybody of the lane for whom today is a candidate day joins the queue of their laboratory or comes another day."""
    person_events, slot = scene.person_events, own_slot(scene.person_events, SEEK, today)
    at = start(person_events, lane, slot)
    while at != END:
        prefetch_ahead(scene, lane, at)
        packed = whole(person_events.words[lane, at])
        person, commune = packed & PERSON, commune_in(packed)
        if not marks_of(scene.people, person) & (CONFIRMED | SAMPLED):
            measure = whole(scene.orders.laboratory[commune])
            if _asks(scene, measure, person, today):
                join_queue(scene, lane, measure, pack_event(person, commune, today, BY_HIMSELF))
            else:
                _ask_again(scene, lane, packed, today)
        at = following(person_events, lane, at)
    clear(person_events, lane, slot)


@inner
def _send_contacts(scene: DayView, lane: int, today: int) -> None:
    """F1 in quarantine whose test is due join the queue."""
    person_events, slot = scene.person_events, own_slot(scene.person_events, SAMPLE, today)
    at = start(person_events, lane, slot)
    while at != END:
        prefetch_ahead(scene, lane, at)
        packed = whole(person_events.words[lane, at])
        measure = whole(scene.orders.laboratory[commune_in(packed)])
        if measure != NOBODY and in_quarantine(scene.people, packed & PERSON, today - 1):
            join_queue(scene, lane, measure, pack_event(packed & PERSON, commune_in(packed), today))
        at = following(person_events, lane, at)
    clear(person_events, lane, slot)


@inner
def ask_lane(scene: DayView, lane: int, today: int) -> bool:
    """Who of the lane wants a test today; False when there is no room and nothing has been done."""
    person_events, measures = scene.person_events, scene.tables.start.size
    coming = count(person_events, lane, own_slot(person_events, SEEK, today)) + count(
        person_events, lane, own_slot(person_events, SAMPLE, today)
    )
    if not has_room(person_events, lane, coming, person_events.ring + measures):
        return False
    _come(scene, lane, today)
    _send_contacts(scene, lane, today)
    return True


@inner
def _serve_uninfected(books: Books, measure: int, queued: int) -> None:
    """Those without the disease take their share of what there is: of all who wait, as many as they are."""
    waiting, tests = books.waiting[measure], affordable(books, measure)
    if waiting > 0.0 and tests > 0.0:
        served = min(waiting, np.floor(tests * waiting / (waiting + queued)) if waiting + queued > tests else waiting)
        take_tests(books, measure, served)
        write_tests(books, 0, measure, served, served)
        books.waiting[measure] -= served


@inner
def allot_tests(scene: DayView) -> None:
    """Share out the tests of the day among the uninfected and the lanes."""
    books = scene.books
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] == TESTING:
            _serve_uninfected(books, measure, wanted_in_all(books, measure))
            take_tests(books, measure, allot(books, measure, affordable(books, measure)))


@inner
def take_sample(scene: DayView, measure: int, person: int, commune: int, today: int, factor: float) -> bool:
    """Take it; when it is positive the result comes out after the turnaround."""
    if not found(scene.model, scene.tables, scene.people, measure, scene.seed, person, today, factor):
        return False
    mark(scene.people, person, SAMPLED)
    day = today + int(scene.tables.number[measure, TURNAROUND])
    put(scene.person_events, person >> scene.world.lane_bits, own_slot(scene.person_events, RESULT, day), pack_event(person, commune))
    return True


@inner
def _serve(scene: DayView, lane: int, measure: int, packed: int, today: int) -> None:
    """One who waited: nobody, if they are known or dead by now; else a test, and if it is negative and they came by themselves, perhaps another day."""
    person, by_himself = packed & PERSON, packed & BY_HIMSELF
    if marks_of(scene.people, person) & (CONFIRMED | SAMPLED) or dead(scene.model, scene.people, scene.seed, person, today):
        return
    if by_himself and infected_course(scene.model, scene.people, scene.seed, person).end <= today:
        return
    scene.books.share[lane, measure] -= 1.0
    write_tests(scene.books, lane, measure, 1.0, 1.0)
    positive = take_sample(scene, measure, person, commune_in(packed), today, 1.0)
    if by_himself and not positive:
        _ask_again(scene, lane, packed, today)


@inner
def _serve_queue(scene: DayView, lane: int, measure: int, today: int) -> None:
    """First come, first served, until the lane's share is used up."""
    while scene.books.share[lane, measure] >= 1.0:
        at = head_of(scene, lane, measure)
        if at == END:
            return
        prefetch_ahead(scene, lane, at)
        _serve(scene, lane, measure, whole(scene.person_events.words[lane, at]), today)
        leave_queue(scene, lane, measure)


@inner
def sample_lane(scene: DayView, lane: int, today: int) -> bool:
    """Take the lane's samples of today; False when there is no room and nothing has been done."""
    person_events, measures, queued = scene.person_events, scene.tables.start.size, 0
    for measure in range(measures):
        if scene.tables.kind[measure] == TESTING:
            queued += scene.books.wanted[lane, measure]
    if not has_room(person_events, lane, queued, person_events.ring + measures):
        return False
    for measure in range(measures):
        if scene.tables.kind[measure] == TESTING:
            _serve_queue(scene, lane, measure, today)
    return True


@inner
def _take_back(books: Books, measure: int) -> None:
    """Shares that the lanes did not need go back."""
    for lane in range(books.share.shape[0]):
        take_tests(books, measure, -books.share[lane, measure])
        books.share[lane, measure] = 0.0


@inner
def sample_rest(scene: DayView, today: int) -> bool:
    """What lanes did not need goes to who has waited longest; False when there is no room: call again, what is done is done."""
    books = scene.books
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] != TESTING:
            continue
        _take_back(books, measure)
        while affordable(books, measure) >= 1.0:
            lane = longest_waiting(scene, measure)
            if lane == NO_LANE:
                break
            if not has_room(scene.person_events, lane, 1, 1):
                return False
            take_tests(books, measure, 1.0)
            books.share[lane, measure] = 1.0
            _serve(scene, lane, measure, whole(scene.person_events.words[lane, head_of(scene, lane, measure)]), today)
            leave_queue(scene, lane, measure)
            _take_back(books, measure)
    _count_waiting(scene)
    return True


@inner
def _count_waiting(scene: DayView) -> None:
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] == TESTING:
            scene.books.unmet[0, WAITING_FOR_TEST] += whole(scene.books.waiting[measure])
            scene.books.unmet[0, WAITING_FOR_TEST] += wanted_in_all(scene.books, measure)
