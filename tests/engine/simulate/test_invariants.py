"""What holds for every plan, every town and every seed."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.simulate.places import complete, illness, textbook, town

from epiengine.jit import COMPILED
from epiengine.simulate import (
    Campaign,
    Checkpoints,
    Closures,
    Cordons,
    Efficacy,
    Imports,
    Isolation,
    Quarantine,
    Start,
    StayHome,
    Testing,
    Tracing,
    Trigger,
    Vaccination,
    Vaccine,
    Variant,
    Waning,
    advance,
    begin,
    copy,
    joined,
    seeds,
    simulate,
)
from epiengine.simulate.courses import FATAL_PATH, course_of
from epiengine.simulate.marks import CENTRE, FACILITY, HOME, ISOLATED, PATH, SECOND

EXAMPLES = settings(max_examples=25 if COMPILED else 4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
RATES = {"household": 0.1, "group": 0.3, "hamlet": 0.1, "community": 0.3}
VACCINE = Vaccine((Efficacy(0.5, 0.3, 0.8), Efficacy(0.8, 0.5, 0.95)))
DISEASE = illness(
    rates=RATES,
    vaccine=VACCINE,
    waning=Waning(30),
    variants=(Variant("old"), Variant("new", 1.5, 1.2, 0.3)),
    fatal=(1.0,) * 16,
    severe=(0.5,) * 16,
)
WORLD = town(240, communes=3, hamlet=40)
GIVEN = Start(at_random=8, at_random_on=-3, imports=(Imports(0.5, variant=1),))

start_day = st.integers(0, 10)
triggers = st.one_of(
    st.none(),
    st.builds(
        Trigger,
        series=st.sampled_from(["confirmed", "infectious"]),
        at_least=st.integers(1, 5),
        each=st.booleans(),
        lasts=st.integers(1, 9),
    ),
)
tests = st.builds(
    Testing,
    with_symptoms=st.floats(0.1, 1),
    without=st.sampled_from([0.0, 0.05]),
    capacity=st.integers(0, 12),
    stock=st.integers(0, 90),
    turnaround=st.integers(0, 2),
)
beds = st.builds(Isolation, beds=st.integers(0, 6), start=start_day)
tracers = st.builds(Tracing, hours=st.integers(0, 60), depth=st.integers(1, 2), start=start_day)
centres = st.builds(Quarantine, places=st.integers(0, 12), start=start_day, days=st.integers(2, 14), from_confirmation=st.booleans())
others = st.lists(
    st.one_of(
        st.builds(Cordons, cases=st.integers(1, 3), lasts=st.integers(2, 9)),
        st.builds(StayHome, start=start_day, trigger=triggers),
        st.builds(Closures, trigger=triggers),
        st.builds(Checkpoints, start=start_day, communes=st.just((1,))),
        st.builds(
            Campaign,
            capacity=st.integers(0, 30),
            stock=st.integers(0, 60),
            start=start_day,
            in_cordons=st.booleans(),
            pool=st.integers(1, 6),
        ),
        st.builds(Vaccination, per_day=st.integers(0, 20), stock=st.integers(0, 60), interval=st.integers(1, 9)),
    ),
    max_size=4,
)
plans = st.builds(lambda *parts: (*parts[:4], *parts[4]), tests, beds, tracers, centres, others)


def bytes_of(run) -> tuple[bytes, bytes]:
    return run.daily.tobytes(), run.resources.tobytes()


@EXAMPLES
@given(plan=plans, seed=st.integers(0, 2**32 - 1))
def test_scarce_things_are_never_used_beyond_what_there_is(plan, seed):
    run = simulate(WORLD, DISEASE, plan, GIVEN, seed=seed, days=30)
    tested = [measure for measure in plan if isinstance(measure, Testing | Campaign)]
    assert run.total("isolated_facility").max() <= plan[1].beds
    assert run.total("f1_centre").max() <= plan[3].places
    assert run.resource("tests").max() <= sum(measure.capacity for measure in tested)
    assert run.resource("tests").sum() <= sum(measure.stock for measure in tested)
    assert run.resource("doses").sum() <= sum(measure.stock for measure in plan if isinstance(measure, Vaccination))
    assert (run.resource("doses") == run.total("doses")).all()
    assert run.daily.min() >= 0 and run.resources.min() >= 0


@EXAMPLES
@given(plan=plans, seed=st.integers(0, 2**32 - 1))
def test_the_books_are_the_people(plan, seed):
    """Stocks of the last day, counted again from every single person."""
    state = begin(WORLD, DISEASE, plan, GIVEN, seed=seed)
    run = advance(state, 30)
    marks = state.people.marks
    out = (state.people.until > 29) & (marks & ISOLATED == 0)
    assert run.total("isolated_facility")[-1] == (marks & FACILITY > 0).sum()
    assert run.total("isolated_home")[-1] == (marks & HOME > 0).sum()
    assert run.total("f1_centre")[-1] == (out & (marks & CENTRE > 0)).sum()
    assert run.total("f2_home")[-1] == (out & (marks & SECOND > 0)).sum()
    assert run.total("f1_home")[-1] == (out & (marks & (CENTRE | SECOND) == 0)).sum()
    assert not ((marks & ISOLATED > 0) & (state.people.until <= 29)).any()
    infectious = dead = 0
    for person in np.flatnonzero(state.people.infected_on > -1000):
        path = int(marks[person]) & PATH
        course = course_of(state.model, seed, int(person), int(state.people.infected_on[person]), path)
        infectious += course.infectious <= 29 < course.end
        dead += path == FATAL_PATH and course.end <= 29
    assert run.total("infectious")[-1] == infectious
    assert run.total("deaths").sum() == dead


@EXAMPLES
@given(seed=st.integers(0, 2**32 - 1))
def test_the_dead_infect_nobody_and_are_not_infected(seed):
    state = begin(WORLD, DISEASE, (), GIVEN, seed=seed, infectors=True)
    advance(state, 40)
    people = state.people
    for person in np.flatnonzero(people.infector >= 0):
        infector, day = int(people.infector[person]), int(people.infected_on[person])
        if (int(people.marks[infector]) & PATH) == FATAL_PATH and people.infected_on[infector] <= day:
            course = course_of(state.model, seed, infector, int(people.infected_on[infector]), FATAL_PATH)
            assert course.infectious <= day < course.end


@EXAMPLES
@given(plan=plans, seed=st.integers(0, 2**32 - 1), cut=st.integers(0, 20))
def test_threads_pieces_and_copies_leave_no_trace(plan, seed, cut):
    told = {"seed": seed, "lane_bits": 6}
    whole = advance(begin(WORLD, DISEASE, plan, GIVEN, **told), 20)
    shared = advance(begin(WORLD, DISEASE, plan, GIVEN, **told), 20, threads=3)
    assert bytes_of(whole) == bytes_of(shared)
    state = begin(WORLD, DISEASE, plan, GIVEN, **told)
    before = advance(state, cut, threads=2)
    twin = copy(state)
    advance(state, 3)
    assert bytes_of(whole) == bytes_of(joined([before, advance(twin, 20 - cut)]))


@EXAMPLES
@given(plan=plans, seed=st.integers(0, 2**32 - 1), day=st.integers(1, 20))
def test_plans_share_their_luck_until_they_differ(plan, seed, day):
    late = StayHome(start=day, prevents={"*": 1.0}, compliance=1.0)
    one, two = (simulate(WORLD, DISEASE, (*plan, *more), GIVEN, seed=seed, days=24) for more in ((), (late,)))
    assert one.daily[:day].tobytes() == two.daily[:day].tobytes()
    assert two.total("infections")[day:].sum() <= one.total("infections")[day:].sum() + two.total("imported")[day:].sum()


@EXAMPLES
@given(plan=plans, seed=st.integers(0, 2**32 - 1))
def test_a_plan_that_prevents_nothing_infects_whom_no_plan_infects(plan, seed):
    idle = [
        type(measure)(**{**vars(measure), **{name: {} for name in vars(measure) if name.startswith("prevents")}})
        for measure in plan
        if not isinstance(measure, Vaccination)
    ]
    one, two = (simulate(WORLD, DISEASE, told, GIVEN, seed=seed, days=24) for told in ((), tuple(idle)))
    for series in ("infections", "onsets", "infectious", "severe", "deaths", "imported"):
        assert (one.series(series) == two.series(series)).all()


def test_lanes_without_measures_leave_no_trace():
    """The lanes are part of the model only where people wait in line."""
    one, two = (advance(begin(WORLD, textbook(rates=RATES), (), seeds(8), seed=1, lane_bits=bits), 30) for bits in (5, 18))
    assert bytes_of(one) == bytes_of(two)


def test_a_network_takes_the_same_measures():
    world = complete(40)
    plan = (
        Testing(with_symptoms=0.5, without=0.1, turnaround=0, infectious_only=True, sensitivity=(1.0,)),
        Isolation(prevents_facility={"*": 0.9}, prevents_home={"*": 0.9}),
        Tracing(probability={"all": 0.5}, delay={"all": 1}, depth=2),
        Quarantine(places=3, prevents_centre={"*": 0.8}, prevents_home={"*": 0.5}, prevents_second={"*": 0.5}, spares_recovered=True),
        Cordons(prevents={"*": 0.5}),
    )
    one, two = (advance(begin(world, illness(rates={"all": 0.02}), plan, seeds(3), seed=1, lane_bits=4), 30, threads=n) for n in (1, 2))
    assert bytes_of(one) == bytes_of(two)
    assert one.total("f1_new").sum() > 0 and one.total("f1_centre").max() <= 3


@pytest.mark.parametrize("people", [1, 2, 3])
def test_the_smallest_towns_work(people: int):
    run = simulate(town(people, communes=1), DISEASE, (), seeds(1), seed=1, days=10)
    assert run.total("infections")[0] == 1
