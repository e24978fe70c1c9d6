"""Shown lists about kinds of sheets: an export of samples makes samples, and what is no list of people makes nobody."""

import pytest

from tienphuong.cases.models import Case, LabResult, Sample
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.terms import FileState
from tienphuong.registry.models import Person

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
