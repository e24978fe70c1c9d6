"""What every measure has: a time, a place, a strength and perhaps a trigger; and the row of numbers it becomes for the kernels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import Final

from epiengine.errors import EngineError
from epiengine.simulate.person import MOST_PEOPLE
from epiengine.simulate.series import FLOWS, RESOURCES, STOCKS

FOR_EVER: Final = 32_000
UNLIMITED: Final = 1e18
#: Sensitivity is tabled for so many days since infection; later days keep the last value.
SENSITIVE_DAYS: Final = 64
NUMBERS: Final = 12
ROUNDS: Final = 8
PLACES: Final = 3
ACTIVITIES: Final = 3
CONTACT, BORDER, TESTING, CAMPAIGN, ISOLATION, TRACING, QUARANTINE, CORDON, VACCINATION = range(9)


@dataclass(frozen=True)
class Trigger:
    """When a measure begins by itself: when a series has reached a number, in force from the next day on.

    series    a flow, summed over the last `within` days, or a stock as it is
    at_least  the number that is reached
    each      True: each commune for itself; False: all communes of the measure together, counted together
    lasts     days in force, counted anew for as long as the number stays reached
    """

    series: str = "confirmed"
    at_least: float = 1
    within: int = 7
    each: bool = True
    lasts: int = 14

    def __post_init__(self) -> None:
        if self.series not in FLOWS + STOCKS:
            raise EngineError("trigger.series", self.series, f"one of {', '.join(FLOWS + STOCKS)}")
        within("trigger.at_least", self.at_least, 0, 1e9)
        whole("trigger.within", self.within, 1, 60)
        yes_or_no("trigger.each", self.each)
        whole("trigger.lasts", self.lasts, 1, FOR_EVER)


@dataclass(frozen=True)
class Row:
    """A measure in numbers.

    keeps        up to three mappings of layer name to the share of contacts that remains (default 1)
    numbers      by the column names of the measure's file
    sensitivity  by days since infection
    trace        by layer name: probability and delay in days
    rounds       days on which something is repeated
    needs        for each of up to three activities: resource name to amount for one unit
    """

    kind: int
    keeps: tuple[Mapping[str, float], ...] = ()
    numbers: tuple[float, ...] = ()
    sensitivity: tuple[float, ...] = (1.0,)
    trace: Mapping[str, tuple[float, int]] = field(default_factory=dict)
    rounds: tuple[int, ...] = ()
    needs: tuple[Mapping[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A part of a plan.

    start, end  in force from day `start` to the day before `end`
    communes    where; empty for everywhere
    strength    0 to 1, on all its effects; 0 is as if it were not in the plan
    trigger     None: from `start` on; else on the days between start and end on which the trigger says so
    """

    name: str = ""
    start: int = 0
    end: int = FOR_EVER
    communes: tuple[int, ...] = ()
    strength: float = 1.0
    trigger: Trigger | None = None

    def __post_init__(self) -> None:
        whole("start", self.start, -FOR_EVER, FOR_EVER)
        whole("end", self.end, self.start, FOR_EVER)
        within("strength", self.strength, 0.0, 1.0)
        for commune in self.communes:
            whole("communes", commune, 0, MOST_PEOPLE)
        if not isinstance(self.trigger, Trigger | None):
            raise EngineError("trigger", self.trigger, "a Trigger, or None")
        self._check()

    def _check(self) -> None:
        """Refuse what this kind of measure cannot have."""

    def row(self) -> Row:
        """The measure in numbers."""
        raise NotImplementedError


def within(name: str, value: float, low: float, high: float) -> None:
    """Refuse what is no number from low to high."""
    if not isinstance(value, Real) or not low <= value <= high:
        raise EngineError(name, value, f"{low:g} to {high:g}")


def whole(name: str, value: float, low: float, high: float) -> None:
    """Refuse what is no whole number from low to high: days, people, beds."""
    if not isinstance(value, Real) or not low <= value <= high or value != int(value):
        raise EngineError(name, value, f"a whole number from {low:g} to {high:g}")


def yes_or_no(name: str, value: bool) -> None:
    """Refuse what is neither true nor false."""
    if value not in (False, True):
        raise EngineError(name, value, "True or False")


def few_days(name: str, days: tuple[int, ...]) -> None:
    """Refuse more days than a row holds, and what are none."""
    if len(days) > ROUNDS:
        raise EngineError(name, days, f"at most {ROUNDS} days")
    for day in days:
        whole(name, day, 0, 100)


def shares(name: str, given: Mapping[str, float]) -> None:
    """Refuse a mapping of layers in which a share is not from 0 to 1."""
    for layer, share in given.items():
        within(f"{name}.{layer}", share, 0.0, 1.0)


def kept(prevents: Mapping[str, float], strength: float) -> dict[str, float]:
    """What a measure that prevents this share of contacts leaves of them."""
    return {layer: 1.0 - strength * share for layer, share in prevents.items()}


def amounts(name: str, given: Mapping[str, float]) -> None:
    """Refuse needs of unknown resources and negative ones."""
    for resource, amount in given.items():
        if resource not in RESOURCES:
            raise EngineError(name, resource, f"resources: {', '.join(RESOURCES)}")
        within(f"{name}.{resource}", amount, 0.0, 1e6)
