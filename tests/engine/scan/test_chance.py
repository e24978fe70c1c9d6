"""Random data sets and p-values: reproducible, of the right law, honest under the null; covariates; earlier analyses."""

from __future__ import annotations

import os

import numpy as np
import pytest
from scipy import stats

from epiengine.scan import (
    NullScores,
    Places,
    Trials,
    Windows,
    expected_counts,
    on_earth,
    on_plane,
    person_days,
    recurrence_interval,
    scan_bernoulli,
    scan_permutation,
    scan_poisson,
)
from epiengine.scan.chance import Labelled, Permuted, PoissonNull, stream

SLOW = os.environ.get("EPIENGINE_NO_JIT", "0") not in ("", "0")


def grid(side: int) -> Places:
    x, y = np.divmod(np.arange(side * side), side)
    return on_plane(x, y)


def uneven(sites: int, intervals: int, *, cases: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    weights = random.gamma(1.0, size=sites)[:, np.newaxis] * random.gamma(2.0, size=intervals)
    return random.multinomial(cases, (weights / weights.sum()).ravel()).reshape(sites, intervals)


def test_the_result_does_not_depend_on_the_number_of_threads_and_does_on_the_seed() -> None:
    cases = uneven(9, 6, cases=40, seed=1)
    one, three, other = (
        scan_permutation(cases, grid(3), trials=Trials(40, seed=seed, threads=threads)).null.score
        for seed, threads in ((7, 1), (7, 3), (8, 1))
    )
    np.testing.assert_array_equal(one, three)
    assert (one != other).any()
    np.testing.assert_array_equal(one[:17], scan_permutation(cases, grid(3), trials=Trials(17, seed=7)).null.score)


def test_each_model_draws_from_its_law() -> None:
    people = np.array([3, 0, 5, 2], dtype=np.int64)
    sums = np.zeros((3, 4))
    poisson, bernoulli = PoissonNull(4, np.cumsum(people / people.sum() * 4)), Labelled(people, 4)
    permuted = Permuted(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]), np.array([0, 4]), (2, 2))
    for replicate in range(4000):
        for row, chance in enumerate((poisson, bernoulli, permuted)):
            drawn = chance.draw(stream(5, replicate))
            assert drawn.sum() == 4
            sums[row] += drawn
    # of 4 cases: in proportion to the people (sd of the mean below 0.016); margins 3, 1 by site and 2, 2 by time
    np.testing.assert_allclose(sums[:2] / 4000, np.array([people / people.sum() * 4] * 2), atol=0.06)
    np.testing.assert_allclose(sums[2] / 4000, [1.5, 1.5, 0.5, 0.5], atol=0.04)
    assert (sums[:2, 1] == 0).all()


def test_cases_exchange_times_only_within_their_stratum() -> None:
    strata = np.zeros((2, 4, 2), dtype=int)
    strata[0, :, 0] = strata[1, :, 1] = 5  # the young fall ill first everywhere, the old later: nothing is left to explain
    result = scan_permutation(strata, grid(2), windows=Windows(longest=1), trials=Trials(19))
    assert result.clusters == () and (result.null.score == 0).all()
    together = scan_permutation(strata.sum(axis=0), grid(2), windows=Windows(longest=1), trials=Trials(19))
    assert (together.null.score > 0).any()


@pytest.mark.skipif(SLOW, reason="thousands of scans")
@pytest.mark.parametrize("model", ["poisson", "bernoulli", "permutation"])
def test_under_the_null_a_p_value_is_no_smaller_than_it_says(model: str) -> None:
    """200 data sets by chance, 99 replicates each: p is uniform on 1/100, ..., 1, apart from ties, which can only make it larger."""
    random, places, values = np.random.default_rng(2021), grid(4), []
    people = np.outer(random.integers(2, 9, 16), random.integers(2, 5, 5))
    for number in range(200):
        cases = random.multinomial(60, (people / people.sum()).ravel()).reshape(people.shape)
        trials = Trials(99, seed=number)
        if model == "poisson":
            result = scan_poisson(cases, people, places, trials=trials)
        elif model == "bernoulli":
            drawn = random.multivariate_hypergeometric(people.ravel(), 60).reshape(people.shape)
            result = scan_bernoulli(drawn, people - drawn, places, trials=trials)
        else:
            result = scan_permutation(cases, places, trials=trials)
        values.append(result.clusters[0].p_value)
    for level in (0.05, 0.1, 0.25, 0.5):
        hits = int((np.array(values) <= level).sum())
        assert stats.binomtest(hits, 200, level).pvalue > 0.001, (level, hits)


