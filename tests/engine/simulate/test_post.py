"""The whole post beside its slow twin, measure by measure: the same law of infections, cases, people held and resources used.

Each scenario says besides what a wrong engine would be: the plan or the disease changed in one figure. It must not pass for the twin.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.engine.simulate.places import town
from tests.engine.simulate.twin.comparing import Scenario, of_engine, of_twin, unlike

from epiengine.jit import COMPILED
from epiengine.simulate import (
    ByDay,
    Campaign,
    Checkpoints,
    Closures,
    Cordons,
    Delay,
    Disease,
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
    seeds,
)

pytestmark = pytest.mark.skipif(
    not COMPILED, reason="hundreds of runs of each plan; measures and invariants are tested without the compiler"
)

#: Of the twin, and of each engine beside it.
TWINS, RUNS = 150, 300
RATES = {"household": 0.07, "group": 0.14, "hamlet": 0.1, "community": 0.12}
PLACE = town(96, communes=2, hamlet=24, household=4, group=8)
FOUND = {"sensitivity": (1.0,), "infectious_only": True}


def disease(**changed: object) -> Disease:
    told: dict[str, object] = {
        "transmission": RATES,
        "latent": Delay.lognormal(2.5, 1.0),
        "presymptomatic": Delay.lognormal(1.1, 0.9),
        "mild_recovery": Delay.lognormal(5, 2),
        "asymptomatic_recovery": Delay.lognormal(6, 2),
        "to_severe": Delay.lognormal(3, 1),
        "severe_recovery": Delay.lognormal(6, 2),
        "to_critical": Delay.fixed(1),
        "critical_recovery": Delay.fixed(6),
        "to_death": Delay.fixed(4),
        "symptomatic": (0.7,) * 16,
        "severe": (0.3,) * 16,
        "critical": (0.4,) * 16,
        "fatal": (0.5,) * 16,
        "susceptibility": tuple(np.linspace(0.6, 1.0, 16)),
        "asymptomatic": 0.5,
        "dispersion": 0.7,
        "profile": ByDay((0.5, 1.5, 1.5, 1.0, 1.0, 0.5, 0.5, 0.2)),
    }
    return Disease(name="", **{**told, **changed})  # type: ignore[arg-type]


def changed(at: int, **figures: object):
    """The plan with other figures in one of its measures."""
    return lambda s: (s.disease, (*s.plan[:at], replace(s.plan[at], **figures), *s.plan[at + 1 :]))


def other(**figures: object):
    """Another disease."""
    return lambda s: (replace(s.disease, **figures), s.plan)


CORDONS = Scenario(
    PLACE,
    disease(dispersion=np.inf),
    (
        Testing(with_symptoms=0.6, turnaround=1, **FOUND),
        Cordons(cases=2, within=7, lasts=9, prevents={"school": 1.0, "work": 0.9, "hamlet": 0.2, "community": 0.9}),
    ),
    seeds(8),
    ("infections", "confirmed", "cordoned_people"),
    wrong={
        "opened 7 days too early": changed(1, lasts=2),
        "never renewed": changed(1, renewed=False),
        "a third case is waited for": changed(1, cases=3),
        "cases are forgotten after 2 days": changed(1, within=2),
        "half of the contacts outside go on": changed(1, prevents={"school": 0.5, "work": 0.45, "hamlet": 0.1, "community": 0.45}),
    },
)

CAMPAIGN = Scenario(
    PLACE,
    disease(),
    (
        Campaign(
            start=5,
            every=9,
            pool=4,
            coverage=1.0,
            dilution=0.7,
            sensitivity=(0.0, 0.2, 0.5, 0.9, 0.9, 0.7),
            turnaround=2,
            capacity=30,
            stock=110,
        ),
        Isolation(beds=6, days=8, prevents_home={"school": 1.0, "work": 1.0, "community": 0.9}),
    ),
    seeds(4),
    ("infections", "confirmed", "tests", "people_sampled", "bed_days", "isolated_home", "no_bed"),
    wrong={
        "ten tests a day too few": changed(0, capacity=20),
        "a stock of 30 more": changed(0, stock=140),
        "no dilution": changed(0, dilution=1.0),
        "results a day too late": changed(0, turnaround=3),
        "rounds every 12 days": changed(0, every=12),
        "two beds more": changed(1, beds=8),
        "two days of isolation more": changed(1, days=10, until_recovered=False),
    },
)

CLOSED_OFF = Scenario(
    PLACE,
    disease(),
    (
        Testing(with_symptoms=0.5, **FOUND),
        Cordons(cases=1, lasts=12, renewed=False, prevents={"school": 1.0, "work": 0.9, "community": 0.9}),
        Campaign(in_cordons=True, rounds_in_cordon=(1, 6), coverage=1.0, pool=3, dilution=1.0, **FOUND),
        Isolation(days=10),
    ),
    seeds(3),
    ("infections", "confirmed", "cordoned_people", "tests", "people_sampled"),
    wrong={
        "both rounds a week late": changed(2, rounds_in_cordon=(8, 11)),
        "one round only": changed(2, rounds_in_cordon=(1,)),
        "pools of 6": changed(2, pool=6),
    },
)

CONTACTS = Scenario(
    PLACE,
    disease(dispersion=np.inf, transmission={"household": 0.06, "group": 0.1, "hamlet": 0.05, "community": 0.3}),
    (
        Testing(with_symptoms=0.6, turnaround=1, capacity=4, **FOUND),
        Isolation(days=9, prevents_facility={"household": 1.0, "school": 1.0, "work": 1.0, "hamlet": 1.0, "community": 1.0}),
        Tracing(
            probability={"household": 0.9, "school": 0.7, "work": 0.7, "hamlet": 0.05, "community": 0.9},
            delay={"household": 0, "school": 1, "work": 2, "hamlet": 1, "community": 2},
            hours=9,
            hours_per_case=4.0,
            hours_per_contact=1.0,
            depth=2,
            second=0.6,
            second_delay=2,
        ),
        Quarantine(places=10, days=7, second_days=9, test_days=(1, 5)),
    ),
    seeds(5),
    (
        *("infections", "confirmed", "f1_new", "f1_home", "f2_home", "tests", "waiting_for_test"),
        *("centre_days", "no_place", "tracer_hours", "waiting_for_tracing"),
    ),
    wrong={
        "F1 stay two days longer": changed(3, days=9),
        "F2 stay four days less": changed(3, second_days=5),
        "two places more": changed(3, places=12),
        "one test less of each F1": changed(3, test_days=(1,)),
        "10 points more of F2 are found": changed(2, second=0.75),
        "F1 of the household two days late": changed(2, delay={"household": 2, "school": 1, "work": 2, "hamlet": 1, "community": 2}),
        "four hours more": changed(2, hours=13),
        "a case takes two hours less": changed(2, hours_per_case=2.0),
        "fewer contacts outside are found": changed(
            2, probability={"household": 0.9, "school": 0.7, "work": 0.7, "hamlet": 0.05, "community": 0.0}
        ),
        "one test a day more": changed(0, capacity=5),
        "a result a day sooner": changed(0, turnaround=0),
    },
)

WORKS = Vaccine((Efficacy(0.5, 0.3, 0.7),), takes=3, half_life=60)


def works(**figures: float):
    return other(vaccine=Vaccine((replace(WORKS.doses[0], **figures),), takes=3, half_life=60))


DOSES = Scenario(
    PLACE,
    disease(vaccine=WORKS, severe=(0.6,) * 16, dispersion=np.inf, transmission={layer: 2.2 * rate for layer, rate in RATES.items()}),
    (Vaccination(per_day=24, stock=86, acceptance=0.9, doses_each=1, youngest=0),),
    Start(at_random=4),
    ("infections", "doses", "severe", "deaths"),
    days=32,
    wrong={
        "10 points more against infection": works(infection=0.6),
        "nothing against passing it on": works(onward=0.0),
        "nothing against severe disease": works(severe=0.0),
        "15 doses a day less": changed(0, per_day=9),
        "10 doses more": changed(0, stock=96),
        "10 points more accept": changed(0, acceptance=1.0),
        "it works 10 days late": other(vaccine=Vaccine(WORKS.doses, takes=13, half_life=60)),
        "it lasts for 10 days": other(vaccine=Vaccine(WORKS.doses, takes=3, half_life=10)),
    },
)

BOTH = Vaccine((Efficacy(0.3, 0.2, 0.3), Efficacy(0.8, 0.5, 0.7)), takes=3, half_life=60)
SECOND = Scenario(
    PLACE,
    disease(vaccine=BOTH, dispersion=np.inf, transmission={layer: 1.8 * rate for layer, rate in RATES.items()}),
    (Vaccination(per_day=30, acceptance=0.9, interval=6, youngest=0),),
    Start(at_random=4),
    ("infections", "doses"),
    wrong={
        "12 days from dose to dose": changed(0, interval=12),
        "one dose": changed(0, doses_each=1),
        "the second works as the first": other(vaccine=replace(BOTH, doses=BOTH.doses[:1] * 2)),
        "12 doses a day": changed(0, per_day=12),
    },
)

AGAIN = Scenario(
    PLACE,
    disease(dispersion=np.inf, waning=Waning(8, first=0.95, floor=0.6), variants=(Variant("old"), Variant("new", 1.4, 0.5, 0.4))),
    (),
    Start(at_random=4, imports=(Imports(0.6, first=8, last=14, share=(0.8, 0.2), variant=1),)),
    ("infections/0", "infections/1", "infectious", "severe", "critical", "onsets", "imported", "deaths"),
    days=44,
    wrong={
        "protection never wanes": other(waning=Waning(1e6, first=0.95, floor=0.6)),
        "no floor": other(waning=Waning(8, first=0.95, floor=0.0)),
        "30 points more escape": other(variants=(Variant("old"), Variant("new", 1.4, 0.5, 0.7))),
        "the new one passes as the old one": other(variants=(Variant("old"), Variant("new", 1.0, 0.5, 0.4))),
        "the new one is as severe": other(variants=(Variant("old"), Variant("new", 1.4, 1.0, 0.4))),
    },
)

ORDERS = Scenario(
    town(96, communes=3, hamlet=24, household=4, group=8, home=0.5),
    disease(dispersion=np.inf, transmission={"household": 0.06, "group": 0.3, "hamlet": 0.1, "community": 0.4}),
    (
        Testing(with_symptoms=0.5, turnaround=1, needs={}, **FOUND),
        StayHome(start=3, end=30, communes=(0, 2), trigger=Trigger(series="confirmed", at_least=2, within=5, lasts=7)),
        Closures(prevents={"school": 1.0, "work": 0.6}, trigger=Trigger(series="infectious", at_least=4, each=False, lasts=3)),
        Checkpoints(start=2, communes=(1,), prevents={"work": 0.8, "community": 0.9}, needs={"meals": 1.0}),
    ),
    seeds(4),
    ("infections/0", "infections/1", "infections/2", "confirmed", "team_shifts", "meals"),
    wrong={
        "the order lasts five days less": changed(1, trigger=Trigger(series="confirmed", at_least=2, within=5, lasts=2)),
        "a third case is waited for": changed(1, trigger=Trigger(series="confirmed", at_least=3, within=5, lasts=7)),
        "cases are counted for 2 days": changed(1, trigger=Trigger(series="confirmed", at_least=2, within=2, lasts=7)),
        "all communes are closed together": changed(1, trigger=Trigger(series="confirmed", at_least=2, within=5, lasts=7, each=False)),
        "nobody complies": changed(1, compliance=0.0),
        "schools and works stay open": changed(2, prevents={}),
        "nothing is stopped on the roads": changed(3, prevents={}),
    },
)

ALL_AT_ONCE = Scenario(
    PLACE,
    disease(
        vaccine=WORKS,
        waning=Waning(15),
        variants=(Variant("old"), Variant("new", 1.4, 1.3, 0.3)),
        dispersion=np.inf,
        transmission={layer: 1.5 * rate for layer, rate in RATES.items()},
    ),
    (
        Testing(with_symptoms=0.5, turnaround=1, capacity=4, **FOUND),
        Isolation(beds=4, days=7),
        CONTACTS.plan[2],
        Quarantine(places=10, days=7, second_days=9, test_days=(1, 5), spares_recovered=True),
        Cordons(cases=2, lasts=8, within=10),
        Campaign(in_cordons=True, rounds_in_cordon=(1, 5), coverage=1.0, pool=3, dilution=0.8, capacity=25, **FOUND),
        StayHome(communes=(1,), trigger=Trigger(series="f1_home", at_least=8, lasts=4)),
        Checkpoints(start=4, prevents={"community": 0.5}),
        Closures(start=10, end=25),
        Vaccination(per_day=96, stock=40, acceptance=0.9, doses_each=1, youngest=0),
    ),
    Start(at_random=6, imports=(Imports(0.2, first=5, last=20, variant=1),)),
    (
        *("infections", "confirmed", "tests", "people_sampled", "bed_days", "isolated_home", "f1_new", "f1_home", "f2_home"),
        *("cordoned_people", "tracer_hours", "team_shifts", "severe", "waiting_for_test", "waiting_for_tracing"),
    ),
    wrong={"two tests a day more": changed(0, capacity=6), "F1 stay three days longer": changed(3, days=10)},
)

SCENARIOS = {
    "cordons": CORDONS,
    "campaign": CAMPAIGN,
    "campaign behind cordons": CLOSED_OFF,
    "first and second contacts": CONTACTS,
    "doses": DOSES,
    "second doses": SECOND,
    "again and variants": AGAIN,
    "orders": ORDERS,
    "all at once": ALL_AT_ONCE,
}


@cache
def twins(name: str) -> dict[str, np.ndarray]:
    return of_twin(SCENARIOS[name], range(TWINS))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_post_runs_as_its_twin(name: str):
    scenario = SCENARIOS[name]
    found = unlike(of_engine(scenario, scenario.disease, scenario.plan, range(RUNS)), twins(name))
    assert not found


@pytest.mark.parametrize(("name", "wrong"), [(name, wrong) for name, scenario in SCENARIOS.items() for wrong in scenario.wrong])
def test_a_wrong_post_would_be_seen(name: str, wrong: str):
    scenario = SCENARIOS[name]
    found = unlike(of_engine(scenario, *scenario.wrong[wrong](scenario), range(RUNS)), twins(name))
    assert found
