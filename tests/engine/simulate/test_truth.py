"""Against what is known without a simulation: final sizes, exact distributions, extinction."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq
from tests.engine.simulate.places import complete, textbook, town, well_mixed

from epiengine.jit import COMPILED
from epiengine.simulate import Delay, Disease, Start, SyntheticPopulation, advance, begin, by_age, packed, seeds, simulate

#: Without the compiler a tenth of the people and of the runs: the same tests, blunter.
SMALL = 1 if COMPILED else 10


@pytest.mark.parametrize("contacts", [1.5, 2.5])
def test_the_final_size_relation(contacts: float):
    """z = 1 - (1 - i0) exp(-R0 z): Kermack and McKendrick 1927; Ma and Earn 2006, Bull Math Biol 68:679, equation 10."""
    people, first = 40_000 // SMALL, 400 // SMALL
    run = simulate(well_mixed(people), textbook(rates={"community": contacts / 5}), (), seeds(first), seed=1, days=150)
    share = run.total("infections").sum() / people
    expected = brentq(lambda z: z - 1 + (1 - first / people) * math.exp(-contacts * z), 1e-6, 1)
    # variance of a large outbreak: von Bahr and Martin-Lof 1980; its scale is sqrt(z (1 - z)) / (1 - R0 (1 - z)) / sqrt(n)
    spread = math.sqrt(expected * (1 - expected) * (1 + contacts**2 * (1 - expected) / contacts)) / (1 - contacts * (1 - expected))
    assert share == pytest.approx(expected, abs=4 * spread / math.sqrt(people))


def two_groups(people: int) -> tuple[SyntheticPopulation, np.ndarray]:
    """Half of the people of band 0 and half of band 9, who meet differently; and contacts[i, j] of one of i with those of j."""
    ages = np.where(np.arange(people) % 2 == 0, 0, 9).astype(np.int32)
    plain = well_mixed(people)
    mixing = np.full((16, 16), 1 / 16)
    mixing[0], mixing[9] = 0, 0
    mixing[0, [0, 9]], mixing[9, [0, 9]] = (1.2, 0.4), (0.4, 0.5)
    start, member = by_age(ages, np.zeros(people, dtype=np.int32), communes=1)
    place = np.zeros(people, dtype=np.int64)
    person = packed(ages, place, place + 1, place, place - 1)
    changed = {**vars(plain), "person": person, "age_start": start, "age_member": member, "mixing": mixing}
    return SyntheticPopulation(**changed), np.array([[1.2, 0.4], [0.4, 0.5]])


def test_the_final_size_of_two_groups():
    """z_j = 1 - (1 - i0) exp(-sum_i K_ij z_i), both groups of one size: Andreasen 2011, Bull Math Biol 73:2305."""
    people, rate, first = 40_000 // SMALL, 0.4, 400 // SMALL
    world, contacts = two_groups(people)
    state = begin(world, textbook(rates={"community": rate}), (), seeds(first), seed=2)
    advance(state, 150)
    infected = state.people.infected_on >= 0
    expected = np.full(2, 0.9)
    for _ in range(500):
        expected = 1 - (1 - first / people) * np.exp(-(expected @ contacts) * rate * 5)
    found = np.array([infected[world.ages() == age].mean() for age in (0, 9)])
    assert found == pytest.approx(expected, abs=4 / math.sqrt(people))


def final_size(susceptible: int, infected: int, avoid) -> np.ndarray:
    """P(0..n further infected): Ball 1986, Adv Appl Prob 18:289, equation 2.1, by their triangular system.

    avoid(k) = E[exp(-k * force of one infective on one person over their whole course)]
    """
    chance = np.zeros(susceptible + 1)
    for k in range(susceptible + 1):
        occupied = avoid(susceptible - k)
        before = sum(math.comb(susceptible - j, k - j) * chance[j] / occupied ** (infected + j) for j in range(k))
        chance[k] = (math.comb(susceptible, k) - before) * occupied ** (infected + k)
    return chance


def fits(counts: np.ndarray, chance: np.ndarray) -> bool:
    """Chi-square over neighbouring sizes put together until each expects 8 runs."""
    expected, seen, group = [0.0], [0], 0
    for size, one in enumerate(chance * counts.sum()):
        if expected[group] >= 8:
            expected.append(0.0)
            seen.append(0)
            group += 1
        expected[group] += one
        seen[group] += counts[size]
    if expected[-1] < 8:
        expected[-2:], seen[-2:] = [sum(expected[-2:])], [sum(seen[-2:])]
    return stats.chisquare(seen, np.array(expected) * (sum(seen) / sum(expected))).pvalue > 0.001


@pytest.mark.parametrize("lasting", [Delay.fixed(4), Delay.geometric(4)], ids=["fixed", "geometric"])
def test_the_exact_distribution_of_final_sizes_in_a_town(lasting: Delay):
    """A geometric duration is the Markov SIR that Gillespie's algorithm draws; its final size does not ask how long a day is."""
    people, rate, runs = 16, 0.4, 3000 // SMALL
    disease = Disease(name="", transmission={"community": rate}, latent=Delay.fixed(1), asymptomatic_recovery=lasting)
    days = lasting.quantiles().astype(float)
    chance = final_size(people - 1, 1, lambda k: float(np.exp(-rate / people * k * days).mean()))
    world = well_mixed(people)
    sizes = [simulate(world, disease, (), seeds(1), seed=seed, days=200).total("infections").sum() - 1 for seed in range(runs)]
    assert fits(np.bincount(sizes, minlength=people), chance)


