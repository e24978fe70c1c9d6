"""Lists of results, notes that deny and pools, as strangers' stations send them: what the figures may say of them."""

import pytest

from tienphuong.cases.queries.histories import CaseRecordLine, case_histories
from tienphuong.core.access.viewer import Viewer
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db
RESULTS = "STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Kết luận XN,Ngày XN,Tình trạng"


def asked_of(file: IntakeFile) -> list[tuple[int, str]]:
    """Row and value of every remark that somebody is asked to look at."""
    rows = IntakeRow.objects.filter(sheet__file=file).order_by("number")
    return [(row.number, issue[3]) for row in rows for issue in row.issues if issue[0] != "info"]


def records_of(viewer: Viewer) -> list[CaseRecordLine]:
    """The records of the only person's cases."""
    person = Person.objects.get()
    return [record for case in case_histories(viewer, people=[person.pk], area_path=person.area_path) for record in case.records]


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


def test_a_note_that_denies_the_row_makes_no_case(take, count):
    file = take(
        "STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Kết quả XN,Ngày phát hiện,Ghi chú",
        '1,Ông Văn Thảnh,1950,0912345301,xã Liên Ninh,Dương tính,23/8/2021,"hôm qua ghi nhầm, không phải ca bệnh"',
        "2,Bà Thị Bốn,1951,0912345302,xã Liên Ninh,Dương tính,23/8/2021,ho",
    )
    assert (count()["cases_total"], asked_of(file)) == (1, [(2, "hôm qua ghi nhầm, không phải ca bệnh")])


def test_a_case_without_a_day_is_shown_as_received_and_not_as_an_event(take, lan):
    take("STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Kết quả XN,Tình trạng", "1,Ông Văn Thảnh,1950,0912345301,xã Liên Ninh,Dương tính,Đang điều trị")
    records = records_of(lan)
    assert {record.kind: record.undated for record in records if record.kind in ("classification", "outcome")} == {
        "classification": True,
        "outcome": True,
    }


def test_a_day_the_list_gives_is_an_event(take, lan):
    take("STT,Họ tên,Năm sinh,SĐT,Địa chỉ,Ngày phát hiện,Ngày tử vong", "1,Ông Văn Thảnh,1950,0912345301,xã Liên Ninh,20/8/2021,23/8/2021")
    records = records_of(lan)
    assert [record.undated for record in records if record.kind in ("classification", "outcome")] == [False, False]


def test_a_person_s_own_answer_beside_a_pool_is_counted_and_the_pool_makes_no_case(take, count):
    head = "STT,Mã mẫu,Mã gộp,Họ và tên,Năm sinh,Địa chỉ,SĐT,Ngày lấy mẫu,Kết quả gộp,KQ mẫu đơn,Ct"
    file = take(
        head,
        '1,LN001,G01,Phí Thị Ất,1985,"Thôn Nội, Liên Ninh",0912345103,23/8/2021,Âm tính,,',
        '2,LN003,G02,Phí Văn Bính,1980,"Thôn Nội, Liên Ninh",0912345101,23/8/2021,Dương tính,Dương tính,24.5',
        '3,LN004,G02,Phí Gia Đinh,2012,"Thôn Nội, Liên Ninh",0912345104,23/8/2021,,Âm tính,',
        '4,LN005,G03,Phí Công Mậu,1975,"Thôn Nội, Liên Ninh",0912345105,23/8/2021,Dương tính,chờ tách gộp,',
        '5,LN007,,Phí Văn Kỷ,1960,"Thôn Nội, Liên Ninh",0912345108,23/8/2021,,Không xác định,38',
    )
    values = count()
    # three tubes and the own samples of Bính, Đinh and Kỷ
    assert [values[f"samples_{one}"] for one in ("total", "positive", "negative", "inconclusive", "pending")] == [6, 3, 2, 1, 0]
    assert (values["cases_total"], asked_of(file)) == (1, [])
