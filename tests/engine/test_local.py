"""One change recomputed locally gives the numbers, reasons and improvements of a recheck of everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.naive import Contact
from tests.engine.worlds import MINUTE, World, contacts, graph_of, worlds

from epiengine.arrays import Int32
from epiengine.tracing import (
    EARLIEST,
    LATEST,
    ContactGraph,
    Degrees,
    EngineError,
    Improvements,
    LocalDegrees,
    Seeds,
    affected,
    boundary,
    contact_graph,
    degrees,
    recompute_local,
)

COLUMNS = ("degree", "via_contact", "via_person", "since")


@dataclass(frozen=True)
class Change:
    """A world before and after, the people changed, and the graph that holds the contacts of both."""

    before: World
    after: World
    changed: tuple[int, ...]
    union: ContactGraph


def run(world: World) -> Degrees:
    return degrees(world.graph(), world.seeds(), np.array(world.until), **world.limits())


def earliest(change: Change, stored: Improvements) -> list[int]:
    """What a caller knows without a recheck: stored minutes, and the seeds of before and after."""
    seeds = change.before.sources + change.after.sources
    known = list(zip(stored.person.tolist(), stored.since.tolist(), strict=True)) + list(seeds)
    return [min((since for person, since in known if person == one), default=LATEST) for one in change.changed]


def reach(change: Change, stored: Improvements) -> Int32:
    loosest = np.maximum(change.before.until, change.after.until)
    return affected(change.union, change.changed, earliest(change, stored), loosest, **change.after.limits())


def seeds_for(people: Int32, sources: Seeds, stored: Improvements) -> Seeds:
    inside, outside = np.isin(sources.person, people), ~np.isin(stored.person, people)
    columns = [np.concatenate([getattr(sources, name)[inside], getattr(stored, name)[outside]]) for name in ("person", "level", "since")]
    return Seeds(*columns)


def rows(found: Improvements, people: Int32) -> list[tuple[int, ...]]:
    kept = np.isin(found.person, people)
    columns = [getattr(found, column)[kept] for column in ("level", "person", "since", "via_contact", "via_person")]
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def assert_same_as_full(local: LocalDegrees, full: Degrees, before: Degrees) -> None:
    for column in COLUMNS:
        expected = getattr(full, column)
        np.testing.assert_array_equal(getattr(local, column), expected[local.person], err_msg=column)
        rest = np.setdiff1d(np.arange(expected.size), local.person)
        np.testing.assert_array_equal(getattr(before, column)[rest], expected[rest], err_msg=f"{column} outside")
        assert rows(before.improvements, rest) == rows(full.improvements, rest)
    assert rows(local.improvements, local.person) == rows(full.improvements, local.person)


@st.composite
def source_changes(draw: st.DrawFn) -> Change:
    """A source added, removed, or corrected: their window's opening, their isolation, or both."""
    before = draw(worlds(most_people=12, most_contacts=24, most_degree=7))
    person = draw(st.integers(0, before.people - 1))
    others = tuple(source for source in before.sources if source[0] != person)
    now = draw(st.lists(st.tuples(st.just(person), MINUTE), max_size=2))
    isolated = draw(st.one_of(st.just(before.until[person]), MINUTE, st.just(LATEST)))
    until = (*before.until[:person], isolated, *before.until[person + 1 :])
    return Change(before, before.but(sources=others + tuple(now), until=until), (person,), before.graph())


@st.composite
def contact_changes(draw: st.DrawFn) -> Change:
    """A contact that is reported late, or withdrawn."""
    fewer = draw(worlds(most_people=12, most_contacts=24, most_degree=7))
    contact: Contact = draw(contacts(fewer.people))
    more = fewer.but(contacts=(*fewer.contacts, contact))
    before, after = draw(st.sampled_from([(fewer, more), (more, fewer)]))
    return Change(before, after, (contact.a, contact.b), more.graph())


@given(st.one_of(source_changes(), source_changes(), contact_changes()))
@settings(max_examples=600, deadline=None)
def test_a_local_recomputation_equals_a_full_recheck(change: Change) -> None:
    before = run(change.before)
    people = reach(change, before.improvements)
    seeds = seeds_for(people, change.after.seeds(), before.improvements)
    local = recompute_local(change.after.graph(), people, seeds, np.array(change.after.until), **change.after.limits())
    assert_same_as_full(local, run(change.after), before)


