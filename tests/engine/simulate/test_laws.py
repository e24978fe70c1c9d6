"""The law of each draw, against sums written out by hand: courses, asking for a test, protection, rates, orders, contacts, edges.

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
from tests.engine.simulate.naive_town import hazards
from tests.engine.simulate.places import illness, textbook, town

from epiengine.jit import COMPILED
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

SMALL = 1 if COMPILED else 20
UNLIKELY = 1e-4
teeth = pytest.mark.skipif(not COMPILED, reason="a wrong law is seen by thousands of people only")


def fits(seen: np.ndarray, expected: np.ndarray) -> bool:
    """Chi-square of counts; what is expected fewer than five times is put together with the last, what cannot be must not be."""
    if seen[expected == 0].any():
        return False
    few = expected < 5
    seen, expected = (np.append(counts[~few], counts[few].sum()) for counts in (seen, expected))
    if expected[-1] < 5:
        seen, expected = (np.append(counts[:-2], counts[-2:].sum()) for counts in (seen, expected))
    return expected.size < 2 or bool(stats.chisquare(seen, expected * seen.sum() / expected.sum()).pvalue > UNLIKELY)


def everybody(people: int, *, day: int = 0) -> Start:
    return Start(infected=np.arange(people, dtype=np.int32), infected_on=np.full(people, day, dtype=np.int32))


# courses


def lasting(*delays: Delay, first_at_least: int = 0) -> np.ndarray:
    """[days]: the probability of the sum of these delays."""
    found = np.ones(1)
    for at, delay in enumerate(delays):
        days = np.maximum(delay.quantiles(), first_at_least if at == 0 else 0)
        found = np.convolve(found, np.bincount(days) / days.size)
    return found


def test_the_infected_take_the_courses_of_their_age():
    """Onsets and deaths of each day, and how many are infectious, severe and critical, of 20,000 infected on day 0."""
    world, disease, days = town(20_000 // SMALL), illness(rates={}), 150
    run = simulate(world, disease, (), everybody(world.people), seed=3, days=days)
    chances = (np.array(getattr(disease, name))[world.ages()] for name in ("symptomatic", "severe", "critical", "fatal"))
    ill, severe, critical, fatal = chances
    share = {
        "well": (1 - ill).mean(),
        "ill": ill.mean(),
        "mild": (ill * (1 - severe)).mean(),
        "severe": (ill * severe).mean(),
        "not critical": (ill * severe * (1 - critical)).mean(),
        "critical": (ill * severe * critical).mean(),
        "recovered": (ill * severe * critical * (1 - fatal)).mean(),
        "dead": (ill * severe * critical * fatal).mean(),
    }
    to_onset = (disease.latent, disease.presymptomatic)
    to_severe = (*to_onset, disease.to_severe)
    to_critical = (*to_severe, disease.to_critical)

    def on(name: str, *delays: Delay) -> np.ndarray:
        """[day]: share of the people for whom this happens on the day, after these delays."""
        found = lasting(*delays, first_at_least=1) * share[name]
        return np.append(found, np.zeros(days))[:days]

    out_of_critical = on("recovered", *to_critical, disease.critical_recovery) + on("dead", *to_critical, disease.to_death)
    out_of_severe = on("not critical", *to_severe, disease.severe_recovery) + out_of_critical
    out = on("well", disease.latent, disease.asymptomatic_recovery) + on("mild", *to_onset, disease.mild_recovery) + out_of_severe
    begun = on("well", disease.latent) + on("ill", disease.latent)
    expected = {
        "onsets": on("ill", *to_onset),
        "deaths": on("dead", *to_critical, disease.to_death),
        "infectious": np.cumsum(begun - out),
        "severe": np.cumsum(on("severe", *to_severe) - out_of_severe),
        "critical": np.cumsum(on("critical", *to_critical) - out_of_critical),
    }
    for name, chance in expected.items():
        at = chance * world.people > 20
        z = (run.total(name)[at] - chance[at] * world.people) / np.sqrt(world.people * chance[at] * (1 - chance[at]))
        assert np.abs(z).max(initial=0.0) < 5, name
        assert abs(run.total(name).sum() / (chance.sum() * world.people) - 1) < 0.1 * SMALL**0.5, name


# asking for a test


@dataclass(frozen=True)
class Asking:
    """Plans of tests, and the daily chance of being found that they give somebody ill or not, who is infectious on days 2 to 10."""

    plan: tuple[Measure, ...]
    chance: Callable[[int, bool], float]


def laboratory(*, ill: float, well: float, **more: object) -> Testing:
    return Testing(**{"with_symptoms": ill, "without": well, "sensitivity": ALWAYS, "turnaround": 0, **more})


RISING = (0.0, 0.0, 0.0, 0.2, 0.4, 0.9, 0.9, 0.6, 0.3)
ASKING = {
    "with symptoms": Asking((laboratory(ill=0.3, well=0.0),), lambda day, ill: 0.3 * ill),
    "everybody": Asking((laboratory(ill=0.3, well=0.07),), lambda day, ill: 0.3 if ill else 0.07),
    "sensitivity": Asking(
        (laboratory(ill=0.5, well=0.2, sensitivity=RISING),), lambda day, ill: (0.5 if ill else 0.2) * RISING[min(day, 8)]
    ),
    "half strength": Asking((laboratory(ill=0.6, well=0.1, strength=0.5),), lambda day, ill: 0.3 if ill else 0.05),
    "more from day 6 on": Asking(
        (laboratory(ill=0.1, well=0.02, end=6), laboratory(ill=0.6, well=0.3, start=6)),
        lambda day, ill: (0.1 if ill else 0.02) if day < 6 else (0.6 if ill else 0.3),
    ),
}


@cache
def found_on(name: str) -> np.ndarray:
    """[day]: cases found, and at the end who never was. Infectious from day 2 on; half of them ill from day 5 to 10, the rest well until 7."""
    people = 12_000 // SMALL
    stages = {"presymptomatic": Delay.fixed(3), "mild_recovery": Delay.fixed(6), "symptomatic": (0.5,) * 16}
    disease = textbook(rates={}, latent=2, lasting=6, **stages)
    seen = simulate(town(people), disease, ASKING[name].plan, everybody(people), seed=4, days=14).total("confirmed")
    return np.append(seen, people - seen.sum())


def found_by_law(chance: Callable[[int, bool], float]) -> np.ndarray:
    found = np.zeros(14)
    for ill, last in ((True, 11), (False, 8)):
        left = 0.5
        for day in range(2, last):
            found[day] += left * chance(day, ill and day >= 5)
            left *= 1 - chance(day, ill and day >= 5)
    return np.append(found, 1 - found.sum()) * (12_000 // SMALL)


@pytest.mark.parametrize("name", ASKING)
def test_the_day_on_which_a_case_is_found(name: str):
    assert fits(found_on(name), found_by_law(ASKING[name].chance))


@teeth
@pytest.mark.parametrize("name", ASKING)
def test_a_fifth_more_tests_would_be_seen(name: str):
    assert not fits(found_on(name), found_by_law(lambda day, ill: 1.2 * ASKING[name].chance(day, ill)))


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
        plan=(laboratory(ill=1.0, well=0.0), Isolation(beds=0, days=40, prevents_home={"household": 0.7})),
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
    world, luck = town(120, communes=3, hamlet=20, household=4, group=8), np.random.default_rng(9)
    mixing, commute = luck.dirichlet(np.full(16, 0.5), 16) * luck.uniform(0.5, 1.5, (16, 1)), luck.dirichlet(np.ones(3), 3)
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
    """Is each of the others infected with probability 1 - exp(-his hazard)? Squared z of people, added up."""
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
