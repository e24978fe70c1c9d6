"""Step: doses of the day. Later doses, when they are due, before first ones; those from the eldest to the youngest or the other way round.

Who has had a dose is put on the calendar of area events for the next; who cannot have one today, because they are ill or in quarantine, for the day
on which they can. So nobody is walked past.
"""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.machine import prefetch
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.books import IN_STOCK, TODAY
from epiengine.simulate.calendars import END, clear, count, drop_first, following, has_room, put, start
from epiengine.simulate.day_view import FORESIGHT, PERSON, DayView
from epiengine.simulate.detection import dead, infected_course
from epiengine.simulate.marks import CONFIRMED, ISOLATED, doses_of, give_dose, marks_of
from epiengine.simulate.measures.measure import VACCINATION
from epiengine.simulate.measures.vaccination import ACCEPTANCE, DOSES_EACH, ELDEST_FIRST, INTERVAL, YOUNGEST
from epiengine.simulate.person import BANDS
from epiengine.simulate.series import SERIES
from epiengine.simulate.slots import DOSE, area_event_queue, area_event_slot
from epiengine.simulate.worlds import World

_DOSE: Final = int(Purpose.DOSE)
_DOSES: Final = SERIES.index("doses")
_NEVER: Final = -1
# a word of the area events: the person, the commune, the measure
_COMMUNE_SHIFT: Final = 27
_COMMUNE: Final = (1 << 20) - 1
_MEASURE_SHIFT: Final = 47


@inner
def _ready_on(scene: DayView, person: int, today: int) -> int:
    """The first day on which they can have a dose: today, when they are well again or out of quarantine, or _NEVER for the dead."""
    people, marks = scene.people, marks_of(scene.people, person)
    if dead(scene.model, people, scene.seed, person, today):
        return _NEVER
    day = max(today, whole(people.until[person]))
    if marks & (CONFIRMED | ISOLATED):
        day = max(day, infected_course(scene.model, people, scene.seed, person).end)
    return day  # type: ignore[no-any-return]


@inner
def call_for_dose(scene: DayView, measure: int, person: int, commune: int, day: int) -> None:
    """They will be called on that day."""
    packed = word(person | commune << _COMMUNE_SHIFT | measure << _MEASURE_SHIFT)
    put(scene.area_events, 0, area_event_slot(scene.area_events, DOSE, day), packed)


@inner
def _give(scene: DayView, measure: int, person: int, commune: int, today: int) -> None:
    """They have a dose, and will be called for the next; or is put off if they cannot have it."""
    books, number, day = scene.books, scene.tables.number[measure], _ready_on(scene, person, today)
    if day == _NEVER:
        return
    if day > today:
        call_for_dose(scene, measure, person, commune, day)
        return
    give_dose(scene.people, person, today)
    books.left[measure, TODAY] -= 1.0
    books.left[measure, IN_STOCK] -= 1.0
    books.activity[0, measure, 0] += 1.0
    books.tally[commune + (person >> scene.world.lane_bits), _DOSES] += 1
    if doses_of(scene.people, person) < number[DOSES_EACH]:
        call_for_dose(scene, measure, person, commune, today + int(number[INTERVAL]))


@inner
def _has_doses(scene: DayView, measure: int) -> bool:
    return scene.books.left[measure, TODAY] >= 1.0 and scene.books.left[measure, IN_STOCK] >= 1.0  # type: ignore[no-any-return]


@inner
def _call(scene: DayView, today: int) -> None:
    """Who is due today joins the queue of their campaign."""
    area_events, slot = scene.area_events, area_event_slot(scene.area_events, DOSE, today)
    at = start(area_events, 0, slot)
    while at != END:
        packed = whole(area_events.words[0, at])
        put(area_events, 0, area_event_queue(area_events, packed >> _MEASURE_SHIFT), word(packed))
        at = following(area_events, 0, at)
    clear(area_events, 0, slot)


@inner
def _serve_called(scene: DayView, measure: int, today: int) -> None:
    """First called, first served."""
    area_events, books, slot = scene.area_events, scene.books, area_event_queue(scene.area_events, measure)
    while _has_doses(scene, measure):
        at = start(area_events, 0, slot)
        if at == END:
            return
        packed = whole(area_events.words[0, at + books.taken[0, measure]])
        _give(scene, measure, packed & PERSON, (packed >> _COMMUNE_SHIFT) & _COMMUNE, today)
        books.taken[0, measure] += 1
        if books.taken[0, measure] == area_events.fill[0, area_events.first[0, slot]]:
            drop_first(area_events, 0, slot)
            books.taken[0, measure] = 0


