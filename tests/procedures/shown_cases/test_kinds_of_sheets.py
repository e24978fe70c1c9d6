"""Shown lists about kinds of sheets: an export of samples makes samples, and what is no list of people makes nobody."""

import pytest

from tienphuong.cases.models import Case, LabResult, Sample
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.terms import FileState
from tienphuong.registry.models import Person
from tienphuong.reports.models import Submission
from tienphuong.tracing.models import FollowUp

pytestmark = pytest.mark.django_db
LAB = "personId,dateSampleTaken,sampleIdentifier,result,person.firstName,person.lastName,person.gender,person.classification"


def test_an_export_of_samples_makes_samples(take, shown, count):
    """Shown case 30."""
    for path in shown("30-lab-export-made-cases"):
        take(path)
    values = count()
    assert [values[f"samples_{word}"] for word in ("total", "negative", "positive", "pending")] == [3, 1, 1, 1]
    assert values["cases_total"] <= 1
    people = Person.objects.order_by("pk").values_list("full_name", "sex")
    assert list(people) == [("Lưu Thị Hạ Vy", "F"), ("Đàm Quốc Tuyển", "M"), ("Kiều Thị Sương", "F")]


def test_a_table_of_counts_makes_nobody(take, shown):
    """Shown table r6."""
    for path in shown("r6_counts.csv"):
        file = take(path)
    assert (file.state, Person.objects.count(), Case.objects.count()) == (FileState.NOTHING_READ, 0, 0)


def test_samples_of_another_system_are_samples(take):
    take(LAB, "p-1,2021-08-20T00:00:00.000Z,L-1,LAB_TEST_RESULT_NEGATIVE,Vy,Lưu Thị Hạ,GENDER_FEMALE,CASE_CLASSIFICATION_SUSPECT")
    assert (Sample.objects.count(), LabResult.objects.get().result, Case.objects.count()) == (1, "negative", 0)
    assert Person.objects.get().sex == "F"


