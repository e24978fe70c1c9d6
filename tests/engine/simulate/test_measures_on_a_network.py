"""Measures on a user's own contacts, where who knows whom is written down: found, quarantined, tested, cut off, exactly."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.simulate.places import textbook
from tests.engine.simulate.test_plain_answers import at, at_once, ill_from

from epiengine.simulate import (
    Campaign,
    Closures,
    Cordons,
    EngineError,
    Isolation,
    Network,
    Quarantine,
    Start,
    StayHome,
    Testing,
    Tracing,
    Vaccination,
    advance,
    begin,
    network,
    simulate,
)
from epiengine.simulate.disease import Efficacy, Vaccine

#: 0 lives with 1 and 2, works with 3, 4 and 5; 3 lives with 6, 4 with 7 and 8; 9 knows nobody.
AT_HOME, AT_WORK = ([0, 0, 3, 4, 4], [1, 2, 6, 7, 8]), ([0, 0, 0], [3, 4, 5])


def acquaintances() -> Network:
    return network(10, [AT_HOME, AT_WORK], names=["home", "work"])


EVERY = {"*": 1.0}
ISOLATION = Isolation(prevents_facility=EVERY, prevents_home=EVERY)
QUARANTINE = Quarantine(test_days=(1,), prevents_centre=EVERY, prevents_home=EVERY, prevents_second=EVERY)


def in_quarantine(state, day: int, *, second: bool = False) -> list[int]:
    """Who is still in quarantine after this day, as F1 or as F2."""
    from epiengine.simulate.marks import ISOLATED, SECOND

    marks = state.people.marks
    return np.flatnonzero((state.people.until > day) & (marks & ISOLATED == 0) & ((marks & SECOND > 0) == second)).tolist()


def traced(**figures: object):
    plan = (at_once(), ISOLATION, Tracing(**{"delay": {}, **figures}), QUARANTINE)
    state = begin(acquaintances(), ill_from(2), plan, at([0]), seed=1)
    return state, advance(state, 6)


@pytest.mark.parametrize(
    ("probability", "found"),
    [
        ({"home": 1.0}, [1, 2]),
        ({"work": 1.0}, [3, 4, 5]),
        ({"home": 1.0, "work": 1.0}, [1, 2, 3, 4, 5]),
        ({"*": 1.0}, [1, 2, 3, 4, 5]),
        ({}, []),
    ],
)
def test_contacts_of_the_layers_that_are_traced(probability: dict[str, float], found: list[int]):
    state, run = traced(probability=probability)
    assert in_quarantine(state, 5) == found
    assert run.total("f1_new").tolist() == [0, 0, len(found), 0, 0, 0]
    assert run.resource("tests").tolist() == [0, 0, 1, len(found), 0, 0]
    assert run.resource("tracer_hours").tolist() == [0, 0, round(4 + 0.5 * len(found)), 0, 0, 0]


def test_the_contacts_of_contacts_are_those_of_the_first_layer():
    state, run = traced(probability={"work": 1.0}, depth=2, second=1.0, second_delay=2)
    assert in_quarantine(state, 5) == [3, 4, 5]
    assert in_quarantine(state, 5, second=True) == [6, 7, 8]
    assert run.total("f2_home").tolist() == [0, 0, 0, 0, 3, 3]


def test_contacts_come_on_the_day_of_their_layer():
    _, run = traced(probability={"home": 1.0, "work": 1.0}, delay={"work": 2})
    assert run.total("f1_new").tolist() == [0, 0, 2, 0, 3, 0]


def test_a_campaign_and_a_cordon_take_all_of_a_network():
    """It is one hamlet."""
    plan = (at_once(), Cordons(cases=1, lasts=3, prevents=EVERY), Campaign(start=1, every=100, coverage=1.0, pool=5))
    run = simulate(acquaintances(), ill_from(2), plan, at([0]), seed=1, days=7)
    assert run.total("cordoned_people").tolist() == [0, 0, 10, 10, 10, 0, 0]
    assert run.resource("people_sampled").tolist() == [0, 10, 1, 0, 0, 0, 0]
    assert run.resource("tests").tolist() == [0, 2, 1, 0, 0, 0, 0]


def test_everybody_on_a_network_is_dosed_by_age():
    world = network(10, [AT_HOME, AT_WORK], names=["home", "work"], age=[0, 1, 2, 3, 4, 5, 6, 7, 8, 15])
    disease = textbook(rates={}, vaccine=Vaccine((Efficacy(0.5, 0.5, 0.5),)))
    plan = (Vaccination(per_day=3, acceptance=1.0, doses_each=1, youngest=2),)
    state = begin(world, disease, plan, Start(), seed=1)
    run = advance(state, 4)
    assert run.total("doses").tolist() == [3, 3, 2, 0]
    assert state.people.dosed_on[2:].tolist() == [2, 2, 1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("closed", ["home", "work"])
def test_a_closed_layer_passes_nothing_on(closed: str):
    """With certainty otherwise, as nearly as a day on a network can be: 0.95."""
    disease = textbook(rates={"home": 0.95, "work": 0.95}, latent=1, lasting=10)
    state = begin(acquaintances(), disease, (Closures(prevents={closed: 1.0}),), at([0]), seed=1)
    advance(state, 30)
    expected = {"home": [0, 3, 4, 5], "work": [0, 1, 2]}[closed]
    assert np.flatnonzero(state.people.infected_on >= 0).tolist() == expected


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        (StayHome(), "prevents"),
        (Tracing(), "probability"),
        (Isolation(prevents_home={"pub": 0.5}, prevents_facility={}), "prevents"),
        (Testing(communes=(1,)), "plan[0].communes"),
    ],
)
def test_layers_and_communes_that_the_network_has_not_are_refused(measure, name: str):
    """The defaults of most measures name the layers of a town; on other layers they must be told."""
    with pytest.raises(EngineError) as refusal:
        begin(acquaintances(), textbook(rates={}), (measure,), Start(), seed=1)
    assert refusal.value.name == name
