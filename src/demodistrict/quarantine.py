"""Who stays where: central sites with their rooms, and homes when the sites are full or the person may not go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demodistrict.contacts import Tracing, degrees
from demodistrict.epidemic import DAY
from demodistrict.people import Person

LENGTH = 14  # 5599/BYT-MT of 14/7/2021: fourteen days central, fourteen days watched at home


@dataclass(frozen=True)
class Site:
    """One central quarantine site."""

    name: str
    places: int


# Five sites with 1,416 places together, as published; names and the split are invented.
SITES = (
    Site("KCLTT số 1 - Trường THPT", 420),
    Site("KCLTT số 2 - Trường THCS", 336),
    Site("KCLTT số 3 - Ký túc xá", 300),
    Site("KCLTT số 4 - Doanh trại", 240),
    Site("KCLTT số 5 - Khách sạn", 120),
)


@dataclass(frozen=True)
class Stay:
    """One person in one room from entry to the planned end; a case leaves for hospital earlier."""

    person: Person
    site: str
    room: str
    entry: date
    planned_end: date
    left: date | None
    reason: str

    def present(self, day: date) -> bool:
        """Whether the person is there on this day."""
        return self.entry <= day < (self.left or self.planned_end)


def stays(tracing: Tracing, *, last_day: date) -> list[Stay]:
    """Everyone ever F1, and cases that were found in quarantine, in order of entry; four to a room."""
    ever = degrees(tracing.cases, tracing.contacts, tracing.isolated, day=last_day)
    people = {person for person, degree in ever.items() if degree.degree == 1}
    hospital = {case.person.id: case.result for case in tracing.cases if case.isolated < case.result}
    entries = sorted((tracing.isolated[person], person) for person in people | set(hospital))
    made: list[Stay] = []
    for number, (entry, person) in enumerate(entries):
        made.append(_stay(tracing.people[person], number, entry, hospital.get(person)))
    return made


def _stay(person: Person, number: int, entry: date, left: date | None) -> Stay:
    site = SITES[(0, 1, 2, 0, 1, 3, 0, 2, 3, 1, 4, 0)[number % 12]]
    room = f"P{1 + number // 48 % 4}{1 + number // 4 % 12:02d}"
    return Stay(person, site.name, room, entry, entry + LENGTH * DAY, left, "F0 chuyển viện" if left else "F1")
