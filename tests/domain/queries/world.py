"""A small district made by procedures: cases, contacts, returnees, stays, samples, checks, doubts, hand-overs. All names are invented."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tienphuong.cases.entries import AliasEntry, CaseEntry
from tienphuong.procedures.refer_contact import refer_contact
from tienphuong.procedures.register_arrivals import register_arrivals
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.register_stays import register_stays
from tienphuong.quarantine.entries import StayEntry
from tienphuong.registry.entries import AddressEntry, IdentifierEntry, PersonEntry, PhoneEntry
from tienphuong.registry.services.identities import propose
from tienphuong.registry.services.people import enrol
from tienphuong.tracing.entries import ArrivalEntry, ContactEntry

DISEASE = "covid-19"
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"]
MIDDLE = ["Văn", "Thị", "Ngọc", "Minh", "Thanh", "Đức", "Thu", "Quang"]
GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Mai",
    "Nam",
    "Nga",
    "Phúc",
    "Quân",
    "Sơn",
    "Thảo",
    "Tú",
    "Vân",
    "Yến",
    "Ánh",
    "Đạt",
]


@dataclass
class World:
    """Who is in it."""

    people: list
    cases: list
    contacts: list
    proposals: list


def build(areas, *, lan, at, policy, people=60, cases=8):
    """Tell the post of some people, day by day."""
    rng = random.Random(7)
    homes = [areas[code] for code in ("00682", "00640", "00643", "00652")]
    everyone = enrol([_person(rng, homes[i % 4], i) for i in range(people)], at=at - timedelta(days=2), by=lan.user_id)
    ill, near, far = everyone[:cases], everyone[cases : cases * 3], everyone[cases * 3 : cases * 5]
    register_cases(
        [(p, _case(rng, p, i, at)) for i, p in enumerate(ill)], actor=lan, at=at - timedelta(hours=30), policy=policy, later=True
    )
    met = [(p, _met(ill[i % cases], at, 3 + i % 4)) for i, p in enumerate(near)]
    met += [(p, _met(near[i % len(near)], at, 2 + i % 3)) for i, p in enumerate(far)]
    met += [(ill[i + 1], _met(ill[i], at, 6)) for i in range(min(4, cases - 1))]
    register_contacts(met, actor=lan, at=at - timedelta(hours=20), policy=policy)
    lost = ContactEntry(disease=DISEASE, reported_at=at, alias_key="BN-9999", original="F1 của BN 9999", reported_degree=1, kind="direct")
    register_contacts([(everyone[-1], lost)], actor=lan, at=at - timedelta(hours=19), policy=policy)
    came = ArrivalEntry(
        disease=DISEASE, reported_at=at, from_place="TP Hồ Chí Minh", transport="ô tô", arrived_on=date(2021, 8, 18), found_how="manifest"
    )
    register_arrivals([(p, came) for p in everyone[-6:]], actor=lan, at=at - timedelta(hours=18), policy=policy)
    stay = StayEntry(
        disease=DISEASE,
        reported_at=at,
        form="central",
        ground="F1",
        place="Trường THCS Liên Ninh",
        state="staying",
        started_on=date(2021, 8, 22),
    )
    register_stays([(p, stay) for p in near[:5]], actor=lan, at=at - timedelta(hours=17), policy=policy)
    proposals = propose([(everyone[-2], everyone[-3], 0.91, ["cùng họ tên", "cùng số điện thoại"])], at=at)
    refer_contact(near[-1], to=areas["009"], disease=DISEASE, degree=1, actor=lan, at=at, policy=policy, reason="ở trọ tại quận Thanh Xuân")
    return World(everyone, ill, near, proposals)


def _person(rng, home, i):
    name = f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"
    return PersonEntry(
        full_name=name,
        sex=rng.choice("MF"),
        birth_year=rng.randrange(1940, 2018),
        birth_precision="year",
        identifiers=(IdentifierEntry("cccd", f"0010{rng.randrange(10**7, 10**8)}"),),
        phones=(PhoneEntry(f"09{rng.randrange(10**7, 10**8)}"),),
        addresses=(AddressEntry(f"Thôn {i % 5 + 1}, {home.full_name}", area_id=home.pk, area_path=home.path),),
        area_id=home.pk,
        area_path=home.path,
        household_code=f"H{i // 4:03d}-{home.code}",
    )


def _case(rng, person, i, at):
    return CaseEntry(
        disease=DISEASE,
        reported_at=at - timedelta(hours=31 + i % 30),
        classification=rng.choice(["confirmed"] * 6 + ["suspected"]) if i else "confirmed",
        evidence="lab_pcr",
        onset_on=date(2021, 8, 14 + i % 5),
        detected_on=date(2021, 8, 16 + i % 5),
        detection_setting=rng.choice(["community", "cordon", "quarantine_facility"]),
        source_status=rng.choice(["known", "unknown"]),
        outcome=rng.choice(["in_treatment", "in_treatment", "recovered"]),
        outcome_at=at - timedelta(hours=62),
        residence_area_id=person.area_id,
        residence_area_path=person.area_path,
        treatment_place="Bệnh viện huyện",
        aliases=(AliasEntry("national", f"BN {100 + i}", f"BN-{100 + i}"),),
    )


def _met(source, at, days):
    moment = datetime(2021, 8, 22, 3, tzinfo=UTC) - timedelta(days=days - 2)
    kind = ("household", "workplace", "direct")[days % 3]
    return ContactEntry(
        disease=DISEASE, reported_at=at - timedelta(hours=21), source_person=source.pk, first=moment, last=moment, kind=kind
    )
