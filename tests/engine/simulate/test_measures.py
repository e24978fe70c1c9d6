"""What measures do, in places so small that the answer is plain."""

import numpy as np
import pytest
from tests.engine.simulate.places import illness, textbook, town

from epiengine.simulate import (
    ALWAYS,
    Campaign,
    Checkpoints,
    Closures,
    Cordons,
    Efficacy,
    EngineError,
    Imports,
    Isolation,
    Quarantine,
    Start,
    StayHome,
    SyntheticPopulation,
    Testing,
    Tracing,
    Trigger,
    Vaccination,
    Vaccine,
    Variant,
    begin,
    seeds,
    simulate,
)

RATES = {"household": 0.05, "group": 0.2, "hamlet": 0.1, "community": 0.2}
EVERYBODY = {"*": 1.0}


def at_once(**more: object) -> Testing:
    """Every infection is found on its first infectious day."""
    return Testing(with_symptoms=1.0, without=1.0, sensitivity=ALWAYS, infectious_only=True, turnaround=0, needs={}, **more)


def test_who_is_found_and_isolated_at_once_infects_nobody():
    disease = textbook(rates={"community": 2.0})
    plan = (at_once(), Isolation(prevents_facility=EVERYBODY))
    run = simulate(town(240), disease, plan, seeds(6), seed=1, days=20)
    assert run.total("infections").sum() == run.total("confirmed").sum() == 6
    assert run.total("isolated_facility").max() == 6
    assert run.total("isolated_facility")[-1] == 0


def test_beds_are_never_more_than_there_are():
    plan = (at_once(), Isolation(beds=4, prevents_facility=EVERYBODY, prevents_home={}))
    run = simulate(town(240), textbook(rates={"community": 0.4}), plan, seeds(6), seed=1, days=20)
    assert run.total("isolated_facility").max() == 4
    assert run.total("isolated_home").max() > 0
    assert run.resource("no_bed").sum() + 4 <= run.total("confirmed").sum()
    assert (run.resource("bed_days") == run.total("isolated_facility")).all()


def test_tests_are_never_more_than_the_capacity_and_the_stock():
    plan = (at_once(capacity=5, stock=23),)
    run = simulate(town(240), textbook(rates={"community": 0.4}), plan, seeds(6), seed=1, days=20)
    assert run.resource("tests").max() == 5
    assert run.resource("tests").sum() == 23
    assert run.resource("waiting_for_test")[0] == 240 - 5


def test_the_household_of_a_case_goes_into_quarantine():
    world = town(240, household=4)
    plan = (at_once(), Isolation(), Tracing(probability={"household": 1.0}, delay={}), Quarantine(days=7, test_days=()))
    start = Start(infected=np.array([9]), infected_on=np.array([0]))
    run = simulate(world, textbook(rates={}), plan, start, seed=1, days=14)
    # infected on day 0, latent 2 days: found on day 2
    assert run.total("f1_centre").tolist() == [0, 0] + [3] * 7 + [0] * 5
    assert run.resource("meals").sum() == 3 * (3 * 7 + 12)


def test_who_finds_no_place_stays_at_home():
    world = town(240, household=4)
    plan = (at_once(), Isolation(), Tracing(probability={"household": 1.0}, delay={}), Quarantine(days=7, test_days=(), places=2))
    start = Start(infected=np.array([9]), infected_on=np.array([0]))
    run = simulate(world, textbook(rates={}), plan, start, seed=1, days=14)
    assert run.total("f1_centre").max() == 2
    assert run.total("f1_home").max() == 1
    assert run.resource("no_place").sum() == 1


