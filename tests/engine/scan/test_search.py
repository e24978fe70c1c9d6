"""The search against its twin that looks at every cylinder, and the scores against closed forms."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.scan import naive

from epiengine.scan import Windows, log_likelihood_ratio, on_plane
from epiengine.scan.circles import circles
from epiengine.scan.cylinders import Ground
from epiengine.scan.places import Places
from epiengine.scan.score import Total
from epiengine.scan.search import best_of_each_centre, peaks, side_by_side


@dataclass(frozen=True)
class World:
    """Few sites on a coarse grid, so that distances tie; few cases, so that scores tie."""

    places: Places
    cases: np.ndarray
    expected: np.ndarray
    total: Total
    windows: Windows

    @property
    def score(self) -> naive.Score:
        if self.total.population == math.inf:
            return naive.poisson(self.total.cases)
        return naive.bernoulli(self.total.cases, self.total.population)

    @property
    def ground(self) -> Ground:
        around = circles(self.places, self.expected.sum(axis=1), self.windows)
        return Ground(self.expected, around, self.windows.by_chance(self.cases.shape[1]), self.total)

    def naive_best(self) -> list[naive.Best]:
        rows = naive.circles(self.places.point, self.expected.sum(axis=1), population=self.windows.population, radius=self.windows.radius)
        span = self.windows.by_chance(self.cases.shape[1])
        limits = {"shortest": span.shortest, "longest": span.longest, "least": span.least_cases}
        ends = range(span.first_end, self.cases.shape[1])
        return [naive.best(self.cases, self.expected, row, self.score, ends=ends, **limits) for row in rows]


@st.composite
def worlds(draw: st.DrawFn, *, most_sites: int = 7, most_times: int = 6) -> World:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    intervals = draw(st.integers(1, most_times))
    x, y = random.integers(0, 4, (2, draw(st.integers(1, most_sites))))
    places = on_plane(x, y)
    shape = (places.sites, intervals)
    people = random.integers(0, 6, shape)
    people[0, 0] += 2
    cases = random.binomial(people, draw(st.sampled_from([0.2, 0.5])))
    cases[0, 0] = max(cases[0, 0], 1)
    bernoulli = draw(st.booleans())
    weights = people if bernoulli else people * random.choice([0.5, 1.0, 3.0], shape)
    total = Total(float(cases.sum()), float(people.sum()) if bernoulli else math.inf)
    longest, prospective = draw(st.integers(1, intervals)), draw(st.booleans())
    windows = Windows(
        population=draw(st.sampled_from([0.3, 0.5, 1.0])),
        radius=draw(st.sampled_from([1.0, 2.5, math.inf])),
        shortest=draw(st.integers(1, longest)),
        longest=longest,
        least_cases=draw(st.integers(1, 3)),
        prospective=prospective,
        since=draw(st.none() | st.integers(0, intervals - 1)) if prospective else None,
    )
    return World(places, cases.astype(float), weights * (total.cases / weights.sum()), total, windows)


@given(worlds())
@settings(max_examples=250, deadline=None)
def test_the_best_cylinder_of_every_centre_is_that_of_looking_at_each(world: World) -> None:
    found = best_of_each_centre(world.cases, world.ground)
    expected = world.naive_best()
    np.testing.assert_allclose(found[:, 0], [one.score for one in expected], atol=1e-9)
    for (score, circle, first, last), twin in zip(found.tolist(), expected, strict=True):
        # of equal scores either may be named: what is named must score that much
        assert (circle == 0) == (twin.circle == 0)
        if circle:
            members = naive.circles(world.places.point, world.expected.sum(axis=1), population=1.0, radius=math.inf)
            site = next(row for row, one in enumerate(expected) if one is twin)
            inside = np.ix_(members[site][int(circle) - 1], range(int(first), int(last) + 1))
            assert world.score(world.cases[inside].sum(), world.expected[inside].sum()) == pytest.approx(score, abs=1e-9)


@given(worlds(), st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_the_peak_of_each_of_several_data_sets_is_the_greatest_of_its_centres(world: World, sets: int) -> None:
    several = [np.roll(world.cases, shift, axis=1) * (world.expected > 0) for shift in range(sets)]
    if world.total.population < math.inf:
        people = (world.expected * world.total.population / world.total.cases).round()
        several = [np.minimum(one, people) for one in several]
    found = peaks(side_by_side(several), world.ground)
    expected = [best_of_each_centre(one, world.ground)[:, 0].max() for one in several]
    np.testing.assert_allclose(found, expected, atol=1e-9)


@pytest.mark.parametrize("tenfold", [1, 10])
def test_counts_too_large_for_a_byte_and_sums_too_large_for_two_are_searched_as_well(tenfold: int) -> None:
    cases = np.array([[3.0, 900.0], [400.0, 500.0], [20.0, 7.0]]) * tenfold
    total = Total(cases.sum(), math.inf)
    expected = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / total.cases
    world = World(on_plane([0, 1, 3], [0, 0, 0]), cases, expected, total, Windows(population=0.6, longest=1))
    found = best_of_each_centre(cases, world.ground)
    np.testing.assert_allclose(found[:, 0], [one.score for one in world.naive_best()], atol=1e-9)
    assert peaks(side_by_side([cases]), world.ground)[0] == found[:, 0].max() > 50


def test_scores_of_closed_form() -> None:
    assert log_likelihood_ratio(10, 5, cases=100) == pytest.approx(10 * math.log(2) + 90 * math.log(90 / 95), abs=1e-12)
    # every case inside: C ln(C/mu)
    assert log_likelihood_ratio(8, 2, cases=8) == pytest.approx(8 * math.log(4), abs=1e-12)
    # SaTScan's N. Humberside: 4 of 4 people inside are cases, 62 of 203 in all
    assert log_likelihood_ratio(4, 4 * 62 / 203, cases=62, population=203) == pytest.approx(4.836516, abs=5e-7)
    # SaTScan's New York: 4 cases where 0.67 are expected of 194
    assert log_likelihood_ratio(4, 4 / 5.97, cases=194) == pytest.approx(3.845, abs=5e-3)
    # with people without end the Bernoulli model becomes the Poisson
    assert log_likelihood_ratio(7, 3, cases=50, population=5e9) == pytest.approx(log_likelihood_ratio(7, 3, cases=50), abs=1e-6)
    assert log_likelihood_ratio(3, 3, cases=50) == log_likelihood_ratio(2, 3, cases=50) == 0
