"""Everything that a step of the day can see, in one hand."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner
from epiengine.machine import prefetch
from epiengine.rng import whole, word
from epiengine.simulate.active_measures import ActiveMeasures
from epiengine.simulate.arrivals import Arrivals
from epiengine.simulate.books import Books
from epiengine.simulate.calendars import Calendar
from epiengine.simulate.course_events import CourseEvents
from epiengine.simulate.lanes import Lanes, Scratch
from epiengine.simulate.marks import People
from epiengine.simulate.model import Model
from epiengine.simulate.plan import Tables
from epiengine.simulate.seeking import Seeking
from epiengine.simulate.worlds import World

# What a lane's calendar tells of one of its people: the person, one bit for who asked for a test themselves, their commune (whoever comes to the
# word need not look it up), and the day on which they came, where they wait for a test or a tracer, or the days since the case's result, where they
# waits for a place.
PERSON: Final = (1 << 27) - 1
BY_HIMSELF: Final = 1 << 27
_COMMUNE_SHIFT: Final = 28
_COMMUNE: Final = (1 << 20) - 1
_DAY_SHIFT: Final = 48
#: How many words ahead memory is asked for.
FORESIGHT: Final = 12


class DayView(NamedTuple):
    """What is told (world, model, tables, seeking, arrivals, seed), what has come of it, and the pages that the days are written on.

    person_events  the calendar of the lanes;  area_events  the one of hamlets and campaigns
    most   how many candidate transmissions one infection can have
    first  the day of the first row of daily (int32[d, communes, series]) and resources (int64[d, resource])
    """

    world: World
    model: Model
    tables: Tables
    seeking: Seeking
    arrivals: Arrivals
    people: People
    diary: CourseEvents
    person_events: Calendar
    area_events: Calendar
    lanes: Lanes
    scratch: Scratch
    orders: ActiveMeasures
    books: Books
    daily: Int32
    resources: Int64
    seed: int
    most: int
    first: int


@inner
def pack_event(person: int, commune: int, day: int = 0, by_himself: int = 0) -> Any:
    """A person of the lane in a word of its calendar; by_himself is BY_HIMSELF or 0."""
    return word(person | by_himself | commune << _COMMUNE_SHIFT | day << _DAY_SHIFT)


@inner
def commune_in(packed: int) -> int:
    """The commune in an own word."""
    return (packed >> _COMMUNE_SHIFT) & _COMMUNE


@inner
def day_in(packed: int) -> int:
    """The day in an own word."""
    return packed >> _DAY_SHIFT


@inner
def lane_count(scene: DayView) -> int:
    """How many lanes there are."""
    return scene.person_events.first.shape[0]  # type: ignore[no-any-return]


@inner
def prefetch_ahead(scene: DayView, lane: int, at: int) -> None:
    """Ask for the row of whom the lane's list will come to in a few words. A word of another list does no harm."""
    words = scene.person_events.words[lane]
    prefetch(scene.people.infected_on, whole(words[min(at + FORESIGHT, words.size - 1)]) & PERSON)


@inner
def foresee_all(scene: DayView, lane: int, at: int) -> None:
    """The same, and for what the town says of them."""
    words = scene.person_events.words[lane]
    person = whole(words[min(at + FORESIGHT, words.size - 1)]) & PERSON
    prefetch(scene.people.infected_on, person)
    prefetch(scene.world.person, person)
