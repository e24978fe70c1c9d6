"""Huyện Thanh Trì at 16:00 on 24/8/2021: the truth behind the communes' lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from demodistrict.census import THANH_TRI, commune, communes
from demodistrict.contacts import Contact, Tracing
from demodistrict.epidemic import DAY, Case, Epidemic, housemates_of
from demodistrict.households import population
from demodistrict.laboratory import NEGATIVE, Sample, pooled_samples, single_samples
from demodistrict.people import Person
from demodistrict.quarantine import stays
from demodistrict.randomness import chance, pick, stream
from demodistrict.returnees import Returnee, Route, returnee
from demodistrict.scenarios.thanh_tri_plan import CUT, DUYEN_HA, EPOCH, LAST_DAY, LIEN_NINH, RECOVERED, YEN_MY, outbreaks
from demodistrict.world import Suspect, World

CODE_PREFIX = {
    "00640": "VD", "00643": "TT", "00646": "TL", "00649": "TTO", "00652": "HH", "00655": "TH", "00658": "TUH", "00661": "YM",
    "00664": "VQ", "00667": "NH", "00670": "DH", "00673": "NGH", "00676": "VP", "00679": "DA", "00682": "LN", "00685": "DM",
}  # fmt: skip
# Detected in one commune, living in another: (residence, place of detection).
REATTRIBUTED = ((LIEN_NINH, "00667"), ("00658", "00640"), ("00676", LIEN_NINH), (LIEN_NINH, "00673"))
_ROUTES = (
    Route("TP Hồ Chí Minh", "Tàu SE6"),
    Route("Bình Dương", "Xe máy"),
    Route("Đồng Nai", "Xe khách 29B"),
    Route("Đà Nẵng", "Xe khách 43B"),
    Route("Bắc Giang", "Xe con"),
)
NUMBERED_UNTIL = CUT - 2 * DAY


@cache
def world(seed: int) -> World:
    """The world of this seed; the published figures hold at the first day's cut-off."""
    epidemic = Epidemic(seed=seed, outbreaks=outbreaks(seed))
    twins = _namesakes(seed)
    epidemic.reserved.update(twin.id for twin in twins)
    cases = epidemic.run()
    _number(cases, seed)
    _reattribute(cases)
    _discharge(cases, seed)
    tracing = _trace(seed, cases, twins)
    made = World("thanh-tri-2021", seed, CUT, LAST_DAY, EPOCH, 16, communes(THANH_TRI), cases=cases)
    made.contacts, made.events, made.isolated, made.people = tracing.contacts, tracing.events, tracing.isolated, tracing.people
    made.samples = single_samples(tracing, seed=seed, last_day=LAST_DAY) + _pools(seed)
    made.stays = stays(tracing, last_day=LAST_DAY)
    made.suspects = _suspects(epidemic, made)
    made.returnees = _returnees(seed, made)
    made.links_ahead = _links_ahead(made)
    made.namesakes = (twins[0].id, twins[1].id)
    return made


def _trace(seed: int, cases: list[Case], twins: tuple[Person, ...]) -> Tracing:
    """The contact graph; of the namesakes one becomes a case without descendants, the other somebody's contact."""
    infectors = {case.infector.number for case in cases if case.infector}
    able = [case for case in cases if case.residence == LIEN_NINH and case.window[0] < case.window[1] and case.report < CUT]
    twin_case = next(case for case in reversed(able) if case.number not in infectors)
    _becomes(twin_case, twins[0])
    tracing = Tracing(seed=seed, cases=cases)
    tracing.people[twins[1].id] = twins[1]
    tracing.run()
    source = able[0]
    tracing.add(source.person.id, twins[1], source.window[1], kind="bạn", reported=source.report)
    tracing.isolated.setdefault(twins[1].id, source.report)
    return tracing


def _namesakes(seed: int) -> tuple[Person, ...]:
    """Two different men of Thọ Am with one name and one birth year."""
    people = population(LIEN_NINH, seed=seed)
    heads = [row for row in range(len(people)) if people.hamlet[row] == 0 and people.relation[row] == 0 and people.male[row]]
    first, second = people.person(heads[8]), people.person(heads[260])
    return tuple(
        replace(one, name="Nguyễn Văn Hùng", birth=_birthday(one.birth), cccd=one.cccd[:3] + "085" + one.cccd[6:])
        for one in (first, second)
    )


def _birthday(birth: date) -> date:
    return date(1985, birth.month, min(birth.day, 28))


def _becomes(case: Case, person: Person) -> None:
    case.person = person
    case.link, case.infector, case.source = "", None, "chưa rõ"


