"""Cordons (phong tỏa): a hamlet is closed when it has had enough cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.simulate.measures.measure import CORDON, Measure, Row, amounts, kept, shares, whole, yes_or_no

# columns
CASES, WITHIN, LASTS, RENEWED = range(4)


@dataclass(frozen=True, kw_only=True)
class Cordons(Measure):
    """A hamlet is closed on the day on which its confirmed cases reach `cases` within `within` days.

    Cases are counted from day 0 on, also before the measure is in force; a hamlet that has had enough by then is closed with its next case.

    lasts     days;  renewed  counted anew from each further case in the hamlet
    prevents  share of contacts of each layer, of people behind the cordon, that do not happen
    needs     for each hamlet and day: four posts in three shifts of four people unless told otherwise; for each person and day
    """

    cases: int = 3
    within: int = 14
    lasts: int = 14
    renewed: bool = True
    prevents: Mapping[str, float] = field(default_factory=lambda: {"school": 1.0, "work": 0.9, "hamlet": 0.5, "community": 0.9})
    needs_per_hamlet: Mapping[str, float] = field(default_factory=lambda: {"team_shifts": 12.0, "ppe": 48.0})
    needs_per_person: Mapping[str, float] = field(default_factory=dict)

    def _check(self) -> None:
        whole("cases", self.cases, 1, 10_000)
        whole("within", self.within, 1, 60)
        whole("lasts", self.lasts, 1, 100)
        yes_or_no("renewed", self.renewed)
        shares("prevents", self.prevents)
        amounts("needs_per_hamlet", self.needs_per_hamlet)
        amounts("needs_per_person", self.needs_per_person)

    def row(self) -> Row:
        return Row(
            kind=CORDON,
            numbers=(self.cases, self.within, self.lasts, self.renewed),
            keeps=(kept(self.prevents, self.strength),),
            needs=(self.needs_per_hamlet, self.needs_per_person),
        )
