"""Checkpoints on the roads: fewer contacts between people of different communes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.simulate.measures.measure import BORDER, Measure, Row, amounts, kept, shares


@dataclass(frozen=True, kw_only=True)
class Checkpoints(Measure):
    """`prevents`: share of contacts with people of other communes that the posts around a commune stop, by layer.

    needs  for each commune and day in force: one post in three shifts of four people (docs/explanation/simulation.md) unless told otherwise
    """

    prevents: Mapping[str, float] = field(default_factory=lambda: {"work": 0.5, "community": 0.7})
    needs: Mapping[str, float] = field(default_factory=lambda: {"team_shifts": 3.0, "ppe": 12.0})

    def _check(self) -> None:
        shares("prevents", self.prevents)
        amounts("needs", self.needs)

    def row(self) -> Row:
        return Row(kind=BORDER, keeps=(kept(self.prevents, self.strength),), needs=(self.needs,))
