"""The generated people are as many as the census counted, and no paper or phone belongs to two of them."""

import pytest

from demodistrict.census import THANH_TRI, THANH_XUAN, communes
from demodistrict.households import population

ALL = communes(THANH_TRI) + communes(THANH_XUAN)


def test_the_district_has_sixteen_communes_and_the_published_population():
    assert len(communes(THANH_TRI)) == 16
    assert sum(place.population for place in communes(THANH_TRI)) == 275_745
    assert len(communes(THANH_XUAN)) == 11


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.name)
def test_household_sizes_meet_the_census_exactly(place):
    sizes = place.household_sizes()
    assert (len(sizes), int(sizes.sum())) == (place.households, place.population)
    assert [int((sizes == size).sum()) for size in range(1, 7)] == list(place.size_counts[:6])


def test_lien_ninh_has_its_people_and_households():
    people = population("00682", seed=1)
    assert len(people) == 16_121
    assert len(set(people.household.tolist())) == 4_668
    assert "Thọ Am" in people.commune.hamlets


def test_identity_numbers_are_well_formed_and_nobody_shares_one():
    people = population("00682", seed=1)
    adults = [person for person in map(people.person, range(len(people))) if person.cccd]
    assert len({person.cccd for person in adults}) == len(adults)
    assert all(len(person.cccd) == 12 and person.cccd[4:6] == f"{person.birth.year % 100:02d}" for person in adults)
    assert all(int(person.cccd[3]) == (person.sex == "nữ") + 2 * (person.birth.year >= 2000) for person in adults)


def test_the_same_seed_draws_the_same_people_whatever_was_drawn_before():
    first = population("00682", seed=4).person(123)
    population.cache_clear()
    population("00643", seed=4)
    assert population("00682", seed=4).person(123) == first
    assert population("00682", seed=5).person(123) != first
