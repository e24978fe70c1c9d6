"""A report is frozen, records are corrected: the report prints the same, the next one says what changed."""

from datetime import date, timedelta

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import Case
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry, Deadline
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.procedures.open_deadlines import report_deadline
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.write_draft import write_draft
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.reports.services import ReportRefused, draft_of, replaces

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def tell(areas, lan, policy):
    """Tell the post of confirmed cases in a commune: tell(number, code, at) -> people."""

    def told(number, code, at, people=None, **more):
        home = areas[code]
        people = people or enrol([PersonEntry(area_id=home.pk, area_path=home.path)] * number, at=at, by=None)
        submitted = {
            "classification": "confirmed",
            "reported_at": at,
            "detected_on": date(2021, 8, 20),
            "detection_setting": "community",
        } | more
        entry = CaseEntry(disease=DISEASE, residence_area_id=home.pk, residence_area_path=home.path, **submitted)
        register_cases([(person, entry) for person in people], actor=lan, at=max(at, submitted["reported_at"]), policy=policy, later=True)
        return people

    return told


@pytest.fixture
def freeze(areas, lan, policy):
    def frozen(cutoff, at=None, **more):
        return freeze_report(areas["020"], DISEASE, cutoff, actor=lan, at=at or cutoff + HOUR, policy=policy, **more)

    return frozen


def about(snapshot, key, cutoff):
    return [c for c in snapshot.corrections if c["key"] == key and c["about"].startswith(cutoff.isoformat()[:10])]


def test_a_frozen_report_keeps_its_figures_and_the_next_one_says_what_was_added(tell, freeze, at, lan, areas, policy):
    tell(5, "00682", at)
    first = freeze(at)
    assert first.figures["values"]["cases_total"] == 5 and first.corrections == []
    home = areas["00640"]
    (late,) = enrol([PersonEntry(area_id=home.pk, area_path=home.path)], at=at + 3 * HOUR, by=None)
    entry = CaseEntry(
        disease=DISEASE,
        classification="confirmed",
        reported_at=at - HOUR,
        residence_area_id=home.pk,
        residence_area_path=home.path,
        detection_setting="community",
    )
    register_cases([(late, entry)], actor=lan, at=at + 3 * HOUR, policy=policy, later=True)
    second = freeze(at + DAY)
    first.refresh_from_db()
    assert first.figures["values"]["cases_total"] == 5
    assert second.figures["values"]["cases_total"] == 6 and second.figures["values"]["cases_new"] == 0
    (correction,) = about(second, "cases_total", at)
    assert (correction["reported"], correction["known"], correction["change"]) == (5, 6, "added")
    assert [record["case"] for record in correction["records"]] == [str(Case.objects.get(person=late).pk)]
    assert second.previous == first and replaces(second) is None


def test_a_case_withdrawn_is_an_adjustment_with_its_record(tell, freeze, at, lan):
    people = tell(5, "00682", at)
    freeze(at)
    tell(1, "00682", at + 2 * HOUR, people[:1], classification="refuted", reason="xét nghiệm khẳng định âm tính")
    second = freeze(at + DAY)
    (correction,) = about(second, "cases_total", at)
    assert (correction["reported"], correction["known"], correction["change"]) == (5, 4, "adjusted")
    assert [record["counted_now"] for record in correction["records"]] == [False]


def test_freezing_a_cutoff_again_replaces_the_report_and_says_what_changed(tell, freeze, at):
    tell(5, "00682", at)
    first = freeze(at)
    tell(2, "00640", at + 2 * HOUR, reported_at=at - HOUR)
    second = freeze(at, at + 3 * HOUR)
    assert replaces(second) == first and second.figures["values"]["cases_total"] == 7
    (correction,) = about(second, "cases_total", at)
    assert (correction["reported"], correction["known"]) == (5, 7)
    assert first.content_hash != second.content_hash


def test_the_same_facts_and_words_give_the_same_hash(tell, freeze, at):
    tell(3, "00682", at)
    one, other = freeze(at, narrative={"assessment": "Ổn định."}), freeze(at, narrative={"assessment": "Ổn định."})
    assert one.content_hash == other.content_hash and other.corrections == []


def test_only_who_may_freeze_freezes_and_not_before_the_hour(tell, freeze, at, areas, policy, officer, minh):
    hoa = officer("Hạnh", Role.HEALTH_STATION, "00682")
    for stranger in (hoa, minh):
        with pytest.raises(NotPermitted):
            freeze_report(areas["020"], DISEASE, at, actor=stranger, at=at, policy=policy)
    with pytest.raises(ReportRefused, match="16h00 ngày 24/8/2021"):
        freeze(at, at - HOUR)


def test_freezing_meets_the_days_deadline_and_is_audited(tell, freeze, at, areas, policy):
    subject, due = report_deadline(areas["020"], DISEASE, at, policy=policy)
    assert due.due_at == at + 2 * HOUR and due.document == "Thông lệ báo cáo ngày" and subject.escalates_to == "Thành phố Hà Nội"
    snapshot = freeze(at, at + HOUR)
    assert Deadline.objects.get().met_at == at + HOUR
    entry = AuditEntry.objects.get(act="report.frozen")
    assert entry.subject_id == str(snapshot.pk) and entry.facts["hash"] == snapshot.content_hash


def test_yesterdays_standing_words_are_offered_and_printed_only_once_kept(tell, freeze, at, areas, lan):
    district, today = areas["020"], date(2021, 8, 24)
    words = {"cordons": "Duy trì 07 khu vực cách ly y tế.", "assessment": "Số ca giảm."}
    write_draft(district, DISEASE, today - DAY, words, actor=lan, at=at - DAY)
    offered = draft_of(district, disease=DISEASE, day=today)
    assert {section: submitted.carried_from for section, submitted in offered.items()} == {"cordons": today - DAY}
    assert freeze(at).narrative == {}
    write_draft(district, DISEASE, today, {"cordons": offered["cordons"].text, "tasks": ""}, actor=lan, at=at)
    assert draft_of(district, disease=DISEASE, day=today)["cordons"].carried_from is None
    assert freeze(at).narrative == {"cordons": "Duy trì 07 khu vực cách ly y tế."}
    with pytest.raises(ReportRefused, match="weather"):
        write_draft(district, DISEASE, today, {"weather": "Nắng."}, actor=lan, at=at)
