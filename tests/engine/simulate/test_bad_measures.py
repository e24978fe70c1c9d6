"""What no measure can be: every field of every measure, with what it refuses. A field that is in no table is found by the last test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from math import inf, nan

import numpy as np
import pytest
from tests.engine.simulate.places import textbook, town

from epiengine.simulate import (
    Campaign,
    Checkpoints,
    Closures,
    Cordons,
    EngineError,
    Isolation,
    Measure,
    Quarantine,
    Start,
    StayHome,
    Testing,
    Tracing,
    Trigger,
    Vaccination,
    Vaccine,
    begin,
)
from epiengine.simulate.disease import Efficacy

NOT_A_NUMBER = (nan, "3", None)
SHARE = (-0.1, 1.1, *NOT_A_NUMBER)
AMOUNT = (-1.0, *NOT_A_NUMBER)


def days(low: int, high: int) -> tuple[object, ...]:
    """Whole numbers from low to high are days."""
    return (low - 1, high + 1, low + 0.5, inf, *NOT_A_NUMBER)


def contacts(name: str) -> dict[str, tuple[object, ...]]:
    return {name: tuple({"work": share} for share in SHARE)}


def needs(name: str) -> dict[str, tuple[object, ...]]:
    return {name: ({"gold": 1.0}, *({"meals": amount} for amount in (-0.1, inf, *NOT_A_NUMBER)))}


EVERY = {
    "start": (*days(-32_000, 32_000), 40_000),
    "end": (-1, 32_001, 2.5, *NOT_A_NUMBER),
    "strength": SHARE,
    "communes": ((-1,), (0.5,), (nan,), ("x",), (0, -3)),
    "trigger": ("confirmed", 3),
}
TESTS = {
    "sensitivity": ((), (0.5,) * 65, (nan,), (0.3, 1.1), (-0.1,), ("x",)),
    "infectious_only": (2, nan, "yes"),
    "turnaround": days(0, 30),
    "capacity": AMOUNT,
    "stock": AMOUNT,
    **needs("needs"),
}
REFUSED: dict[type[Measure], dict[str, tuple[object, ...]]] = {
    Testing: {**TESTS, "with_symptoms": SHARE, "without": SHARE, "background": SHARE},
    Campaign: {
        **TESTS,
        "coverage": SHARE,
        "every": days(1, 1000),
        "rounds_in_cordon": ((-1,), (101,), (1.5,), (nan,), ("x",), tuple(range(9))),
        "in_cordons": (2, nan, "yes"),
        "pool": days(1, 50),
        "dilution": SHARE,
        **needs("needs_per_hundred"),
    },
    Isolation: {
        "beds": (2.5, *AMOUNT),
        "days": days(0, 365),
        "until_recovered": (2, nan, "yes"),
        **contacts("prevents_facility"),
        **contacts("prevents_home"),
        **needs("needs_facility"),
        **needs("needs_home"),
    },
    Tracing: {
        **contacts("probability"),
        "delay": tuple({"work": late} for late in days(0, 30)),
        "hours": AMOUNT,
        "hours_per_case": AMOUNT,
        "hours_per_contact": AMOUNT,
        "depth": (0, 3, 1.5, *NOT_A_NUMBER),
        "second": SHARE,
        "second_delay": days(0, 30),
    },
    Quarantine: {
        "places": (2.5, *AMOUNT),
        "days": days(1, 100),
        "second_days": days(1, 100),
        "from_confirmation": (2, nan, "yes"),
        "test_days": ((-1,), (101,), (1.5,), (nan,), ("x",), tuple(range(9))),
        "spares_recovered": (2, nan, "yes"),
        **contacts("prevents_centre"),
        **contacts("prevents_home"),
        **contacts("prevents_second"),
        **needs("needs_centre"),
        **needs("needs_home"),
    },
    Cordons: {
        "cases": days(1, 10_000),
        "within": days(1, 60),
        "lasts": days(1, 100),
        "renewed": (2, nan, "yes"),
        **contacts("prevents"),
        **needs("needs_per_hamlet"),
        **needs("needs_per_person"),
    },
    StayHome: {**contacts("prevents"), "compliance": SHARE, **needs("needs_per_commune"), **needs("needs_per_thousand")},
    Closures: {**contacts("prevents"), **needs("needs")},
    Checkpoints: {**contacts("prevents"), **needs("needs")},
    Vaccination: {
        "per_day": AMOUNT,
        "stock": AMOUNT,
        "acceptance": SHARE,
        "doses_each": (0, 4, 1.5, *NOT_A_NUMBER),
        "interval": days(1, 365),
        "youngest": days(0, 15),
        "eldest_first": (2, nan, "yes"),
        **needs("needs"),
    },
}
OF_TRIGGERS = {
    "series": ("rumours", "", None, 3),
    "at_least": AMOUNT,
    "within": days(1, 60),
    "each": (2, nan, "yes"),
    "lasts": days(1, 32_000),
}


def cases() -> Iterator[tuple[type, str, object]]:
    for kind, table in REFUSED.items():
        yield from ((kind, name, value) for name, values in {**EVERY, **table}.items() for value in values)
    yield from ((Trigger, name, value) for name, values in OF_TRIGGERS.items() for value in values)


@pytest.mark.parametrize(
    ("kind", "name", "value"), [pytest.param(*case, id="-".join(map(str, (case[0].__name__, *case[1:])))) for case in cases()]
)
def test_what_a_measure_cannot_be_is_refused_by_name_value_and_range(kind: type, name: str, value: object):
    with pytest.raises(EngineError) as refusal:
        kind(**{name: value})
    told = refusal.value.name.removeprefix("trigger.") if kind is Trigger else refusal.value.name
    assert told.startswith(name)
    assert refusal.value.allowed
    assert repr(refusal.value.value) in str(refusal.value)


@pytest.mark.parametrize("kind", [*REFUSED, Trigger])
def test_every_figure_of_every_measure_refuses_something(kind: type):
    table = OF_TRIGGERS if kind is Trigger else {**EVERY, **REFUSED[kind]}
    assert {one.name for one in fields(kind)} - {"name"} == set(table)


@pytest.mark.parametrize("kind", REFUSED)
def test_every_kind_stands_as_it_is_and_with_whole_numbers_of_any_type(kind: type):
    measure = kind(start=np.int64(3), end=np.int32(9), strength=np.float32(0.5), communes=(np.int64(1),))
    vaccine = Vaccine((Efficacy(0.5, 0.5, 0.5),))
    state = begin(town(60), textbook(rates={}, vaccine=vaccine), (measure, kind(start=4.0)), Start(), seed=1)
    assert state.tables.start.tolist() == [3, 4]


def test_there_is_no_other_measure():
    assert set(REFUSED) == set(Measure.__subclasses__())
