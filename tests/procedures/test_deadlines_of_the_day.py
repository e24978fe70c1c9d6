"""The deadlines of a day as the schedule opens them, with the hour moved: who reported, who is late, who is told."""

from datetime import date, datetime, timedelta

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.core import audit, clock
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import Deadline
from tienphuong.core.rules.terms import DeadlineKind, DeadlineState
from tienphuong.jobs import schedule
from tienphuong.jobs.clockwork import Clockwork
from tienphuong.jobs.schedule import Job
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.procedures.refer_contact import answer_referral, refer_contact
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.settle_post import settle_post
from tienphuong.procedures.submit_figures import submit_figures
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.reports.deadlines import DeadlineChoice, deadline_lines, late_deadlines
from tienphuong.tracing.entries import ContactEntry, FollowUpEntry

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"
HOUR = timedelta(hours=1)


@pytest.fixture
def post(areas, at):
    settle_post(areas["020"], disease=DISEASE, actor=system_viewer(), at=at - 30 * HOUR)
    return areas["020"]


@pytest.fixture
def people(areas, at):
    home = areas["00682"]
    return enrol([PersonEntry(full_name=n, area_id=home.pk, area_path=home.path) for n in ("An", "Bình")], at=at, by=None)


def turn(at):
    """What the schedule does at a moment."""
    schedule.open_deadlines(at)
    schedule.process_due(at)


def lines(viewer, at, kind="", state=""):
    return deadline_lines(viewer, choice=DeadlineChoice(at=at, kind=kind, state=state), size=None).lines


def infected(person, *, on, lan, at, policy, **more):
    entry = CaseEntry(
        disease=DISEASE, reported_at=at, classification="confirmed", classified_on=on, detected_on=on.date(),
        residence_area_id=person.area_id, residence_area_path=person.area_path, **more,
    )  # fmt: skip
    register_cases([(person, entry)], actor=lan, at=at, policy=policy)


def test_at_the_cutoff_the_post_and_its_communes_owe_a_report(post, areas, lan, at, policy):
    turn(at - HOUR)
    assert {line.due_at for line in lines(lan, at)} == {at - 24 * HOUR + HOUR, at - 24 * HOUR + 2 * HOUR}, "those of yesterday"
    turn(at)
    of_today = [line for line in lines(lan, at) if line.starts_at == at]
    assert len(of_today) == 17 and {line.state for line in of_today} == {DeadlineState.OPEN}
    turn(at)
    assert len([line for line in lines(lan, at) if line.starts_at == at]) == 17, "opened once"
    submit_figures(areas["00682"], at.date(), {"cases_total": 1}, disease=DISEASE, actor=lan, at=at + HOUR / 2, policy=policy)
    turn(at + HOUR / 2)
    turn(at + 1.5 * HOUR)
    late = late_deadlines(lan, area_path=post.path, at=at + 1.5 * HOUR)
    silent = {line.area for line in late if line.starts_at == at}
    assert len(silent) == 15 and "Liên Ninh" not in silent, "who sent its figures is not late; the post itself has two hours"
    assert {line.escalates_to for line in late if line.kind == DeadlineKind.COMMUNE_REPORT} == {"Huyện Thanh Trì"}
    assert all(line.escalated_at for line in lines(lan, at + 1.5 * HOUR, state="overdue"))


def test_freezing_meets_the_report_of_the_day_and_of_the_cases_in_it(post, people, lan, at, policy):
    infected(people[0], on=datetime(2021, 8, 24, 8, tzinfo=clock.VIETNAM), lan=lan, at=at - HOUR, policy=policy)
    turn(at)
    (case,) = lines(lan, at, kind=DeadlineKind.CASE_REPORT)
    assert case.due_at == datetime(2021, 8, 25, 8, tzinfo=clock.VIETNAM) and case.document.startswith("54/2015/TT-BYT")
    freeze_report(post, DISEASE, at, actor=lan, at=at + HOUR, policy=policy)
    turn(at + HOUR)
    states = {line.kind: line.state for line in lines(lan, at + HOUR) if line.starts_at >= at - 12 * HOUR and line.area == "Thanh Trì"}
    assert states[DeadlineKind.DAILY_REPORT] == DeadlineState.MET
    assert [line.state for line in lines(lan, at + HOUR, kind=DeadlineKind.CASE_REPORT)] == [DeadlineState.MET]
    turn(at + 2 * HOUR)
    assert Deadline.objects.filter(kind=DeadlineKind.CASE_REPORT).count() == 1, "a case that was reported owes no report"


