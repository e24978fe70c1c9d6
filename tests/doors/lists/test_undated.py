"""Facts of lists that give no day: they count in the totals and never as of today, and pages say that no day was given."""

from datetime import timedelta

import pytest
from django.test import Client

from tienphuong.core import clock
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import User
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.quarantine.models import Stay
from tienphuong.registry.models import Person
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

SAMPLES = "STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Mã mẫu,Kết quả xét nghiệm"
STAYS = "STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Hình thức cách ly,Nơi cách ly,Tình trạng"
CONTACTS = "STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Diện,Quan hệ"
ONE = "1,Ông Văn Thảnh,1950,0912345301,xã Liên Ninh"


@pytest.fixture
def take(settings, tmp_path, areas, policy, at):
    settings.MEDIA_ROOT = tmp_path / "kept"
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")

    def make(*lines):
        told = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer()}
        file = receive_file("\n".join(lines).encode(), "ds.csv", at=at - timedelta(hours=1), **told)
        return apply_file(file, actor=system_viewer(), at=at - timedelta(hours=1), policy=policy)

    return make


@pytest.fixture
def count(areas, policy, lan, at):
    def make():
        cutoff = cutoff_of(at, policy=policy.disease("covid-19"))
        return figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values

    return make


@pytest.fixture
def look(lan):
    client = Client()
    client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "vi"
    return lambda address: client.get(address).content.decode()


def persons_page(look):
    return look(f"/nguoi/{Person.objects.get().uid}/")


@pytest.mark.parametrize(
    ("head", "rest", "total", "new"),
    [
        (SAMPLES, "M1,Âm tính", "samples_total", "samples_new"),
        (SAMPLES + ",Ngày lấy mẫu", "M1,Âm tính,", "samples_total", "samples_new"),
        (STAYS, "Tại nhà,nhà riêng,Đang cách ly", "stays_total", "stays_new"),
        (CONTACTS, "F1,vợ", "f1_total", "f1_new"),
        (CONTACTS, "F2,hàng xóm", "f2_total", "f2_new"),
    ],
)
def test_a_fact_without_a_day_is_in_the_total_and_not_new_today(take, count, head, rest, total, new):
    take(head, f"{ONE},{rest}")
    assert (count()[total], count()[new]) == (1, 0)


@pytest.mark.parametrize(
    ("head", "rest", "total", "new"),
    [
        (SAMPLES + ",Ngày lấy mẫu", "M1,Âm tính,24/8/2021", "samples_total", "samples_new"),
        (CONTACTS + ",Ngày báo cáo", "F1,vợ,24/8/2021", "f1_total", "f1_new"),
    ],
)
def test_a_fact_of_today_is_new_today(take, count, head, rest, total, new):
    take(head, f"{ONE},{rest}")
    assert (count()[total], count()[new]) == (1, 1)


@pytest.mark.parametrize(
    ("head", "rest", "address"),
    [
        (SAMPLES, "M1,Âm tính", "/mau-xet-nghiem/"),
        (STAYS, "Tại nhà,nhà riêng,Đang cách ly", "/cach-ly/"),
        (CONTACTS, "F1,vợ", "/tiep-xuc/"),
        ("STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Kết quả XN,Tình trạng", "Dương tính,Đang điều trị", "/ca-benh/"),
    ],
)
def test_lists_say_that_no_day_was_given_and_not_the_hour_of_receipt(take, look, head, rest, address):
    take(head, f"{ONE},{rest}")
    shown = look(address)
    assert "Ông Văn Thảnh" in shown and "chưa rõ ngày" in shown
    assert ">23/8/2021<" not in shown


@pytest.mark.parametrize(("head", "rest"), [(SAMPLES, "M1,Âm tính"), (STAYS, "Tại nhà,nhà riêng,Đang cách ly")])
def test_a_persons_story_says_when_the_list_came_and_that_it_gave_no_day(take, look, head, rest):
    take(head, f"{ONE},{rest}")
    assert "chưa rõ ngày, nhận danh sách 15h00 ngày 24/8/2021" in persons_page(look)


def test_a_class_of_which_nobody_stated_the_ground_says_so(take, look):
    take("STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Phân loại,Ngày phát hiện", f"{ONE},Ca xác định,23/8/2021")
    assert "chưa rõ căn cứ" in persons_page(look)


def test_a_stay_keeps_the_day_its_list_gave(take, look):
    take(STAYS + ",Từ ngày", f"{ONE},Tại nhà,nhà riêng,Đang cách ly,20/8/2021")
    assert Stay.objects.get().started_on.day == 20
    assert "chưa rõ ngày" not in look("/cach-ly/")


def test_a_positive_sample_of_no_day_dates_no_case(take, count):
    take(SAMPLES, f"{ONE},M1,Dương tính")
    values = count()
    assert [values[key] for key in ("cases_total", "cases_new", "cases_late", "cases_late_undated", "samples_new")] == [1, 0, 1, 1, 0]
