"""Counters at a hundred million people: the last person of the largest town that is allowed, in every place where a number is packed."""

import numpy as np
import pytest
from tests.engine.simulate.places import complete, illness, textbook, town

from epiengine.jit import COMPILED
from epiengine.simulate import (
    Cordons,
    Delay,
    Disease,
    Efficacy,
    EngineError,
    Imports,
    Isolation,
    Quarantine,
    Run,
    Start,
    SyntheticPopulation,
    Testing,
    Tracing,
    Vaccination,
    Vaccine,
    Waning,
    begin,
    network,
    packed,
    seeds,
    simulate,
)
from epiengine.simulate.delays import LONGEST
from epiengine.simulate.person import MOST_PEOPLE, group_of, hamlet_of
from epiengine.simulate.plan import MOST_MEASURES
from epiengine.simulate.run import LONGEST_RUN
from epiengine.simulate.series import RESOURCES, SERIES

LAST = MOST_PEOPLE - 1


def test_a_candidate_between_the_last_two_people_is_told_in_one_word():
    giver, taker, layer, variant = LAST, LAST - 1, 7, 3
    told = np.uint64(giver | taker << 27 | layer << 54 | variant << 57)
    assert (int(told) & LAST, int(told) >> 27 & LAST, int(told) >> 54 & 7, int(told) >> 57) == (giver, taker, layer, variant)


def test_the_last_hamlet_and_group_fit_into_a_person():
    word = packed([15], [14], [15], [2**20 - 1], [2**28 - 2])
    assert (int(hamlet_of(word)[0]), int(group_of(word)[0])) == (2**20 - 1, 2**28 - 2)


def test_totals_of_large_communes_do_not_turn_negative():
    daily = np.full((1, 40, len(SERIES)), MOST_PEOPLE, dtype=np.int32)
    run = Run(daily=daily, resources=np.zeros((1, len(RESOURCES)), dtype=np.int64))
    assert run.total("infections").tolist() == [40 * MOST_PEOPLE]


def test_more_people_than_numbers_are_refused():
    small = town(8, communes=1)
    huge = SyntheticPopulation(**{**vars(small), "person": np.broadcast_to(small.person[:1], (MOST_PEOPLE + 1,))})
    with pytest.raises(EngineError, match=r"world\.people"):
        begin(huge, textbook(rates={}), (), Start(), seed=1)


def test_days_far_apart_find_their_slots():
    world = town(60)
    disease = textbook(rates={"community": 0.5}, latent=700, lasting=700)
    run = simulate(world, disease, (), Start(infected=np.array([3]), infected_on=np.array([-30])), seed=1, days=1500)
    assert run.total("infectious")[: 700 - 30].sum() == 0
    assert run.total("infections").sum() == 59  # the one of day -30 was infected before
    assert Delay.fixed(700).quantiles().max() == 700


VACCINE = Vaccine((Efficacy(0.5, 0.5, 0.5),), half_life=100)
#: What each number of a state counts or names, and how large that can become. Two rows behind the plan are the start's.
LARGEST = {
    "people.stay": MOST_MEASURES + 2,
    "people.infected_on": LONGEST_RUN,
    "people.until": LONGEST_RUN + 1000,
    "people.doses": 3,
    "people.dosed_on": LONGEST_RUN,
    "people.infector": MOST_PEOPLE,
    "orders.locked_until": LONGEST_RUN + 100,
    "orders.locked_by": MOST_MEASURES,
    "orders.laboratory": MOST_MEASURES,
    "books.tally": MOST_PEOPLE,
    "books.history": MOST_PEOPLE,
    "books.occupied": MOST_PEOPLE,
    "books.unmet": LONGEST_RUN * MOST_PEOPLE,
    "books.cases": MOST_PEOPLE,
    "diary.entry": MOST_PEOPLE,
    "lanes.fresh": MOST_PEOPLE,
    "world.person": 2**60,
    "world.hamlet_start": MOST_PEOPLE,
    "world.hamlet_commune": 2**20,
    "world.group_start": MOST_PEOPLE,
    "world.group_member": MOST_PEOPLE,
    "world.age_member": MOST_PEOPLE,
    "world.edge_start": 1000 * MOST_PEOPLE,
    "world.neighbour": MOST_PEOPLE,
    "model.delay": LONGEST,
}


@pytest.mark.parametrize("place", LARGEST)
def test_every_counter_is_wide_enough_for_the_largest_world(place: str):
    """Without a hundred million people: by the type in which each number is kept."""
    world, disease = (network(3, [([0], [1])], names=["all"]), "all") if "edge" in place or "neighbour" in place else (town(60), "work")
    state = begin(world, textbook(rates={disease: 0.1}, vaccine=VACCINE), (), seeds(1), seed=1, infectors=True)
    part, name = place.split(".")
    kind = getattr(getattr(state, part), name).dtype
    assert np.iinfo(kind).max >= LARGEST[place]


def test_a_run_tells_of_a_commune_of_the_largest_size_and_of_what_it_uses_a_day():
    run = simulate(town(60), textbook(rates={}), (), seeds(1), seed=1, days=1)
    assert np.iinfo(run.daily.dtype).max >= MOST_PEOPLE
    assert np.iinfo(run.total("infections").dtype).max >= 2**20 * MOST_PEOPLE
    # a million units of something for everybody from each of all measures
    assert np.iinfo(run.resources.dtype).max >= 10**6 * MOST_PEOPLE * MOST_MEASURES


def test_a_network_of_more_people_than_numbers_is_refused():
    small = complete(3)
    huge = type(small)(**{**vars(small), "age": np.broadcast_to(small.age[:1], (MOST_PEOPLE + 1,))})
    with pytest.raises(EngineError, match=r"world\.people"):
        begin(huge, textbook(rates={}), (), Start(), seed=1)


@pytest.mark.skipif(not COMPILED, reason="fifty-five years, day by day")
def test_the_longest_run_ends_as_it_began():
    """All measures for 20,000 days: nothing turns negative, and a place is never fuller than it is."""
    disease: Disease = illness(rates={"household": 0.1, "hamlet": 0.1, "community": 0.2}, waning=Waning(90), vaccine=VACCINE)
    plan = (
        Testing(background=0.01, capacity=9),
        Isolation(beds=5),
        Tracing(depth=2, hours=30),
        Quarantine(places=10),
        Cordons(),
        Vaccination(per_day=1, doses_each=1),
    )
    start = Start(imports=tuple(Imports(0.3, first=day, last=day + 99) for day in range(0, LONGEST_RUN, 1000)))
    run = simulate(town(240), disease, plan, start, seed=1, days=LONGEST_RUN)
    assert run.daily.min() >= 0 and run.resources.min() >= 0
    assert run.total("f1_centre").max() == 10 and run.total("isolated_facility").max() <= 5
    assert all(run.total(name).max() <= 240 for name in ("infectious", "f1_home", "f2_home", "cordoned_people", "severe"))
