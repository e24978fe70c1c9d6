"""Offspring laws and chains: against R, published values, other people's tests, and enumeration."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from tests.engine.estimate import naive, reference

from epiengine.estimate import (
    Control,
    cluster_size_probability,
    containment_probability,
    emergence_probability,
    epidemic_probability,
    extinction_probability,
    fit_offspring,
    share_caused_by_top,
    share_in_events_of,
    share_of_cases_causing,
)
from epiengine.tracing import top_infectors, transmission_tree

POISSON = math.inf


def offspring_law(r: float, k: float, most: int = 4000) -> np.ndarray:
    number = np.arange(most)
    return stats.poisson.pmf(number, r) if k == POISSON else stats.nbinom.pmf(number, k, k / (k + r))


def test_ebola_in_conakry() -> None:
    """Faye et al., Lancet Infect Dis 2015;15:320. R 4.2.2, dnbinom and optim (reltol 1e-14), profile intervals by uniroot."""
    found = fit_offspring(reference.column("superspreading/ebola_conakry_offspring_faye2015.csv", "secondary_cases"))
    assert found.r == pytest.approx(145 / 152)
    assert found.k == pytest.approx(0.18150616, rel=1e-6)
    assert (found.k_low, found.k_high) == pytest.approx((0.117302, 0.278656), rel=1e-4)
    assert (found.r_low, found.r_high) == pytest.approx((0.642340682, 1.47474771), rel=1e-6)
    assert found.log_likelihood == pytest.approx(-177.196599382, abs=1e-8)


def test_mers_in_korea_2015() -> None:
    """162 cases, 98 pairs, 95 infectees (one has two infectors named, one has three); the three who infected most; k by R as above."""
    people = [row["id"] for row in reference.rows("outbreaks/mers_korea_2015__linelist.csv")]
    pairs = reference.rows("outbreaks/mers_korea_2015__contacts.csv")
    place = {name: row for row, name in enumerate(people)}
    tree = transmission_tree([place[row["from"]] for row in pairs], [place[row["to"]] for row in pairs], people=len(people))
    top = top_infectors(tree, count=3)
    assert [(people[one], int(tree.offspring[one])) for one in top] == [("SK_14", 38), ("SK_1", 26), ("SK_16", 21)]
    assert (tree.infectee.size, np.unique(tree.infectee).size, tree.contested.size) == (98, 95, 2)
    found = fit_offspring(tree.offspring)
    assert (found.r, found.k) == pytest.approx((98 / 162, 0.0204007), rel=1e-5)
    assert (found.k_low, found.k_high) == pytest.approx((0.00957077, 0.0393499), rel=1e-4)
    assert (found.r_low, found.r_high) == pytest.approx((0.226007, 2.510367), rel=1e-5)


def test_measles_in_hagelloch_1861() -> None:
    """188 children, 184 with a known infector; case 45 infected 30; k by R as above."""
    rows = reference.rows("outbreaks/measles_hagelloch_1861.csv")
    place = {row["case_ID"]: number for number, row in enumerate(rows)}
    pairs = [(place[row["infector"]], place[row["case_ID"]]) for row in rows if row["infector"] != "NA"]
    tree = transmission_tree(*zip(*pairs, strict=True), people=len(rows))
    assert [(rows[one]["case_ID"], int(tree.offspring[one])) for one in top_infectors(tree, count=1)] == [("45", 30)]
    found = fit_offspring(tree.offspring)
    assert (found.r, found.k) == pytest.approx((184 / 188, 0.25474096), rel=1e-6)
    assert (found.r_low, found.r_high) == pytest.approx((0.716434, 1.36532), rel=1e-5)


def test_counts_no_more_variable_than_chance_are_poisson() -> None:
    found = fit_offspring([1] * 30)
    assert (found.r, found.k, found.k_high) == (1.0, POISSON, POISSON)
    assert 1 < found.k_low < 100
    assert found.log_likelihood == pytest.approx(30 * stats.poisson.logpmf(1, 1))


def test_what_the_counts_do_not_bound_is_not_bounded() -> None:
    found = fit_offspring([0] * 200 + [300])
    assert found.k_low == 0.0
    assert found.r_low < found.r < found.r_high


def test_the_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(2)
    fits = [fit_offspring(rng.negative_binomial(0.4, 0.4 / 1.9, 120)) for _ in range(60)]
    assert np.mean([fit.r_low <= 1.5 <= fit.r_high for fit in fits]) >= 0.9
    assert np.mean([fit.k_low <= 0.4 <= fit.k_high for fit in fits]) >= 0.9


@pytest.mark.parametrize(
    ("r", "k", "share"),
    [
        (2, 0.5, 0.264419),
        (1, 0.1, 0.08693433),
        (2, 0.1, 0.09208820),
        (3, 0.1, 0.09389299),
        (1, 0.2, 0.14293729),
        (2, 0.2, 0.15561248),
        (3, 0.2, 0.16024765),
        (1, 0.3, 0.18158065),
        (2, 0.3, 0.20282175),
        (3, 0.3, 0.21039108),
        (1.63, 0.16, 0.130),
        (2, POISSON, 0.529),
    ],
)
def test_the_share_of_cases_causing_80_per_cent(r: float, k: float, share: float) -> None:
    """R package superspreading, its own test values (proportion_transmission.md); 13 % for SARS of Lloyd-Smith 2005."""
    assert share_of_cases_causing(0.8, r=r, k=k) == pytest.approx(share, abs=5e-4 if share in (0.13, 0.529) else 5e-7)
    assert share_of_cases_causing(0.8, r=r, k=k) == pytest.approx(naive.share_causing(0.8, offspring_law(r, k)), abs=1e-9)


def test_all_transmission_is_caused_by_those_who_infect_anybody() -> None:
    assert share_of_cases_causing(0.9999, r=2, k=0.5) == pytest.approx(0.553, abs=5e-4)
    assert share_of_cases_causing(1.0, r=2, k=0.5) == pytest.approx(1 - offspring_law(2, 0.5)[0])
    assert share_of_cases_causing(0.0, r=2, k=0.5) == 0.0


def test_what_the_top_20_per_cent_cause() -> None:
    """superspreading: 52 % at k = 1, 20 % where all are alike. Lloyd-Smith et al. 2005, figure 1b: about 88 % for SARS with k = 0.16."""
    assert share_caused_by_top(0.2, k=1.0) == pytest.approx(0.2 - 0.2 * math.log(0.2), rel=1e-12)  # exponential law, by hand
    assert share_caused_by_top(0.2, k=0.16) == pytest.approx(0.88, abs=0.01)
    assert share_caused_by_top(0.2, k=1e7) == pytest.approx(0.2, abs=1e-3)
    assert share_caused_by_top(0.2, k=POISSON) == 0.2


def test_the_share_infected_in_large_events() -> None:
    """superspreading's test values of proportion_cluster_size are simulated, tolerance 5 %: enumeration is the sharper test."""
    simulated = {(1, 0.1): (0.72803077, 0.46999814), (2, 0.2): (0.76277228, 0.51202964), (3, 0.3): (0.79201115, 0.54954862)}
    for (r, k), values in simulated.items():
        for size, value in zip((5, 10), values, strict=True):
            law = offspring_law(r, k)
            found = share_in_events_of(size, r=r, k=k)
            assert found == pytest.approx(value, rel=0.01)
            assert found == pytest.approx((np.arange(4000) * law)[size:].sum() / r, rel=1e-9)