def test_the_exact_distribution_of_final_sizes_on_a_complete_graph():
    people, daily, runs = 16, 0.03, 3000 // SMALL
    disease = textbook(rates={"all": daily}, latent=1, lasting=4)
    chance = final_size(people - 1, 1, lambda k: (1 - daily) ** (4 * k))
    world = complete(people)
    sizes = [simulate(world, disease, (), seeds(1), seed=seed, days=100).total("infections").sum() - 1 for seed in range(runs)]
    assert fits(np.bincount(sizes, minlength=people), chance)


@pytest.mark.parametrize("dispersion", [0.3, 2.0])
def test_extinction_from_one_case(dispersion: float):
    """The smallest root of q = (1 + R (1 - q) / k)^-k: Lloyd-Smith et al. 2005, Nature 438:355, with negative binomial offspring."""
    people, number, runs = 4000 // SMALL, 1.6, 800 // SMALL
    root = brentq(lambda q: (1 + number * (1 - q) / dispersion) ** -dispersion - q, 0, 0.999)
    world, disease = well_mixed(people), textbook(rates={"community": number / 5}, dispersion=dispersion)
    small = [
        simulate(world, disease, (), seeds(1), seed=seed, days=120).total("infections").sum() < 60 // SMALL**0.5 for seed in range(runs)
    ]
    assert np.mean(small) == pytest.approx(root, abs=4 * math.sqrt(root * (1 - root) / runs))


def test_offspring_are_negative_binomial():
    """Mean R and variance R + R^2 / k of the first case's infections in a town where nobody else is infectious yet."""
    people, number, k, runs = 20_000 // SMALL, 2.0, 0.5, 1500 // SMALL
    world = well_mixed(people)
    disease = textbook(rates={"community": number / 5}, dispersion=k, latent=9, lasting=5)
    cases = Start(infected=np.arange(runs, dtype=np.int32), infected_on=np.zeros(runs, dtype=np.int32))
    state = begin(world, disease, (), cases, seed=4, infectors=True)
    advance(state, 16)
    offspring = np.bincount(state.people.infector[state.people.infector >= 0], minlength=runs)[:runs]
    # those who were infected already or twice are lost: about runs * R / people / 2 + runs / people of them
    lost = runs / people * (1 + number / 2)
    assert offspring.mean() == pytest.approx(number * (1 - lost), abs=4 * math.sqrt((number + number**2 / k) / runs) + 0.02)
    assert offspring.var() == pytest.approx(number + number**2 / k, rel=0.35)


def test_households_are_infected_from_within_as_their_rates_say():
    """With contacts at home only: each member is infected by the first case with probability 1 - exp(-rate * days), and so on."""
    rate, homes = 0.06, 6000 // SMALL
    world = town(homes * 3, household=3, hamlet=60)
    first = np.arange(0, homes * 3, 3, dtype=np.int32)
    disease = textbook(rates={"household": rate}, latent=1, lasting=5)
    state = begin(world, disease, (), Start(infected=first, infected_on=np.zeros(homes, dtype=np.int32)), seed=1)
    advance(state, 40)
    sizes = (state.people.infected_on.reshape(homes, 3) >= 0).sum(axis=1) - 1
    chance = final_size(2, 1, lambda k: math.exp(-rate * 5 * k))
    assert fits(np.bincount(sizes, minlength=3), chance)
