"""Neighbourhoods to draw, transmission trees, and meetings from stays at places."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine import naive
from tests.engine.worlds import World, graph_of, worlds

from epiengine.tracing import EARLIEST, LATEST, EngineError, match_exposures, neighbourhood, top_infectors, transmission_tree

MERS = Path(__file__).parents[3] / "shared" / "data" / "outbreaks" / "mers_korea_2015__contacts.csv"


@given(worlds(), st.data())
@settings(max_examples=200, deadline=None)
def test_a_neighbourhood_holds_the_nearest_people_the_contacts_between_them_and_the_count_of_the_rest(
    world: World, data: st.DataObject
) -> None:
    centre, depth, limit = (data.draw(st.integers(low, high)) for low, high in ((0, world.people - 1), (0, 4), (1, 6)))
    found = neighbourhood(world.graph(), centre, depth=depth, limit=limit)
    distance = naive.hops(world.people, list(world.contacts), centre)
    within = sorted((distance[person], person) for person in range(world.people) if distance[person] <= depth)
    drawn = {person for _, person in within[:limit]}
    assert list(zip(found.hop.tolist(), found.person.tolist(), strict=True)) == within[:limit]
    assert found.folded == len(within) - len(drawn)
    assert found.contact.tolist() == [index for index, contact in enumerate(world.contacts) if {contact.a, contact.b} <= drawn]
    for person, folded in zip(found.person.tolist(), found.folded_at.tolist(), strict=True):
        beside = {c.a + c.b - person for c in world.contacts if person in (c.a, c.b)}
        assert folded == len(beside - drawn)


def test_a_person_without_contacts_is_his_own_neighbourhood() -> None:
    found = neighbourhood(graph_of(3, []), 1, depth=2, limit=10)
    assert (found.person.tolist(), found.contact.tolist(), found.folded, found.folded_at.tolist()) == ([1], [], 0, [0])


@pytest.mark.skipif(not MERS.exists(), reason="the MERS Korea 2015 pairs are not in ../shared/data/outbreaks")
def test_the_korean_mers_outbreak_has_its_published_super_spreaders() -> None:
    with MERS.open(newline="") as file:
        pairs = [(row["from"], row["to"]) for row in csv.DictReader(file)]
    cases = sorted({case for pair in pairs for case in pair})
    infector, infectee = ([cases.index(pair[side]) for pair in pairs] for side in (0, 1))
    tree = transmission_tree(infector, infectee, people=len(cases))
    top = top_infectors(tree, count=3)
    assert len(pairs) == tree.infector.size == 98
    assert [(cases[one], int(tree.offspring[one])) for one in top] == [("SK_14", 38), ("SK_1", 26), ("SK_16", 21)]
    # 98 pairs name 95 people: three infectors for SK_39, two for SK_107
    assert sorted(cases[one] for one in tree.contested) == ["SK_107", "SK_39"]
    assert len(set(infectee)) == 95
    assert tree.unrooted.size == 0
    assert cases.index("SK_1") in tree.roots
    assert int(tree.generation[cases.index("SK_14")]) == 1


def test_generations_count_from_the_nearest_root_and_a_person_with_two_infectors_is_contested() -> None:
    tree = transmission_tree([0, 1, 2, 4, 0], [1, 2, 3, 3, 1], people=6)
    assert tree.generation.tolist() == [0, 1, 2, 1, 0, -1]
    assert tree.offspring.tolist() == [1, 1, 1, 0, 1, 0]
    assert (tree.roots.tolist(), tree.contested.tolist(), tree.unrooted.tolist()) == ([0, 4], [3], [])


def test_people_who_infected_each_other_in_a_circle_are_named_as_unrooted() -> None:
    tree = transmission_tree([0, 1, 2, 3], [1, 2, 0, 4], people=5)
    assert (tree.unrooted.tolist(), tree.roots.tolist()) == ([0, 1, 2], [3])


def test_an_outbreak_without_pairs_has_no_tree_and_no_infectors() -> None:
    tree = transmission_tree([], [], people=3)
    assert (tree.generation.tolist(), top_infectors(tree, count=5).tolist()) == ([-1, -1, -1], [])


TIME = st.one_of(
    st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda one: (one[0], one[0] + one[1])),
    st.sampled_from([(EARLIEST, LATEST), (EARLIEST, 3), (15, LATEST)]),
)
STAYS = st.lists(st.tuples(st.integers(0, 2), TIME, st.integers(0, 4)).map(lambda one: (one[0], *one[1], one[2])), max_size=12)


@given(STAYS, st.sampled_from([0, 0, 1, 3]))
@settings(max_examples=400, deadline=None)
def test_meetings_agree_with_comparing_each_stay_with_each(stays: list[tuple[int, int, int, int]], least: int) -> None:
    place, first, last, person = np.array(stays, dtype=np.int64).reshape(-1, 4).T
    found = match_exposures(place, first, last, person, least_minutes=least)
    columns = (found.stay_a, found.stay_b, found.first, found.last, found.overlap)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    assert {(frozenset((a, b)), begins, ends) for a, b, begins, ends, _ in rows} == naive.meetings(stays, least=least)
    assert len({(a, b) for a, b, *_ in rows}) == len(rows)
    assert all(overlap == ends - begins for *_, begins, ends, overlap in rows)


def test_a_stay_of_unknown_time_overlaps_without_overflow() -> None:
    found = match_exposures([7, 7], [EARLIEST, EARLIEST], [LATEST, LATEST], [0, 1])
    assert found.overlap.tolist() == [2**32 - 1]


def test_too_many_pairs_are_refused_before_the_memory_is_filled() -> None:
    crowd = np.zeros(3_000, dtype=np.int32)
    with pytest.raises(EngineError, match="pairs = 'more than 1000'"):
        match_exposures(crowd, crowd, crowd, np.arange(3_000), most_pairs=1_000)
    assert match_exposures(crowd[:3], crowd[:3], crowd[:3], [0, 1, 2], most_pairs=3).stay_a.size == 3