def test_p_values_by_rank_when_stopped_early_and_by_gumbel() -> None:
    null = NullScores(np.array([1.0, 5.0, 3.0, 5.0]), stopped=False)
    assert [null.p_value(score) for score in (6.0, 5.0, 2.0)] == [0.2, 0.6, 0.8]
    assert NullScores(null.score, stopped=True).p_value(5.0) == 0.5
    assert NullScores(np.empty(0), stopped=False).p_value(9.0) == 1
    assert NullScores(np.empty(0), stopped=False).gumbel_p_value(9.0) is None
    drawn = stats.gumbel_r.rvs(loc=7, scale=1.5, size=200_000, random_state=4)
    assert NullScores(drawn, stopped=False).gumbel_p_value(15.0) == pytest.approx(stats.gumbel_r.sf(15, loc=7, scale=1.5), rel=0.03)


def test_adjusting_for_earlier_analyses_gives_chance_their_windows_too() -> None:
    cases = uneven(9, 8, cases=60, seed=3)
    plain = scan_permutation(cases, grid(3), windows=Windows(prospective=True), trials=Trials(60))
    adjusted = scan_permutation(cases, grid(3), windows=Windows(prospective=True, since=4), trials=Trials(60))
    assert [one.score for one in plain.clusters[:1]] == [one.score for one in adjusted.clusters[:1]]
    assert (adjusted.null.score >= plain.null.score - 1e-9).all() and (adjusted.null.score > plain.null.score + 0.1).any()
    assert all(one.last == 7 for one in plain.clusters)
    assert recurrence_interval(0.25) == 4
    assert recurrence_interval(1 - 0.9**30, analyses=30) == pytest.approx(10)


def test_locations_at_one_point_are_in_a_circle_together() -> None:
    cases = np.array([4, 4, 0, 0, 1])
    places = on_plane([0, 0, 5, 6, 7], [0, 0, 0, 0, 0])
    result = scan_poisson(cases, np.ones(5), places, trials=Trials(0))
    assert result.clusters[0].locations.tolist() == [0, 1] and result.clusters[0].observed == 8
    assert result.clusters[0].radius == 0 and result.clusters[0].p_value == 1


def test_a_cluster_of_all_cases_has_no_finite_relative_risk() -> None:
    cluster = scan_poisson([3, 0, 0], [1, 1, 1], on_plane([0, 1, 2], [0, 0, 0]), trials=Trials(0)).clusters[0]
    assert cluster.relative_risk == np.inf and cluster.ratio == 3


def test_distances_on_the_earth_are_great_circles() -> None:
    quarter = on_earth([0, 0, 90, 0], [0, 90, 0, 180])
    km = quarter.along_ground(quarter.straight(0))
    np.testing.assert_allclose(km, np.array([0, 0.5, 0.5, 1]) * np.pi * 6367)
    # the widest circle allowed is measured along the ground as well, and may just be reached
    line = on_earth([0, 0, 0], [0, 60, 120])
    result = scan_poisson([5, 5, 1], [1, 1, 9], line, windows=Windows(radius=np.pi / 3 * 6367), trials=Trials(0))
    assert result.clusters[0].locations.tolist() == [0, 1]


def test_of_equally_far_sites_the_one_of_lesser_coordinates_comes_first() -> None:
    places = on_plane([0, 1, -1], [0, 0, 0])
    result = scan_poisson([5, 0, 5], [2, 9, 2], places, windows=Windows(population=0.9), trials=Trials(0))
    assert result.clusters[0].locations.tolist() == [0, 2]


def test_expected_counts_follow_the_strata_and_add_up_to_the_cases() -> None:
    # textbook indirect standardisation: rates 10/100 of the young, 30/100 of the old
    cases = np.array([[[4], [6]], [[10], [20]]])
    people = np.array([[[50], [50]], [[20], [80]]])
    expected = expected_counts(cases, people)
    np.testing.assert_allclose(expected, [[5 + 6], [5 + 24]])
    assert expected.sum() == cases.sum()


def test_person_days_are_areas_under_straight_lines() -> None:
    # 100 until day 0, rising to 200 at day 10, then level
    days = person_days([100, 200], [0, 10], [-5, 0, 5, 10, 12])
    np.testing.assert_allclose(days, [500, 625, 875, 400])
    np.testing.assert_allclose(person_days([[7.0]], [3], [0, 1, 4]), [[7, 21]])
