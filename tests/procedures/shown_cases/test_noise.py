"""What needs no officer is not put before one; what does is said on its row and on the file."""

import pytest

from tienphuong.cases.models import Sample
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.terms import Verdict
from tienphuong.intake.understood import asked
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db
HEAD = "STT,Họ và tên,Giới tính,Năm sinh,Số điện thoại,Địa chỉ,Ngày phát hiện"


def case(number, address):
    return f'{number},Mai Thị {"ABCDEFGH"[number]},Nữ,199{number},098100010{number},"{address}",22/8/2021'


@pytest.mark.parametrize("address", ["Thôn 1", "xóm 3", "Tổ 5", "đội 2, thôn Nội", "số 12 ngõ 3, xóm Chùa", "TDP số 4", "Số nhà 7, tổ 2"])
def test_a_hamlet_in_a_communes_own_list_is_the_communes(take, count, address):
    file = take(HEAD, case(1, address))
    assert (asked(file), count()["cases_total"], file.warnings) == (0, 1, [])
    assert any("Liên Ninh" in issue[4] for issue in IntakeRow.objects.get().issues)


@pytest.mark.parametrize("address", ["xã Tân Lập", "Thôn 1, Tân Lập", "tỉnh khác", "cạnh chợ", "Phường 5", "Thôn 1, xã Tân Lập"])
def test_a_place_nobody_knows_is_said_on_the_row_and_on_the_file(take, address):
    file = take(HEAD, case(1, address), case(2, "Thôn Nội, xã Liên Ninh"))
    assert asked(file) == 1
    assert any("1 dòng không nhận ra địa chỉ" in submitted for _, _, submitted in file.warnings) == any(
        "Không nhận ra" in issue[4] for row in IntakeRow.objects.all() for issue in row.issues
    )


def test_a_hamlet_in_a_districts_list_is_asked(take, areas):
    file = take(HEAD, case(1, "Thôn 1"), area=areas["020"], sender="TTYT")
    assert asked(file) == 1 and any("1 dòng không nhận ra địa chỉ" in submitted for _, _, submitted in file.warnings)


POOLS = "STT,Mã mẫu gộp,Số người,Danh sách người trong mẫu,Ngày lấy mẫu,Phương pháp,Kết quả,Ngày trả kết quả"


def test_people_of_pools_that_are_not_positive_are_nothing_to_decide(take, count):
    file = take(POOLS, "1,G1-001,3,Mai Thị A 1982; Mai Thị B 1989; Mai Thị C 1987,20/8/2021,RT-PCR,Âm tính,21/8/2021",
                "2,G1-002,2,Mai Thị D 1982; Mai Thị A 1982,20/8/2021,RT-PCR,Âm tính,21/8/2021")  # fmt: skip
    assert (asked(file), Person.objects.count(), Sample.objects.count()) == (0, 0, 2)
    assert set(IntakeRow.objects.values_list("verdict", flat=True)) == {Verdict.NEW}
    assert all("mẫu được tính" in row.issues[0][4] for row in IntakeRow.objects.all())
    take(POOLS, "1,G1-001,3,Mai Thị A 1982; Mai Thị B 1989; Mai Thị C 1987,20/8/2021,RT-PCR,Âm tính,21/8/2021", "")
    assert (Sample.objects.count(), count()["cases_total"]) == (2, 0)


def test_a_positive_pool_opens_records_and_its_doubts_are_asked(take):
    take(HEAD, '1,Mai Thị A,Nữ,1982,0981000101,"Thôn Nội, xã Liên Ninh",22/8/2021')
    take(POOLS, "1,G1-001,2,Mai Thị A 1982; Mai Thị B 1989,20/8/2021,RT-PCR,Dương tính,21/8/2021")
    assert IntakeRow.objects.filter(verdict=Verdict.DUPLICATE).count() == 1


LAYOUT = "Họ và tên;Điện thoại;Giới tính;Sinh năm;Nơi ở;Ngày dương tính"


@pytest.mark.parametrize(
    ("address", "people"),
    [("Nội - Liên Ninh - Thanh Trì", 1), ("nội, liên ninh", 1), ("Thọ Am - Liên Ninh - Thanh Trì", 2), ("Liên Ninh - Thanh Trì", 1)],
)
def test_a_bare_hamlet_before_its_commune_is_compared_as_one(take, address, people):
    take(HEAD, '1,Lưu Thị Hạ Vy,Nữ,1985,0981000001,"Thôn Nội, xã Liên Ninh",20/8/2021')
    take(LAYOUT, f"LƯU THỊ HẠ VY;981000001;Nữ;1985;{address};20.08.2021")
    assert Person.objects.count() == people
