"""Isolation of known cases (F0): in a facility while it has beds, else at home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.simulate.measures.measure import ISOLATION, UNLIMITED, Measure, Row, amounts, kept, shares, whole, yes_or_no

# columns
BEDS, DAYS, UNTIL_RECOVERED = range(3)
# which of the keeps
IN_FACILITY, IN_HOME = range(2)

ALL_CONTACTS = {"household": 1.0, "school": 1.0, "work": 1.0, "hamlet": 1.0, "community": 1.0}
MOST_CONTACTS_AT_HOME = {"household": 0.3, "school": 1.0, "work": 1.0, "hamlet": 0.8, "community": 0.9}


@dataclass(frozen=True, kw_only=True)
class Isolation(Measure):
    """Who is confirmed is isolated on the day of the result.

    beds              places in facilities, for all communes of the measure together; who finds none stays at home and is
                      counted as without a bed, unless there are none at all (0: isolation at home is what is meant)
    days              how long at least;  until_recovered  and not before the infection has ended
    prevents_facility, prevents_home   share of contacts of each layer that do not happen
    needs_facility, needs_home         for each person and day
    """

    beds: float = UNLIMITED
    days: int = 14
    until_recovered: bool = True
    prevents_facility: Mapping[str, float] = field(default_factory=lambda: dict(ALL_CONTACTS))
    prevents_home: Mapping[str, float] = field(default_factory=lambda: dict(MOST_CONTACTS_AT_HOME))
    needs_facility: Mapping[str, float] = field(default_factory=lambda: {"meals": 3.0, "ppe": 1.0})
    needs_home: Mapping[str, float] = field(default_factory=dict)

    def _check(self) -> None:
        whole("beds", self.beds, 0, UNLIMITED)
        whole("days", self.days, 0, 365)
        yes_or_no("until_recovered", self.until_recovered)
        shares("prevents_facility", self.prevents_facility)
        shares("prevents_home", self.prevents_home)
        amounts("needs_facility", self.needs_facility)
        amounts("needs_home", self.needs_home)

    def row(self) -> Row:
        return Row(
            kind=ISOLATION,
            numbers=(self.beds, self.days, self.until_recovered),
            keeps=(kept(self.prevents_facility, self.strength), kept(self.prevents_home, self.strength)),
            needs=({"bed_days": 1.0, **self.needs_facility}, self.needs_home),
        )
