"""The slow, obvious twin: every day every infectious person meets every other with the hazard that the rates give. NumPy's own luck.

It shares with the engine what it is told (town, disease, measures) and the quantile tables of the delays, and none of its code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from epiengine.simulate import Disease, Isolation, Network, Quarantine, SyntheticPopulation, Testing, Tracing

LAYERS = ("household", "school", "work", "hamlet", "community")
FREE, ISOLATED, AT_HOME = 0, 1, 2


def hazards(town: SyntheticPopulation, disease: Disease) -> np.ndarray:
    """[layer, from, to]: expected infectious contacts on a day of weight 1."""
    people = town.people
    rate = {"school": disease.transmission.get("group", 0.0), "work": disease.transmission.get("group", 0.0), **disease.transmission}
    home, group, hamlet, ages, commune = town.household_first(), town.group(), town.hamlet(), town.ages(), town.commune()
    found = np.zeros((5, people, people))
    for i in range(people):
        found[0, i, home == home[i]] = rate.get("household", 0.0)
        if group[i] >= 0:
            layer = 1 + town.group_kind[group[i]]
            found[layer, i, group == group[i]] = rate[LAYERS[layer]] / (group == group[i]).sum()
        found[3, i, hamlet == hamlet[i]] = rate.get("hamlet", 0.0) / (hamlet == hamlet[i]).sum()
        for there in range(town.communes):
            for age in range(16):
                those = (commune == there) & (ages == age)
                those = those if those.any() else commune == there
                share = town.commute[commune[i], there] * town.mixing[ages[i], age]
                found[4, i, those] += rate.get("community", 0.0) * share / those.sum()
    return found


@dataclass
class Naive:
    """One run. Only the measures the twin knows: tests without limits, isolation, tracing of households, quarantine at home."""

    world: SyntheticPopulation | Network
    disease: Disease
    plan: tuple
    first: int
    draw_key: np.random.Generator
    hazard: np.ndarray
    infected: list[int] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)

    def run(self, days: int) -> Naive:
        people = self.world.people
        self.begin, self.onset, self.end = (np.full(people, 10_000) for _ in range(3))
        self.strength, self.susceptible = np.zeros(people), np.ones(people, dtype=bool)
        self.known, self.until, self.results = np.zeros(people, dtype=bool), np.zeros(people, dtype=int), {}
        for person in self.draw_key.choice(people, self.first, replace=False):
            self.infect(person, 0)
        total, cases = self.first, 0
        for day in range(days):
            cases += self.find(day)
            total += self.spread(day)
            self.infected.append(total)
            self.confirmed.append(cases)
        return self

    def delay(self, name: str) -> int:
        return int(self.draw_key.choice(getattr(self.disease, name).quantiles()))

    def infect(self, person: int, day: int) -> None:
        disease = self.disease
        self.susceptible[person] = False
        self.begin[person] = day + max(1, self.delay("latent"))
        ill = self.draw_key.random() < disease.symptomatic[0]
        if ill:
            self.onset[person] = self.begin[person] + self.delay("presymptomatic")
            self.end[person] = self.onset[person] + self.delay("mild_recovery")
        else:
            self.end[person] = self.begin[person] + self.delay("asymptomatic_recovery")
        k = disease.dispersion
        self.strength[person] = (1.0 if ill else disease.asymptomatic) * (self.draw_key.gamma(k, 1 / k) if np.isfinite(k) else 1.0)

    def measure(self, kind: type):
        return next((measure for measure in self.plan if isinstance(measure, kind)), None)

    def find(self, day: int) -> int:
        """Results of yesterday's samples, then quarantine of the households, then samples."""
        tests, tracing, quarantine = (self.measure(kind) for kind in (Testing, Tracing, Quarantine))
        if tests is None:
            return 0
        infectious = (self.begin <= day) & (day < self.end)
        chance = np.where(self.onset <= day, tests.with_symptoms, tests.without)
        pending = {person for some in self.results.values() for person in some}
        sampled = [
            int(p) for p in np.flatnonzero(infectious & ~self.known & (self.draw_key.random(chance.size) < chance)) if int(p) not in pending
        ]
        self.results.setdefault(day + tests.turnaround, []).extend(sampled)
        positive = self.results.pop(day, [])
        for person in positive:
            self.known[person], self.until[person] = True, 0
        if tracing is not None:
            home = self.world.household_first()
            for person in positive:
                for other in np.flatnonzero((home == home[person]) & ~self.known):
                    self.until[other] = max(self.until[other], day + quarantine.days)
        return len(positive)

    def keeps(self, day: int) -> tuple[np.ndarray, np.ndarray]:
        """[layer, person]: what is left of contacts of a giver and of a taker."""
        giver = np.ones((self.hazard.shape[0], self.world.people))
        taker = giver.copy()
        isolation, quarantine = self.measure(Isolation), self.measure(Quarantine)
        for layer, name in enumerate(self.world.layers):
            if isolation is not None:
                giver[layer, self.known] *= 1 - isolation.prevents_home.get(name, 0.0)
            if quarantine is not None:
                left = np.where(self.until > day, 1 - quarantine.prevents_home.get(name, 0.0), 1.0)
                giver[layer] *= left
                taker[layer] *= left
        return giver, taker

    def spread(self, day: int) -> int:
        giver, taker = self.keeps(day)
        strength = np.where((self.begin <= day) & (day < self.end), self.strength, 0.0) * self.weights(day)
        sources, targets = np.flatnonzero(strength), np.flatnonzero(self.susceptible)
        if not sources.size or not targets.size:
            return 0
        ages = self.world.ages() if isinstance(self.world, SyntheticPopulation) else self.world.age
        factor = np.array(self.disease.susceptibility)[ages]
        reach = self.hazard[:, sources][:, :, targets] * giver[:, sources, None] * taker[:, None, targets]
        reach = reach * strength[None, sources, None] * factor[None, None, targets]
        spared = np.exp(-reach) if isinstance(self.world, SyntheticPopulation) else 1 - reach
        new = targets[self.draw_key.random(targets.size) < 1 - np.prod(spared, axis=(0, 1))]
        for person in new:
            self.infect(person, day)
        return new.size

    def weights(self, day: int) -> np.ndarray:
        weight = np.array(self.disease.profile.weight)
        return weight[np.clip(day - self.begin, 0, weight.size - 1)]
