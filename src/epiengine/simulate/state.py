"""A simulation on its way: everything that the next day depends on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.errors import EngineError
from epiengine.simulate.active_measures import ActiveMeasures, orders_of
from epiengine.simulate.arrivals import Arrivals, arrivals_of
from epiengine.simulate.books import Books, books_of
from epiengine.simulate.calendars import CHUNK, Calendar, calendar, copied, enlarged
from epiengine.simulate.course_events import CourseEvents, diary
from epiengine.simulate.day_view import DayView
from epiengine.simulate.disease import Disease
from epiengine.simulate.lanes import Lanes, Scratch, bench_of, lanes_of, most_candidates
from epiengine.simulate.marks import People, people_copied, people_of
from epiengine.simulate.measures import Measure, Vaccination
from epiengine.simulate.model import Model, horizon, model_of
from epiengine.simulate.network import Network
from epiengine.simulate.plan import Plan, Tables, farthest, seeking_of, tables_of
from epiengine.simulate.seeking import Seeking
from epiengine.simulate.slots import AREA_EVENT_KINDS, area_event_slots, lane_slots
from epiengine.simulate.start import Start, check_variants
from epiengine.simulate.town import SyntheticPopulation
from epiengine.simulate.worlds import World, world_of

_FEWEST_CHUNKS: Final = 64
_WORDS_A_PERSON: Final = 4
_NO_DAYS: Final = np.zeros((0, 0, 0), dtype=np.int32)
_NO_RESOURCES: Final = np.zeros((0, 0), dtype=np.int64)


@dataclass(eq=False)
class State:
    """What is told (world, model, tables, start: shared between copies) and what has come of it (the rest: each copy's own).

    person_events  the calendar of the lanes;  area_events  the one of hamlets and campaigns
    """

    world: World
    model: Model
    tables: Tables
    seeking: Seeking
    arrivals: Arrivals
    start: Start
    seed: int
    headroom: float
    people: People
    diary: CourseEvents
    person_events: Calendar
    area_events: Calendar
    lanes: Lanes
    scratch: Scratch
    orders: ActiveMeasures
    books: Books

    @property
    def day(self) -> int:
        """The day that comes next."""
        return int(self.books.clock[0])

    def scene(self, daily: Int32 = _NO_DAYS, resources: Int64 = _NO_RESOURCES, *, like: DayView | None = None) -> DayView:
        """All of it for the steps, with the pages from today on; or with the pages of another scene of this state."""
        return DayView(
            world=self.world,
            model=self.model,
            tables=self.tables,
            seeking=self.seeking,
            arrivals=self.arrivals,
            people=self.people,
            diary=self.diary,
            person_events=self.person_events,
            area_events=self.area_events,
            lanes=self.lanes,
            scratch=self.scratch,
            orders=self.orders,
            books=self.books,
            daily=daily if like is None else like.daily,
            resources=resources if like is None else like.resources,
            seed=self.seed,
            most=min(most_candidates(self.world, self.model), 1 << 22),
            first=self.day if like is None else like.first,
        )


def state_of(
    world: SyntheticPopulation | Network,
    disease: Disease,
    plan: Plan,
    start: Start,
    *,
    seed: int,
    headroom: float = 1.0,
    infectors: bool = False,
    lane_bits: int | None = None,
) -> State:
    """The state before anybody of the start is infected."""
    _check_plan(plan, disease)
    check_variants(start, variants=len(disease.variants))
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**32:
        raise EngineError("seed", seed, f"a whole number from 0 to {2**32 - 1}")
    inside = world_of(world, lane_bits=lane_bits)
    model = model_of(disease, inside, layers=world.layers, headroom=headroom)
    tables = tables_of(plan, layers=world.layers, communes=world.communes)
    lanes = inside.lanes()
    ring = max(horizon(model), 1 << max(farthest(tables), start.farthest()).bit_length())
    return State(
        world=inside,
        model=model,
        tables=tables,
        seeking=seeking_of(tables),
        arrivals=arrivals_of(start.imports, inside, variants=len(disease.variants)),
        start=start,
        seed=int(seed),
        headroom=headroom,
        people=people_of(inside.people, vaccine=disease.vaccine is not None, infectors=infectors),
        diary=diary(communes=world.communes, lanes=lanes, ring=ring),
        person_events=calendar(lanes=lanes, slots=lane_slots(lanes, ring, tables.kind.size), chunks=_chunks(inside), ring=ring),
        area_events=calendar(lanes=1, slots=area_event_slots(ring, tables.kind.size), chunks=_area_event_chunks(inside, ring), ring=ring),
        lanes=lanes_of(inside),
        scratch=bench_of(inside, model),
        orders=orders_of(inside, tables),
        books=books_of(inside, tables),
    )


def _chunks(world: World) -> int:
    """A few words for each person of a lane, so that a calendar is seldom copied into a larger one; what is not written to costs nothing."""
    return _FEWEST_CHUNKS + _WORDS_A_PERSON * min(world.people, 1 << world.lane_bits) // CHUNK


def _area_event_chunks(world: World, ring: int) -> int:
    return _FEWEST_CHUNKS + AREA_EVENT_KINDS * ring + 4 * world.hamlet_commune.size // CHUNK


def _check_plan(plan: Plan, disease: Disease) -> None:
    for at, measure in enumerate(plan):
        if not isinstance(measure, Measure):
            raise EngineError(f"plan[{at}]", type(measure).__name__, "a measure")
        if isinstance(measure, Vaccination) and disease.vaccine is None:
            raise EngineError(f"plan[{at}]", "Vaccination", "only with a disease that has a vaccine")


def copy(state: State) -> State:
    """A state that goes its own way from here; it shares what is never written to."""
    return State(
        world=state.world,
        model=state.model,
        tables=state.tables,
        seeking=state.seeking,
        arrivals=state.arrivals,
        start=state.start,
        seed=state.seed,
        headroom=state.headroom,
        people=people_copied(state.people),
        diary=CourseEvents._make(array.copy() for array in state.diary),
        person_events=copied(state.person_events),
        area_events=copied(state.area_events),
        lanes=lanes_of(state.world),
        scratch=bench_of(state.world, state.model),
        orders=ActiveMeasures._make(array.copy() for array in state.orders),
        books=Books._make(array.copy() for array in state.books),
    )


def make_room(state: State) -> None:
    """Twice the room for the calendar that a step has found short. Memory that is not written to is not taken, so too much does no harm."""
    state.person_events, state.area_events = enlarged(state.person_events), enlarged(state.area_events)


__all__ = ["CHUNK", "State", "copy", "make_room", "state_of"]
