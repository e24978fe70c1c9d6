"""Lists of results, notes that deny and pools, as strangers' stations send them: what the figures may say of them."""

import pytest

from tienphuong.intake.models import IntakeFile, IntakeRow

pytestmark = pytest.mark.django_db
RESULTS = "STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Kết luận XN,Ngày XN,Tình trạng"


def asked_of(file: IntakeFile) -> list[tuple[int, str]]:
    """Row and value of every remark that somebody is asked to look at."""
    rows = IntakeRow.objects.filter(sheet__file=file).order_by("number")
    return [(row.number, issue[3]) for row in rows for issue in row.issues if issue[0] != "info"]


def test_a_death_in_a_list_of_results_is_a_death(take, count):
    file = take(
        RESULTS,
        "1,Ông Văn Thảnh,1950,0912345301,xã Liên Ninh,Dương tính,20/8/2021,hy sinh",
        "2,Bà Thị Bốn,1951,0912345302,xã Liên Ninh,Dương tính,24/8/2021,đã tử vong",
        "3,Cù Thị Năm,1961,0912345303,xã Liên Ninh,Dương tính,24/8/2021,",
        "4,Ôn Thị Sáu,1971,0912345304,xã Liên Ninh,Âm tính,24/8/2021,tử vong",
    )
    values = count()
    assert [values[key] for key in ("cases_total", "cases_in_treatment", "deaths", "deaths_new", "deaths_late")] == [3, 1, 2, 1, 1]
    assert asked_of(file) == [(5, "tử vong")]
