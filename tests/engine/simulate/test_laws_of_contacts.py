"""The law of contacts, protection, rates and orders, against sums written out by hand.

Thousands of people under one law in one run; what is seen on each day is held against its exact probability by chi-square or by z.
Each test refuses a right engine with probability below 1 in 10,000, were the seeds not fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pytest
from scipy import stats
from tests.engine.simulate.chances import SMALL, UNLIKELY, fits, teeth
from tests.engine.simulate.naive_town import hazards
from tests.engine.simulate.places import textbook, town

from epiengine.simulate import (
    ALWAYS,
    ByDay,
    Closures,
    Delay,
    Efficacy,
    Isolation,
    Measure,
    Network,
    Start,
    StayHome,
    Step,
    Testing,
    Vaccine,
    Variant,
    Waning,
    advance,
    begin,
    network,
    simulate,
)

# households of two: the first infects the second, or not


@dataclass(frozen=True)
class Pair:
    """A change of the plain law, and what it leaves of the rate on a day from 0 on; the first is infectious on days 1 to 20."""

    left: Callable[[int], float]
    disease: dict[str, object] = field(default_factory=dict)
    plan: tuple[Measure, ...] = ()
    start: Callable[[np.ndarray, np.ndarray], dict[str, object]] = lambda first, second: {}
    multiplier: float = 1.0
    headroom: float = 1.0


TWO_DOSES = Vaccine((Efficacy(0.3, 0.4, 0.0), Efficacy(0.8, 0.6, 0.0)), takes=4, half_life=15)


def dosed(number: int, day: int, *, who: int):
    def start(*both: np.ndarray) -> dict[str, object]:
        people = both[who]
        return {"dosed": people, "doses": np.full(people.size, number), "dosed_on": np.full(people.size, day)}

    return start


def before(day: int):
    """The seconds had it before: infectious a day later, for 20 days."""
    return lambda first, second: {
        "infected": np.append(first, second),
        "infected_on": np.append(np.zeros(first.size), np.full(second.size, day)).astype(np.int32),
    }


ESCAPES = {"variants": (Variant("old"), Variant("new", escape=0.25))}
WANES = {"waning": Waning(12, first=0.9, floor=0.3)}
PAIRS = {
    "plain": Pair(lambda day: 1.0),
    "a profile by day": Pair(
        lambda day: (0.2, 1.5, 3.0, 1.0, 0.4, 0.4)[day - 1] if day < 7 else 0.0, {"profile": ByDay((0.2, 1.5, 3.0, 1.0, 0.4, 0.4))}
    ),
    # 20 days, of which 4 are high: the scale is 1 / (1 + share * (ratio - 1))
    "high, then low": Pair(lambda day: (3.0 if day < 5 else 1.0) / 1.6, {"profile": Step(3.0, share=0.3, most_days=4)}),
    "without symptoms": Pair(lambda day: 0.4, {"asymptomatic": 0.4}),
    "half as susceptible": Pair(lambda day: 0.5, {"susceptibility": (0.5,) * 16}),
    "another variant": Pair(
        lambda day: 1.6,
        {"variants": (Variant("old"), Variant("new", transmission=1.6))},
        start=lambda first, second: {"variant": np.ones(first.size)},
    ),
    "one dose": Pair(lambda day: 1 - 0.3 * 0.5 ** ((day + 6) / 15), {"vaccine": TWO_DOSES}, start=dosed(1, -10, who=1)),
    "two doses": Pair(lambda day: 1 - 0.8 * 0.5 ** ((day + 6) / 15), {"vaccine": TWO_DOSES}, start=dosed(2, -10, who=1)),
    "a dose that works from day 3 on": Pair(
        lambda day: 1 - 0.8 * 0.5 ** ((day - 3) / 15) * (day >= 3),
        {"vaccine": replace(TWO_DOSES, doses=(Efficacy(0.8, 0, 0),))},
        start=dosed(1, -1, who=1),
    ),
    "the first was dosed": Pair(lambda day: 1 - 0.6 * 0.5 ** (6 / 15), {"vaccine": TWO_DOSES}, start=dosed(2, -10, who=0)),
    "a dose and a variant that escapes": Pair(
        lambda day: 1 - 0.8 * 0.5 ** ((day + 6) / 15) * 0.75,
        {"vaccine": TWO_DOSES, **ESCAPES},
        start=lambda *both: {**dosed(2, -10, who=1)(*both), "variant": np.ones(both[0].size)},
    ),
    # infected on day -40, infectious from -39 to -20
    "had it before": Pair(lambda day: 1 - (0.3 + 0.6 * 0.5 ** ((day + 19) / 12)), WANES, start=before(-40)),
    "had it before, and a variant that escapes": Pair(
        lambda day: 1 - (0.3 + 0.6 * 0.5 ** ((day + 19) / 12)) * 0.75,
        {**WANES, **ESCAPES},
        start=lambda *both: {**before(-40)(*both), "variant": np.repeat([1, 0], [both[0].size, both[1].size])},
    ),
    "had it before, for ever": Pair(lambda day: 0.0, start=before(-40)),
    "an order": Pair(lambda day: 1 - 0.5 * 0.8 * 0.9, plan=(StayHome(prevents={"household": 0.9}, compliance=0.8, strength=0.5),)),
    "an order for a week": Pair(
        lambda day: 0.4 if 5 <= day < 12 else 1.0, plan=(StayHome(start=5, end=12, prevents={"household": 0.6}, compliance=1.0),)
    ),
    "two orders": Pair(
        lambda day: 0.6 * 0.5, plan=(StayHome(prevents={"household": 0.4}, compliance=1.0), Closures(prevents={"household": 0.5}))
    ),
    "at home as a case": Pair(
        lambda day: 0.3 if day >= 5 else 1.0,
        {"symptomatic": (1.0,) * 16, "presymptomatic": Delay.fixed(4), "mild_recovery": Delay.fixed(16)},
        plan=(Testing(with_symptoms=1.0, sensitivity=ALWAYS, turnaround=0), Isolation(beds=0, days=40, prevents_home={"household": 0.7})),
    ),
    "a multiplier": Pair(lambda day: 0.7, multiplier=0.7),
    "a multiplier above 1": Pair(lambda day: 1.5, multiplier=1.5, headroom=2.0),
}
#: So small that two candidates of a pair on one day are rare.
DAILY = 0.02


@cache
def infected_on(name: str) -> np.ndarray:
    """[day 1 to 20]: how many of the second are infected, and at the end how many are not."""
    homes, pair = 20_000 // SMALL, PAIRS[name]
    first, second = np.arange(0, 2 * homes, 2, dtype=np.int32), np.arange(1, 2 * homes, 2, dtype=np.int32)
    told = {"infected": first, "infected_on": np.zeros(homes, dtype=np.int32), **pair.start(first, second)}
    disease = textbook(rates={"household": DAILY}, latent=1, lasting=20, **pair.disease)
    state = begin(town(2 * homes, household=2), disease, pair.plan, Start(**told), seed=6, headroom=pair.headroom)
    advance(state, 21, multiplier=pair.multiplier)
    seen = np.array([(state.people.infected_on[second] == day).sum() for day in range(1, 21)])
    return np.append(seen, homes - seen.sum())


def infected_by_law(left: Callable[[int], float]) -> np.ndarray:
    """exp(-sum of the rates before) (1 - exp(-rate)) on each day."""
    rates = DAILY * np.array([left(day) for day in range(1, 21)])
    before = np.concatenate([[0.0], np.cumsum(rates)])
    return np.append(np.exp(-before[:-1]) * (1 - np.exp(-rates)), np.exp(-before[-1])) * (20_000 // SMALL)


@pytest.mark.parametrize("name", PAIRS)
def test_the_day_on_which_the_other_of_two_is_infected(name: str):
    assert fits(infected_on(name), infected_by_law(PAIRS[name].left))


@teeth
@pytest.mark.parametrize("name", PAIRS)
def test_ten_points_more_of_the_rate_would_be_seen(name: str):
    assert not fits(infected_on(name), infected_by_law(lambda day: PAIRS[name].left(day) + 0.1))


@pytest.mark.parametrize("dispersion", [0.3, 1.5])
def test_people_are_as_infectious_as_the_gamma_distribution_says(dispersion: float):
    """In households of two, one is infected with probability 1 - (1 + rate / k)^-k over all days."""
    homes, daily = 20_000 // SMALL, 0.01
    world, first = town(2 * homes, household=2), np.arange(0, 2 * homes, 2, dtype=np.int32)
    disease = textbook(rates={"household": daily}, latent=1, lasting=100, dispersion=dispersion)
    start = Start(infected=first, infected_on=np.zeros(homes, dtype=np.int32))
    seen = simulate(world, disease, (), start, seed=6, days=101).total("infections")[1:].sum()
    chance = 1 - (1 + 100 * daily / dispersion) ** -dispersion
    assert seen / homes == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / homes) + 0.003)


# who meets whom in a town

#: One who works, one who learns, one who does neither.
SOURCES = (5, 49, 110)


def uneven() -> tuple:
    """Three communes and ages that meet as unevenly as can be drawn."""
    world, draw_key = town(120, communes=3, hamlet=20, household=4, group=8), np.random.default_rng(9)
    mixing, commute = draw_key.dirichlet(np.full(16, 0.5), 16) * draw_key.uniform(0.5, 1.5, (16, 1)), draw_key.dirichlet(np.ones(3), 3)
    return replace(world, mixing=mixing, commute=commute), {"household": 0.2, "school": 0.9, "work": 0.6, "hamlet": 0.7, "community": 2.0}


@cache
def infected_by(source: int) -> np.ndarray:
    """[run, person]: whom one who is infectious for one day infects."""
    world, rates = uneven()
    start = Start(infected=np.array([source]), infected_on=np.array([0]))
    seen = np.zeros((2500 // SMALL, world.people))
    for seed in range(seen.shape[0]):
        state = begin(world, textbook(rates=rates, latent=1, lasting=1), (), start, seed=seed)
        advance(state, 2)
        seen[seed] = state.people.infected_on == 1
    return seen


def as_chance_says(seen: np.ndarray, hazard: np.ndarray, source: int) -> bool:
    """Is each of the others infected with probability 1 - exp(-their hazard)? Squared z of people, added up."""
    chance = 1 - np.exp(-np.delete(hazard, source))
    spread = seen.shape[0] * chance * (1 - chance)
    off = (np.delete(seen.sum(axis=0), source) - seen.shape[0] * chance) ** 2
    return bool(stats.chi2.sf((off / spread)[spread > 3].sum(), (spread > 3).sum()) > UNLIKELY)


@pytest.mark.parametrize("source", SOURCES)
def test_one_infects_whom_layers_communes_and_ages_say(source: int):
    """And independently of the rest: the number of the infected varies as a sum of single chances does."""
    world, rates = uneven()
    seen, hazard = infected_by(source), hazards(world, textbook(rates=rates))[:, source].sum(axis=0)
    assert as_chance_says(seen, hazard, source)
    chance = np.delete(np.exp(-hazard), source)
    assert seen.sum(axis=1).var() == pytest.approx((chance * (1 - chance)).sum(), rel=6 * np.sqrt(2 / seen.shape[0]))


@teeth
@pytest.mark.parametrize("layer", ["household", "school", "work", "hamlet", "community"])
def test_other_contacts_would_be_seen(layer: str):
    """Of a layer half as many again, for whoever of the three has most contacts in it."""
    world, rates = uneven()
    more = hazards(world, textbook(rates={**rates, layer: 1.5 * rates[layer]})).sum(axis=0)
    assert not all(as_chance_says(infected_by(source), more[source], source) for source in SOURCES)


# a user's own network


def stars(hubs: int, contacts: list[tuple[int, int]]) -> Network:
    """Hubs 0, 6, 12... and five people around each; contacts[i] = (layer, how often) of the i-th of them."""
    pairs: list[list[tuple[int, int]]] = [[], [], []]
    for hub in range(0, 6 * hubs, 6):
        for at, (layer, often) in enumerate(contacts):
            pairs[layer] += [(hub, hub + 1 + at)] * often
    ends = [tuple(np.array(layer, dtype=np.int64).reshape(-1, 2).T) for layer in pairs]
    factor = np.tile([1.0, 1.0, 1.0, 1.0, 1.0, 0.5], hubs)
    return network(6 * hubs, ends, names=["near", "middle", "far"], rel_susceptible=factor, rel_transmit=np.full(6 * hubs, 0.8))


PROFILES: dict[str, tuple[ByDay | Step, list[float]]] = {
    "by day": (ByDay((0.4, 1.5, 1.0, 0.3)), [0.4, 1.5, 1.0, 0.3, 0.0, 0.0]),
    "high, then low": (Step(2.0, share=0.3, most_days=4), [w / 1.3 for w in (2, 2, 1, 1, 1, 1)]),
    "even": (ByDay((1.0,) * 6), [1.0] * 6),
}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_contact_infects_on_each_day_with_its_probability(profile: str):
    """Three layers, two of which are skipped through together; the last is half as susceptible, the third is met twice."""
    hubs, daily, contacts = 6000 // SMALL, (0.2, 0.1, 0.02), [(0, 1), (1, 1), (1, 2), (2, 1), (0, 1)]
    world = stars(hubs, contacts)
    shape, weights = PROFILES[profile]
    disease = textbook(rates=dict(zip(("near", "middle", "far"), daily, strict=True)), latent=1, lasting=6, profile=shape)
    start = Start(infected=np.arange(0, 6 * hubs, 6, dtype=np.int32), infected_on=np.zeros(hubs, dtype=np.int32))
    state = begin(world, disease, (), start, seed=8, infectors=True)
    advance(state, 7)
    on, by = state.people.infected_on.reshape(hubs, 6), state.people.infector.reshape(hubs, 6)
    for at, (layer, often) in enumerate(contacts):
        each = [1 - (1 - 0.8 * daily[layer] * weight * (0.5 if at == 4 else 1.0)) ** often for weight in weights]
        left = np.cumprod([1.0, *(1 - one for one in each)])
        chance = np.append(left[:-1] * each, left[-1])
        seen = np.array([((on[:, at + 1] == day) & (by[:, at + 1] == np.arange(0, 6 * hubs, 6))).sum() for day in range(1, 7)])
        assert fits(np.append(seen, hubs - seen.sum()), chance * hubs), contacts[at]