@pytest.mark.parametrize(
    "lines",
    [
        ("Họ và tên,Ngày sinh,Tiêm chủng mũi 1,Loại vắc xin mũi 1,Tiêm chủng mũi 2,Loại vắc xin mũi 2", "Trần Văn An,1/2/1990,2/8/2021,AZ,,"),
        ("Site_title,Suburb,Exposure_date,Exposure_time,Notes", "Chợ Vực,Liên Ninh,20/08/2021,8am - 9am,Tier 1"),
        ("eventStatus,eventTitle,startDate,disease,person.firstName,person.lastName,person.sex",
         "EVENT,Đám cưới,2021-08-20,CORONAVIRUS,Vy,Lưu Thị Hạ,FEMALE"),
        ("STT,Xã/thị trấn,Ca mới,Cộng dồn,F1,F2,Đang cách ly tại nhà,Khỏi,Tử vong", "1,Ngọc Hồi,3,9,25,60,70,2,0", "2,Liên Ninh,12,136,1.250,,400,-,0"),
        ("Region,Sex,Age group,Number of cases,Number of deaths,Report date", "Liên Ninh,F,20-29,3,0,20/08/2021"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_no_list_of_ill_or_watched_people_is_refused_with_the_reason(take, lines):
    file = take(*lines)
    assert (file.state, Person.objects.count(), Case.objects.count()) == (FileState.NOTHING_READ, 0, 0)
    assert not IntakeRow.objects.filter(applied_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("Vy", "Lưu Thị Hạ", "Lưu Thị Hạ Vy"),
        ("Lưu Thị Hạ", "Vy", "Lưu Thị Hạ Vy"),
        ("Hà", "Nguyễn Thị", "Nguyễn Thị Hà"),
        ("John", "Smith", "John Smith"),
    ],
)
def test_a_family_name_of_the_country_opens_the_name(take, given, family, name):
    take(LAB, f"p-1,2021-08-20,L-1,LAB_TEST_RESULT_NEGATIVE,{given},{family},GENDER_FEMALE,CASE_CLASSIFICATION_SUSPECT")
    assert Person.objects.get().full_name == name


DAYS = "STT,Họ và tên,Năm sinh,Số điện thoại,Địa chỉ"


def checks() -> list[tuple[str, int, str, float | None]]:
    rows = FollowUp.objects.order_by("person__full_name", "day")
    return [(row.person.full_name, row.day.day, row.state, float(row.temperature) if row.temperature else None) for row in rows]


@pytest.mark.parametrize(
    "head", ["20/8,21/8,22/8,23/8", "8/20/2021,8/21/2021,8/22/2021,8/23/2021", "Ngày 20/8,Ngày 21/8,Ngày 22/8,Ngày 23/8"]
)
def test_a_column_a_day_is_a_check_a_day(take, count, head):
    file = take("DANH SÁCH THEO DÕI SỨC KHỎE,,,,,,,,", f"{DAYS},{head}", '1,Kiều Thị Sương,1991,0981000003,Liên Ninh,36.5,"36,8",sốt 38.2,',
                "2,Tô Bá Lộc,1988,0981000004,Liên Ninh,bt,BT,không liên lạc được,xyz")  # fmt: skip
    assert file.state == FileState.APPLIED
    assert checks() == [
        ("Kiều Thị Sương", 20, "done", 36.5), ("Kiều Thị Sương", 21, "done", 36.8), ("Kiều Thị Sương", 22, "done", 38.2),
        ("Tô Bá Lộc", 20, "done", None), ("Tô Bá Lộc", 21, "done", None), ("Tô Bá Lộc", 22, "unreachable", None),
    ]  # fmt: skip
    assert FollowUp.objects.get(temperature=38.2).symptoms == "sốt 38.2"
    assert "xyz" in str(IntakeRow.objects.get(number=4).issues), "what is not understood is asked"
    assert count()["cases_total"] == 0


def test_halves_of_a_day_are_one_check(take):
    take("TT,Họ tên,SĐT,Theo dõi sức khỏe,,,,,", ",,,20/8 sáng,20/8 chiều,21/8 sáng,21/8 chiều,22/8 sáng,22/8 chiều",
         "1,Kiều Thị Sương,0981000003,36.5,37.9,bt,bt,36.6,36.7")  # fmt: skip
    assert checks() == [("Kiều Thị Sương", 20, "done", 37.9), ("Kiều Thị Sương", 21, "done", None), ("Kiều Thị Sương", 22, "done", 36.7)]


@pytest.mark.parametrize(
    ("head", "cells", "reason"),
    [
        ("Ngày 1,Ngày 2,Ngày 3", "36.5,36.6,bt", "ngày thứ mấy"),
        ("20/8,21/8,22/8", "A,B,C", "mỗi cột một ngày"),
        ("20/8,21/8,22/8", "X,X,X", "mỗi cột"),
    ],
)
def test_columns_of_days_that_are_no_checks_are_refused_with_the_reason(take, head, cells, reason):
    file = take(f"{DAYS},{head}", f"1,Kiều Thị Sương,1991,0981000003,Liên Ninh,{cells}")
    assert (file.state, FollowUp.objects.count(), Person.objects.count()) == (FileState.NOTHING_READ, 0, 0)
    assert any(reason in submitted[2] for submitted in file.warnings)


def test_contacts_with_a_column_a_day_are_contacts_with_checks(take, count):
    take("STT,Họ và tên,Năm sinh,Số điện thoại,Địa chỉ,Đối tượng,Tiếp xúc với ca bệnh,Ngày tiếp xúc cuối,20/8,21/8,22/8",
         "1,Kiều Thị Sương,1991,0981000003,Liên Ninh,F1,,19/8/2021,36.5,bt,bt")  # fmt: skip
    assert len(checks()) == 3
    assert count()["f1_total"] == 1


def test_a_day_after_the_report_is_no_check(take):
    take("DANH SÁCH THEO DÕI SỨC KHỎE", f"{DAYS},23/8,24/8,25/8,26/8", "1,Kiều Thị Sương,1991,0981000003,Liên Ninh,bt,bt,bt,")
    assert [day for _, day, _, _ in checks()] == [23, 24]
    assert "sau ngày báo cáo" in str(IntakeRow.objects.get().issues)


def test_a_figure_of_no_known_indicator_is_refused_not_called_written(take):
    lines = ("Chỉ tiêu,Phát sinh,Lũy kế", "F1,3,12", "Bọ gậy,4,9", "Ca mắc,1,2")
    file = take(*lines)
    rows = IntakeRow.objects.filter(sheet__file=file).order_by("number")
    assert [(row.verdict, row.applied_at is None) for row in rows] == [("new", False), ("refused", True), ("new", False)]
    assert Submission.objects.get().figures["f1_total"] == 12


def test_figures_of_no_area_are_refused(take, settings):
    file = take("Chỉ tiêu,Phát sinh,Lũy kế", "F1,3,12", "Ca mắc,1,2", area=None)
    assert not Submission.objects.exists()
    assert set(IntakeRow.objects.filter(sheet__file=file).values_list("verdict", flat=True)) == {"refused"}
