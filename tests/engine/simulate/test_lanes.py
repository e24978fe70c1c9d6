"""What lanes share out, and what makes them: shares in whole units, calendars that grow, more threads than lanes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.simulate.test_invariants import DISEASE, EXAMPLES, GIVEN, WORLD, bytes_of, plans

from epiengine.jit import step
from epiengine.simulate import advance, begin, state
from epiengine.simulate.books import Books, allot
from epiengine.simulate.edges import cell_length
from epiengine.simulate.marks import People, doses_of, give_dose, people_of, weeks_between


@step
def shared_out(books: Books, amount: float) -> float:
    return allot(books, 0, amount)


@step
def dosed_again(people: People, today: int) -> tuple[int, int]:
    give_dose(people, 0, today)
    return doses_of(people, 0), weeks_between(people, 0)


def books_with(wanted: list[int]) -> Books:
    """Books of so many lanes, in each of which so many wait for the first measure."""
    rows = np.zeros((len(wanted), 16), dtype=np.int64)
    rows[:, 0] = wanted
    books = begin(WORLD, DISEASE, (), GIVEN, seed=1).books
    return books._replace(wanted=rows, share=np.zeros((len(wanted), 16)))


@EXAMPLES
@given(wanted=st.lists(st.integers(0, 50), min_size=1, max_size=9), amount=st.one_of(st.floats(-5, 300), st.just(1e18)))
def test_scarce_things_are_shared_in_whole_units_by_who_waits(wanted: list[int], amount: float):
    books = books_with(wanted)
    given_out, shares = shared_out(books, amount), books.share[:, 0]
    assert given_out == shares.sum() == max(0, min(math.floor(amount), sum(wanted)))
    assert (shares == np.floor(shares)).all() and (shares >= 0).all() and (shares <= wanted).all()
    if sum(wanted):
        assert np.abs(shares - given_out * np.array(wanted) / sum(wanted)).max() < 1 + 1e-9


@EXAMPLES
@given(plan=plans, seed=st.integers(0, 2**32 - 1), threads=st.sampled_from([1, 7]))
def test_calendars_that_grow_leave_no_trace(plan, seed, threads):
    """From a single chunk on, so that nearly every step is short of room at some time; more threads than cores."""
    told = {"seed": seed, "lane_bits": 6}
    roomy = advance(begin(WORLD, DISEASE, plan, GIVEN, **told), 20)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "_FEWEST_CHUNKS", 1)
        patch.setattr(state, "_WORDS_A_PERSON", 0)
        patch.setattr(state, "_area_event_chunks", lambda world, ring: 1)
        narrow = advance(begin(WORLD, DISEASE, plan, GIVEN, **told), 20, threads=threads)
    assert bytes_of(roomy) == bytes_of(narrow)


def test_a_word_that_found_no_room_ends_the_run():
    begun = begin(WORLD, DISEASE, (), GIVEN, seed=1)
    begun.area_events.stock[0, 3] = 1
    with pytest.raises(RuntimeError, match="1 words found no room"):
        advance(begun, 1)


def test_a_cell_is_as_long_as_its_logarithm():
    for likely in (*np.geomspace(1e-12, 0.1, 200), *np.linspace(0.1, 0.95, 50), 0.0):
        assert cell_length(likely) == pytest.approx(-math.log1p(-likely), rel=1e-13, abs=0)


def test_weeks_between_doses_are_kept_to_the_nearest():
    people = people_of(1, vaccine=True, infectors=False)
    told = [dosed_again(people, day) for day in (10, 10 + 28, 10 + 28 + 600)]
    assert told == [(1, 0), (2, 4), (3, 63)]
