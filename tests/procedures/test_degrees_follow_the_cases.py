"""One story through the house: An is confirmed, Bình and Chi get their degrees, An is refuted, a contact comes late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tienphuong.cases.entries import AliasEntry, CaseEntry
from tienphuong.cases.models import CaseState, ClassificationRecord
from tienphuong.core.models.records import OPEN_END, as_known
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.tracing.entries import ContactEntry
from tienphuong.tracing.models import DegreeRecord, PendingLink
from tienphuong.tracing.services.degrees import recheck

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"


@pytest.fixture
def cast(areas, at):
    lien_ninh = areas["00682"]
    names = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Thị Chi", "Phạm Dũng"]
    return enrol([PersonEntry(full_name=n, area_id=lien_ninh.pk, area_path=lien_ninh.path) for n in names], at=at, by=None)


def confirm(person, *, lan, at, policy, onset=date(2021, 8, 20), alias="", **more):
    aliases = (AliasEntry("national", alias, alias),) if alias else ()
    more = {"classification": "confirmed", "detected_on": date(2021, 8, 22)} | more
    entry = CaseEntry(
        disease=DISEASE,
        reported_at=at,
        onset_on=onset,
        residence_area_id=person.area_id,
        residence_area_path=person.area_path,
        aliases=aliases,
        **more,
    )
    return register_cases([(person, entry)], actor=lan, at=at, policy=policy)


def meet(one, other, day, *, lan, at, policy):
    moment = datetime(2021, 8, day, 3, tzinfo=UTC)
    entry = ContactEntry(disease=DISEASE, reported_at=at, source_person=one.pk, first=moment, last=moment, kind="direct")
    return register_contacts([(other, entry)], actor=lan, at=at, policy=policy)


def degrees():
    return dict(DegreeRecord.objects.filter(known_to=OPEN_END).values_list("person__full_name", "degree"))


def test_a_confirmation_gives_everybody_around_a_degree(cast, lan, at, policy):
    an, binh, chi, _ = cast
    meet(an, binh, 19, lan=lan, at=at, policy=policy)
    meet(binh, chi, 21, lan=lan, at=at, policy=policy)
    assert degrees() == {}
    confirm(an, lan=lan, at=at, policy=policy)
    assert degrees() == {"Nguyễn Văn An": 0, "Trần Thị Bình": 1, "Lê Thị Chi": 2}
    assert recheck(policy=policy.disease(DISEASE)) == []


def test_a_contact_before_the_infectious_window_gives_no_degree(cast, lan, at, policy):
    an, binh, *_ = cast
    meet(an, binh, 10, lan=lan, at=at, policy=policy)
    confirm(an, lan=lan, at=at, policy=policy)
    assert degrees() == {"Nguyễn Văn An": 0}


def test_a_refuted_case_takes_the_degrees_of_its_contacts_with_it(cast, lan, at, policy):
    an, binh, chi, _ = cast
    meet(an, binh, 19, lan=lan, at=at, policy=policy)
    meet(binh, chi, 21, lan=lan, at=at, policy=policy)
    confirm(an, lan=lan, at=at, policy=policy)
    later = at + timedelta(hours=2)
    confirm(an, lan=lan, at=later, policy=policy, classification="refuted", reason="PCR khẳng định âm tính")
    assert degrees() == {}
    assert as_known(DegreeRecord.objects.all(), at=at).count() == 3, "what was believed at 16h00 is still known"
    assert ClassificationRecord.objects.count() == 2


def test_a_contact_becomes_a_case_and_everybody_moves_up(cast, lan, at, policy):
    an, binh, chi, dung = cast
    meet(an, binh, 19, lan=lan, at=at, policy=policy)
    meet(binh, chi, 21, lan=lan, at=at, policy=policy)
    meet(chi, dung, 22, lan=lan, at=at, policy=policy)
    confirm(an, lan=lan, at=at, policy=policy)
    assert "Phạm Dũng" not in degrees(), "in August 2021 nobody counted beyond F2"
    confirm(binh, lan=lan, at=at + timedelta(hours=1), policy=policy, onset=date(2021, 8, 22))
    assert degrees() == {"Nguyễn Văn An": 0, "Trần Thị Bình": 0, "Lê Thị Chi": 1, "Phạm Dũng": 2}
    assert recheck(policy=policy.disease(DISEASE)) == []


def test_a_contact_of_a_case_not_in_the_base_is_linked_when_the_case_arrives(cast, lan, at, policy):
    an, binh, *_ = cast
    entry = ContactEntry(
        disease=DISEASE,
        reported_at=at,
        alias_key="BN1234",
        original="F1 của BN 1234",
        reported_degree=1,
        last=datetime(2021, 8, 19, tzinfo=UTC),
    )
    register_contacts([(binh, entry)], actor=lan, at=at, policy=policy)
    assert degrees() == {}, "a numbered case that has not arrived gives no degree yet"
    confirm(an, lan=lan, at=at + timedelta(hours=1), policy=policy, alias="BN1234")
    assert degrees() == {"Nguyễn Văn An": 0, "Trần Thị Bình": 1}
    assert PendingLink.objects.get().contact.source == an
    assert recheck(policy=policy.disease(DISEASE)) == []


def test_whom_a_sender_calls_f1_without_a_case_is_f1_and_his_contact_f2(cast, lan, at, policy):
    _, binh, chi, _ = cast
    entry = ContactEntry(disease=DISEASE, reported_at=at, original="F1", reported_degree=1, first=datetime(2021, 8, 19, tzinfo=UTC))
    register_contacts([(binh, entry)], actor=lan, at=at, policy=policy)
    meet(binh, chi, 21, lan=lan, at=at, policy=policy)
    assert degrees() == {"Trần Thị Bình": 1, "Lê Thị Chi": 2}
    assert recheck(policy=policy.disease(DISEASE)) == []


def test_hearing_the_same_twice_changes_nothing(cast, lan, at, policy):
    an, *_ = cast
    confirm(an, lan=lan, at=at, policy=policy)
    again = confirm(an, lan=lan, at=at + timedelta(hours=1), policy=policy)
    assert not again.recorded[0].changed
    assert CaseState.objects.count() == ClassificationRecord.objects.count() == 1