def _number(cases: list[Case], seed: int) -> None:
    """Commune codes for all, national numbers for those the ministry has reached: early ones, and most until two days ago."""
    rng = stream(seed, "numbers")
    counts: dict[str, int] = {}
    national = 2900
    for case in cases:
        counts[case.residence] = counts.get(case.residence, 0) + 1
        case.code = f"{CODE_PREFIX[case.residence]}{counts[case.residence]:03d}"
        national += int(rng.integers(1, 9)) if case.report < date(2021, 7, 1) else int(rng.integers(20, 900))
        if case.report <= NUMBERED_UNTIL and chance(rng, 0.9):
            case.bn = str(national)


def _reattribute(cases: list[Case]) -> None:
    for turn, (residence, detected_in) in enumerate(REATTRIBUTED):
        case = next(one for one in cases if one.residence == residence and one.bn and one.detected_in == residence and one.report < CUT)
        case.detected_in = detected_in
        # Every second one is listed by both communes.
        case.listed_twice = turn % 2 == 0


def _discharge(cases: list[Case], seed: int) -> None:
    """The earliest 51 have left hospital by the cut-off; the next leave a few each day."""
    rng = stream(seed, "discharge")
    for rank, case in enumerate(sorted(cases, key=lambda one: (one.report, one.number))):
        usual = case.report + int(rng.integers(14, 22)) * DAY
        case.discharged = min(usual, CUT) if rank < RECOVERED else max(usual, CUT + (1 + (rank - RECOVERED) // 6) * DAY)


def _pools(seed: int) -> list[Sample]:
    people = population(LIEN_NINH, seed=seed)
    households = [[people.person(row) for row in people.members(number)] for number in range(40, 200)]
    return pooled_samples(households, seed=seed, rounds=(CUT - 4 * DAY, CUT - 2 * DAY, CUT - DAY, CUT, CUT + 2 * DAY), pools=40)


def _suspects(epidemic: Epidemic, made: World) -> list[Suspect]:
    """Refuted in a commune without cases, suspected in the other, and two antigen positives that wait for the PCR."""

    def villager(code: str) -> Person:
        return epidemic.villager(population(code, seed=epidemic.seed), 0)

    ahead = next(case for case in made.cases if case.report == CUT + DAY and case.residence == LIEN_NINH)
    found = [
        Suspect(villager(YEN_MY), CUT - 4 * DAY, YEN_MY, "test nhanh dương tính, RT-PCR âm tính", "refuted", CUT - 2 * DAY),
        Suspect(villager(DUYEN_HA), CUT, DUYEN_HA, "sốt, ho; đã lấy mẫu, chờ kết quả", "suspected", CUT + 2 * DAY),
        Suspect(villager("00655"), CUT, "00655", "test nhanh dương tính, chờ RT-PCR", "probable", CUT + DAY),
        Suspect(ahead.person, CUT, LIEN_NINH, "test nhanh dương tính, chờ RT-PCR", "probable", CUT + DAY),
    ]
    for suspect in found:
        made.people.setdefault(suspect.person.id, suspect.person)
    # The tubes that decide; that of the case to come is among the cases' own.
    made.samples += [
        Sample(f"N{turn:05d}", (one.person,), one.reported, NEGATIVE, one.decided) for turn, one in enumerate(found[:3], 1) if one.decided
    ]
    refuted = found[0]
    for mate in housemates_of(refuted.person, population(YEN_MY, seed=epidemic.seed))[:3]:
        made.people.setdefault(mate.id, mate)
        made.contacts.append(Contact(refuted.person.id, mate.id, refuted.reported, "cùng nhà", refuted.reported))
    return found


def _returnees(seed: int, made: World) -> list[Returnee]:
    rng = stream(seed, "returnees")
    back = []
    for number in range(96):
        place = pick(rng, made.communes)
        people = population(place.code, seed=seed)
        person = people.person(int(rng.choice((people.occupation >= 0).nonzero()[0])))
        arrived = CUT - (number % 30 - 8) * DAY
        back.append(returnee(rng, person, routes=_ROUTES, arrived=arrived, form=pick(rng, ("tập trung", "tại nhà"))))
        made.people.setdefault(person.id, person)
    return back


def _links_ahead(made: World) -> list[Contact]:
    """Contacts the forward post already lists of people whose own report only comes the next day."""
    ahead = [case for case in made.cases if case.report == CUT + DAY and case.residence == LIEN_NINH]
    known = {case.person.id for case in made.cases}
    sources = {case.person.id for case in ahead}
    links = [one for one in made.contacts if one.source in sources and one.person not in known and one.reported > CUT]
    return links[:6]


def name_of(code: str) -> str:
    """Name of a commune by its code."""
    return commune(code).name
