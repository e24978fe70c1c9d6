"""Rows are read by the units of their own day, and a place that is not known is said so."""

from datetime import UTC, datetime

import pytest

from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import Area, Person

pytestmark = pytest.mark.django_db
HEAD = "STT,Họ và tên,Giới tính,Năm sinh,Số điện thoại,Địa chỉ,Ngày phát hiện"


@pytest.fixture
def send(settings, tmp_path, areas):
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*rows, code, at):
        area = Area.objects.valid(at.date()).get(code=code, level__in=("commune", "district"))
        content = "\n".join([HEAD, *rows]).encode()
        file = receive_file(content, "ca.csv", sender="Trạm Y tế", area=area, disease="covid-19", actor=system_viewer(), at=at)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=at)

    return make


def test_each_row_is_of_the_commune_of_its_day(send):
    send(
        '1,Nguyễn Văn An,Nam,1990,0981000001,"xã Ngọc Hồi, huyện Thanh Trì, Hà Nội",20/6/2025',
        '2,Trần Thị Bình,Nữ,1991,0981000002,"xã Ngọc Hồi, Hà Nội",20/7/2025',
        code="00679",
        at=datetime(2025, 7, 25, 9, tzinfo=UTC),
    )
    people = dict(Person.objects.values_list("full_name", "area__code"))
    assert people == {"Nguyễn Văn An": "00673", "Trần Thị Bình": "00679"}


def test_a_place_nobody_knows_is_said_on_its_row(send):
    file = send(
        '1,Nguyễn Văn An,Nam,1990,0981000001,"xã Không Đâu Cả",20/8/2021',
        '2,Trần Thị Bình,Nữ,1991,0981000002,"huyện Thanh Trì, Hà Nội",20/8/2021',
        '3,Lê Văn Chi,Nam,1992,0981000003,"xã Liên Ninh, huyện Thanh Trì",20/8/2021',
        code="00682",
        at=datetime(2021, 8, 24, 8, tzinfo=UTC),
    )
    submitted = [
        [issue[0] for issue in row.issues if issue[1] == "address"] for row in IntakeRow.objects.filter(sheet__file=file).order_by("number")
    ]
    assert submitted == [["warning"], ["info"], []]


def test_a_commune_whose_name_lost_letters_is_still_the_senders(send):
    send(
        '1,Nguy?n V?n An,Nam,1990,0981000001,"x? Li?n Ninh, huy?n Thanh Tr?",20/8/2021',
        '2,Tr?n Th? B?nh,N?,1991,0981000002,"x? Li?n Ninh",20/8/2021',
        code="00682",
        at=datetime(2021, 8, 24, 8, tzinfo=UTC),
    )
    assert set(Person.objects.values_list("area__code", flat=True)) == {"00682"}
