"""Contact tracing: which contacts of a confirmed case are found, in which layer, when, and by how many hours of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.errors import EngineError
from epiengine.simulate.measures.measure import TRACING, UNLIMITED, Measure, Row, whole, within

# columns
HOURS, HOURS_PER_CASE, HOURS_PER_CONTACT, DEPTH, SECOND_SHARE, SECOND_DELAY = range(6)


@dataclass(frozen=True, kw_only=True)
class Tracing(Measure):
    """F1 of a case are looked for when its result is known.

    probability    by layer: that a contact is found. In a town's community layer the contacts are those at which the case could have
                   passed the infection on up to the day of the result, had they been of susceptibility 1; in the other layers, and on a network, all the people of the case's household, group, hamlet, row
    delay          by layer: days from the result to the quarantine order (0: the same day)
    hours          of tracers a day, for all communes together; a case that finds no hours left waits
    hours_per_case, hours_per_contact   what the work takes
    depth          1: F1;  2: also F2, the households of the F1 found, each member with probability `second` after `second_delay` days more
                   (0 like 1)
    """

    probability: Mapping[str, float] = field(
        default_factory=lambda: {"household": 1.0, "school": 0.8, "work": 0.7, "hamlet": 0.05, "community": 0.3}
    )
    delay: Mapping[str, int] = field(default_factory=lambda: {"household": 0, "school": 1, "work": 1, "hamlet": 1, "community": 2})
    hours: float = UNLIMITED
    hours_per_case: float = 4.0
    hours_per_contact: float = 0.5
    depth: int = 1
    second: float = 0.9
    second_delay: int = 1

    def _check(self) -> None:
        for layer, share in self.probability.items():
            within(f"probability.{layer}", share, 0.0, 1.0)
        for layer, days in self.delay.items():
            whole(f"delay.{layer}", days, 0, 30)
        within("hours", self.hours, 0.0, UNLIMITED)
        within("hours_per_case", self.hours_per_case, 0.0, 1000.0)
        within("hours_per_contact", self.hours_per_contact, 0.0, 1000.0)
        within("second", self.second, 0.0, 1.0)
        whole("second_delay", self.second_delay, 0, 30)
        if self.depth not in (1, 2):
            raise EngineError("depth", self.depth, "1 (F1) or 2 (F1 and F2)")

    def row(self) -> Row:
        return Row(
            kind=TRACING,
            numbers=(self.hours, self.hours_per_case, self.hours_per_contact, self.depth, self.second * self.strength, self.second_delay),
            trace={layer: (share * self.strength, self.delay.get(layer, 0)) for layer, share in self.probability.items()},
            needs=({"tracer_hours": self.hours_per_case}, {"tracer_hours": self.hours_per_contact}),
        )
