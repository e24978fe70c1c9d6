"""First come, first served: queues of hundreds beside plain lists, day by day and commune by commune."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.simulate.places import textbook, town
from tests.engine.simulate.test_plain_answers import at_once, ill_from

from epiengine.jit import COMPILED
from epiengine.simulate import ALWAYS, Campaign, Quarantine, Start, Testing, Tracing, simulate

EXAMPLES = settings(max_examples=25 if COMPILED else 4, deadline=None, derandomize=True)
DAYS = 16
#: 400 people in each of two communes; every fourth of them falls ill.
WORLD = town(800, communes=2, hamlet=40, household=4)


def ill_on(first: list[int], second: list[int]) -> Start:
    """So many of commune 0 and 1 fall ill on days 2, 3, 4..., the households one after another; each lives with nobody who does."""
    infected, days = [], []
    for commune, numbers in enumerate((first, second)):
        at = 400 * commune
        for day, number in enumerate(numbers):
            infected += list(range(at, at + 4 * number, 4))
            days += [2 + day] * number
            at += 4 * number
    return Start(infected=np.array(infected, dtype=np.int32), infected_on=np.array(days, dtype=np.int32) - 10)


def served(comes: list[list[int]], capacity: list[int]) -> np.ndarray:
    """[day, commune]: a list of who waits, and so many taken from its head each day. Who comes on one day comes in any order."""
    queue: list[tuple[int, int]] = []
    found = np.zeros((DAYS, 2), dtype=int)
    for day in range(DAYS):
        for commune, numbers in enumerate(comes):
            queue += [(day, commune)] * (numbers[day - 2] if 2 <= day < 2 + len(numbers) else 0)
        for _, commune in queue[: capacity[day]]:
            found[day, commune] += 1
        queue = queue[capacity[day] :]
    return found


numbers = st.lists(st.integers(0, 25), min_size=1, max_size=4)


@EXAMPLES
@given(first=numbers, second=numbers, capacity=st.integers(0, 40), stock=st.integers(0, 120))
def test_who_waits_for_a_test_is_tested_in_his_turn(first: list[int], second: list[int], capacity: int, stock: int):
    """Everybody together, as many as there are tests; and who came on an earlier day before who came later."""
    left, waiting, daily = stock, 0, []
    for day in range(DAYS):
        daily.append(min(capacity, left))
        waiting += sum(one[day - 2] if 2 <= day < 2 + len(one) else 0 for one in (first, second))
        left -= min(daily[-1], waiting)
        waiting -= min(daily[-1], waiting)
    run = simulate(WORLD, ill_from(10), (at_once(capacity=capacity, stock=stock),), ill_on(first, second), seed=2, days=DAYS)
    assert run.total("confirmed").tolist() == served([first, second], daily).sum(axis=1).tolist()
    assert run.resource("waiting_for_test")[-1] == waiting


def test_hundreds_wait_in_the_order_in_which_they_came():
    """100 of commune 0 on day 2, 100 of commune 1 on day 3, 37 tests a day: the 38th of commune 1 waits for the last of commune 0."""
    run = simulate(WORLD, ill_from(10), (at_once(capacity=37),), ill_on([100], [0, 100]), seed=2, days=DAYS)
    assert run.series("confirmed").tolist() == served([[100], [0, 100]], [37] * DAYS).tolist()


def test_hundreds_of_cases_are_traced_in_the_order_in_which_they_came():
    """Four hours a case and half an hour for each of three contacts; 198 hours are 36 cases a day."""
    plan = (at_once(), Tracing(probability={"household": 1.0}, delay={}, hours=198.0), Quarantine(test_days=()))
    run = simulate(WORLD, ill_from(10), plan, ill_on([100], [0, 100]), seed=2, days=DAYS)
    expected = served([[100], [0, 100]], [36] * DAYS)
    assert run.series("f1_new").tolist() == (3 * expected).tolist()
    assert run.resource("tracer_hours").tolist() == np.rint(5.5 * expected.sum(axis=1)).tolist()
    left = 200 - np.cumsum(expected.sum(axis=1))
    assert run.resource("waiting_for_tracing")[3:].tolist() == left[3:].tolist()


@pytest.mark.parametrize(("capacity", "pool"), [(47, 1), (33, 4), (1000, 7)])
def test_hundreds_of_hamlets_wait_for_a_campaign(capacity: int, pool: int):
    """300 hamlets of eight; nobody is infected, so a pool of n people is one test, and is begun if n more could follow."""
    world = town(2400, communes=3, hamlet=8, household=4)
    plan = (Campaign(start=1, every=50, coverage=1.0, pool=pool, capacity=capacity, sensitivity=ALWAYS, needs={}, needs_per_hundred={}),)
    days = 90
    run = simulate(world, textbook(rates={}), plan, Start(), seed=2, days=days)
    most, pools = (
        1 + (pool if pool > 1 else 0),
        [size for _ in range(300) for size in (*[pool] * (8 // pool), *([8 % pool] if 8 % pool else []))],
    )
    tests, people, queue, next_round = [], [], list(pools[:0]), 1
    for day in range(days):
        if day >= next_round and not queue:
            queue, next_round = list(pools), day + 50
        taken = min(len(queue), max(0, capacity - most + 1))
        tests.append(taken)
        people.append(sum(queue[:taken]))
        queue = queue[taken:]
    assert run.resource("tests").tolist() == tests
    assert run.resource("people_sampled").tolist() == people


@EXAMPLES
@given(background=st.floats(0, 0.05), capacity=st.integers(0, 30), ill=st.integers(0, 40))
def test_people_without_the_disease_share_what_there_is(background: float, capacity: int, ill: int):
    """Never more than there are; all that there are while somebody waits; and the ill are served in proportion."""
    plan = (Testing(with_symptoms=1.0, background=background, capacity=capacity, sensitivity=ALWAYS, turnaround=0, needs={}),)
    run = simulate(WORLD, ill_from(10), plan, ill_on([ill], []), seed=2, days=DAYS)
    tests, waiting = run.resource("tests"), run.resource("waiting_for_test")
    assert (tests <= capacity).all() and (run.total("confirmed") <= tests).all()
    assert (tests[waiting > 0] >= capacity - 1).all()
    # whole people of two communes, each rounded up or down by luck
    wanted = ill + DAYS * 800 * background
    assert abs(tests.sum() + waiting[-1] - wanted) <= 2 * DAYS
