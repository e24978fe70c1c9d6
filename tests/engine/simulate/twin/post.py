"""One slow run: the post's day as docs/explanation/simulation.md and the measures' docstrings tell it, person by person.

Written from the documents and not from the kernels. It shares with the engine what it is told (town, disease, measures), the quantile
tables of the delays and the hazards of `naive_town`. One measure of a kind that holds people (isolation, quarantine, cordons) is enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from tests.engine.simulate.twin.people import NEVER, Person, infect, people_of
from tests.engine.simulate.twin.response import campaign, confirm, sample, vaccinate
from tests.engine.simulate.twin.spread import meet, transmit
from tests.engine.simulate.twin.tracing import obey, trace

from epiengine.simulate import Checkpoints, Closures, Cordons, Disease, Measure, Start, StayHome, SyntheticPopulation
from epiengine.simulate.series import FLOWS


@dataclass
class Post:
    """What there is on a day of one run; `told` is what is known of each evening: (name, commune or "all") to a number."""

    town: SyntheticPopulation
    disease: Disease
    plan: tuple[Measure, ...]
    start: Start
    draw_key: np.random.Generator
    hazard: np.ndarray
    told: list[Counter] = field(default_factory=list)

    def run(self, days: int) -> Post:
        self.people = people_of(self.town)
        self.day, self.today, self.met = 0, Counter(), []
        self.met_outside: dict[int, list[tuple[int, Person]]] = defaultdict(list)
        self.queue: dict[int, list[Any]] = defaultdict(list)
        self.due: dict[tuple[str, int], list[Any]] = defaultdict(list)
        self.used: Counter = Counter()
        self.held_until: dict[tuple[int, int], int] = {}
        self.opens = [0] * self.town.hamlets
        self.cases: dict[int, list[int]] = defaultdict(list)
        self.cordon = next((measure for measure in self.plan if isinstance(measure, Cordons)), None)
        for number in self.draw_key.choice(self.town.people, self.start.at_random, replace=False):
            self.infect(self.people[number], self.start.at_random_on)
        for self.day in range(days):
            self.live(self.day)
        return self

    def live(self, day: int) -> None:
        """The order of a day."""
        self.open(day)
        self.release(day)
        meet(self, day)
        vaccinate(self, day)
        sample(self, day)
        campaign(self, day)
        confirm(self, day)
        trace(self, day)
        obey(self, day)
        transmit(self, day)
        self.close(day)

    def open(self, day: int) -> None:
        """Which measures are in force in which communes."""
        self.force: dict[int, list[Measure]] = {commune: [] for commune in range(self.town.communes)}
        for at, measure in enumerate(self.plan):
            area = measure.communes or range(self.town.communes)
            for commune in area:
                is_active = measure.trigger is None or self.triggered(at, measure, commune, area, day)
                if is_active and measure.start <= day < measure.end:
                    self.force[commune].append(measure)
                    if isinstance(measure, StayHome | Closures | Checkpoints):
                        for resource, amount in getattr(measure, "needs_per_commune", getattr(measure, "needs", {})).items():
                            self.use(resource, amount)

    def triggered(self, at: int, measure: Measure, commune: int, area, day: int) -> bool:
        trigger = measure.trigger
        counted = [commune] if trigger.each else list(area)
        evenings = self.told[max(0, day - trigger.within) :] if trigger.series in FLOWS else self.told[-1:]
        if sum(evening[trigger.series, where] for evening in evenings for where in counted) >= trigger.at_least:
            self.held_until[at, commune] = day + trigger.lasts
        return self.held_until.get((at, commune), 0) > day

    def in_force(self, kind: type, commune: int) -> list[Any]:
        return [measure for measure in self.force[commune] if isinstance(measure, kind)]

    def of(self, kind: type, commune: int) -> Any:
        """The measure of the kind that counts in the commune: the first; None for none."""
        return next(iter(self.in_force(kind, commune)), None)

    def first(self, kind: type) -> Any:
        return next(measure for measure in self.plan if isinstance(measure, kind))

    def release(self, day: int) -> None:
        for person in self.people:
            if person.bed and person.out <= day:
                person.bed = ""

    def infect(self, person: Person, day: int, variant: int = 0) -> None:
        infect(person, self.disease, day=day, variant=variant, draw_key=self.draw_key)
        if day >= 0:
            self.count("infections", person)

    def count(self, name: str, person: Person, number: int = 1) -> None:
        self.today[name, person.commune] += number

    def use(self, name: str, number: float = 1) -> None:
        self.today[name, "all"] += number

    def close(self, day: int) -> None:
        """What is told of the day: flows as counted, stocks as they are this evening."""
        for person in self.people:
            if person.infected < NEVER or person.free > day or self.opens[person.hamlet] > day:
                for name in _stocks(self, person, day):
                    self.count(name, person)
        self.use("bed_days", sum(person.bed == "facility" for person in self.people))
        self.use("centre_days", sum(person.in_quarantine(day) and person.form == "centre" for person in self.people))
        for resource, amount in (self.cordon.needs_per_hamlet if self.cordon else {}).items():
            self.use(resource, amount * sum(until > day for until in self.opens))
        self.told.append(self.today)
        self.today = Counter()


def _stocks(post: Post, person: Person, day: int) -> list[str]:
    """The stocks this person is in."""
    forms = {"centre": "f1_centre", "home": "f1_home", "second": "f2_home"}
    is_in = {
        "infectious": person.is_infectious(day),
        "severe": person.severe <= day < person.end,
        "critical": person.critical <= day < person.end,
        f"isolated_{person.bed}": bool(person.bed),
        forms.get(person.form, ""): person.in_quarantine(day),
        "cordoned_people": post.opens[person.hamlet] > day,
        "onsets": person.onset == day,
        "deaths": person.dies and person.end == day,
    }
    return [name for name, yes in is_in.items() if yes]