@given(source_changes())
@settings(max_examples=300, deadline=None)
def test_the_contacts_of_the_affected_people_are_all_the_graph_it_takes(change: Change) -> None:
    before = run(change.before)
    people = reach(change, before.improvements)
    contact = np.array([i for i, c in enumerate(change.after.contacts) if {c.a, c.b} & set(people.tolist())], dtype=np.int32)
    person = np.union1d(people, boundary(change.union, people)).astype(np.int32)
    small = [change.after.contacts[i] for i in contact]
    number = {old: new for new, old in enumerate(person.tolist())}
    graph = graph_of(person.size, [Contact(number[c.a], number[c.b], c.first, c.last) for c in small])
    known = seeds_for(people, change.after.seeds(), before.improvements)
    rows_here = np.isin(known.person, person)
    seeds = Seeds(np.searchsorted(person, known.person[rows_here]), known.level[rows_here], known.since[rows_here])
    until = np.array(change.after.until)[person]
    local = recompute_local(graph, np.searchsorted(person, people), seeds, until, **change.after.limits())
    full = run(change.after)
    np.testing.assert_array_equal(person[local.person], people)
    np.testing.assert_array_equal(local.degree, full.degree[people])
    np.testing.assert_array_equal(local.since, full.since[people])
    np.testing.assert_array_equal(np.append(contact, -1)[local.via_contact], full.via_contact[people])
    np.testing.assert_array_equal(np.append(person, -1)[local.via_person], full.via_person[people])


@given(source_changes())
@settings(max_examples=200, deadline=None)
def test_boundary_seeds_given_to_degrees_itself_give_the_same_answer(change: Change) -> None:
    before = run(change.before)
    people = reach(change, before.improvements)
    seeds = seeds_for(people, change.after.seeds(), before.improvements)
    again = degrees(change.after.graph(), seeds, np.array(change.after.until), **change.after.limits())
    np.testing.assert_array_equal(again.degree, run(change.after).degree)


def big_world(seed: int) -> tuple[ContactGraph, Seeds, Int32]:
    rng = np.random.default_rng(seed)
    people, count = 20_000, 100_000
    a = (people * rng.random(count) ** 2).astype(np.int32)
    b = ((a + rng.integers(1, people, count)) % people).astype(np.int32)
    first = rng.integers(0, 40_000, count)
    graph = contact_graph(people, a, b, first, first + rng.integers(0, 900, count))
    source = rng.choice(people, 60, replace=False)
    until = np.where(rng.random(people) < 0.2, rng.integers(0, 50_000, people), LATEST).astype(np.int32)
    return graph, Seeds.sources(source, rng.integers(0, 40_000, 60)), until


@pytest.mark.parametrize("seed", range(6))
def test_at_twenty_thousand_people_removing_a_source_locally_equals_a_full_recheck(seed: int) -> None:
    graph, seeds, until = big_world(seed)
    limits = {"max_degree": 3, "latent_minutes": 1_440}
    before = degrees(graph, seeds, until, **limits)
    gone, opened = int(seeds.person[0]), int(seeds.since[0])
    after = seeds.only(seeds.person != gone)
    people = affected(graph, [gone], [opened], until, **limits)
    local = recompute_local(graph, people, seeds_for(people, after, before.improvements), until, **limits)
    assert 1 < people.size < graph.people / 4
    assert_same_as_full(local, degrees(graph, after, until, **limits), before)


def test_a_withdrawn_case_lets_the_degrees_around_him_fall() -> None:
    an, binh, chi, dung = range(4)
    graph = graph_of(4, [Contact(an, binh, 5, 5), Contact(binh, chi, 6, 6), Contact(dung, chi, 6, 6)])
    before = degrees(graph, Seeds.sources([an, dung], [0, 0]), max_degree=2)
    assert before.degree.tolist() == [0, 1, 1, 0]
    people = affected(graph, [dung], [0], max_degree=2)
    local = recompute_local(graph, people, seeds_for(people, Seeds.sources([an], [0]), before.improvements), max_degree=2)
    assert dict(zip(local.person.tolist(), local.degree.tolist(), strict=True)) == {binh: 1, chi: 2, dung: -1}


def test_not_knowing_the_earliest_minute_only_makes_the_affected_more() -> None:
    graph = graph_of(4, [Contact(0, 1, 5, 5), Contact(0, 2, 1, 1), Contact(2, 3, 6, 6)])
    assert affected(graph, [0], [4], max_degree=2).tolist() == [0, 1]
    assert affected(graph, [0], [EARLIEST], max_degree=2).tolist() == [0, 1, 2, 3]


def test_a_stored_improvement_of_a_person_being_recomputed_is_refused() -> None:
    graph = graph_of(2, [Contact(0, 1, 0, 1)])
    with pytest.raises(EngineError, match=r"seeds.level\[1\] = 1; allowed: 0, as person 1 is being recomputed"):
        recompute_local(graph, [0, 1], Seeds(np.array([0, 1]), np.array([0, 1]), np.array([0, 0])), max_degree=2)
