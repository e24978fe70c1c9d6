"""Step: what ends today. Isolation, quarantine, cordons, and the cases that a cordon no longer counts."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import whole, word
from epiengine.simulate.active_measures import HAMLETS_LOCKED
from epiengine.simulate.calendars import END, clear, count, following, has_room, put, start
from epiengine.simulate.day_view import PERSON, DayView, commune_in, prefetch_ahead
from epiengine.simulate.marks import CENTRE, FACILITY, ISOLATED, SECOND, marks_of, unmark
from epiengine.simulate.measures.isolation import IN_FACILITY, IN_HOME
from epiengine.simulate.measures.quarantine import AT_CENTRE, AT_HOME, AT_HOME_AS_SECOND
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import CASE_OUT, CONTACT_OUT, FORGET, OPENING, area_event_slot, own_slot

_FACILITY: Final = SERIES.index("isolated_facility")
_HOME: Final = SERIES.index("isolated_home")
_F1_CENTRE: Final = SERIES.index("f1_centre")
_F1_HOME: Final = SERIES.index("f1_home")
_F2_HOME: Final = SERIES.index("f2_home")
_CORDONED: Final = SERIES.index("cordoned_people")


@inner
def _count(scene: DayView, person: int, commune: int, series: int, place: int, change: int) -> None:
    """One more (or less) in a series, and in what the measure that holds the person holds there."""
    books, lane = scene.books, person >> scene.world.lane_bits
    books.tally[commune + lane, series] += change
    books.occupied[lane, scene.people.stay[person], place] += change


@inner
def count_case(scene: DayView, person: int, commune: int, change: int) -> None:
    """One more (or less) of an isolated case in the books, by the marks it has."""
    if marks_of(scene.people, person) & FACILITY:
        _count(scene, person, commune, _FACILITY, IN_FACILITY, change)
    else:
        _count(scene, person, commune, _HOME, IN_HOME, change)


@inner
def count_contact(scene: DayView, person: int, commune: int, change: int) -> None:
    """One more (or less) of a quarantined contact in the books, by the marks it has."""
    marks = marks_of(scene.people, person)
    if marks & CENTRE:
        _count(scene, person, commune, _F1_CENTRE, AT_CENTRE, change)
    elif marks & SECOND:
        _count(scene, person, commune, _F2_HOME, AT_HOME_AS_SECOND, change)
    else:
        _count(scene, person, commune, _F1_HOME, AT_HOME, change)


@inner
def let_contact_go(scene: DayView, person: int, commune: int) -> None:
    """The quarantine ends."""
    count_contact(scene, person, commune, -1)
    scene.people.until[person] = 0
    unmark(scene.people, person, CENTRE | SECOND)


@inner
def _let_contacts_go(scene: DayView, lane: int, today: int) -> None:
    person_events, slot = scene.person_events, own_slot(scene.person_events, CONTACT_OUT, today)
    at = start(person_events, lane, slot)
    while at != END:
        prefetch_ahead(scene, lane, at)
        packed = whole(person_events.words[lane, at])
        person = packed & PERSON
        until, isolated = whole(scene.people.until[person]), marks_of(scene.people, person) & ISOLATED
        if until > today and not isolated:
            put(person_events, lane, own_slot(person_events, CONTACT_OUT, until), word(packed))
        elif until == today and not isolated:
            let_contact_go(scene, person, commune_in(packed))
        at = following(person_events, lane, at)
    clear(person_events, lane, slot)


@inner
def _let_cases_go(scene: DayView, lane: int, today: int) -> None:
    person_events, slot = scene.person_events, own_slot(scene.person_events, CASE_OUT, today)
    at = start(person_events, lane, slot)
    while at != END:
        packed = whole(person_events.words[lane, at])
        person = packed & PERSON
        until, isolated = whole(scene.people.until[person]), marks_of(scene.people, person) & ISOLATED
        if until > today and isolated:
            put(person_events, lane, own_slot(person_events, CASE_OUT, until), word(packed))
        elif isolated:
            count_case(scene, person, commune_in(packed), -1)
            unmark(scene.people, person, ISOLATED)
            scene.people.until[person] = 0
        at = following(person_events, lane, at)
    clear(person_events, lane, slot)


@inner
def release_lane(scene: DayView, lane: int, today: int) -> bool:
    """End the isolation and quarantine of the lane's people; False when there is no room and nothing has been done."""
    again = count(scene.person_events, lane, own_slot(scene.person_events, CONTACT_OUT, today)) + count(
        scene.person_events, lane, own_slot(scene.person_events, CASE_OUT, today)
    )
    if not has_room(scene.person_events, lane, again, 2 * scene.person_events.ring):
        return False
    _let_cases_go(scene, lane, today)
    _let_contacts_go(scene, lane, today)
    return True


@inner
def count_cordon(scene: DayView, hamlet: int, change: int) -> None:
    """One more (or less) closed hamlet in the books."""
    world, orders, books = scene.world, scene.orders, scene.books
    first = whole(world.hamlet_start[hamlet])
    people = whole(world.hamlet_start[hamlet + 1]) - first
    orders.is_active[HAMLETS_LOCKED] += change
    books.occupied[0, orders.locked_by[hamlet], 0] += change
    books.occupied[0, orders.locked_by[hamlet], 1] += change * people
    books.tally[world.hamlet_commune[hamlet] + (first >> world.lane_bits), _CORDONED] += change * people


@inner
def _open_hamlets(scene: DayView, today: int) -> None:
    area_events, slot = scene.area_events, area_event_slot(scene.area_events, OPENING, today)
    at = start(area_events, 0, slot)
    while at != END:
        hamlet = whole(area_events.words[0, at])
        until = whole(scene.orders.locked_until[hamlet])
        if until > today:
            put(area_events, 0, area_event_slot(area_events, OPENING, until), word(hamlet))
        else:
            count_cordon(scene, hamlet, -1)
        at = following(area_events, 0, at)
    clear(area_events, 0, slot)


@inner
def _forget_cases(scene: DayView, today: int) -> None:
    area_events, slot = scene.area_events, area_event_slot(scene.area_events, FORGET, today)
    at = start(area_events, 0, slot)
    while at != END:
        scene.books.cases[whole(area_events.words[0, at])] -= 1
        at = following(area_events, 0, at)
    clear(area_events, 0, slot)


@inner
def release_hamlets(scene: DayView, today: int) -> bool:
    """Open what is cordoned until today, and let old cases go; False when there is no room and nothing has been done."""
    if not has_room(
        scene.area_events, 0, count(scene.area_events, 0, area_event_slot(scene.area_events, OPENING, today)), scene.area_events.ring
    ):
        return False
    _open_hamlets(scene, today)
    _forget_cases(scene, today)
    return True
