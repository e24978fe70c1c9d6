"""Running: from a start through so many days, at once or piece by piece."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import number
from epiengine.errors import EngineError
from epiengine.simulate.day import infect_before
from epiengine.simulate.disease import Disease
from epiengine.simulate.network import Network
from epiengine.simulate.plan import Plan
from epiengine.simulate.series import RESOURCES, SERIES, Run
from epiengine.simulate.start import Start
from epiengine.simulate.state import State, make_room, state_of
from epiengine.simulate.steps.starting import place_start
from epiengine.simulate.threads import run_days
from epiengine.simulate.town import Float64, SyntheticPopulation

LONGEST_RUN = 20_000


def simulate(
    world: SyntheticPopulation | Network,
    disease: Disease,
    plan: Plan,
    start: Start,
    *,
    seed: int,
    days: int,
    threads: int = 1,
    headroom: float = 1.0,
) -> Run:
    """So many days of the epidemic that starts so.

    seed      0 to 2^32 - 1: the same seed gives the same bytes, on any number of threads, and shares its draws between plans
    threads   of this process; the kernels do not hold the interpreter's lock
    headroom  see `advance`
    Raises EngineError for whatever cannot be. Time: by the number of infections and of contacts traced, not of people.
    """
    return advance(begin(world, disease, plan, start, seed=seed, headroom=headroom), days, threads=threads)


def begin(
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
    """The state on the morning of day 0.

    headroom   the largest multiplier that `advance` will be given: transmission is drawn at so many times its rate, and thinned
    infectors  keep who infected whom (`state.people.infector`)
    lane_bits  for tests: people of a lane, as a power of two
    """
    state = state_of(
        world, disease, plan, start.checked(people=world.people), seed=seed, headroom=headroom, infectors=infectors, lane_bits=lane_bits
    )
    place_start(state)
    while not infect_before(state.scene()):
        make_room(state)
    state.lanes.number[:] = 0
    return state


def advance(state: State, days: int, *, threads: int = 1, multiplier: ArrayLike | None = None, draw_key: int = 0) -> Run:
    """So many more days; the state moves on.

    multiplier  on all transmission: one number, or one for each of the days, 0 to the state's headroom; None: 1
    draw_key    0 to 2^28: copies of one state that go on with different keys accept other candidate transmissions (a particle filter
                needs that); the courses of the infected, which are a function of the seed, stay as they are
    """
    days, threads = number("days", days, low=0, high=LONGEST_RUN - state.day), number("threads", threads, low=1, high=1024)
    state.orders.multiplier[1] = number("draw_key", draw_key, low=0, high=2**28)
    factor = _multipliers(multiplier, days=days, headroom=state.headroom)
    daily = np.zeros((days, state.books.history.shape[1], len(SERIES)), dtype=np.int32)
    resources = np.zeros((days, len(RESOURCES)), dtype=np.int64)
    scene = state.scene(daily, resources)
    run_days(state, scene, factor, threads=threads)
    return Run(daily=daily, resources=resources, first_day=scene.first)


def _multipliers(given: ArrayLike | None, *, days: int, headroom: float) -> Float64:
    factor: Float64 = np.asarray(1.0 if given is None else given, dtype=np.float64)
    if factor.ndim == 0:
        factor = np.full(days, float(factor))
    if factor.shape != (days,):
        raise EngineError("multiplier", f"shape {factor.shape}", f"one number, or one for each of {days} days")
    if bool((bad := ~((factor >= 0) & (factor <= headroom))).any()):
        row = int(np.argmax(bad))
        raise EngineError("multiplier", float(factor[row]), f"0 to the headroom {headroom:g}", row=row)
    return np.ascontiguousarray(factor)
