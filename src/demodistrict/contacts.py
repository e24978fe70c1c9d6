"""Who met whom: exposure events and contacts, when the tracing team wrote them down, and the degree that follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from demodistrict.census import commune
from demodistrict.epidemic import DAY, HOUSEHOLD, Case, housemates_of
from demodistrict.households import population
from demodistrict.people import Person, outsider
from demodistrict.randomness import chance, pick, stream

_PLACES = (
    ("Chợ dân sinh", "chợ", "bán hàng"),
    ("Công ty may", "nơi làm việc", "làm việc cùng ca"),
    ("Quán nước đầu thôn", "ăn uống", "uống nước"),
    ("Cửa hàng tạp hoá", "mua bán", "mua hàng"),
    ("Đám tang trong thôn", "đám hiếu hỉ", "dự đám tang"),
    ("Xưởng cơ khí", "nơi làm việc", "làm việc"),
)
_KINDS = ("hàng xóm", "bạn", "đồng nghiệp", "khách mua hàng", "họ hàng")


@dataclass(frozen=True)
class Exposure:
    """One exposure event (mốc dịch tễ) of a case."""

    id: str
    case: int
    place: str
    setting: str
    activity: str
    day: date
    from_hour: int
    to_hour: int
    present: int


@dataclass(frozen=True)
class Contact:
    """Two people met on a day; `source` is the one the list hangs it on."""

    source: str
    person: str
    day: date
    kind: str
    reported: date
    event: str = ""


@dataclass(frozen=True)
class Degree:
    """How near to a case somebody is, and since when exposed."""

    degree: int
    exposed: date


class Tracing:
    """Builds the contact graph around the cases."""

    def __init__(self, *, seed: int, cases: list[Case]) -> None:
        self.seed = seed
        self.rng = stream(seed, "contacts")
        self.cases = cases
        self.case_of = {case.person.id: case for case in cases}
        self.people: dict[str, Person] = {case.person.id: case.person for case in cases}
        self.contacts: list[Contact] = []
        self.events: list[Exposure] = []
        self.isolated: dict[str, date] = {case.person.id: case.isolated for case in cases}
        self.pool: dict[str, list[Person]] = defaultdict(list)
        self.outsiders = 0

    def run(self) -> None:
        """Contacts of every case, then contacts of some contacts."""
        for case in self.cases:
            self._around(case)
        for case in self.cases:
            self._infector_link(case)
        first: dict[str, Contact] = {}
        for contact in self.contacts:
            first.setdefault(contact.person, contact)
        for person, contact in list(first.items()):
            if person not in self.case_of and chance(self.rng, 0.3):
                self._second_ring(self.people[person], contact)

    def add(self, source: str, person: Person, day: date, *, kind: str, reported: date, event: str = "") -> None:
        """Records a contact; the person is isolated when the contact is first written down."""
        self.people.setdefault(person.id, person)
        self.contacts.append(Contact(source, person.id, day, kind, reported, event))

    def _around(self, case: Case) -> None:
        start, end = case.window
        if end < start:
            return
        people = population(case.residence, seed=self.seed)
        listed = {case.person.id, *(other.person.id for other in self.cases if other.infector is case)}
        reported = case.report + int(self.rng.integers(0, 2)) * DAY
        for mate in housemates_of(case.person, people):
            if mate.id not in listed:
                self._first_ring(case, mate, end, HOUSEHOLD, reported)
        listed |= {mate.id for mate in housemates_of(case.person, people)}
        events = self._events(case)
        for _ in range(min(14, int(self.rng.negative_binomial(1.5, 0.25)))):
            person = self._acquaintance(case)
            if person.id in listed or person.id in self.case_of:
                continue
            listed.add(person.id)
            event = pick(self.rng, events) if events and chance(self.rng, 0.6) else None
            day = event.day if event else start + int(self.rng.integers(0, (end - start).days + 1)) * DAY
            late = 3 * DAY if chance(self.rng, 0.04) else 0 * DAY
            self._first_ring(
                case, person, day, event.activity if event else pick(self.rng, _KINDS), reported + late, event.id if event else ""
            )

    def _first_ring(self, case: Case, person: Person, day: date, kind: str, reported: date, event: str = "") -> None:
        self.add(case.person.id, person, day, kind=kind, reported=reported, event=event)
        if person.id not in self.case_of:
            self.isolated[person.id] = min(reported, self.isolated.get(person.id, reported))
            self.pool[case.residence].append(person)

    def _events(self, case: Case) -> list[Exposure]:
        start, end = case.window
        made: list[Exposure] = []
        for _ in range(int(self.rng.integers(0, 3))):
            place, setting, activity = pick(self.rng, _PLACES)
            hour = int(self.rng.integers(6, 18))
            day = start + int(self.rng.integers(0, (end - start).days + 1)) * DAY
            name = f"{place}, {commune(case.residence).hamlet_word} {case.person.hamlet}, {commune(case.residence).name}"
            made.append(
                Exposure(
                    f"E{len(self.events) + len(made) + 1:04d}",
                    case.number,
                    name,
                    setting,
                    activity,
                    day,
                    hour,
                    hour + 2,
                    int(self.rng.integers(4, 30)),
                )
            )
        self.events.extend(made)
        return made

    def _acquaintance(self, case: Case) -> Person:
        known = self.pool[case.residence]
        if known and chance(self.rng, 0.35):
            return pick(self.rng, known)
        if chance(self.rng, 0.04):
            self.outsiders += 1
            return outsider(self.rng, self.outsiders)
        people = population(case.residence, seed=self.seed)
        rows = (people.hamlet == people.commune.hamlets.index(case.person.hamlet)).nonzero()[0]
        return people.person(int(pick(self.rng, rows)))

    def _infector_link(self, case: Case) -> None:
        if case.infector is None:
            return
        found = max(case.isolated, case.infector.report) if case.isolated < case.result else case.report
        self.add(case.infector.person.id, case.person, case.infected, kind=case.link, reported=found)

    def _second_ring(self, person: Person, contact: Contact) -> None:
        first, last = contact.day, min(self.isolated[person.id], contact.reported)
        if last < first:
            return
        mates = housemates_of(person, population(person.commune, seed=self.seed)) if person.commune else []
        known = self.pool[person.commune]
        strangers = [pick(self.rng, known), pick(self.rng, known)] if known and chance(self.rng, 0.2) else [self._neighbour(person)]
        for other in dict.fromkeys((mates + strangers)[:4]):
            if other.id == person.id or other.id in self.case_of:
                continue
            day = first + int(self.rng.integers(0, (last - first).days + 1)) * DAY
            kind = HOUSEHOLD if other in mates else pick(self.rng, _KINDS)
            self.add(person.id, other, day, kind=kind, reported=contact.reported + int(self.rng.integers(0, 2)) * DAY)

    def _neighbour(self, person: Person) -> Person:
        if not person.commune:
            self.outsiders += 1
            return outsider(self.rng, self.outsiders, place=person.place)
        people = population(person.commune, seed=self.seed)
        rows = (people.hamlet == people.commune.hamlets.index(person.hamlet)).nonzero()[0]
        return people.person(int(pick(self.rng, rows)))


def degrees(cases: list[Case], contacts: list[Contact], isolated: dict[str, date], *, day: date, deepest: int = 2) -> dict[str, Degree]:
    """F1, F2 and on to the deepest degree as known at the cut-off of this day.

    F1: not a case, met a case between the first and last day of the case's window.
    F2: neither a case nor F1, met an F1 between the F1's first exposure and the F1's isolation; further rings likewise.
    Contacts count both ways; only cases and contacts reported by that day are known.
    """
    windows = {case.person.id: case.window for case in cases if case.report <= day}
    ill = set(windows)
    pairs = [pair for contact in contacts if contact.reported <= day for pair in _both_ways(contact)]
    found: dict[str, Degree] = {}
    for degree in range(1, deepest + 1):
        ring = _ring(windows, pairs, known=ill | found.keys())
        found |= {person: Degree(degree, exposed) for person, exposed in ring.items()}
        windows = {person: (exposed, isolated.get(person, day)) for person, exposed in ring.items()}
    return found


def _ring(windows: dict[str, tuple[date, date]], pairs: list[tuple[str, str, date]], *, known: AbstractSet[str]) -> dict[str, date]:
    """Who met one of these people inside the window and is not known yet, with the first day of it."""
    ring: dict[str, date] = {}
    for source, person, met in pairs:
        if source in windows and person not in known and windows[source][0] <= met <= windows[source][1]:
            ring[person] = min(met, ring.get(person, met))
    return ring


def _both_ways(contact: Contact) -> tuple[tuple[str, str, date], tuple[str, str, date]]:
    return (contact.source, contact.person, contact.day), (contact.person, contact.source, contact.day)
