"""A vaccination campaign: so many doses a day while there is stock, the eldest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from epiengine.errors import EngineError
from epiengine.simulate.measures.measure import UNLIMITED, VACCINATION, Measure, Row, amounts, whole, within, yes_or_no
from epiengine.simulate.person import BANDS

# columns
DOSES_PER_DAY, DOSE_STOCK, ACCEPTANCE, INTERVAL, DOSES_EACH, YOUNGEST, ELDEST_FIRST = range(7)


@dataclass(frozen=True, kw_only=True)
class Vaccination(Measure):
    """Doses for the people of the area, age band after age band; what the doses do is the disease's `vaccine`.

    per_day     doses a day, for all communes of the measure together;  stock  doses in all
    acceptance  share of the people who take them
    doses_each  1 to 3;  interval  days from one dose to the next, which goes before first doses
    youngest    lowest age band that is vaccinated;  eldest_first  else the youngest first
    needs       for each dose
    Who is known to be infected, isolated or in quarantine has their dose when that is over. Who had doses before day 0 is called for the next.
    """

    per_day: float = 1000.0
    stock: float = UNLIMITED
    acceptance: float = 0.9
    doses_each: int = 2
    interval: int = 28
    youngest: int = 3
    eldest_first: bool = True
    needs: Mapping[str, float] = field(default_factory=lambda: {"ppe": 0.05})

    def _check(self) -> None:
        within("per_day", self.per_day, 0.0, UNLIMITED)
        within("stock", self.stock, 0.0, UNLIMITED)
        within("acceptance", self.acceptance, 0.0, 1.0)
        whole("interval", self.interval, 1, 365)
        whole("youngest", self.youngest, 0, BANDS - 1)
        yes_or_no("eldest_first", self.eldest_first)
        if self.doses_each not in (1, 2, 3):
            raise EngineError("doses_each", self.doses_each, "1, 2 or 3")
        amounts("needs", self.needs)

    def row(self) -> Row:
        accepted = self.acceptance * self.strength
        numbers = (self.per_day, self.stock, accepted, self.interval, self.doses_each, self.youngest, self.eldest_first)
        return Row(kind=VACCINATION, numbers=numbers, needs=({"doses": 1.0, **self.needs},))
