"""Days of outcomes: a death counts on its own day, not on the day of detection; what has no day is nothing new of today."""

from datetime import UTC, datetime, timedelta

import pytest

from tienphuong.cases.models import Case, CaseState
from tienphuong.cases.services.states import belief_of, derive, states_of
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models.records import STILL_BELIEVED
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
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

    def make(*lines, when=at - timedelta(hours=1)):
        content = "\n".join(lines).encode()
        told = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer(), "at": when}
        file = receive_file(content, "ca.csv", **told)
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
    return all(derive(case) == belief_of(state) for case, state in states.items())


def test_a_death_and_a_recovery_count_on_their_own_day(send, count, at):
    send(HEADER, *THREE)
    today = count()
    assert of(today, "deaths", "deaths_new", "cases_recovered", "cases_recovered_new") == (1, 1, 1, 1)
    earlier = count(datetime(2021, 8, 15, 9, tzinfo=UTC), known_at=at)
    assert of(earlier, "cases_in_treatment", "deaths", "cases_recovered") == (3, 0, 0)
    assert slow_and_fast_agree()


def test_a_list_without_days_makes_nothing_new_of_the_day(send, count):
    send("Mã BN,Họ và tên,Giới tính,Tuổi,Địa chỉ,Tình trạng",
         'BN900901,Lưu Thị Hạ Vy,Nữ,30,"Thôn Nội, xã Liên Ninh",Khỏi',
         'BN900902,Đàm Quốc Tuyển,Nam,41,"Thôn Nội, xã Liên Ninh",Tử vong')  # fmt: skip
    assert of(count(), "cases_total", "cases_recovered", "deaths") == (2, 1, 1)
    assert of(count(), "cases_new", "cases_recovered_new", "deaths_new") == (0, 0, 0)
    assert slow_and_fast_agree()


def test_who_was_in_treatment_yesterday_and_is_well_on_todays_list_recovered_today(send, count, at):
    short = HEADER.removesuffix(",Ngày ra viện,Ngày tử vong")
    row = 'BN900203,Kiều Thị Sương,Nữ,15/12/1991,0981000003,"Thôn Nội, xã Liên Ninh",10/8/2021,'
    send(short, row + "Đang điều trị", when=at - timedelta(days=2))
    send(short, row + "Khỏi")
    assert of(count(), "cases_recovered", "cases_recovered_new") == (1, 1)
    assert slow_and_fast_agree()


def test_a_recovery_without_a_day_first_heard_of_today_is_not_one_of_today(send, count, at):
    send(HEADER, THREE[1].replace("24/8/2021", ""))
    assert of(count(), "cases_recovered", "cases_recovered_new", "cases_new") == (1, 0, 0)
    (state,) = CaseState.objects.filter(known_to=STILL_BELIEVED)
    assert state.outcome_at < at - timedelta(days=1)
    assert slow_and_fast_agree()
