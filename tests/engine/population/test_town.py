"""A built town keeps what the census said: people, households and ages of every commune; and everybody is somewhere exactly once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.population import naive
from tests.engine.population.worlds import SCALE, district, tables

from epiengine.simulate import SCHOOL, WORK, SyntheticPopulation
from epiengine.simulate.population import Communes, build_population
from epiengine.simulate.population.vietnam import CLASS_SIZE, WORKPLACE_LARGEST

SEEDS = st.integers(0, 2**31 - 1)


@pytest.fixture(scope="module")
def places() -> Communes:
    return district(40_000 // SCALE)


@pytest.fixture(scope="module")
def town(places: Communes) -> SyntheticPopulation:
    return build_population(places, seed=7)


@given(tables(), SEEDS)
@settings(max_examples=60 // SCALE, deadline=None)
def test_every_commune_has_its_people_and_households_exactly_and_its_ages_to_one_person(places: Communes, seed: int) -> None:
    town = build_population(places, seed=seed)
    assert np.array_equal(np.diff(town.commune_start), places.population)
    head = town.household_first() == np.arange(town.people)
    for commune in range(places.count):
        here = town.commune() == commune
        counts = np.bincount(town.household_size()[here & head], minlength=16)[1:]
        assert np.array_equal(counts, places.households[commune])
        ages = np.bincount(town.ages()[here], minlength=16)
        assert np.abs(ages - places.ages[commune] * places.population[commune]).max() <= 1.0 + 1e-9


@given(tables(), SEEDS)
@settings(max_examples=60 // SCALE, deadline=None)
def test_the_indices_of_a_town_agree_with_its_people(places: Communes, seed: int) -> None:
    town = build_population(places, seed=seed)
    everybody = np.arange(town.people)
    assert np.array_equal(np.sort(town.age_member), everybody)
    keys = town.commune().astype(int) * 16 + town.ages()
    assert np.array_equal(np.repeat(np.arange(keys.max() + 1), np.diff(town.age_start)[: keys.max() + 1]), keys[town.age_member])
    assert np.array_equal(np.repeat(np.arange(town.groups), np.diff(town.group_start)), town.group()[town.group_member])
    assert town.group_member.size == (town.group() >= 0).sum()
    assert np.array_equal(town.hamlet(), np.repeat(np.arange(town.hamlets), np.diff(town.hamlet_start)))
    assert np.array_equal(town.commune(), town.hamlet_commune[town.hamlet()])
    assert (town.hamlet()[town.household_first()] == town.hamlet()).all(), "a household lies in one hamlet"


@given(tables(most_people=500), SEEDS)
@settings(max_examples=25 // SCALE, deadline=None)
def test_a_town_agrees_with_one_built_by_hand(places: Communes, seed: int) -> None:
    town = build_population(places, seed=seed)
    people = naive.people_of(places, seed)
    naive.give_census_ages(people, places)
    classes = naive.give_classes(people, places.count, seed)
    groups = naive.give_workplaces(people, town.commute, seed, classes)
    assert town.household_size().tolist() == [len(each.household) for each in people]
    assert town.ages().tolist() == [each.band for each in people]
    assert town.group().tolist() == [each.group for each in people]
    assert (town.groups, int((town.group_kind == SCHOOL).sum())) == (groups, classes)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_people(places: Communes, town: SyntheticPopulation) -> None:
    again, other = build_population(places, seed=7), build_population(places, seed=8)
    assert all(np.array_equal(vars(town)[name], vars(again)[name]) for name in vars(town))
    assert (town.person != other.person).mean() > 0.5


def test_a_person_costs_at_most_40_bytes(town: SyntheticPopulation) -> None:
    assert town.bytes_per_person() <= 40


def test_hamlets_have_60_to_100_households(town: SyntheticPopulation) -> None:
    households = np.bincount(town.hamlet()[town.household_first() == np.arange(town.people)])
    assert households.min() >= 60
    assert households.max() <= 100


def test_classes_are_of_neighbouring_years_no_larger_than_allowed_and_have_teachers(town: SyntheticPopulation) -> None:
    for group in np.flatnonzero(town.group_kind == SCHOOL):
        bands = town.ages()[town.group_member[town.group_start[group] : town.group_start[group + 1]]]
        pupils = bands[bands < 4]
        assert 0 < pupils.size <= CLASS_SIZE.max()
        assert pupils.max() - pupils.min() <= 1
        assert 1 <= (bands >= 4).sum() <= 3


def test_workplaces_are_heavy_tailed_and_nobody_works_alone_or_as_a_child(town: SyntheticPopulation) -> None:
    sizes = np.diff(town.group_start)[town.group_kind == WORK]
    assert sizes.min() >= 2
    assert sizes.max() <= WORKPLACE_LARGEST
    # the largest twentieth of the workplaces employs more than a third of the workers; of equal workplaces it would be a twentieth
    assert np.sort(sizes)[-sizes.size // 20 :].sum() > sizes.sum() / 3
    at_work = town.group_kind[np.maximum(town.group(), 0)] == WORK
    assert town.ages()[at_work & (town.group() >= 0)].min() >= 3


def test_workers_commute(town: SyntheticPopulation) -> None:
    communes = [
        np.unique(town.commune()[town.group_member[a:b]]).size for a, b in zip(town.group_start, town.group_start[1:], strict=False)
    ]
    kinds = town.group_kind
    assert max(np.array(communes)[kinds == SCHOOL]) == 1
    assert max(np.array(communes)[kinds == WORK]) == town.communes
