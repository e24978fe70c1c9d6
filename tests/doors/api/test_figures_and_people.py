"""A machine is told the figures of the reports and the people its officer may see; as known when it asks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tienphuong.cases.entries import AliasEntry, CaseEntry
from tienphuong.core.access.terms import Role
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.reports.composing import figures_json
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.tracing.entries import ContactEntry

DISEASE = "covid-19"

ALONE = {"at_least": False, "next": "", "previous": ""}


@pytest.fixture
def story(areas, lan, at, policy):
    """An is confirmed on the morning of 24/8 in Liên Ninh; Bình met An; An recovers the day after."""
    lien_ninh, morning = areas["00682"], at - timedelta(hours=3)
    names = ["Nguyễn Văn An", "Trần Thị Bình"]
    an, binh = enrol([PersonEntry(full_name=n, area_id=lien_ninh.pk, area_path=lien_ninh.path) for n in names], at=morning, by=None)
    met = datetime(2021, 8, 21, 3, tzinfo=UTC)
    contact = ContactEntry(disease=DISEASE, reported_at=morning, source_person=an.pk, first=met, last=met, kind="direct")
    register_contacts([(binh, contact)], actor=lan, at=morning, policy=policy)
    place = {"residence_area_id": lien_ninh.pk, "residence_area_path": lien_ninh.path}
    number = AliasEntry("national", "BN 9001", "BN9001")
    first = {"classification": "confirmed", "onset_on": date(2021, 8, 20), "detected_on": date(2021, 8, 22), "aliases": (number,)}
    register_cases([(an, CaseEntry(disease=DISEASE, reported_at=morning, **first, **place))], actor=lan, at=morning, policy=policy)
    later = at + timedelta(days=1)
    left = {"classification": "confirmed", "outcome": "recovered", "outcome_at": later, "aliases": (number,)}
    register_cases([(an, CaseEntry(disease=DISEASE, reported_at=later, **left, **place))], actor=lan, at=later, policy=policy)
    return an, binh


def _counted(viewer, area, policy, at, known_at=None) -> dict:
    cutoff = cutoff_of(at, policy=policy.disease(DISEASE), known_at=known_at)
    return figures_json(figures(viewer, area=area, disease=DISEASE, cutoff=cutoff, policy=policy))


def test_the_figures_are_those_of_the_reports(story, machine, lan, areas, policy, at):
    told = machine(lan).get("/api/v1/figures", {"area": "020", "disease": DISEASE, "at": "2021-08-24T16:00"}).json()
    assert told == _counted(lan, areas["020"], policy, at)
    assert (told["cases_total"], told["cases_in_treatment"], told["f1_total"]) == (1, 1, 1)
    assert told["cases_by_commune"]["Liên Ninh"] == 1


def test_without_more_words_it_is_the_officers_area_the_last_cutoff_and_the_disease_at_hand(story, machine, hoa, areas, policy, at):
    told = machine(hoa).get("/api/v1/figures").json()
    assert told == _counted(hoa, areas["00682"], policy, at)
    assert told["area"] == "Xã Liên Ninh"


def test_a_later_knowledge_of_an_earlier_hour_is_another_question(story, machine, lan):
    ask = machine(lan).get
    now = ask("/api/v1/figures", {"at": "2021-08-25T16:00"}).json()
    then = ask("/api/v1/figures", {"at": "2021-08-24T16:00", "known_at": "2021-08-26T16:00"}).json()
    assert (now["cases_recovered"], now["cases_in_treatment"]) == (1, 0)
    assert (then["cases_recovered"], then["cases_in_treatment"]) == (0, 1)
    assert then["known_at"] == "2021-08-26T16:00:00+07:00"


@pytest.mark.parametrize("written", ["2021-08-24T16:00", "2021-08-24T09:00Z", "2021-08-24T16:00+07:00", "2021-08-24T16:00 07:00"])
def test_a_moment_is_vietnamese_unless_it_carries_its_zone(story, machine, lan, written):
    assert machine(lan).get("/api/v1/figures", {"at": written}).json()["at"] == "2021-08-24T16:00:00+07:00"


def test_an_officer_of_another_district_is_refused_by_name_of_the_area(story, machine, minh):
    answer = machine(minh).get("/api/v1/figures", {"area": "020", "disease": DISEASE})
    assert answer.status_code == 403
    assert answer.json()["permission"]["key"] == "see_board"
    assert "tại Huyện Thanh Trì" in answer.json()["reason"]


def test_a_commune_officer_is_refused_the_district(story, machine, hoa):
    assert machine(hoa).get("/api/v1/figures", {"area": "020"}).status_code == 403


@pytest.mark.parametrize(
    ("asked", "reason", "remedy"),
    [
        ({"disease": "sars-9"}, "gói không có bệnh “sars-9”", "Chọn một trong"),
        ({"at": "1999-01-01T16:00", "disease": DISEASE}, "không có gói chính sách cho ngày 01/01/1999", "Gói đầu tiên"),
        ({"area": "99999"}, "Không có địa bàn mã “99999”", "/api/v1/areas"),
    ],
)
def test_what_the_rules_cannot_answer_comes_back_with_reason_and_remedy(story, machine, lan, asked, reason, remedy):
    answer = machine(lan).get("/api/v1/figures", asked)
    assert answer.status_code == 422
    assert answer.json()["reason"] == reason
    assert remedy in answer.json()["remedy"]


def test_a_moment_that_is_none_is_named(machine, lan):
    fault = machine(lan).get("/api/v1/figures", {"at": "16h hôm qua"}).json()["faults"][0]
    assert (fault["name"], fault["value"], fault["reason"]) == ("at", "16h hôm qua", "Không phải thời điểm")


def test_without_a_case_the_disease_has_to_be_said(machine, lan):
    answer = machine(lan).get("/api/v1/figures")
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["name"] == "disease"


def test_the_cases_of_a_list_carry_person_number_and_belief(story, machine, hoa):
    told = machine(hoa).get("/api/v1/cases").json()
    assert told["total"] == 1
    line = told["lines"][0]
    assert (line["person"]["name"], line["aliases"], line["classification"]) == ("Nguyễn Văn An", ["BN 9001"], "confirmed")
    assert line["person"]["id"] == str(story[0].uid)
    assert line["outcome"] != "recovered", "the recovery was learned the day after"


def test_a_list_as_known_later_tells_what_was_learned_later(story, machine, hoa):
    told = machine(hoa).get("/api/v1/cases", {"known_at": "2021-08-26T16:00", "outcome": "recovered"}).json()
    assert told["total"] == 1


def test_a_page_of_a_list_tells_how_long_the_whole_is(story, machine, hoa):
    told = machine(hoa).get("/api/v1/cases", {"limit": 1}).json()
    assert len(told["lines"]) == 1 and told == {"total": 1, "lines": told["lines"], **ALONE}


def test_a_cursor_leads_to_the_next_page_and_any_other_text_is_a_fault(story, machine, hoa):
    ask = machine(hoa).get
    first = ask("/api/v1/contacts", {"limit": 1}).json()
    assert (first["next"], first["previous"]) == ("", "")
    refused = ask("/api/v1/cases", {"cursor": "trang-2"})
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["name"] == "cursor"


def test_an_officer_of_another_district_sees_nobody(story, machine, minh):
    ask = machine(minh).get
    assert ask("/api/v1/cases").json() == {"total": 0, "lines": [], **ALONE}
    assert ask("/api/v1/contacts").json() == {"total": 0, "lines": [], **ALONE}
    assert ask("/api/v1/cases", {"area": "00682"}).status_code == 403
    assert ask("/api/v1/contacts", {"area": "00682"}).status_code == 403


def test_a_contact_comes_with_the_reason_of_the_degree(story, machine, hoa):
    told = machine(hoa).get("/api/v1/contacts", {"degree": 1, "area": "00682"}).json()
    assert told["total"] == 1
    line = told["lines"][0]
    assert (line["person"]["name"], line["degree"]) == ("Trần Thị Bình", 1)
    assert (line["reason"]["via"]["name"], line["reason"]["via_number"]) == ("Nguyễn Văn An", "BN 9001")


def test_police_may_list_people_but_no_diagnosis(story, machine, officer):
    ask = machine(officer("Manh", Role.AREA_POLICE, "00682")).get
    answer = ask("/api/v1/cases")
    assert answer.status_code == 403
    assert answer.json()["permission"]["key"] == "see_clinical"
    line = ask("/api/v1/contacts").json()["lines"][0]
    assert line["person"]["name"] == "Trần Thị Bình"
    assert line["reason"]["via"] is None
    assert line["reason"]["via_number"] == ""
