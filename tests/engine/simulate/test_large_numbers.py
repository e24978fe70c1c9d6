"""Counters at a hundred million people: the last person of the largest town that is allowed, in every place where a number is packed."""

import numpy as np
import pytest
from tests.engine.simulate.places import textbook, town

from epiengine.simulate import Delay, EngineError, Run, Start, Town, begin, packed, simulate
from epiengine.simulate.person import MOST_PEOPLE, group_of, hamlet_of
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
    huge = Town(**{**vars(small), "person": np.broadcast_to(small.person[:1], (MOST_PEOPLE + 1,))})
    with pytest.raises(EngineError, match=r"world\.people"):
        begin(huge, textbook(rates={}), (), Start(), seed=1)


def test_days_far_apart_find_their_slots():
    world = town(60)
    disease = textbook(rates={"community": 0.5}, latent=700, lasting=700)
    run = simulate(world, disease, (), Start(infected=np.array([3]), infected_on=np.array([-30])), seed=1, days=1500)
    assert run.total("infectious")[: 700 - 30].sum() == 0
    assert run.total("infections").sum() == 59  # the one of day -30 was infected before
    assert Delay.fixed(700).quantiles().max() == 700
