"""Degrees: against the enumeration of all walks, and the cases an epidemiologist would ask about."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine import naive
from tests.engine.naive import Contact
from tests.engine.worlds import World, graph_of, seeds_of, worlds

from epiengine.tracing import EARLIEST, LATEST, Degrees, Seeds, chain_to, contact_graph, degrees

AN, BINH, CHI, DUNG = range(4)


def answers(result: Degrees) -> list[naive.Answer]:
    columns = (result.degree, result.via_contact, result.via_person, result.since)
    return [naive.Answer(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def improvements(result: Degrees) -> list[tuple[int, int, int]]:
    found = result.improvements
    return list(zip(found.level.tolist(), found.person.tolist(), found.since.tolist(), strict=True))


def run(world: World) -> Degrees:
    return degrees(world.graph(), world.seeds(), np.array(world.until), **world.limits())


def trace(contacts: list[Contact], sources: dict[int, int], *, people: int = 4, until: list[int] | None = None, **limits: int) -> Degrees:
    seeds = Seeds.sources(list(sources), list(sources.values()))
    return degrees(graph_of(people, contacts), seeds, until, **{"max_degree": 3, **limits})


@given(worlds())
@settings(max_examples=400, deadline=None)
def test_degrees_agree_with_the_enumeration_of_all_walks(world: World) -> None:
    seeds = [(person, 0, since) for person, since in world.sources]
    expected = naive.degrees(world.people, list(world.contacts), seeds, list(world.until), max_degree=world.max_degree, latent=world.latent)
    result = run(world)
    assert (answers(result), improvements(result)) == expected


@given(worlds(), st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 12)), max_size=5))
@settings(max_examples=200, deadline=None)
def test_seeds_of_any_level_agree_with_the_enumeration_of_all_walks(world: World, rows: list[tuple[int, int, int]]) -> None:
    expected = naive.degrees(world.people, list(world.contacts), rows, list(world.until), max_degree=world.max_degree, latent=world.latent)
    result = degrees(world.graph(), seeds_of(rows), np.array(world.until), **world.limits())
    assert (answers(result), improvements(result)) == expected


@given(worlds())
@settings(max_examples=200, deadline=None)
def test_a_chain_is_a_simple_walk_of_exactly_as_many_contacts_as_the_degree(world: World) -> None:
    result, closes = run(world), world.until
    for person, degree in enumerate(result.degree.tolist()):
        chain = chain_to(result, person)
        assert chain.contact.size == max(degree, 0)
        assert chain.person.size == degree + 1 == np.unique(chain.person).size
        for hop, index in enumerate(chain.contact.tolist()):
            contact, here, there = world.contacts[index], int(chain.person[hop]), int(chain.person[hop + 1])
            assert {contact.a, contact.b} == {here, there}
            meet = max(contact.first, int(chain.since[hop]))
            assert meet <= min(contact.last, closes[here])
            assert chain.since[hop + 1] == min(meet + world.latent, LATEST)
        if degree >= 0:
            assert (int(chain.person[0]), int(chain.since[0])) in world.sources
            assert chain.person[-1] == person


def test_a_contact_before_the_window_opens_or_after_isolation_carries_nothing() -> None:
    before, inside, after = Contact(AN, BINH, 0, 9), Contact(AN, CHI, 20, 30), Contact(AN, DUNG, 41, 50)
    assert trace([before, inside, after], {AN: 10}, until=[40, LATEST, LATEST, LATEST]).degree.tolist() == [0, -1, 1, -1]


def test_a_contact_that_touches_the_window_in_one_minute_carries() -> None:
    ends_as_it_opens, begins_as_it_closes = Contact(AN, BINH, 0, 10), Contact(AN, CHI, 40, 50)
    assert trace([ends_as_it_opens, begins_as_it_closes], {AN: 10}, until=[40, LATEST, LATEST, LATEST]).degree.tolist() == [0, 1, 1, -1]


def test_a_contact_of_unknown_time_carries_whenever_the_window_is_open() -> None:
    assert trace([Contact(AN, BINH, EARLIEST, LATEST)], {AN: 10}).since.tolist() == [10, 10, LATEST, LATEST]


def test_a_window_that_closes_before_it_opens_passes_nothing_on_and_its_owner_keeps_his_degree() -> None:
    whole_range = [Contact(AN, BINH, EARLIEST, LATEST), Contact(BINH, CHI, EARLIEST, LATEST)]
    assert trace(whole_range, {AN: 10}, until=[LATEST, 9, LATEST, LATEST]).degree.tolist() == [0, 1, -1, -1]


def test_a_longer_walk_that_arrives_earlier_opens_a_contact_the_short_one_cannot() -> None:
    # An meets Bình late (day 9) but through Chi Bình is reached on day 2: in time for Dũng on day 3
    contacts = [Contact(AN, BINH, 9, 9), Contact(AN, CHI, 1, 1), Contact(CHI, BINH, 2, 2), Contact(BINH, DUNG, 3, 3)]
    result = trace(contacts, {AN: 0})
    assert result.degree.tolist() == [0, 1, 1, 3]
    assert chain_to(result, DUNG).person.tolist() == [AN, CHI, BINH, DUNG]
    assert chain_to(result, BINH).person.tolist() == [AN, BINH]
    assert (2, BINH, 2) in improvements(result)


def test_the_latent_period_closes_contacts_that_come_too_soon() -> None:
    contacts = [Contact(AN, BINH, 0, 10), Contact(BINH, CHI, 20, 30)]
    assert trace(contacts, {AN: 0}, latent_minutes=30).degree.tolist() == [0, 1, 2, -1]
    assert trace(contacts, {AN: 0}, latent_minutes=31).degree.tolist() == [0, 1, -1, -1]


def test_of_equal_reasons_the_earliest_and_then_the_lowest_contact_is_named() -> None:
    contacts = [Contact(AN, CHI, 7, 9), Contact(BINH, CHI, 5, 9), Contact(CHI, AN, 5, 6)]
    assert trace(contacts, {AN: 0, BINH: 0}).via_contact[CHI] == 1


def test_a_source_stays_a_source_when_another_source_reaches_him() -> None:
    result = trace([Contact(AN, BINH, 5, 5)], {AN: 0, BINH: 9})
    assert result.degree.tolist()[:2] == [0, 0]
    assert (result.via_contact[BINH], result.since[BINH]) == (-1, 9)
    assert improvements(result) == [(0, AN, 0), (0, BINH, 9), (1, BINH, 5)]


def test_people_beyond_the_greatest_degree_have_none() -> None:
    line = [Contact(person, person + 1, 0, 1) for person in range(9)]
    for deepest in range(1, 8):
        result = trace(line, {0: 0}, people=10, max_degree=deepest)
        assert result.degree.tolist() == [person if person <= deepest else -1 for person in range(10)]


def test_the_order_of_people_and_contacts_does_not_change_the_degrees() -> None:
    rng = np.random.default_rng(11)
    people, count = 3_000, 12_000
    a = rng.integers(0, people, count)
    b = (a + rng.integers(1, people, count)) % people
    first = rng.integers(0, 5_000, count)
    last = first + rng.integers(0, 300, count)
    source, since, until = rng.choice(people, 20, replace=False), rng.integers(0, 5_000, 20), rng.integers(0, 9_000, people)
    straight = degrees(contact_graph(people, a, b, first, last), Seeds.sources(source, since), until, max_degree=5, latent_minutes=60)
    name, order = rng.permutation(people), rng.permutation(count)
    mixed_graph = contact_graph(people, name[b][order], name[a][order], first[order], last[order])
    mixed = degrees(mixed_graph, Seeds.sources(name[source], since), until[np.argsort(name)], max_degree=5, latent_minutes=60)
    assert np.unique(straight.degree).tolist() == [-1, 0, 1, 2, 3, 4, 5]
    np.testing.assert_array_equal(straight.degree, mixed.degree[name])
    np.testing.assert_array_equal(straight.since, mixed.since[name])
