"""What every measure has: a time, a place, a strength and perhaps a trigger; and the row of numbers it becomes for the kernels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from epiengine.errors import EngineError
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
        within("trigger.within", self.within, 1, 60)
        within("trigger.lasts", self.lasts, 1, FOR_EVER)


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
        within("start", self.start, -FOR_EVER, FOR_EVER)
        if not self.start <= self.end <= FOR_EVER:
            raise EngineError("end", self.end, f"a day from start ({self.start}) to {FOR_EVER}")
        within("strength", self.strength, 0.0, 1.0)
        self._check()

    def _check(self) -> None:
        """Refuse what this kind of measure cannot have."""

    def row(self) -> Row:
        """The measure in numbers."""
        raise NotImplementedError


def within(name: str, value: float, low: float, high: float) -> None:
    """Refuse a number that is not from low to high, or is none."""
    if not low <= value <= high:
        raise EngineError(name, value, f"{low:g} to {high:g}")


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
