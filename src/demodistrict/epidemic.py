"""Who fell ill, when, from whom: a transmission tree whose totals are fixed beforehand and whose links respect infectious windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from demodistrict.census import commune
from demodistrict.households import Population, population
from demodistrict.people import Person
from demodistrict.randomness import Stream, chance, pick, stream

DAY = timedelta(days=1)
DAYS_BEFORE_ONSET = 2  # 3468 and 963/QĐ-BYT: infectious from two days before onset, or before the positive sample
COMMUNITY, QUARANTINE, CORDON = "cộng đồng", "khu cách ly", "khu phong tỏa"
KNOWN, UNKNOWN, INVESTIGATED = "đã rõ", "chưa rõ", "đang điều tra"
HOUSEHOLD = "cùng nhà"
_SETTINGS = (("làm cùng công ty", 3), ("bán hàng cùng chợ", 3), ("hàng xóm", 3), ("ăn uống cùng", 2), ("đám tang", 1))
_HOSPITALS = ("Bệnh viện Thanh Nhàn", "Bệnh viện Đức Giang", "Bệnh viện dã chiến số 1", "Bệnh viện Bắc Thăng Long")


@dataclass(frozen=True)
class Outbreak:
    """One cluster as planned: where, in which hamlet, and the day each of its cases is reported."""

    commune: str
    hamlet: int
    report_days: tuple[date, ...]


@dataclass
class Case:
    """One confirmed case, true dates."""

    number: int
    person: Person
    cluster: int
    infected: date
    onset: date | None
    sample: date
    result: date
    report: date
    isolated: date
    setting: str
    source: str
    infector: Case | None
    link: str
    treatment: str
    detected_in: str
    code: str = ""
    bn: str = ""
    discharged: date | None = None
    listed_twice: bool = False

    @property
    def residence(self) -> str:
        """Code of the commune where the case lived at detection: there it is counted."""
        return self.person.commune

    @property
    def window(self) -> tuple[date, date]:
        """First and last day on which a contact counts; empty (last before first) when isolated early enough."""
        return (self.onset or self.sample) - DAYS_BEFORE_ONSET * DAY, self.isolated

    def recovered(self, day: date) -> bool:
        """Whether discharged by the end of this day's reporting."""
        return self.discharged is not None and self.discharged <= day


class Epidemic:
    """Builds cases in the order of their report; keeps who is already a case."""

    def __init__(self, *, seed: int, outbreaks: list[Outbreak]) -> None:
        self.seed = seed
        self.rng: Stream = stream(seed, "epidemic")
        self.outbreaks = outbreaks
        self.cases: list[Case] = []
        self.taken: set[str] = set()
        self.reserved: set[str] = set()

    def run(self) -> list[Case]:
        """Every case of every outbreak, in order of report."""
        plan = sorted((day, number) for number, outbreak in enumerate(self.outbreaks) for day in outbreak.report_days)
        for day, number in plan:
            self.cases.append(self._case(day, number))
        return self.cases

    def _case(self, report: date, cluster: int) -> Case:
        rng = self.rng
        result = report - (DAY if chance(rng, 0.2) else 0 * DAY)
        sample = result - (DAY if chance(rng, 0.7) else 0 * DAY)
        infector, infected, onset = self._infector(cluster, sample)
        person, link = self._person(cluster, infector)
        isolated, setting = self._isolation(cluster, infector, result=result, infected=infected)
        self.taken.add(person.id)
        return Case(
            number=len(self.cases) + 1,
            person=person,
            cluster=cluster,
            infected=infected,
            onset=None if chance(rng, 0.35) else onset,
            sample=sample,
            result=result,
            report=report,
            isolated=isolated,
            setting=setting,
            source=self._source(infector, report),
            infector=infector,
            link=link,
            treatment=pick(rng, _HOSPITALS),
            detected_in=person.commune,
        )

    def _infector(self, cluster: int, sample: date) -> tuple[Case | None, date, date]:
        rng = self.rng
        same = [case for case in self.cases[-120:] if case.cluster == cluster]
        others = [case for case in self.cases[-60:] if case.cluster != cluster] if chance(rng, 0.1) else []
        onset = sample - int(rng.integers(0, 4)) * DAY
        for incubation in rng.permutation([2, 3, 3, 4, 4, 5, 5, 6, 7, 8]):
            infected = onset - int(incubation) * DAY
            able = [case for case in same + others if case.window[0] <= infected <= case.window[1]]
            if able:
                # A few cases infect many: the earliest able case of the cluster is preferred half of the time.
                return (able[0] if chance(rng, 0.4) else pick(rng, able)), infected, onset
        return None, onset - 5 * DAY, onset

    def _person(self, cluster: int, infector: Case | None) -> tuple[Person, str]:
        outbreak = self.outbreaks[cluster]
        people = population(outbreak.commune, seed=self.seed)
        if infector and infector.person.commune == outbreak.commune and chance(self.rng, 0.5):
            housemates = [each for each in housemates_of(infector.person, people) if each.id not in self.taken | self.reserved]
            if housemates:
                return pick(self.rng, housemates), HOUSEHOLD
        hamlet = outbreak.hamlet if chance(self.rng, 0.8) else int(self.rng.integers(len(commune(outbreak.commune).hamlets)))
        link = pick(self.rng, [word for word, weight in _SETTINGS for _ in range(weight)]) if infector else ""
        return self.villager(people, hamlet), link

    def villager(self, people: Population, hamlet: int) -> Person:
        """Somebody of the hamlet, over four years old, who is not yet a case."""
        rows = (people.hamlet == hamlet).nonzero()[0]
        while True:
            person = people.person(int(pick(self.rng, rows)))
            if person.id not in self.taken | self.reserved and person.birth.year < 2017:
                return person

    def _isolation(self, cluster: int, infector: Case | None, *, result: date, infected: date) -> tuple[date, str]:
        rng = self.rng
        if infector and max(infector.report, infected) + DAY < result and chance(rng, 0.75):
            traced = max(infector.report, infected) + int(rng.integers(0, 2)) * DAY
            return traced, QUARANTINE if chance(rng, 0.7) else CORDON
        cordoned = len(self.outbreaks[cluster].report_days) > 60 and result >= date(2021, 8, 14) and chance(rng, 0.4)
        return result, CORDON if cordoned else COMMUNITY

    def _source(self, infector: Case | None, report: date) -> str:
        if infector:
            return KNOWN
        return INVESTIGATED if report >= date(2021, 8, 22) else UNKNOWN


def housemates_of(person: Person, people: Population) -> list[Person]:
    """The others of the household."""
    household = int(person.household.rpartition("-")[2])
    return [people.person(row) for row in people.members(household) if f"P{people.commune.code}-{row:05d}" != person.id]
