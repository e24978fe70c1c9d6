"""The law of courses and of asking for a test, against sums written out by hand.

Thousands of people under one law in one run; what is seen on each day is held against its exact probability by chi-square or by z.
Each test refuses a right engine with probability below 1 in 10,000, were the seeds not fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from tests.engine.simulate.chances import SMALL, everybody, fits, teeth
from tests.engine.simulate.places import illness, textbook, town

from epiengine.simulate import (
    ALWAYS,
    Delay,
    Measure,
    Testing,
    simulate,
)

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