def test_an_old_case_told_today_opens_no_lateness(post, people, lan, at, policy):
    infected(people[0], on=datetime(2021, 8, 20, 8, tzinfo=clock.VIETNAM), lan=lan, at=at, policy=policy)
    turn(at)
    assert lines(lan, at, kind=DeadlineKind.CASE_REPORT) == ()


def test_the_days_follow_up_is_owed_until_everybody_was_asked_after(post, people, lan, at, policy):
    an, binh = people
    moment = datetime(2021, 8, 22, 9, tzinfo=clock.VIETNAM)
    infected(an, on=moment, lan=lan, at=at - 20 * HOUR, policy=policy)
    met = ContactEntry(disease=DISEASE, reported_at=at, source_person=an.pk, first=moment, last=moment, kind="household")
    register_contacts([(binh, met)], actor=lan, at=at - 20 * HOUR, policy=policy)
    turn(at)
    (owed,) = lines(lan, at, kind=DeadlineKind.FOLLOW_UP)
    assert owed.due_at == datetime(2021, 8, 25, tzinfo=clock.VIETNAM) and owed.area == "Liên Ninh"
    check = FollowUpEntry(disease=DISEASE, reported_at=at, day=date(2021, 8, 24), state="done")
    record_follow_up([(binh, check)], actor=lan, at=at + HOUR, policy=policy)
    turn(at + HOUR)
    assert [line.state for line in lines(lan, at + HOUR, kind=DeadlineKind.FOLLOW_UP)] == [DeadlineState.MET]


def test_a_handed_over_person_is_answered_for_in_time(post, people, areas, lan, minh, at, policy):
    referral = refer_contact(people[1], to=areas["009"], disease=DISEASE, degree=1, actor=lan, at=at, policy=policy)
    assert [line.state for line in lines(minh, at, kind=DeadlineKind.REFERRAL)] == [DeadlineState.OPEN]
    assert lines(lan, at, kind=DeadlineKind.REFERRAL) == (), "it is the other side's"
    turn(at + 25 * HOUR)
    assert [line.area for line in late_deadlines(minh, area_path="", at=at + 25 * HOUR)] == ["Thanh Xuân"]
    answer_referral(referral, accept=True, answer="", actor=minh, at=at + 26 * HOUR)
    assert [line.state for line in lines(minh, at + 26 * HOUR, kind=DeadlineKind.REFERRAL)] == [DeadlineState.MET_LATE]


def test_a_post_without_an_area_has_no_deadlines(areas, at):
    turn(at)
    assert not Deadline.objects.exists()


def test_a_job_that_fails_does_not_stop_the_next_and_each_keeps_its_own_time(at):
    done = []
    jobs = (
        Job("broken", lambda moment: 1 / 0, HOUR),
        Job("often", lambda moment: done.append("often"), HOUR),
        Job("seldom", lambda moment: done.append("seldom"), 3 * HOUR),
        Job("never", lambda moment: done.append("never"), HOUR, lambda moment: False),
    )
    clockwork = Clockwork(jobs)
    for hour in range(4):
        clockwork.turn(at, now=at + hour * HOUR)
    assert sorted(done) == ["often"] * 4 + ["seldom"] * 2


def test_what_was_opened_and_escalated_is_in_the_audit(post, at):
    turn(at)
    turn(at + 3 * HOUR)
    assert audit.last("deadlines.opened") == at and audit.last("deadlines.processed") == at + 3 * HOUR
