"""A run is a function of what it is told: pieces, copies, lanes and seeds."""

import numpy as np
import pytest
from tests.engine.simulate.places import illness, textbook, town

from epiengine.simulate import EngineError, Start, advance, begin, copy, joined, seeds, simulate

RATES = {"household": 0.05, "group": 0.1, "hamlet": 0.05, "community": 0.1}


def same(a, b) -> bool:
    return a.daily.tobytes() == b.daily.tobytes() and a.resources.tobytes() == b.resources.tobytes()


def test_a_run_in_pieces_is_the_run():
    world, disease = town(240), illness(rates=RATES)
    whole = simulate(world, disease, (), seeds(5), seed=3, days=24)
    state = begin(world, disease, (), seeds(5), seed=3)
    assert same(whole, joined([advance(state, days) for days in (1, 0, 7, 16)]))


def test_a_copy_goes_its_own_way():
    state = begin(town(240), illness(rates=RATES), (), seeds(5), seed=3)
    advance(state, 9)
    twin = copy(state)
    first = advance(state, 12)
    assert same(first, advance(twin, 12))


def test_a_seed_is_a_run():
    world, disease = town(240), illness(rates=RATES)
    one, two = (simulate(world, disease, (), seeds(5), seed=seed, days=20) for seed in (1, 2))
    assert not same(one, two)
    assert same(one, simulate(world, disease, (), seeds(5), seed=1, days=20))


def test_infections_are_people():
    world = town(240)
    run = simulate(world, textbook(rates={"community": 5.0}), (), seeds(5), seed=1, days=30)
    assert run.total("infections").sum() == 240
    assert run.total("infectious")[-1] == 0


def test_nobody_is_infected_without_contacts():
    run = simulate(town(120), textbook(rates={}), (), seeds(7), seed=1, days=12)
    assert run.total("infections").tolist() == [7] + [0] * 11
    assert run.total("infectious").tolist() == [0, 0] + [7] * 5 + [0] * 5


def test_the_multiplier_thins():
    world, disease = town(240), textbook(rates={"community": 0.5})
    state = begin(world, disease, (), seeds(5), seed=1, headroom=2.0)
    assert advance(state, 20, multiplier=0.0).total("infections").sum() == 5
    with pytest.raises(EngineError, match="multiplier"):
        advance(state, 2, multiplier=[1.0, np.nan])


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (Start(infected=np.array([1, 1]), infected_on=np.array([0, 0])), "infected"),
        (Start(infected=np.array([1]), infected_on=np.array([1])), "infected_on"),
        (Start(infected=np.array([240]), infected_on=np.array([0])), "infected"),
        (Start(infected=np.array([1]), infected_on=np.array([0]), immune=np.array([1])), "immune"),
        (Start(dosed=np.array([1]), doses=np.array([4]), dosed_on=np.array([0])), "doses"),
        (seeds(241), "at_random"),
        (seeds(-1), "at_random"),
    ],
)
def test_a_start_that_cannot_be_is_refused(start: Start, name: str):
    with pytest.raises(EngineError) as refusal:
        begin(town(240), textbook(rates={}), (), start, seed=1)
    assert refusal.value.name == name
