"""Stays that lists of contacts tell of: written down where form and day are certain, believed until a register tells of the person."""

from datetime import date, timedelta

import pytest

from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.quarantine.models import Stay
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

pytestmark = pytest.mark.django_db
CONTACTS = "STT,Họ tên,Năm sinh,Giới,Địa chỉ,SĐT,Tiếp xúc với ca bệnh,Quan hệ,Diện,Nơi cách ly,{}"
WHO = "1,Phùng Ích Vượng,1980,Nam,xã Liên Ninh,0981000011,BN 900501,vợ,F1"
REGISTER = "SỔ THEO DÕI CÁCH LY\nSTT,Họ tên,Năm sinh,Giới,Địa chỉ,SĐT,Hình thức cách ly,Nơi cách ly,Cách ly từ ngày,Tình trạng"


@pytest.fixture
def take(settings, tmp_path, areas, policy, at):
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines, hours=3):
        told = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer()}
        file = receive_file("\n".join(lines).encode(), "ds.csv", at=at - timedelta(hours=hours), **told)
        return apply_file(file, actor=system_viewer(), at=at - timedelta(hours=hours), policy=policy)

    return make


@pytest.fixture
def count(areas, policy, lan, at):
    def make():
        cutoff = cutoff_of(at, policy=policy.disease("covid-19"))
        values = figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values
        return {key: values[f"stays_{key}"] for key in ("total", "new", "current", "home", "central")}

    return make


@pytest.mark.parametrize("heading", ["Ngày vào khu cách ly", "Cách ly từ ngày"])
@pytest.mark.parametrize(("place", "form"), [("tại nhà", "home"), ("KCL tập trung trường Liên Ninh", "central")])
def test_a_stay_of_a_contact_is_written_down_by_its_place_and_day(take, count, heading, place, form):
    take(CONTACTS.format(heading), f"{WHO},{place},24/8/2021")
    stay = Stay.objects.get()
    assert (stay.form, stay.started_on, stay.place, stay.ground) == (form, date(2021, 8, 24), place, "contact")
    assert count()["total"] == count()["new"] == count()["current"] == count()[form] == 1


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("tại nhà", ""),
        ("theo mẹ", "24/8/2021"),
        ("", "24/8/2021"),
        ("tại nhà", "24/9/2021"),
        ("không cách ly", ""),
        ("chưa vào khu cách ly tập trung", "24/8/2021"),
    ],
)
def test_a_stay_without_a_certain_form_or_day_is_not(take, count, place, day):
    take(CONTACTS.format("Cách ly từ ngày"), f"{WHO},{place},{day}")
    assert count()["total"] == 0
    asked = [issue[3] for row in IntakeRow.objects.all() for issue in row.issues if issue[0] == "warning"]
    assert asked == [text for text in ("theo mẹ", "chưa vào khu cách ly tập trung", "24/9/2021") if text in (place, day)]


def test_the_same_list_again_and_a_list_after_the_register_add_nothing(take, count):
    take(CONTACTS.format("Cách ly từ ngày"), f"{WHO},tại nhà,20/8/2021")
    take(CONTACTS.format("Cách ly từ ngày"), f"{WHO},tại nhà,20/8/2021", "", hours=2)
    take(CONTACTS.format("Cách ly từ ngày"), f"{WHO},tại nhà,21/8/2021", hours=1)
    assert (count()["total"], Stay.objects.count()) == (1, 1)


def test_a_register_tells_of_the_person_from_then_on(take, count):
    take(CONTACTS.format("Cách ly từ ngày"), f"{WHO},tại nhà,20/8/2021")
    row = "1,Phùng Ích Vượng,1980,Nam,xã Liên Ninh,0981000011,Tập trung,KCL số 1,22/8/2021,Đang cách ly"
    take(REGISTER, row, hours=2)
    assert (count()["total"], count()["home"], count()["central"]) == (1, 0, 1)
    take(CONTACTS.format("Cách ly từ ngày"), f"{WHO},tại nhà,19/8/2021", hours=1)
    assert (count()["total"], count()["current"]) == (1, 1)
