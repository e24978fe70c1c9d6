"""What the documents promise and the engine once did not keep: a test for each fault that was found and mended."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.engine.simulate.places import textbook, town
from tests.engine.simulate.test_plain_answers import at, at_once, ill_from

from epiengine.jit import COMPILED
from epiengine.simulate import (
    ALWAYS,
    FOR_EVER,
    Campaign,
    Closures,
    Cordons,
    Delay,
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
    Waning,
    advance,
    begin,
    simulate,
)

ONE, TWO = (Vaccine((Efficacy(1.0, 1.0, 1.0),) * number, takes=5) for number in (1, 2))


@pytest.mark.parametrize("per_day", [40, 7])
def test_everybody_has_his_second_dose(per_day: int):
    plan = (Vaccination(per_day=per_day, acceptance=1.0, youngest=0, interval=5),)
    run = simulate(town(40, communes=1), textbook(rates={}, vaccine=TWO), plan, Start(), seed=1, days=30)
    assert run.total("doses").sum() == 80
    if per_day == 40:
        assert np.flatnonzero(run.total("doses")).tolist() == [0, 5]


def test_a_contact_of_many_on_one_day_is_thinned_by_itself():
    """In households of two: 1 - exp(-rate * share), however often the two meet."""
    homes, rate, left = (20_000 if COMPILED else 1500), 2.0, 0.3
    first = np.arange(0, 2 * homes, 2).tolist()
    plan = (StayHome(prevents={"household": 1 - left}, compliance=1.0),)
    run = simulate(town(2 * homes, household=2), textbook(rates={"household": rate}, latent=1, lasting=1), plan, at(first), seed=1, days=4)
    expected = 1 - math.exp(-rate * left)
    assert run.total("infections")[1:].sum() / homes == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / homes))


def test_contacts_are_sampled_on_their_last_day():
    """Ordered on day 2 for 14 days, sampled on days 1, 7 and 14 after the order as 5599/BYT-MT has it."""
    plan = (at_once(), Isolation(), Tracing(probability={"household": 1.0}, delay={}), Quarantine())
    run = simulate(town(240, household=4), ill_from(2), plan, at([0]), seed=1, days=20)
    assert {day: int(tests) for day, tests in enumerate(run.resource("tests")) if tests} == {2: 1, 3: 3, 9: 3, 16: 3}


def again_and_again():
    """Commune 0 tests and isolates for 60 days and more; commune 1 does nothing; nobody is ever protected by an infection."""
    disease = textbook(rates={"community": 3.0}, waning=Waning(1e-6, first=0.0), latent=1, lasting=2)
    tests = Testing(with_symptoms=1.0, without=1.0, sensitivity=ALWAYS, infectious_only=True, turnaround=0, communes=(0,))
    isolated = Isolation(days=60, prevents_facility={"*": 1.0}, communes=(0,))
    state = begin(town(240, home=0.5), disease, (tests, isolated), Start(at_random=9), seed=1)
    return advance(state, 40)


def test_a_commune_has_no_more_isolated_people_than_people():
    assert again_and_again().total("isolated_facility").max() <= 120


def test_who_is_isolated_from_all_contacts_is_not_infected():
    run = again_and_again()
    assert run.series("infections")[:, 0].sum() <= 120


def test_a_second_dose_does_not_take_protection_away():
    others = np.arange(1, 400)
    start = at([0], day=-2, dosed=others, doses=np.ones(399), dosed_on=np.full(399, -20))
    plan = (Vaccination(per_day=400, acceptance=1.0, youngest=0, interval=10),)
    run = simulate(town(400), textbook(rates={"community": 5.0}, vaccine=TWO), plan, start, seed=1, days=10)
    assert run.total("doses").sum() >= 399
    assert run.total("infections").sum() == 0


def test_who_was_in_quarantine_is_dosed_at_the_next_turn():
    start = Start(quarantined=np.array([0, 1]), quarantine_until=np.array([3, 3]))
    plan = (Vaccination(per_day=40, acceptance=1.0, youngest=0, interval=5),)
    state = begin(town(40, communes=1), textbook(rates={}, vaccine=TWO), plan, start, seed=1)
    advance(state, 20)
    assert (state.people.doses > 0).all()


def test_known_cases_are_passed_over():
    disease = textbook(rates={}, latent=1, vaccine=ONE, symptomatic=(1.0,) * 16, mild_recovery=Delay.fixed(30))
    plan = (at_once(), Vaccination(start=3, per_day=40, acceptance=1.0, youngest=0, doses_each=1))
    state = begin(town(40, communes=1), disease, plan, at([5]), seed=1)
    assert advance(state, 5).total("confirmed").sum() == 1
    assert state.people.doses[5] == 0


def test_a_commune_whose_trigger_comes_later_is_vaccinated():
    trigger = Trigger(series="imported", at_least=1, within=3)
    arriving = tuple(Imports(50.0, first=day, last=day, share=share) for day, share in ((1, (1.0, 0.0)), (8, (0.0, 1.0))))
    plan = (Vaccination(per_day=1000, acceptance=1.0, youngest=0, doses_each=1, trigger=trigger),)
    run = simulate(town(240, communes=2), textbook(rates={}, vaccine=ONE), plan, Start(imports=arriving), seed=1, days=20)
    assert run.series("doses").sum(axis=0).tolist() == [120, 120]


def test_headroom_changes_no_tracing():
    plan = (at_once(), Isolation(), Tracing(probability={"community": 1.0}, delay={}), Quarantine(test_days=()))
    disease = textbook(
        rates={"community": 0.5}, latent=1, symptomatic=(1.0,) * 16, presymptomatic=Delay.fixed(4), mild_recovery=Delay.fixed(2)
    )
    plain, wide = (
        advance(begin(town(1000), disease, plan, Start(at_random=20), seed=1, headroom=headroom), 6).total("f1_new").sum()
        for headroom in (1.0, 4.0)
    )
    # twenty cases with 2 or more contacts each, found after four days: 2 per case expected, so 40 and 40
    assert wide < 2 * plain


@pytest.mark.parametrize(("coverage", "pool"), [(0.67, 1), (0.66, 1), (0.8, 1), (0.95, 5)])
def test_a_campaign_samples_the_share_it_says(coverage: float, pool: int):
    plan = (Campaign(coverage=coverage, pool=pool, every=1000),)
    run = simulate(town(6000, communes=1), textbook(rates={}), plan, Start(), seed=1, days=2)
    assert run.resource("people_sampled").sum() / 6000 == pytest.approx(coverage, abs=0.01)
    assert run.resource("tests").sum() / 6000 == pytest.approx(coverage / pool, abs=0.011)  # a hamlet ends with a pool that is not full


def test_a_campaign_with_fewer_tests_than_a_pool_has_members_goes_on():
    run = simulate(town(60, communes=1), textbook(rates={}), (Campaign(coverage=1.0, capacity=5),), Start(), seed=1, days=20)
    assert run.resource("people_sampled").sum() > 0


def test_days_of_second_contacts_are_counted_from_the_result():
    world = town(240, household=4)
    case = int(np.flatnonzero(world.group() >= 0)[0])
    traced = Tracing(probability={"school": 1.0, "work": 1.0}, delay={"school": 1, "work": 1}, depth=2, second=1.0)
    plan = (at_once(), Isolation(), traced, Quarantine(test_days=(), from_confirmation=True))
    run = simulate(world, ill_from(2), plan, at([case]), seed=1, days=26)
    # result on day 2, F1 on day 3, F2 on day 4, all of them free on day 16
    assert np.flatnonzero(run.total("f1_centre")).tolist() == list(range(3, 16))
    assert np.flatnonzero(run.total("f2_home")).tolist() == list(range(4, 16))


def test_no_hours_no_tracing():
    plan = (at_once(), Tracing(probability={"household": 1.0}, delay={}, hours=0, hours_per_case=0.0), Quarantine(test_days=()))
    assert simulate(town(240), ill_from(2), plan, at([0, 40]), seed=1, days=6).resource("tracer_hours").sum() == 0


def test_a_trigger_that_was_reached_before_the_start_still_holds():
    """Reached on day 2 for one day, in force for ten: from day 7, when the measure may begin, to day 12."""
    closed = Closures(prevents={}, start=7, trigger=Trigger(within=1, lasts=10), needs={"meals": 1.0}, communes=(0,))
    run = simulate(town(240), ill_from(2), (at_once(), closed), at([0]), seed=1, days=20)
    assert np.flatnonzero(run.resource("meals")).tolist() == list(range(7, 13))


def test_a_cordon_counts_the_cases_of_the_days_it_looks_back_on():
    """Two on day 2, the third on day 6; cordons from day 5 on, three cases within 14 days."""
    start = Start(infected=np.array([1, 20, 45]), infected_on=np.array([-4, -4, 0]))
    run = simulate(town(240, hamlet=60), ill_from(6), (at_once(), Cordons(start=5, lasts=5)), start, seed=1, days=12)
    assert np.flatnonzero(run.total("cordoned_people")).tolist() == list(range(6, 11))


def test_a_trigger_that_is_reached_late_may_last_for_ever():
    trigger = Trigger(series="imported", within=2, each=False, lasts=FOR_EVER)
    plan = (Closures(prevents={}, needs={"meals": 1.0}, trigger=trigger),)
    start = Start(imports=(Imports(50.0, first=800, last=800),))
    run = simulate(town(240), textbook(rates={}), plan, start, seed=1, days=810)
    assert np.flatnonzero(run.resource("meals")).tolist() == list(range(801, 810))


def test_whom_the_start_has_in_quarantine_takes_places_of_the_plan():
    """Ten of eleven places are taken; three members of a household come on day 2."""
    start = at([0], quarantined=np.arange(100, 110), quarantine_until=np.full(10, 9), in_centre=np.ones(10, dtype=bool))
    traced = Tracing(probability={"household": 1.0}, delay={})
    plan = (at_once(), Isolation(), traced, Quarantine(places=11, test_days=()))
    run = simulate(town(240, household=4), ill_from(2), plan, start, seed=1, days=12)
    assert run.total("f1_centre").tolist() == [10, 10, *[11] * 7, 1, 1, 1]
    assert run.total("f1_home").tolist() == [0, 0, *[2] * 10]
    assert run.resource("no_place").tolist() == [0, 0, 2, *[0] * 9]
    assert run.resource("centre_days").tolist() == run.total("f1_centre").tolist()
