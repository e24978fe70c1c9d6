"""Who lives together could live together: no child alone, parents of an age to be parents, couples of an age, grandparents in the house."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.population.worlds import SCALE, district

from epiengine.simulate.population.ages import census_ages
from epiengine.simulate.population.families import KINDS, drawn_ages
from epiengine.simulate.population.households import household_sizes


@pytest.fixture(scope="module")
def homes() -> list[np.ndarray]:
    """Ages in years by household, in order of age."""
    places = district(40_000 // SCALE)
    sizes, _ = household_sizes(places, seed=5)
    start = np.concatenate([[0], np.cumsum(places.population)])
    years = census_ages(drawn_ages(sizes, seed=5), start, places.ages)
    return [np.sort(home) for home in np.split(years, np.cumsum(sizes)[:-1])]


def share(rows: list[bool]) -> float:
    assert len(rows) > 100
    return float(np.mean(rows))


def test_no_child_lives_without_an_adult(homes: list[np.ndarray]) -> None:
    assert share([bool(home[-1] >= 16) for home in homes]) == 1.0
    assert share([bool(home[-1] >= 20) for home in homes]) > 0.98


def test_a_small_child_lives_with_somebody_of_an_age_to_be_its_parent(homes: list[np.ndarray]) -> None:
    found = [bool(((home >= child + 16) & (home <= child + 45)).any()) for home in homes for child in home[home < 10]]
    assert share(found) > 0.9


def test_some_of_the_old_live_alone_and_most_do_not(homes: list[np.ndarray]) -> None:
    assert 0.02 < share([home.size == 1 for home in homes for _ in home[home >= 60]]) < 0.25


def test_families_of_three_generations_are_found_mostly_in_large_households(homes: list[np.ndarray]) -> None:
    def three(home: np.ndarray) -> bool:
        return bool(home[0] < 15 and ((home > 22) & (home < 50)).any() and home[-1] >= home[0] + 45)

    small, large = ([three(home) for home in homes if home.size in sizes] for sizes in ((3, 4), (5, 6, 7)))
    assert share(small) < share(large)
    assert share(large) > 0.3


def test_the_ages_families_tell_are_close_to_the_census_already(homes: list[np.ndarray]) -> None:
    places = district(40_000 // SCALE)
    sizes, _ = household_sizes(places, seed=5)
    start = np.concatenate([[0], np.cumsum(places.population)])
    told = drawn_ages(sizes, seed=5) / 12
    years = census_ages(drawn_ages(sizes, seed=5), start, places.ages)
    # the open band is told as 75 to 79 whatever the family says
    assert np.abs(told - years - 0.5)[years < 75].mean() < 2.5


def test_the_kinds_of_each_size_are_possible() -> None:
    for size, weight, head, spread, partners, elders in KINDS:
        assert weight > 0
        assert 20 <= head <= 80
        assert spread > 0
        assert 1 + partners + elders <= size
