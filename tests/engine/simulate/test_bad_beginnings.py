"""What no disease, delay, start, import, network or run can be: refused by name, value and range, before anything is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from math import inf, nan

import numpy as np
import pytest
from tests.engine.simulate.places import textbook, town

from epiengine.simulate import (
    ByDay,
    Closures,
    Delay,
    Disease,
    Efficacy,
    EngineError,
    Imports,
    Start,
    Step,
    Vaccine,
    Variant,
    Waning,
    advance,
    begin,
    network,
    seeds,
    simulate,
)

NOT_A_NUMBER = (nan, "3", None)
SHARES = ((0.1,) * 15, (nan,) * 16, (*(0.1,) * 15, 1.1), (-0.1, *(0.1,) * 15))
NO_DELAY = (3, nan, None, "3 days")

#: Of a disease: each figure, and what it cannot be.
OF_DISEASE: dict[str, tuple[object, ...]] = {
    "transmission": ({"work": nan}, {"work": -0.1}, {"work": inf}, {"work": "much"}, 0.1),
    **dict.fromkeys(
        (
            *("latent", "asymptomatic_recovery", "presymptomatic", "mild_recovery", "to_severe"),
            *("severe_recovery", "to_critical", "critical_recovery", "to_death"),
        ),
        NO_DELAY,
    ),
    "profile": (
        ByDay(()),
        ByDay((nan,)),
        ByDay((-1.0,)),
        ByDay((1.0,) * 366),
        ByDay(("1",)),  # type: ignore[arg-type]
        ByDay(1.0),  # type: ignore[arg-type]
        Step(ratio=nan),
        Step(share=1.1),
        Step(most_days=-1),
        3,
    ),
    "susceptibility": (*SHARES[:2], (-0.1, *(0.1,) * 15), (101.0, *(1.0,) * 15), ("1",) * 16, 1.0),
    "symptomatic": SHARES,
    "severe": SHARES,
    "critical": SHARES,
    "fatal": SHARES,
    "asymptomatic": (-0.1, 11.0, *NOT_A_NUMBER),
    "dispersion": (0.0, -1.0, *NOT_A_NUMBER),
    "waning": (
        Waning(nan),
        Waning(0.0),
        Waning(-3.0),
        Waning(9, first=1.1),
        Waning(9, first=nan),
        Waning(9, first=0.5, floor=0.6),
        30,
    ),
    "variants": (
        (),
        (Variant("a"),) * 5,
        (Variant("a", transmission=nan),),
        (Variant("a", severity=-1.0),),
        (Variant("a", escape=1.1),),
        ("delta",),
        "a",
        Variant("a"),
    ),
    "vaccine": (
        Vaccine(()),
        Vaccine((Efficacy(0.5, 0.5, 0.5),) * 4),
        Vaccine((Efficacy(nan, 0.5, 0.5),)),
        Vaccine((Efficacy(0.5, 1.1, 0.5),)),
        Vaccine((Efficacy(0.5, 0.5, -0.1),)),
        Vaccine((Efficacy(0.5, 0.5, 0.5),), takes=-1),
        Vaccine((Efficacy(0.5, 0.5, 0.5),), takes=0.5),  # type: ignore[arg-type]
        Vaccine((0.5,)),  # type: ignore[arg-type]
        Vaccine(Efficacy(0.5, 0.5, 0.5)),  # type: ignore[arg-type]
        Vaccine((Efficacy(0.5, 0.5, 0.5),), half_life=nan),
        Vaccine((Efficacy(0.5, 0.5, 0.5),), half_life=0.0),
        "a vaccine",
    ),
}
DELAYS: dict[str, Callable[[], object]] = {
    "negative": lambda: Delay.fixed(-1),
    "of no number": lambda: Delay.gamma(nan, 1),
    "of no spread": lambda: Delay.lognormal(5, 0),
    "of a spread of no number": lambda: Delay.lognormal(5, nan),
    "endless": lambda: Delay.fixed(inf),
    "longer than two years": lambda: Delay.fixed(731),
    "shorter than the family": lambda: Delay.geometric(0.9),
    "of no family": lambda: Delay("normal", 5, 1),
    "of no days": lambda: Delay.of_days([]),
    "of negative probability": lambda: Delay.of_days([0.5, -0.1]),
    "of no probability": lambda: Delay.of_days([0.0, 0.0]),
    "of a probability of no number": lambda: Delay.of_days([nan, 1.0]),
    "of a probability in words": lambda: Delay.of_days(["half", "half"]),  # type: ignore[list-item]
    "by day without days": lambda: Delay("by day", 5, 1),
    "by day of a half": lambda: Delay("by day", 0, 0, by_day=(0.25, 0.25)),
    "by day of more than all": lambda: Delay("by day", 0, 0, by_day=(1.5, -0.5)),
    "by day in a list": lambda: Delay("by day", 0, 0, by_day=[1.0]),  # type: ignore[arg-type]
    "in words": lambda: Delay.fixed("5"),  # type: ignore[arg-type]
    "geometric in words": lambda: Delay.geometric("5"),  # type: ignore[arg-type]
    "a Weibull of no shape": lambda: Delay.weibull(5, 1e5).quantiles(),
}
TWO = np.array([3, 9])
OF_START: dict[str, tuple[dict[str, object], ...]] = {
    "infected": ({"infected": [3, 3]}, {"infected": [-1]}, {"infected": [60]}, {"infected": [nan]}, {"infected": [1.5]}),
    "infected_on": tuple({"infected": TWO, "infected_on": days} for days in ([0], [0, 1], [0, -366], [0, nan], [0, -0.5], [0, 0, 0])),
    "confirmed": tuple({"infected": TWO, "infected_on": [0, 0], "confirmed": marks} for marks in ([1], [0, 2], [0, nan])),
    "isolated_until": tuple({"infected": TWO, "infected_on": [0, 0], "isolated_until": d} for d in ([1], [0, -1], [0, nan], [0, 1001])),
    "home_until": tuple({"infected": TWO, "infected_on": [0, 0], "home_until": d} for d in ([1], [0, -1], [0, nan], [0, 1001])),
    "variant": tuple({"infected": TWO, "infected_on": [0, 0], "variant": d} for d in ([1], [0, -1], [0, nan], [0, 4])),
    "quarantined": ({"quarantined": [3, 3]}, {"quarantined": [60]}, {"quarantined": [nan]}),
    "quarantine_until": tuple({"quarantined": TWO, "quarantine_until": d} for d in ([], [1], [0, -1], [0, nan], [0, 1001])),
    "in_centre": tuple({"quarantined": TWO, "quarantine_until": [1, 1], "in_centre": d} for d in ([1], [0, 2], [0, nan])),
    "dosed": ({"dosed": [3, 3]}, {"dosed": [60]}, {"dosed": [nan]}),
    "doses": tuple({"dosed": TWO, "dosed_on": [0, 0], "doses": d} for d in ([], [1], [1, 4], [1, -1], [1, nan], [1, 1.5])),
    "dosed_on": tuple({"dosed": TWO, "doses": [1, 1], "dosed_on": d} for d in ([], [0], [0, 1], [0, nan], [0, -10_001])),
    "immune": ({"immune": [3, 3]}, {"immune": [60]}, {"immune": [3], "infected": [3], "infected_on": [0]}),
    "at_random": ({"at_random": -1}, {"at_random": 61}, {"at_random": nan}, {"at_random": 2.5}, {"at_random": "3"}),
    "at_random_on": ({"at_random_on": 1}, {"at_random_on": -366}, {"at_random_on": nan}, {"at_random": 1, "at_random_on": -0.5}),
    "imports": (
        *({"imports": (Imports(mean),)} for mean in (-1.0, 101.0, nan)),
        *({"imports": (Imports(mean),)} for mean in ("3", None)),
        *({"imports": told} for told in (Imports(1.0), 3, ("3",))),
        {"imports": (Imports(1.0, first=5, last=4),)},
        *({"imports": (Imports(1.0, first=5, last=day),)} for day in (nan, 5.5)),
        *({"imports": (Imports(1.0, first=day),)} for day in (nan, "1", 0.5)),
        *(
            {"imports": (Imports(1.0, share=share),)}
            for share in ((1.0,), (0.0, 0.0), (-0.1, 1.0), (nan, 1.0), (inf, 1.0), ("1", "1"), 1.0)
        ),
        *({"imports": (Imports(1.0, variant=number),)} for number in (-1, 1, nan)),
        {"imports": (Imports(1.0, variant=0.5),)},
    ),
}
PLAIN = textbook(rates={"community": 0.1})
PAIR = [([0], [1])]
RUNS: dict[str, tuple[str, Callable[[], object]]] = {
    "a negative number of days": ("days", lambda: simulate(town(60), PLAIN, (), seeds(1), seed=1, days=-1)),
    "half a day": ("days", lambda: simulate(town(60), PLAIN, (), seeds(1), seed=1, days=1.5)),  # type: ignore[arg-type]
    "more days than are counted": ("days", lambda: simulate(town(60), PLAIN, (), seeds(1), seed=1, days=20_001)),
    "no threads": ("threads", lambda: simulate(town(60), PLAIN, (), seeds(1), seed=1, days=1, threads=0)),
    "a negative seed": ("seed", lambda: simulate(town(60), PLAIN, (), seeds(1), seed=-1, days=1)),
    "a seed of 33 bits": ("seed", lambda: simulate(town(60), PLAIN, (), seeds(1), seed=2**32, days=1)),
    "no headroom": ("headroom", lambda: begin(town(60), PLAIN, (), seeds(1), seed=1, headroom=0.5)),
    "a headroom of no number": ("headroom", lambda: begin(town(60), PLAIN, (), seeds(1), seed=1, headroom=nan)),
    "a multiplier above the headroom": ("multiplier", lambda: advance(begin(town(60), PLAIN, (), seeds(1), seed=1), 2, multiplier=1.1)),
    "a multiplier of no number": ("multiplier", lambda: advance(begin(town(60), PLAIN, (), seeds(1), seed=1), 2, multiplier=[nan, 1])),
    "a multiplier short of a day": ("multiplier", lambda: advance(begin(town(60), PLAIN, (), seeds(1), seed=1), 2, multiplier=[1.0])),
    "negative draw key": ("draw_key", lambda: advance(begin(town(60), PLAIN, (), seeds(1), seed=1), 2, draw_key=-1)),
    "a plan of something else": ("plan[0]", lambda: simulate(town(60), PLAIN, ("stay at home",), seeds(1), seed=1, days=1)),  # type: ignore[arg-type]
    "two hundred measures and one": ("plan", lambda: simulate(town(60), PLAIN, (Closures(),) * 201, seeds(1), seed=1, days=1)),
    "a commune that is not": ("plan[0].communes", lambda: begin(town(60), PLAIN, (Closures(communes=(2,)),), seeds(1), seed=1)),
    "a network of nobody": ("world.people", lambda: begin(network(0, [([], [])], names=["all"]), textbook(rates={}), (), Start(), seed=1)),
    "a stranger in a network": ("all.a", lambda: network(1, [([1], [0])], names=["all"])),
    "half a contact": ("b", lambda: network(3, [([0, 1], [1])], names=["all"])),
    "nine layers": ("contacts", lambda: network(2, PAIR * 9, names=list("abcdefghi"))),
    "a layer without a name": ("contacts", lambda: network(2, PAIR, names=[])),
    "an age of no band": ("age", lambda: network(2, PAIR, names=["all"], age=[0, 16])),
    "a factor of no number": ("rel_transmit", lambda: network(2, PAIR, names=["all"], rel_transmit=[1.0, nan])),
    "a negative factor": ("rel_susceptible", lambda: network(2, PAIR, names=["all"], rel_susceptible=[1.0, -1.0])),
    "a factor short": ("rel_susceptible", lambda: network(2, PAIR, names=["all"], rel_susceptible=[1.0])),
}


def refused(make: Callable[[], object], name: str) -> None:
    with pytest.raises(EngineError) as refusal:
        make()
    assert refusal.value.name.startswith(name)
    assert refusal.value.allowed


def table(told: dict[str, tuple[object, ...]]) -> list[object]:
    return [pytest.param(name, value, id=f"{name}-{at}") for name, values in told.items() for at, value in enumerate(values)]


@pytest.mark.parametrize(("name", "value"), table(OF_DISEASE))
def test_what_a_disease_cannot_be(name: str, value: object):
    refused(lambda: replace(PLAIN, **{name: value}), name)


@pytest.mark.parametrize("what", DELAYS)
def test_what_a_delay_cannot_be(what: str):
    refused(DELAYS[what], "probability" if "probability" in what or what == "of no days" else "delay.")


@pytest.mark.parametrize(("name", "told"), table(OF_START))
def test_what_a_start_cannot_be(name: str, told: dict[str, object]):
    columns = {key: np.array(value) if isinstance(value, list) else value for key, value in told.items()}
    refused(lambda: begin(town(60), PLAIN, (), Start(**columns), seed=1), name)


@pytest.mark.parametrize("what", RUNS)
def test_what_a_run_or_a_network_cannot_be(what: str):
    refused(RUNS[what][1], RUNS[what][0])


def test_a_start_has_the_variants_of_its_disease():
    told = Start(infected=TWO, infected_on=np.array([0, 0]), variant=np.array([0, 1]))
    refused(lambda: begin(town(60), PLAIN, (), told, seed=1), "variant")


def test_every_figure_of_a_disease_and_a_start_refuses_something():
    assert {one.name for one in fields(Disease)} - {"name", "source"} == set(OF_DISEASE)
    assert {one.name for one in fields(Start)} == set(OF_START)
