"""The people of the slow twin, one object each, and what becomes of one who is infected. Every draw is NumPy's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from epiengine.simulate import Disease, SyntheticPopulation, Variant

NEVER = 10**6


@dataclass(slots=True, eq=False)
class Person:
    """Days are NEVER where there are none; `free` is the first day out of quarantine, `out` the first out of isolation."""

    number: int
    age: int
    home: int
    hamlet: int
    commune: int
    group: int
    infected: int = NEVER
    variant: int = 0
    infectious: int = NEVER
    onset: int = NEVER
    severe: int = NEVER
    critical: int = NEVER
    end: int = NEVER
    dies: bool = False
    strength: float = 0.0
    known: bool = False
    pending: bool = False
    waits: bool = False
    asks_from: int = NEVER
    bed: str = ""
    out: int = 0
    form: str = ""
    free: int = 0
    doses: list[int] = field(default_factory=list)
    accepts: bool | None = None

    def is_infectious(self, day: int) -> bool:
        return self.infectious <= day < self.end

    def is_dead(self, day: int) -> bool:
        return self.dies and self.end <= day

    def in_quarantine(self, day: int) -> bool:
        return self.free > day


def people_of(town: SyntheticPopulation) -> list[Person]:
    told = zip(town.ages(), town.household_first(), town.hamlet(), town.commune(), town.group(), strict=True)
    return [Person(number, *(int(one) for one in columns)) for number, columns in enumerate(told)]


def infect(person: Person, disease: Disease, *, day: int, variant: int, draw_key: np.random.Generator) -> None:
    """Draw the whole course of an infection that happens on this day."""
    kind = disease.variants[variant]
    severity = kind.severity * left_by_doses(person, disease, kind, day=day, against="severe")

    def last(name: str) -> int:
        return int(draw_key.choice(getattr(disease, name).quantiles()))

    def happens(chance: float) -> bool:
        return bool(draw_key.random() < chance)

    person.infected, person.variant, person.known = day, variant, False
    person.onset = person.severe = person.critical = NEVER
    person.dies = False
    person.infectious = person.asks_from = day + max(1, last("latent"))
    ill = happens(disease.symptomatic[person.age])
    if not ill:
        person.end = person.infectious + last("asymptomatic_recovery")
    else:
        person.onset = person.infectious + last("presymptomatic")
        _fall_ill(person, disease, severity, last, happens)
    individual = draw_key.gamma(disease.dispersion, 1 / disease.dispersion) if np.isfinite(disease.dispersion) else 1.0
    onward = left_by_doses(person, disease, kind, day=day, against="onward")
    person.strength = individual * kind.transmission * onward * (1.0 if ill else disease.asymptomatic)


def _fall_ill(person: Person, disease: Disease, severity: float, last: Callable[[str], int], happens: Callable[[float], bool]) -> None:
    if not happens(disease.severe[person.age] * severity):
        person.end = person.onset + last("mild_recovery")
        return
    person.severe = person.onset + last("to_severe")
    if not happens(disease.critical[person.age]):
        person.end = person.severe + last("severe_recovery")
        return
    person.critical = person.severe + last("to_critical")
    person.dies = happens(disease.fatal[person.age])
    person.end = person.critical + last("to_death" if person.dies else "critical_recovery")


def left_by_doses(person: Person, disease: Disease, variant: Variant, *, day: int, against: str) -> float:
    """What the doses leave of a risk: the last of them that works by now, `takes` days after it was given."""
    if disease.vaccine is None:
        return 1.0
    working = [(number, given) for number, given in enumerate(person.doses) if day - given >= disease.vaccine.takes]
    if not working:
        return 1.0
    number, given = working[-1]
    efficacy = getattr(disease.vaccine.doses[min(number, len(disease.vaccine.doses) - 1)], against)
    halves = (day - given - disease.vaccine.takes) / disease.vaccine.half_life
    return float(1 - efficacy * 0.5**halves * (1 - variant.escape))


def left_by_infection(person: Person, disease: Disease, variant: Variant, *, day: int) -> float:
    """What an earlier infection leaves of the risk of another."""
    if person.infected == NEVER:
        return 1.0
    if disease.waning is None or person.end > day or person.dies:
        return 0.0
    waning = disease.waning
    protection = waning.floor + (waning.first - waning.floor) * 0.5 ** ((day - person.end) / waning.half_life)
    return float(1 - protection * (1 - variant.escape))
