"""Stay-home orders by commune (Directive 16): people keep only a share of their contacts outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.simulate.measures.measure import CONTACT, Measure, Row, amounts, kept, shares, within


@dataclass(frozen=True, kw_only=True)
class StayHome(Measure):
    """`prevents`: share of contacts of each layer that the order forbids; `compliance`: share of them that does not happen for it.

    A contact between people of two communes is cut by the stricter of the two orders.
    needs  for each commune and day in force, and for each 1,000 people in it and day
    """

    prevents: Mapping[str, float] = field(
        default_factory=lambda: {"household": 0.0, "school": 1.0, "work": 0.7, "hamlet": 0.6, "community": 0.8}
    )
    compliance: float = 0.8
    needs_per_commune: Mapping[str, float] = field(default_factory=lambda: {"team_shifts": 6.0})
    needs_per_thousand: Mapping[str, float] = field(default_factory=dict)

    def _check(self) -> None:
        shares("prevents", self.prevents)
        within("compliance", self.compliance, 0.0, 1.0)
        amounts("needs_per_commune", self.needs_per_commune)
        amounts("needs_per_thousand", self.needs_per_thousand)

    def row(self) -> Row:
        return Row(
            kind=CONTACT,
            keeps=(kept(self.prevents, self.strength * self.compliance),),
            needs=(self.needs_per_commune, self.needs_per_thousand),
        )