def test_the_second_ring_is_the_households_of_the_first():
    world = town(240, household=4)
    found = {"school": 1.0, "work": 1.0}
    plan = (at_once(), Isolation(), Tracing(probability=found, delay={}, depth=2, second=1.0), Quarantine(test_days=()))
    case = int(np.flatnonzero(world.group() >= 0)[0])
    run = simulate(world, textbook(rates={}), plan, Start(infected=np.array([case]), infected_on=np.array([0])), seed=1, days=8)
    first = np.setdiff1d(np.flatnonzero(world.group() == world.group()[case]), [case])
    home = world.household_first()
    second = np.setdiff1d(np.flatnonzero(np.isin(home, home[first])), np.append(first, case))
    assert run.total("f1_new").sum() == first.size
    assert run.total("f2_home")[-1] == second.size


def test_hours_of_tracers_are_counted_and_end():
    plan = (at_once(), Tracing(probability={"household": 1.0}, delay={}, hours=8.0, hours_per_case=4.0, hours_per_contact=0.0))
    run = simulate(town(240), textbook(rates={}), plan, seeds(6), seed=1, days=6)
    assert run.resource("tracer_hours").tolist() == [0, 0, 8, 8, 8, 0]
    assert run.resource("waiting_for_tracing").tolist() == [0, 0, 4, 2, 0, 0]


def test_a_hamlet_with_enough_cases_is_closed_and_opened_again():
    world = town(240, hamlet=60)
    plan = (at_once(), Cordons(cases=2, lasts=5, renewed=False, prevents=EVERYBODY))
    start = Start(infected=np.array([1, 40, 70]), infected_on=np.array([0, 0, 0]))
    run = simulate(world, textbook(rates={}), plan, start, seed=1, days=10)
    assert run.total("cordoned_people").tolist() == [0, 0] + [60] * 5 + [0] * 3
    assert run.resource("team_shifts").tolist() == [0, 0] + [12] * 5 + [0] * 3


def test_a_campaign_finds_everybody_in_as_many_days_as_its_tests_need():
    plan = (Campaign(start=3, coverage=1.0, pool=4, dilution=1.0, capacity=30, sensitivity=ALWAYS, turnaround=0, every=100, needs={}),)
    start = Start(infected=np.arange(0, 240, 60, dtype=np.int32), infected_on=np.zeros(4, dtype=np.int32))
    run = simulate(town(240), textbook(rates={}, lasting=20), plan, start, seed=1, days=9)
    assert run.total("confirmed").sum() == 4
    assert run.resource("people_sampled").sum() == 240
    assert run.resource("tests").sum() == 240 / 4 + 4 * 4
    assert run.resource("tests").max() <= 30


@pytest.mark.parametrize(
    "measure",
    [
        StayHome(prevents=EVERYBODY, compliance=1.0),
        Closures(prevents=EVERYBODY),
        StayHome(prevents=EVERYBODY, compliance=1.0, trigger=Trigger(series="infectious", at_least=1, each=False, lasts=1)),
    ],
)
def test_no_contacts_no_infections(measure):
    run = simulate(town(240), textbook(rates=RATES), (measure,), seeds(12), seed=1, days=20)
    assert run.total("infections").sum() == 12 + run.total("infections")[1:4].sum()


def test_closed_roads_keep_communes_apart():
    world = town(240, communes=2, home=0.5)
    start = Start(infected=np.arange(8, dtype=np.int32), infected_on=np.zeros(8, dtype=np.int32))
    open_, closed = (
        simulate(world, textbook(rates={"community": 1.0}), plan, start, seed=1, days=20)
        for plan in ((), (Checkpoints(prevents=EVERYBODY),))
    )
    assert open_.series("infections")[:, 1].sum() > 50
    assert closed.series("infections")[:, 1].sum() == 0
    assert closed.series("infections")[:, 0].sum() > 50