SARS = {"r": 1.63, "k": 0.16}


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (extinction_probability(r=1.5, k=0.5), 0.7675919),
        (extinction_probability(r=1.5, k=0.5, control=Control(population=0.1)), 0.8213172),
        (extinction_probability(r=1.5, k=0.5, control=Control(individual=0.1)), 0.8391855),
        (extinction_probability(r=1.5, k=0.5, control=Control(0.1, 0.1)), 0.8915076),
        (extinction_probability(r=1.5, k=0.5, cases=5, control=Control(individual=0.1)), 0.4161882),
        (extinction_probability(r=1.5, k=0.5, cases=5, control=Control(population=0.1)), 0.3737271),
        (extinction_probability(**SARS, control=Control(population=0.1)), 0.9037105),
        (extinction_probability(**SARS, control=Control(individual=0.1)), 0.9133394),
        (extinction_probability(**SARS, cases=5, control=Control(0.1, 0.1)), 0.7168911),
        (epidemic_probability(r=1.5, k=0.5), 0.2324081),
        (epidemic_probability(r=1.5, k=POISSON), 0.5828074),
        (epidemic_probability(r=1.5, k=0.5, control=Control(individual=0.2)), 0.09070598),
        (epidemic_probability(r=1.5, k=0.5, control=Control(population=0.2)), 0.1133825),
        (epidemic_probability(r=1.5, k=0.5, control=Control(0.1, 0.1)), 0.1084924),
        (epidemic_probability(**SARS), 0.1198705),
        (emergence_probability(wild=0.5, mutants=[1.5], mutation=0.1), 0.05057598),
        (emergence_probability(wild=0.5, mutants=[0.5, 0.5, 1.5], mutation=0.1), 0.000416088),
    ],
)
def test_extinction_containment_and_emergence(found: float, value: float) -> None:
    """superspreading's test values (probability_contain.md, _epidemic.md, _emergence.md), which it finds by a numerical minimum: 5e-6."""
    assert found == pytest.approx(value, abs=5e-6)


