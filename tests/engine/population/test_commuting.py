"""Contacts between communes: both ends agree, rows sum to one, and the radiation model is the published one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epiengine.simulate.population import communes
from epiengine.simulate.population.commuting import _people_between, commuting


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=8), st.floats(0.2, 1), st.booleans(), st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_rows_sum_to_one_and_the_two_ends_of_a_contact_agree(people: list[int], stay: float, placed: bool, seed: int) -> None:
    place = np.random.default_rng(seed).uniform(0, 30, (len(people), 2)) if placed else None
    share = commuting(communes(people, place=place), stay=stay)
    assert np.allclose(share.sum(axis=1), 1, atol=1e-12)
    meetings = np.array(people)[:, None] * share
    assert np.allclose(meetings, meetings.T, rtol=1e-5, atol=1e-6)
    assert (share >= 0).all()


def test_nearly_as_much_stays_as_was_asked() -> None:
    rng = np.random.default_rng(4)
    places = communes(rng.integers(5_000, 50_000, 27), place=rng.uniform(0, 15, (27, 2)))
    share = commuting(places, stay=0.7)
    assert float(places.population @ np.diag(share) / places.population.sum()) == pytest.approx(0.7, abs=0.03)


def test_the_people_between_two_communes_are_those_nearer_than_the_second() -> None:
    people, place = np.array([10.0, 20.0, 40.0, 80.0]), np.array([[0.0, 0.0], [1.0, 0.0], [2.1, 0.0], [9.0, 0.0]])
    # from the first: nobody before the second, the second before the third, second and third before the fourth
    assert _people_between(people, place)[0].tolist() == [0, 0, 20, 60]
    assert _people_between(people, place)[2].tolist() == [20, 0, 0, 30]


def test_the_pull_of_three_communes_is_the_radiation_model_of_simini() -> None:
    # equation 2 of Simini et al. 2012 by hand, for a traveller of the first commune: m n / ((m + s)(m + n + s))
    m, near, far = 10.0, 20.0, 40.0
    to_near, to_far = m * near / (m * (m + near)), m * far / ((m + near) * (m + far + near))
    from epiengine.simulate.population.commuting import _trips

    trips = _trips(np.array([m, near, far]), np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]]))
    assert trips[0, 1:] == pytest.approx([to_near, to_far])


def test_more_contacts_are_made_with_nearer_and_with_larger_communes() -> None:
    places = communes([10_000, 10_000, 10_000, 30_000], place=[[0, 0], [2, 0], [8, 0], [0, 8]])
    share = commuting(places, stay=0.6)
    assert share[0, 1] > share[0, 2]
    assert share[0, 3] > share[0, 2]
