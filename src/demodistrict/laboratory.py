"""Which samples were taken, singly or pooled, and which results are still out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demodistrict.contacts import Tracing, degrees
from demodistrict.epidemic import DAY, Case
from demodistrict.people import Person
from demodistrict.randomness import chance, stream

POSITIVE, NEGATIVE = "dương tính", "âm tính"
PCR, ANTIGEN = "RT-PCR", "test nhanh kháng nguyên"


@dataclass(frozen=True)
class Sample:
    """One tube; a pool is one tube of several people."""

    code: str
    people: tuple[Person, ...]
    taken: date
    result: str
    result_day: date
    method: str = PCR
    round: int = 1
    ct: float | None = None

    @property
    def pooled(self) -> bool:
        """Whether several people share the tube."""
        return len(self.people) > 1

    def known(self, day: date) -> str:
        """The result as known on this day; empty while it is awaited."""
        return self.result if self.result_day <= day else ""


def single_samples(tracing: Tracing, *, seed: int, last_day: date) -> list[Sample]:
    """The positive sample of every case and the first and seventh day samples of everyone who ever was F1."""
    rng = stream(seed, "laboratory")
    samples = [_positive(case, number, round(float(rng.uniform(15, 33)), 1)) for number, case in enumerate(tracing.cases, 1)]
    ever = degrees(tracing.cases, tracing.contacts, tracing.isolated, day=last_day)
    number = len(samples)
    for person in sorted(ever):
        if ever[person].degree != 1:
            continue
        for round_, after in enumerate((1, 7), 1):
            number += 1
            taken = tracing.isolated[person] + after * DAY
            # Two days to the result when the laboratory is full.
            ready = taken + (2 if chance(rng, 0.25) else 1) * DAY
            samples.append(Sample(f"M{number:05d}", (tracing.people[person],), taken, NEGATIVE, ready, round=round_))
    return samples


def pooled_samples(households: list[list[Person]], *, seed: int, rounds: tuple[date, ...], pools: int) -> list[Sample]:
    """The tubes of mass testing in the cordoned hamlet: neighbours five to ten a tube, round after round."""
    rng = stream(seed, "pools")
    everyone = [person for household in households for person in household]
    samples = []
    for round_, taken in enumerate(rounds, 1):
        start = 0
        for number in range(pools):
            size = int(rng.choice([5, 10]))
            people = tuple(everyone[start : start + size])
            start += size
            ready = taken + (1 if chance(rng, 0.7) else 2) * DAY
            samples.append(Sample(f"G{round_}-{number + 1:03d}", people, taken, NEGATIVE, ready, round=round_))
    return samples


def _positive(case: Case, number: int, ct: float) -> Sample:
    # The laboratory's list gives a positive out with the report of its case: else it would tell of cases nobody reported yet.
    return Sample(f"M{number:05d}", (case.person,), case.sample, POSITIVE, case.report, ct=ct)
