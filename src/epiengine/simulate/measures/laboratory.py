"""Tests: of people with symptoms who come by themselves, and campaigns that take samples of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from epiengine.errors import EngineError
from epiengine.simulate.measures.measure import CAMPAIGN, TESTING, UNLIMITED, Measure, Row, amounts, few_days, whole, within, yes_or_no

# columns of a testing row; the first five also of a campaign's
TURNAROUND, CAPACITY, STOCK, INFECTIOUS_ONLY, POOL, WITH_SYMPTOMS, WITHOUT, BACKGROUND = range(8)
COVERAGE, DILUTION, EVERY, IN_CORDONS = range(5, 9)

#: Probability that PCR finds an infection, by days since it began (0, 1, ...). Kucirka et al. 2020, Ann Intern Med 173:262, figure 2:
#: false negatives 100% on day 1, 67% on day 4, 38% on day 5 (onset), 20% on day 8, 66% on day 21; days between are interpolated.
#: Beyond day 21, which the paper does not reach, 15% less each day: an assumption.
PCR: Final = (
    *(0.0, 0.0, 0.0, 0.0, 0.33, 0.62, 0.68, 0.74, 0.80),
    *(0.79, 0.77, 0.74, 0.71, 0.67, 0.63, 0.59, 0.55),
    *(0.51, 0.47, 0.43, 0.38, 0.34),
    *(0.34 * 0.85**day for day in range(1, 20)),
    0.0,
)
ALWAYS: Final = (1.0,)


@dataclass(frozen=True, kw_only=True)
class Testing(Measure):
    """People who come to be tested, and the laboratory that also tests the quarantined.

    with_symptoms  probability on each day with symptoms, before being tested positive; without  on each other day from the first
                   infectious one on
    background     tests on a day for each person of the area, of people who do not have the disease: they take their share of the capacity
                   (no effect of the measure, so not multiplied by its strength).
                   Where `without` is above 0 everybody is tested at that rate, and the uninfected are counted too
    sensitivity    probability of a positive result by days since infection;  infectious_only  nobody is found before they are infectious
    turnaround     days from sample to result;  capacity  tests a day;  stock  tests in all
    needs          for each test
    """

    __test__ = False
    with_symptoms: float = 0.3
    without: float = 0.0
    background: float = 0.0
    sensitivity: tuple[float, ...] = PCR
    infectious_only: bool = False
    turnaround: int = 1
    capacity: float = UNLIMITED
    stock: float = UNLIMITED
    needs: Mapping[str, float] = field(default_factory=lambda: {"ppe": 0.1})

    def _check(self) -> None:
        for name in ("with_symptoms", "without", "background"):
            within(name, getattr(self, name), 0.0, 1.0)
        yes_or_no("infectious_only", self.infectious_only)
        check_test(self.sensitivity, self.turnaround, self.capacity, self.stock)
        amounts("needs", self.needs)

    def row(self) -> Row:
        chance, screened = self.with_symptoms * self.strength, self.without * self.strength
        return Row(
            kind=TESTING,
            numbers=(self.turnaround, self.capacity, self.stock, self.infectious_only, 1, chance, screened, self.background),
            sensitivity=self.sensitivity,
            needs=({"tests": 1.0, **self.needs}, {"people_sampled": 1.0}),
        )


@dataclass(frozen=True, kw_only=True)
class Campaign(Measure):
    """Samples of everybody, hamlet after hamlet, in pools; in the communes of the area or only behind cordons.

    coverage    share of the people who give a sample
    every       days from the beginning of one round to the next;  rounds_in_cordon  days after closing a hamlet on which it is sampled (0: on the next, like 1)
    in_cordons  only hamlets behind a cordon
    pool        samples in a pool: one test, and one more for each member when it is positive
    dilution    factor on the sensitivity in a pool
    capacity    tests a day;  stock  tests in all. A round goes on the next day where it had to stop
    needs       for each test, and for each 100 people sampled
    """

    coverage: float = 0.95
    every: int = 7
    rounds_in_cordon: tuple[int, ...] = (0, 7)
    in_cordons: bool = False
    pool: int = 5
    dilution: float = 0.95
    sensitivity: tuple[float, ...] = PCR
    infectious_only: bool = False
    turnaround: int = 1
    capacity: float = UNLIMITED
    stock: float = UNLIMITED
    needs: Mapping[str, float] = field(default_factory=lambda: {"ppe": 0.1})
    needs_per_hundred: Mapping[str, float] = field(default_factory=lambda: {"team_shifts": 1.0})

    def _check(self) -> None:
        within("coverage", self.coverage, 0.0, 1.0)
        within("dilution", self.dilution, 0.0, 1.0)
        whole("every", self.every, 1, 1000)
        whole("pool", self.pool, 1, 50)
        yes_or_no("in_cordons", self.in_cordons)
        yes_or_no("infectious_only", self.infectious_only)
        few_days("rounds_in_cordon", self.rounds_in_cordon)
        check_test(self.sensitivity, self.turnaround, self.capacity, self.stock)
        amounts("needs", self.needs)
        amounts("needs_per_hundred", self.needs_per_hundred)

    def row(self) -> Row:
        numbers = (self.turnaround, self.capacity, self.stock, self.infectious_only, self.pool)
        own = (self.coverage * self.strength, self.dilution if self.pool > 1 else 1.0, self.every, self.in_cordons)
        hundredth = {resource: amount / 100 for resource, amount in self.needs_per_hundred.items()}
        return Row(
            kind=CAMPAIGN,
            numbers=numbers + own,
            sensitivity=self.sensitivity,
            rounds=self.rounds_in_cordon,
            needs=({"tests": 1.0, **self.needs}, {"people_sampled": 1.0, **hundredth}),
        )


def check_test(sensitivity: tuple[float, ...], turnaround: int, capacity: float, stock: float) -> None:
    """Refuse a test that cannot be."""
    if not 1 <= len(sensitivity) <= 64:
        raise EngineError("sensitivity", f"{len(sensitivity)} days", "1 to 64 days")
    for day, share in enumerate(sensitivity):
        within(f"sensitivity[{day}]", share, 0.0, 1.0)
    whole("turnaround", turnaround, 0, 30)
    within("capacity", capacity, 0.0, UNLIMITED)
    within("stock", stock, 0.0, UNLIMITED)