@inner
def _place_of(world: World, commune: int, band: int, before: int, offered: int) -> int:
    """Where in the list of people by age stands who comes next, when so many of the commune have been offered a dose; -1 behind the band."""
    row = commune * BANDS + band
    number = world.age_start[row + 1] - world.age_start[row]
    return world.age_start[row] + offered - before if offered - before < number else -1


@inner
def _foresee(scene: DayView, place: int) -> None:
    """Ask for the rows of who comes a few places later in the list of their age."""
    members = scene.world.age_member
    person = whole(members[min(place + FORESIGHT, members.size - 1)])
    prefetch(scene.people.infected_on, person)
    prefetch(scene.people.dosed_on, person)


@inner
def _offer(scene: DayView, measure: int, person: int, commune: int, today: int) -> None:
    """A first dose, to who takes one and has none yet."""
    drawn, _, _, _ = philox(scene.seed, _DOSE, person, 0, 0, 0)
    if doses_of(scene.people, person) == 0 and unit(drawn) < scene.tables.number[measure, ACCEPTANCE]:
        _give(scene, measure, person, commune, today)


@inner
def _offer_to_band(scene: DayView, measure: int, commune: int, band: int, today: int) -> None:
    """First doses in one age of one commune."""
    world, offered, number = scene.world, scene.books.offered[measure], scene.tables.number[measure]
    row, youngest = commune * BANDS, int(number[YOUNGEST])
    before = world.age_start[row + BANDS] - world.age_start[row + band + 1]
    if not number[ELDEST_FIRST]:
        before = world.age_start[row + band] - world.age_start[row + youngest]
    place = _place_of(world, commune, band, before, whole(offered[commune]))
    while place >= 0 and _has_doses(scene, measure):
        _foresee(scene, place)
        _offer(scene, measure, whole(world.age_member[place]), commune, today)
        offered[commune] += 1
        place = _place_of(world, commune, band, before, whole(offered[commune]))


@inner
def _offer_all(scene: DayView, measure: int, today: int) -> None:
    """First doses: band after band, in each commune after commune where the campaign is in force."""
    number = scene.tables.number[measure]
    for turn in range(BANDS - int(number[YOUNGEST])):
        band = BANDS - 1 - turn if number[ELDEST_FIRST] else int(number[YOUNGEST]) + turn
        for commune in range(scene.world.commune_start.size - 1):
            if scene.orders.in_force[measure, commune] and _has_doses(scene, measure):
                _offer_to_band(scene, measure, commune, band, today)


@inner
def call_next_dose(scene: DayView, person: int, commune: int) -> None:
    """Who had doses before day 0 is called for the next by the first campaign that has one for them."""
    tables, had = scene.tables, doses_of(scene.people, person)
    for measure in range(tables.start.size):
        if tables.kind[measure] == VACCINATION and tables.area[measure, commune] and had < tables.number[measure, DOSES_EACH]:
            day = whole(scene.people.dosed_on[person]) + int(tables.number[measure, INTERVAL])
            call_for_dose(scene, measure, person, commune, max(day, 0))
            return


@inner
def _most_words(scene: DayView, today: int) -> int:
    """No more than so many words come to the area events today: who is called, and for each dose and each who is put off one more."""
    words = 2 * count(scene.area_events, 0, area_event_slot(scene.area_events, DOSE, today))
    for measure in range(scene.tables.start.size):
        if scene.tables.kind[measure] == VACCINATION:
            words += count(scene.area_events, 0, area_event_queue(scene.area_events, measure))
            words += int(min(scene.books.left[measure, TODAY], float(scene.world.people)))
    return words


@inner
def vaccinate(scene: DayView, today: int) -> bool:
    """Every campaign's doses of today; False when there is no room and nothing has been done."""
    tables = scene.tables
    if scene.people.dosed_on.size == 0:
        return True
    if not has_room(scene.area_events, 0, _most_words(scene, today), scene.area_events.ring + tables.start.size):
        return False
    _call(scene, today)
    for measure in range(tables.start.size):
        if tables.kind[measure] == VACCINATION:
            _serve_called(scene, measure, today)
            _offer_all(scene, measure, today)
    return True
