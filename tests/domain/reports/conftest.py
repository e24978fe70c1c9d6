"""Huyện Thanh Trì on 24/8/2021 as real records: 272 cases in 14 of 16 communes, Liên Ninh 136, 51 recovered, 221 in treatment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.services.laboratory import LabEntry, record_samples
from tienphuong.core.provenance import Provenance
from tienphuong.procedures.register_arrivals import register_arrivals
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.register_stays import register_stays
from tienphuong.quarantine.entries import StayEntry
from tienphuong.registry.entries import AddressEntry, PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.tracing.entries import ArrivalEntry, ContactEntry

DISEASE = "covid-19"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# Liên Ninh's 136 and the total are published; the shares of the other thirteen are made up.
CASES = {
    "00640": 14, "00643": 12, "00646": 9, "00649": 11, "00652": 8, "00655": 13, "00658": 7, "00661": 16, "00664": 10, "00667": 12,
    "00670": 9, "00673": 9, "00676": 6, "00682": 136,
}  # fmt: skip
RECOVERED, NEW = 51, {"00682": 8, "00640": 2, "00673": 1}


@pytest.fixture
def thanh_tri(areas, lan, policy, at):
    """The district's records as of 16h00; gives the people by commune code."""
    people = {code: _people(areas[code], number, at) for code, number in CASES.items()}
    told = [(person, i, code) for code, own in people.items() for i, person in enumerate(own)]
    entries = [(person, _case(person, i, code, at, recovered=n < RECOVERED)) for n, (person, i, code) in enumerate(told)]
    register_cases(entries, actor=lan, at=at, policy=policy, later=True)
    _around(people["00682"], areas["00682"], lan=lan, at=at, policy=policy)
    return people


def _people(area, number, at):
    entry = PersonEntry(area_id=area.pk, area_path=area.path, addresses=(AddressEntry("Thôn 1", area_id=area.pk, area_path=area.path),))
    return enrol([entry] * number, at=at, by=None)


def _case(person, i, code, at, *, recovered):
    new = i >= CASES[code] - NEW.get(code, 0)
    reported = at - (timedelta(hours=2) if new else timedelta(days=5))
    return CaseEntry(
        disease=DISEASE,
        classification="confirmed",
        reported_at=reported,
        onset_on=date(2021, 8, 10),
        detected_on=date(2021, 8, 24) if new else date(2021, 8, 14),
        detection_setting=("community", "cordon", "quarantine_facility")[i % 3],
        source_status="known",
        outcome="recovered" if recovered else "in_treatment",
        outcome_at=reported,
        residence_area_id=person.area_id,
        residence_area_path=person.area_path,
        cluster="Ổ dịch thôn Thọ Am, xã Liên Ninh" if code == "00682" else "",
    )


def _around(ill, area, *, lan, at, policy):
    """Contacts, samples, stays and returnees around the cases of Liên Ninh."""
    close, returnees = _people(area, 40, at), _people(area, 12, at)
    met = datetime(2021, 8, 12, 9, tzinfo=VIETNAM)
    contacts = [
        (
            p,
            ContactEntry(
                disease=DISEASE, reported_at=at - timedelta(hours=i), source_person=ill[i % 20].pk, first=met, last=met, kind="household"
            ),
        )
        for i, p in enumerate(close)
    ]
    register_contacts(contacts, actor=lan, at=at, policy=policy)
    samples = [
        LabEntry(disease=DISEASE, reported_at=at - timedelta(hours=i), code=f"M{i}", taken_on=date(2021, 8, 23), target_group=("F1", "cordon")[i % 2], result=r)
        for i, r in enumerate(["negative"] * 30 + ["positive"] * 3 + [""] * 7)
    ]  # fmt: skip
    record_samples(list(zip(close, samples, strict=True)), stamp=Provenance(at, None, policy.version))
    stays = [
        (p, StayEntry(disease=DISEASE, reported_at=at, form="central", ground="F1", place=f"Khu cách ly số {1 + i % 2}", started_on=date(2021, 8, 24 - i % 3), state="staying"))
        for i, p in enumerate(close)
    ]  # fmt: skip
    register_stays(stays, actor=lan, at=at, policy=policy)
    arrivals = [ArrivalEntry(disease=DISEASE, reported_at=at, from_place="Đà Nẵng", arrived_on=date(2021, 8, 20))] * len(returnees)
    register_arrivals(list(zip(returnees, arrivals, strict=True)), actor=lan, at=at, policy=policy)
