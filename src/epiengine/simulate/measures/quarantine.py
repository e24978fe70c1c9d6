"""Quarantine of contacts: F1 in a centre while it has places, else at home with lower adherence; F2 at home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.simulate.measures.isolation import ALL_CONTACTS
from epiengine.simulate.measures.measure import QUARANTINE, UNLIMITED, Measure, Row, amounts, few_days, kept, shares, whole, yes_or_no

# columns
PLACES_IN_ALL, DAYS_OF_F1, DAYS_OF_F2, FROM_CONFIRMATION, SPARES_RECOVERED = range(5)
# which of the keeps
AT_CENTRE, AT_HOME, AT_HOME_AS_SECOND = range(3)

AT_HOME_CONTACTS = {"household": 0.2, "school": 1.0, "work": 1.0, "hamlet": 0.7, "community": 0.8}


@dataclass(frozen=True, kw_only=True)
class Quarantine(Measure):
    """Where the contacts that were traced go, from the day of the order on.

    places             in centres, for all communes of the measure together; 0 for quarantine at home
    days, second_days  how long F1 and F2 stay;  from_confirmation  counted from the case's result and not from the order
    test_days          days after the order (0 like 1) on which F1 are sampled (5599/BYT-MT of 14/7/2021: 1, 7, 14)
    spares_recovered   who has already had the infection is left alone (as Covasim does)
    prevents_*         share of contacts of each layer that do not happen in a centre, at home, at home as F2
    needs_*            for each person and day
    """

    places: float = UNLIMITED
    days: int = 14
    second_days: int = 14
    from_confirmation: bool = False
    test_days: tuple[int, ...] = (1, 7, 14)
    spares_recovered: bool = False
    prevents_centre: Mapping[str, float] = field(default_factory=lambda: dict(ALL_CONTACTS))
    prevents_home: Mapping[str, float] = field(default_factory=lambda: dict(AT_HOME_CONTACTS))
    prevents_second: Mapping[str, float] = field(default_factory=lambda: dict(AT_HOME_CONTACTS))
    needs_centre: Mapping[str, float] = field(default_factory=lambda: {"meals": 3.0, "ppe": 0.2})
    needs_home: Mapping[str, float] = field(default_factory=dict)

    def _check(self) -> None:
        whole("places", self.places, 0, UNLIMITED)
        whole("days", self.days, 1, 100)
        whole("second_days", self.second_days, 1, 100)
        yes_or_no("from_confirmation", self.from_confirmation)
        yes_or_no("spares_recovered", self.spares_recovered)
        few_days("test_days", self.test_days)
        for name in ("prevents_centre", "prevents_home", "prevents_second"):
            shares(name, getattr(self, name))
        amounts("needs_centre", self.needs_centre)
        amounts("needs_home", self.needs_home)

    def row(self) -> Row:
        prevented = (self.prevents_centre, self.prevents_home, self.prevents_second)
        return Row(
            kind=QUARANTINE,
            numbers=(self.places, self.days, self.second_days, self.from_confirmation, self.spares_recovered),
            keeps=tuple(kept(one, self.strength) for one in prevented),
            rounds=self.test_days,
            needs=({"centre_days": 1.0, **self.needs_centre}, self.needs_home, self.needs_home),
        )
