"""Ill again after a recovery: the second infection is a case of its own, and the first is kept as it was."""

from datetime import date, timedelta

import pytest

from tienphuong.cases.models import Case, CaseAlias, CaseState
from tienphuong.cases.services.states import belief_of, derived, states_of
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import Person
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

pytestmark = pytest.mark.django_db
HEADER = "Mã BN,Họ và tên,Giới tính,Ngày sinh,CCCD,Số điện thoại,Địa chỉ,Ngày phát hiện,Tình trạng,Ngày ra viện"
WHO = 'Lưu Thị Hạ Vy,Nữ,12/03/1991,001191900001,0981000001,"Thôn Nội, xã Liên Ninh"'
MAY = f"BN900101,{WHO},02/5/2021,Khỏi,20/5/2021"
AUGUST = f"BN900777,{WHO},24/8/2021,Đang điều trị,"


@pytest.fixture
def send(settings, tmp_path, areas, policy, at):
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*rows, when=at - timedelta(hours=1), checked=True):
        told = {"sender": "Xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer(), "at": when}
        file = receive_file("\n".join((HEADER, *rows)).encode(), "ca.csv", **told)
        if checked:
            check_file(file)
        return apply_file(file, actor=system_viewer(), at=when, policy=policy)

    return make


@pytest.fixture
def count(areas, policy, lan, at):
    def make(*keys):
        cutoff = cutoff_of(at, policy=policy.disease("covid-19"))
        found = figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values
        return tuple(found[key] for key in keys)

    return make


def remarks(file):
    return [issue[4] for row in IntakeRow.objects.filter(sheet__file=file) for issue in row.issues]


@pytest.mark.parametrize("checked", [True, False])
def test_an_infection_months_after_a_recovery_is_a_case_of_its_own(send, count, at, checked):
    send(MAY, when=at - timedelta(days=2))
    file = send(AUGUST, checked=checked)
    assert count("cases_total", "cases_new", "cases_in_treatment", "cases_recovered") == (2, 1, 1, 1)
    states = CaseState.objects.filter(known_to=OPEN_END).order_by("detected_on")
    assert [state.detected_on for state in states] == [date(2021, 5, 2), date(2021, 8, 24)]
    assert [state.outcome for state in states] == ["recovered", "in_treatment"]
    assert Person.objects.count() == 1 and sorted(CaseAlias.objects.values_list("case__recorded_at__day", "text"))
    assert any("tái nhiễm" in remark for remark in remarks(file))
    beliefs = states_of([case.pk for case in Case.objects.all()])
    assert all(derived([case])[case] == belief_of(state) for case, state in beliefs.items())


def test_both_lists_told_again_change_nothing(send, count, at):
    send(MAY, AUGUST, when=at - timedelta(hours=3))
    assert count("cases_total", "cases_in_treatment") == (2, 1)
    send(MAY.replace("Khỏi", "khỏi bệnh"), AUGUST.replace("Đang điều trị", "đang điều trị tại viện"))
    assert count("cases_total", "cases_in_treatment", "cases_recovered") == (2, 1, 1)


def test_positive_again_soon_after_the_recovery_is_the_same_case(send, count, at):
    send(MAY.replace("02/5/2021", "01/8/2021").replace("20/5/2021", "15/8/2021"), when=at - timedelta(days=2))
    send(AUGUST)
    assert count("cases_total") == (1,)


def test_the_same_case_number_with_another_day_is_the_same_case(send, count, at):
    send(MAY, when=at - timedelta(days=2))
    send(AUGUST.replace("BN900777", "BN900101"))
    assert count("cases_total") == (1,)
