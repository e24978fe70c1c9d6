"""Closed schools, workplaces or whatever is a layer of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.simulate.measures.measure import CONTACT, Measure, Row, amounts, kept, shares


@dataclass(frozen=True, kw_only=True)
class Closures(Measure):
    """`prevents`: share of the contacts of each layer that no longer happens. By default all of the schools'.

    needs  for each commune and day in force
    """

    prevents: Mapping[str, float] = field(default_factory=lambda: {"school": 1.0})
    needs: Mapping[str, float] = field(default_factory=dict)

    def _check(self) -> None:
        shares("prevents", self.prevents)
        amounts("needs", self.needs)

    def row(self) -> Row:
        return Row(kind=CONTACT, keeps=(kept(self.prevents, self.strength),), needs=(self.needs,))
