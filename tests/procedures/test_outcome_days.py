"""Days of outcomes: a death counts on its own day, not on the day of detection; what has no day is nothing new of today."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import Case, CaseState, InvestigationRecord, OutcomeRecord
from tienphuong.cases.services.states import belief_of, derived, states_of
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.policy import pack
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.reading import give_day
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.services.withdrawing import withdraw_file
from tienphuong.procedures.register_cases import register_cases
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

pytestmark = pytest.mark.django_db
HEADER = "Mã BN,Họ và tên,Giới tính,Ngày sinh,Số điện thoại,Địa chỉ,Ngày phát hiện,Tình trạng,Ngày ra viện,Ngày tử vong"
THREE = (
    'BN900201,Lưu Thị Hạ Vy,Nữ,12/03/1991,0981000001,"Thôn Nội, xã Liên Ninh",10/8/2021,Tử vong,,24/8/2021',
    'BN900202,Đàm Quốc Tuyển,Nam,02/05/1990,0981000002,"Thôn Nội, xã Liên Ninh",10/8/2021,Khỏi,24/8/2021,',
    'BN900203,Kiều Thị Sương,Nữ,15/12/1991,0981000003,"Thôn Nội, xã Liên Ninh",10/8/2021,Đang điều trị,,',
)


@pytest.fixture
def send(settings, tmp_path, areas, policy, at):
    """Take a list in: send(header, *rows) -> the file."""
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines, when=at - timedelta(hours=1), day=None):
        content = "\n".join(lines).encode()
        told = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer(), "at": when}
        file = receive_file(content, "ca.csv", **told)
        give_day(file, day, actor=system_viewer(), at=when)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=when, policy=policy)

    return make


@pytest.fixture
def count(areas, policy, lan, at):
    """The figures of Liên Ninh at a cut-off."""

    def make(moment=at, known_at=None):
        cutoff = cutoff_of(moment, policy=policy.disease("covid-19"), known_at=known_at)
        return figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values

    return make


def of(values, *keys):
    return tuple(values[key] for key in keys)


def slow_and_fast_agree():
    states = states_of([case.pk for case in Case.objects.all()])
    return all(derived([case])[case] == belief_of(state) for case, state in states.items())


def test_a_death_and_a_recovery_count_on_their_own_day(send, count, at):
    send(HEADER, *THREE)
    today = count()
    assert of(today, "deaths", "deaths_new", "cases_recovered", "cases_recovered_new") == (1, 1, 1, 1)
    earlier = count(datetime(2021, 8, 15, 9, tzinfo=UTC), known_at=at)
    assert of(earlier, "cases_in_treatment", "deaths", "cases_recovered") == (3, 0, 0)
    assert slow_and_fast_agree()


DAYLESS = (
    "Mã BN,Họ và tên,Giới tính,Tuổi,Địa chỉ,Tình trạng",
    'BN900901,Lưu Thị Hạ Vy,Nữ,30,"Thôn Nội, xã Liên Ninh",Khỏi',
    'BN900902,Đàm Quốc Tuyển,Nam,41,"Thôn Nội, xã Liên Ninh",Tử vong',
)


@pytest.mark.parametrize(("day", "new", "late"), [(None, 0, 2), (date(2021, 8, 24), 2, 0), (date(2021, 8, 22), 0, 2)])
def test_a_list_without_days_is_marked_and_counts_by_the_day_an_officer_gives_it(send, count, day, new, late):
    file = send(*DAYLESS, day=day)
    ((key, _, words),) = file.warnings
    assert key == "no_days" and "không có cột ngày" in words
    assert of(count(), "cases_total", "cases_new", "cases_late") == (2, new, late)
    assert of(count(), "deaths_new", "deaths_late", "cases_recovered_new", "cases_recovered_late") == (new // 2, late // 2) * 2
    assert of(count(), "cases_late_undated") == (0 if day else 2,)
    assert slow_and_fast_agree()


def test_a_file_withdrawn_the_day_after_is_withdrawn_from_the_totals(send, count, at, lan):
    file = send(HEADER, *THREE, when=at - timedelta(hours=1))
    told = {"actor": lan, "at": at + timedelta(hours=3), "reason": "gửi nhầm", "act_id": uuid4()}
    withdraw_file(IntakeFile.objects.get(pk=file.pk), **told)
    later = count(at + timedelta(days=1))
    assert of(later, "cases_total", "deaths", "cases_recovered", "cases_new", "cases_late") == (0, 0, 0, 0, 0)
    assert of(later, "cases_withdrawn", "deaths_withdrawn", "cases_recovered_withdrawn") == (3, 1, 1)


def test_a_row_with_a_day_of_report_of_its_own_keeps_it(send, count):
    send(SHORT + ",Ngày báo cáo", ROW + "Đang điều trị,20/8/2021", day=date(2021, 8, 24))
    assert of(count(), "cases_new", "cases_late") == (0, 1)


SHORT = HEADER.removesuffix(",Ngày ra viện,Ngày tử vong")
ROW = 'BN900203,Kiều Thị Sương,Nữ,15/12/1991,0981000003,"Thôn Nội, xã Liên Ninh",10/8/2021,'


def test_a_recovery_without_a_day_on_a_later_list_is_late(send, count, at):
    send(SHORT, ROW + "Đang điều trị", when=at - timedelta(days=2))
    send(SHORT, ROW + "Khỏi")
    assert of(count(), "cases_total", "cases_recovered", "cases_recovered_new", "cases_recovered_late", "cases_late") == (1, 1, 0, 1, 0)
    assert of(count(at - timedelta(days=1)), "cases_recovered", "cases_in_treatment") == (0, 1), "yesterday nobody knew it"
    assert slow_and_fast_agree()


def test_a_recovery_without_a_day_is_of_the_day_of_report_that_its_list_gives(send, count, at):
    send(SHORT, ROW + "Đang điều trị", when=at - timedelta(days=2))
    send(SHORT + ",Ngày báo cáo", ROW + "Khỏi,24/8/2021")
    assert of(count(), "cases_recovered", "cases_recovered_new", "cases_recovered_late") == (1, 1, 0)
    assert slow_and_fast_agree()


def test_a_death_of_last_week_told_today_is_late_and_one_that_is_taken_back_is_withdrawn(send, count, at):
    send(HEADER, ROW + "Tử vong,,18/8/2021")
    assert of(count(), "deaths", "deaths_new", "deaths_late", "deaths_withdrawn") == (1, 0, 1, 0)
    (case,) = Case.objects.all()
    tomorrow = at + timedelta(hours=3)
    entry = CaseEntry(disease="covid-19", reported_at=tomorrow, classification="refuted", reason="xét nghiệm khẳng định âm tính")
    register_cases([(case.person, entry)], actor=system_viewer(), at=tomorrow, policy=pack("vn-2021-07-30"))
    later = count(at + timedelta(days=1))
    assert of(later, "cases_total", "deaths", "cases_withdrawn", "deaths_withdrawn", "deaths_late") == (0, 0, 1, 1, 0)


def test_a_recovery_without_a_day_first_heard_of_today_is_not_one_of_today(send, count, at):
    send(HEADER, THREE[1].replace("24/8/2021", ""))
    assert of(count(), "cases_recovered", "cases_recovered_new", "cases_new") == (1, 0, 0)
    (state,) = CaseState.objects.filter(known_to=OPEN_END)
    assert state.outcome_at < at - timedelta(days=1)
    assert slow_and_fast_agree()


def test_an_outcome_is_reported_on_its_day_or_later(send, at):
    """A sample of the eighteenth, in a list that tells a death of the twenty-second, reports no death on the eighteenth."""
    head = "Mã BN,Họ và tên,Giới tính,Ngày sinh,Địa chỉ,Ngày lấy mẫu,Kết quả,Tình trạng,Khởi phát"
    send(
        head,
        'BN900211,Lưu Thị Hạ Vy,Nữ,12/03/1991,"Thôn Nội, xã Liên Ninh",18/8/2021,Dương tính,tử vong 22/8/2021,',
        'BN900212,Đàm Quốc Tuyển,Nam,02/05/1990,"Thôn Nội, xã Liên Ninh",18/8/2021,Dương tính,đang điều trị,20/8/2021',
    )
    outcomes = list(OutcomeRecord.objects.values_list("event_at", "reported_at"))
    assert len(outcomes) == 2
    assert all(event <= reported <= at for event, reported in outcomes)
    found = InvestigationRecord.objects.get(onset_on=date(2021, 8, 20))
    assert found.reported_at >= datetime(2021, 8, 19, 17, tzinfo=UTC)
    assert slow_and_fast_agree()
