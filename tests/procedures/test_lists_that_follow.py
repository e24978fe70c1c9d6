"""Lists of one station that follow each other: the people of the first are known again in the next, by what both write of them."""

from datetime import timedelta

import pytest

from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import Person
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

pytestmark = pytest.mark.django_db
CASES = "TT,Họ và tên,Năm sinh,Giới,Địa chỉ,SĐT,Ngày phát hiện,Kết quả XN,Tình trạng hiện tại"
KNOWN = (
    "1,Lưu Thị Hạ Vy,1991,Nữ,Đầu đình,0981000001,23/8/2021,Dương tính,Đang điều trị",
    "2,Đàm Quốc Tuyển,1990,Nam,Cuối bãi,0981000002,23/8/2021,Dương tính,Đang điều trị",
)


@pytest.fixture
def send(settings, tmp_path, areas, policy, at):
    """Take a list in: send(header, *rows) -> the file."""
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines, when=at - timedelta(hours=1)):
        told = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer(), "at": when}
        file = receive_file("\n".join(lines).encode(), "danh-sach.csv", **told)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=when, policy=policy)

    return make


@pytest.fixture
def count(areas, policy, lan, at):
    """The figures of Liên Ninh."""

    def make():
        cutoff = cutoff_of(at, policy=policy.disease("covid-19"))
        return figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values

    return make


def test_the_next_list_with_one_row_changed_makes_no_case_twice(send, count):
    send(CASES, *KNOWN)
    before = count()
    send(CASES, KNOWN[0].replace("Đang điều trị", "Ra viện"), KNOWN[1])
    after = count()
    assert Person.objects.count() == 2
    assert after["cases_total"] == before["cases_total"] == 2
    assert (before["cases_in_treatment"], after["cases_in_treatment"]) == (2, 1)
    assert after["cases_recovered"] == 1


def test_a_follow_up_sheet_and_a_list_of_the_laboratory_write_nobody_down_again(send):
    send("STT,Họ tên,Năm sinh,Giới,Nơi ở,SĐT,Diện", "1,Lưu Thị Hạ Vy,1991,Nữ,Đầu đình,0981000001,F1")
    send("STT,Họ tên,Năm sinh,SĐT,22/8,23/8,24/8", "1,Lưu Thị Hạ Vy,1991,0981000001,BT,BT,sốt")
    send("STT,Mã mẫu,Họ và tên,Năm sinh,SĐT,Ngày lấy mẫu,Kết quả", "1,LN001,LƯU THỊ HẠ VY,1991,0981000001,23/8/2021,Âm tính")
    assert Person.objects.count() == 1