def test_doses_go_to_the_eldest_first_and_protect():
    world = town(240)
    disease = textbook(rates={"community": 1.0}, vaccine=Vaccine((Efficacy(1.0, 1.0, 1.0),), takes=0))
    state = begin(world, disease, (Vaccination(per_day=10, stock=25, acceptance=1.0, doses_each=1),), seeds(0), seed=1)
    from epiengine.simulate import advance

    run = advance(state, 5)
    assert run.total("doses").tolist() == [10, 10, 5, 0, 0]
    given = world.ages()[state.people.doses > 0]
    assert given.min() >= world.ages()[state.people.doses == 0].max()
    everybody = (Vaccination(per_day=240, acceptance=1.0, doses_each=1, youngest=0),)
    assert simulate(world, disease, everybody, Start(imports=(Imports(5.0, first=2),)), seed=1, days=20).total("imported").sum() > 0
    protected = simulate(world, disease, everybody, Start(imports=(Imports(5.0, first=2),)), seed=1, days=20)
    assert (protected.total("infections") == protected.total("imported")).all()


def test_a_variant_that_comes_in_passes_on_what_it_is():
    disease = textbook(rates={"community": 0.01}, variants=(Variant("old"), Variant("new", transmission=100.0)))
    old, new = (
        simulate(town(240), disease, (), Start(imports=(Imports(2.0, last=3, variant=variant),)), seed=1, days=25) for variant in (0, 1)
    )
    assert old.total("infections").sum() < 20 < 100 < new.total("infections").sum()


def test_a_measure_of_strength_0_changes_nothing():
    world, disease = town(240), illness(rates=RATES)
    nothing = simulate(world, disease, (), seeds(8), seed=5, days=25)
    for measure in (StayHome, Closures, Checkpoints, Testing, Campaign, Isolation, Tracing, Quarantine, Cordons):
        run = simulate(world, disease, (measure(strength=0.0),), seeds(8), seed=5, days=25)
        assert run.daily.tobytes() == nothing.daily.tobytes() and run.resources.tobytes() == nothing.resources.tobytes()


def spoilt(**columns: np.ndarray):
    return begin(SyntheticPopulation(**{**vars(town(60)), **columns}), textbook(rates={}), (), seeds(1), seed=1)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: StayHome(compliance=1.1), "compliance"),
        (lambda: StayHome(prevents={"work": -0.1}), "prevents.work"),
        (lambda: StayHome(start=5, end=4), "end"),
        (lambda: Isolation(beds=-1), "beds"),
        (lambda: Isolation(beds=float("nan")), "beds"),
        (lambda: Testing(sensitivity=()), "sensitivity"),
        (lambda: Testing(turnaround=-1), "turnaround"),
        (lambda: Tracing(delay={"work": -1}), "delay.work"),
        (lambda: Quarantine(days=0), "days"),
        (lambda: Trigger(series="rumours"), "trigger.series"),
        (lambda: Closures(needs={"gold": 1.0}), "needs"),
        (lambda: begin(town(60), textbook(rates={}), (StayHome(communes=(2,)),), seeds(1), seed=1), "plan[0].communes"),
        (lambda: begin(town(60), textbook(rates={}), (StayHome(prevents={"pub": 1.0}),), seeds(1), seed=1), "prevents"),
        (lambda: begin(town(60), textbook(rates={}), (Vaccination(),), seeds(1), seed=1), "plan[0]"),
        (lambda: begin(town(60), textbook(rates={"pub": 1.0}), (), seeds(1), seed=1), "transmission"),
        (lambda: begin(town(60), textbook(rates={}), (), Start(imports=(Imports(-1.0),)), seed=1), "imports[0].mean"),
        (lambda: spoilt(mixing=np.full((16, 16), np.nan)), "town.mixing"),
        (lambda: spoilt(commute=np.full((2, 2), 0.4)), "town.commute"),
        (lambda: spoilt(commune_start=np.array([0, 30, 59])), "town.commune_start"),
        (lambda: spoilt(age_member=np.full(60, 60)), "town.age_member"),
        (lambda: spoilt(hamlet_start=np.array([0, 20, 60]), hamlet_commune=np.array([0, 1])), "town.person"),
        (lambda: textbook(rates={"work": float("nan")}), "transmission.work"),
        (lambda: textbook(rates={}, dispersion=0.0), "dispersion"),
    ],
)
def test_what_cannot_be_is_refused(make, name: str):
    with pytest.raises(EngineError) as refusal:
        make()
    assert refusal.value.name == name