def test_extinction_is_certain_up_to_the_threshold_and_continuous_there() -> None:
    assert extinction_probability(r=1.0, k=0.3) == extinction_probability(r=0.5, k=0.1, cases=50) == 1.0
    assert extinction_probability(r=1.000001, k=0.3) == pytest.approx(1.0, abs=1e-5)
    assert extinction_probability(r=2.0, k=0.3, cases=0) == 1.0
    assert extinction_probability(r=50.0, k=POISSON) == pytest.approx(math.exp(-50), rel=1e-6)
    # k = 1, geometric: the root is 1 / R
    assert extinction_probability(r=2.5, k=1.0) == pytest.approx(0.4, abs=1e-12)


@pytest.mark.parametrize(("r", "k", "cases"), [(0.8, 0.5, 1), (1.7, 0.2, 1), (0.6, POISSON, 2), (1.2, 2.0, 3)])
def test_cluster_sizes_agree_with_enumeration(r: float, k: float, cases: int) -> None:
    expected = naive.size_law(offspring_law(r, k, 20), cases=cases, most=14)
    np.testing.assert_allclose(cluster_size_probability(np.arange(1, 15), r=r, k=k, cases=cases), expected[1:], atol=1e-12)


@pytest.mark.parametrize("individual", [0.0, 0.3])
def test_containment_agrees_with_enumeration(individual: float) -> None:
    law = (1 - individual) * offspring_law(1.5 * 0.9, 0.5, 20)
    law[0] += individual
    expected = sum(naive.size_law(law, cases=2, most=12))
    control = Control(population=0.1, individual=individual)
    assert containment_probability(12, r=1.5, k=0.5, cases=2, control=control) == pytest.approx(expected, abs=1e-12)


def test_all_finite_clusters_together_are_extinction() -> None:
    sizes = cluster_size_probability(np.arange(1, 20_000), r=1.5, k=0.5)
    assert sizes.sum() == pytest.approx(extinction_probability(r=1.5, k=0.5), abs=1e-9)
    # mean size of clusters that must end: 1 / (1 - R)
    number = np.arange(1, 20_000)
    assert (cluster_size_probability(number, r=0.7, k=0.3) @ number) == pytest.approx(1 / 0.3, rel=1e-9)


def test_an_outbreak_ends_by_chance_as_often_as_simulated() -> None:
    """superspreading simulates 0.7694 for at most 100 cases, tolerance 5 %."""
    assert containment_probability(100, r=1.5, k=0.5) == pytest.approx(0.7694, rel=0.05)
