"""What the rules of the day ask of one person, from the record alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tienphuong.cases.entries import AliasEntry, CaseEntry
from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.core import clock
from tienphuong.core.policy import pack_at
from tienphuong.procedures.open_person import open_person
from tienphuong.procedures.person_requirements import meetings_by_definition, person_requirements
from tienphuong.procedures.record_lab_results import record_lab_results
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.terms import Matter
from tienphuong.registry.entries import AddressEntry, PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.tracing.entries import ContactEntry

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"


@pytest.fixture
def cast(areas, at):
    home = areas["00682"]
    names = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Thị Chi"]
    address = (AddressEntry("Thôn Nội Am", area_id=home.pk, area_path=home.path),)
    return enrol([PersonEntry(full_name=n, area_id=home.pk, area_path=home.path, addresses=address) for n in names], at=at, by=None)


@pytest.fixture
def infected(cast, lan, at, policy):
    """An, confirmed on 22/8 with an onset of the 20th; Bình lived with An until the 19th; Chi met An on the 10th."""
    an, binh, chi = cast
    entry = CaseEntry(
        disease=DISEASE, reported_at=at, classification="confirmed", onset_on=date(2021, 8, 20), detected_on=date(2021, 8, 22),
        classified_on=datetime(2021, 8, 22, tzinfo=clock.VIETNAM), residence_area_id=an.area_id, residence_area_path=an.area_path,
        aliases=(AliasEntry("national", "BN 1", "BN-1"),),
    )  # fmt: skip
    register_cases([(an, entry)], actor=lan, at=at, policy=policy)
    for person, kind, day in ((binh, "household", 19), (chi, "direct", 10)):
        moment = datetime(2021, 8, day, 9, tzinfo=clock.VIETNAM)
        met = ContactEntry(disease=DISEASE, reported_at=at, source_person=an.pk, first=moment, last=moment, kind=kind)
        register_contacts([(person, met)], actor=lan, at=at, policy=policy)
    return cast


def asked(person, *, viewer, at):
    dossier = open_person(person.uid, viewer=viewer, at=at)
    found = person_requirements(dossier, viewer=viewer, pack=pack_at(clock.local(at).date()), at=at)
    answers = {}
    for one in found:
        answers.setdefault(one.matter, []).append(one)
    return answers


def test_a_case_has_a_period_a_report_a_place_and_criteria(infected, lan, at):
    found = asked(infected[0], viewer=lan, at=at)
    assert found[Matter.INFECTIOUS_PERIOD][0].answer.startswith("Từ ngày 17/08/2021")  # three days before onset in the pack of 2021
    assert found[Matter.CASE_REPORT][0].answer == "báo cáo trong 24 giờ: chậm nhất 00h00 ngày 24/08/2021"  # the 22nd, and a day
    assert not found[Matter.DISCHARGE][0].open and "hết triệu chứng" in found[Matter.DISCHARGE][0].answer
    assert all(one.document for line in found.values() for one in line)


def test_a_contact_is_quarantined_sampled_and_released(infected, lan, at, policy):
    binh = infected[1]
    found = asked(binh, viewer=lan, at=at)
    assert "14" in found[Matter.ISOLATION][0].answer
    assert found[Matter.SAMPLES][0].answer == "20/08/2021, 26/08/2021, 02/09/2021"  # day 1, 7 and 14 after 19/8 (5599/BYT-MT)
    assert not found[Matter.RELEASE][0].open
    answers = [LabEntry(disease=DISEASE, reported_at=at, taken_on=day, method="pcr", result="negative", result_on=day)
               for day in (date(2021, 8, 20), date(2021, 8, 26), date(2021, 9, 2))]  # fmt: skip
    record_lab_results([(binh, one) for one in answers], actor=lan, at=at, policy=policy)
    assert asked(binh, viewer=lan, at=at + timedelta(days=10))[Matter.RELEASE][0].open
    assert not asked(binh, viewer=lan, at=at)[Matter.RELEASE][0].open


def test_a_meeting_is_judged_by_the_definition_of_its_day(infected, lan, at, policy):
    dossier = open_person(infected[0].uid, viewer=lan, at=at)
    found = {line.other.name: meetings_by_definition(dossier, pack=policy)[line.id] for line in dossier.meetings}
    assert found["Trần Thị Bình"].close
    assert not found["Lê Thị Chi"].close and "ngoài thời kỳ lây truyền" in found["Lê Thị Chi"].reason


def test_nobody_is_asked_anything_of_a_disease_that_the_pack_does_not_know(infected, lan, at, policy):
    dossier = open_person(infected[0].uid, viewer=lan, at=at)
    assert person_requirements(replace(dossier, disease="unknown"), viewer=lan, pack=policy, at=at) == ()
