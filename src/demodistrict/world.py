"""Everything that is true in a scenario, on all its days; lists and answer keys are views of it at a cut-off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from demodistrict.census import Commune
from demodistrict.contacts import Contact, Degree, Exposure, degrees
from demodistrict.epidemic import Case
from demodistrict.laboratory import Sample
from demodistrict.people import Person
from demodistrict.quarantine import Stay
from demodistrict.returnees import Returnee


@dataclass(frozen=True)
class Suspect:
    """Somebody reported as a case who is none, or not yet."""

    person: Person
    reported: date
    detected_in: str
    basis: str
    verdict: str
    decided: date | None = None


@dataclass
class World:
    """The truth of one scenario and seed."""

    scenario: str
    seed: int
    first_day: date
    last_day: date
    epoch: date
    hour: int
    communes: tuple[Commune, ...]
    cases: list[Case] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    events: list[Exposure] = field(default_factory=list)
    isolated: dict[str, date] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    suspects: list[Suspect] = field(default_factory=list)
    returnees: list[Returnee] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    links_ahead: list[Contact] = field(default_factory=list)
    namesakes: tuple[str, ...] = ()
    deepest: int = 2
    counts_hamlets: bool = False
    _cases_by_person: dict[str, Case] = field(default_factory=dict, repr=False)

    def confirmed(self, day: date) -> list[Case]:
        """Confirmed cases known at the cut-off of this day."""
        return [case for case in self.cases if case.report <= day]

    def degrees(self, day: date) -> dict[str, Degree]:
        """F1, F2 and on, as deep as the scenario counts, at the cut-off of this day."""
        return degrees(self.cases, self.contacts, self.isolated, day=day, deepest=self.deepest)

    def case_of(self, person: str) -> Case | None:
        """The case that this person is or becomes."""
        return self._case_index().get(person)

    def _case_index(self) -> dict[str, Case]:
        if len(self._cases_by_person) != len(self.cases):
            self._cases_by_person = {case.person.id: case for case in self.cases}
        return self._cases_by_person
