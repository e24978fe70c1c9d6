"""Following contacts, telling who must know, releasing from quarantine, the clocks of the law."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tienphuong.cases.terms import Classification, LabOutcome
from tienphuong.core.policy import pack
from tienphuong.core.policy.cited import Sourced
from tienphuong.core.policy.terms import NotificationRecipient, ReportingClass
from tienphuong.core.refusal import Refusal
from tienphuong.core.rules.deadlines import case_report_due, deadline_for, state_of
from tienphuong.core.rules.terms import DeadlineState
from tienphuong.quarantine.rules import StayFacts, StayTest, may_be_released, sample_days
from tienphuong.quarantine.terms import Day0Basis
from tienphuong.tracing.rules import follow_up_days, who_is_notified
from tienphuong.tracing.terms import Degree

SUMMER = pack("vn-2021-07-30").disease("covid-19")
SPRING = pack("vn-2020-03").disease("covid-19")
TODAY = pack("vn-2026-07")
EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_binh_is_followed_every_day_of_quarantine_and_of_the_watch_after_it() -> None:
    days = follow_up_days(date(2021, 8, 10), policy=SUMMER, degree=1, on=date(2021, 8, 11))
    assert not isinstance(days, Refusal)
    assert (len(days), days[0].day, days[-1].day) == (28, date(2021, 8, 11), date(2021, 9, 7))
    assert [one.number for one in days if one.test_due] == [1, 7, 14]


def test_a_degree_the_period_does_not_trace_is_not_followed() -> None:
    refused = follow_up_days(date(2021, 8, 10), policy=SUMMER, degree=3, on=date(2021, 8, 11))
    assert isinstance(refused, Refusal)
    assert refused.document == "3638/QĐ-BYT"


def test_a_degree_without_a_sourced_length_asks_the_officer() -> None:
    refused = follow_up_days(date(2020, 3, 10), policy=SPRING, degree=3, on=date(2020, 3, 19))
    assert isinstance(refused, Refusal)
    assert refused.remedy


def test_in_spring_2020_each_degree_warns_the_next_and_the_last_tells_the_health_station() -> None:
    assert [recipient for recipient, _ in who_is_notified(1, policy=SPRING, on=date(2020, 3, 19))] == [NotificationRecipient.NEXT_DEGREE]
    assert [recipient for recipient, _ in who_is_notified(5, policy=SPRING, on=date(2020, 3, 19))] == [
        NotificationRecipient.COMMUNE_HEALTH_STATION
    ]


def test_in_2021_the_list_goes_to_where_f2_lives() -> None:
    assert who_is_notified(2, policy=SUMMER, on=date(2021, 8, 24)) == ((NotificationRecipient.LOCALITY_OF_RESIDENCE, "5053/QĐ-BYT"),)


def test_release_waits_for_the_last_day_and_the_last_test() -> None:
    row = SUMMER.quarantine_for(1, on=date(2021, 8, 10))
    assert row is not None
    untested = StayFacts(day0=date(2021, 8, 10), basis=Day0Basis.LAST_EXPOSURE)
    clear = StayTest(sampled_on=date(2021, 8, 24), result=LabOutcome.NEGATIVE, answered_on=date(2021, 8, 24))
    tested = StayFacts(day0=date(2021, 8, 10), basis=Day0Basis.LAST_EXPOSURE, tests=(clear,))
    assert "ngày thứ 14" in str(may_be_released(untested, row=row, on=date(2021, 8, 24)))
    assert isinstance(may_be_released(tested, row=row, on=date(2021, 8, 23)), Refusal)
    assert not isinstance(may_be_released(tested, row=row, on=date(2021, 8, 24)), Refusal)
    assert sample_days(date(2021, 8, 10), row=row) == (date(2021, 8, 11), date(2021, 8, 17), date(2021, 8, 24))


def test_a_rule_that_counts_tests_waits_for_their_number() -> None:
    row = SUMMER.quarantine_for(1, on=date(2021, 6, 1))
    assert row is not None
    clear = tuple(StayTest(sampled_on=date(2021, 6, 1 + n), result=LabOutcome.NEGATIVE) for n in (1, 7))
    stay = StayFacts(day0=date(2021, 6, 1), basis=Day0Basis.ENTRY, tests=clear)
    assert "1 lần xét nghiệm" in str(may_be_released(stay, row=row, on=date(2021, 6, 22)))


def test_a_positive_person_is_not_certified_but_becomes_a_case() -> None:
    row = SUMMER.quarantine_for(1, on=date(2021, 8, 10))
    assert row is not None
    sick = StayTest(sampled_on=date(2021, 8, 17), result=LabOutcome.POSITIVE)
    refused = may_be_released(StayFacts(day0=date(2021, 8, 10), basis=Day0Basis.LAST_EXPOSURE, tests=(sick,)), row=row, on=date(2021, 9, 1))
    assert isinstance(refused, Refusal)
    assert "ca bệnh" in refused.reason


def test_a_hold_is_open_until_its_very_last_moment_then_lapses() -> None:
    hold = deadline_for("home.hold", started_at=EIGHT, policy=TODAY)
    assert not isinstance(hold, Refusal)
    assert state_of(hold.due_at, at=hold.due_at, lapses=hold.lapses) is DeadlineState.OPEN
    assert state_of(hold.due_at, at=hold.due_at + timedelta(seconds=1), lapses=hold.lapses) is DeadlineState.LAPSED


def test_an_act_not_done_in_time_is_overdue_until_it_is_done() -> None:
    due = deadline_for("home.list", started_at=EIGHT, policy=TODAY)
    assert not isinstance(due, Refusal)
    late = due.due_at + timedelta(hours=1)
    assert state_of(due.due_at, at=late, lapses=due.lapses) is DeadlineState.OVERDUE
    assert state_of(due.due_at, at=late, met_at=late, lapses=due.lapses) is DeadlineState.MET_LATE
    assert state_of(due.due_at, at=late, met_at=late + timedelta(hours=1), lapses=due.lapses) is DeadlineState.OVERDUE


def test_only_holds_may_double_and_an_unknown_deadline_is_refused() -> None:
    assert isinstance(deadline_for("home.list", started_at=EIGHT, policy=TODAY, doubled=True), Refusal)
    assert isinstance(deadline_for("home.list", started_at=EIGHT, policy=pack("vn-2020-03")), Refusal)


def test_measles_is_reported_in_24_hours_and_dengue_in_48() -> None:
    for disease, hours in (("measles", 24), ("dengue", 48)):
        due = case_report_due(TODAY.disease(disease), diagnosed_at=EIGHT)
        assert not isinstance(due, Refusal)
        assert due.due_at - EIGHT == timedelta(hours=hours)


def test_a_weekly_disease_is_due_before_wednesday_of_the_next_week() -> None:
    mumps = replace(
        TODAY.disease("dengue"),
        reporting_class=Sourced(ReportingClass.WEEKLY, TODAY.disease("dengue").max_degree.cite),
    )
    monday, sunday = EIGHT - timedelta(days=6), EIGHT
    for day in (monday, sunday):
        due = case_report_due(mumps, diagnosed_at=day)
        assert not isinstance(due, Refusal)
        assert (due.due_at.date(), due.due_at.hour) == (date(2026, 11, 25), 0)


def test_words_carry_both_languages_and_make_choices() -> None:
    assert (Classification.RE_POSITIVE.label, Classification.RE_POSITIVE.label_en) == ("tái dương tính", "re-positive")
    assert Degree.of(2) is Degree.F2
    assert ("confirmed", "ca bệnh xác định") in Classification.choices()


def test_a_refusal_reads_as_a_sentence_with_basis_and_remedy() -> None:
    assert str(Refusal("Chưa đủ ngày", "3416/QĐ-BYT", "Chờ đến ngày 14.")) == "Chưa đủ ngày (căn cứ 3416/QĐ-BYT). Chờ đến ngày 14."
