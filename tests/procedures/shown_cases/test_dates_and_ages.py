"""Shown lists about days of facts, ages and papers: what a cell says is read, what it cannot mean is asked."""

from datetime import date

import pytest

from tienphuong.cases.models import CaseState, LabResult, Sample
from tienphuong.core.text.dates import VIETNAM
from tienphuong.intake.models import IntakeRow
from tienphuong.registry.models import Identifier, Person

pytestmark = pytest.mark.django_db


def _people() -> dict[str, tuple[str, int | None]]:
    return {person.full_name: (person.sex, person.birth_year) for person in Person.objects.all()}


def _warned() -> dict[int, list[str]]:
    """The meanings warned about, by row of the sheet."""
    return {row.number: [issue[1] for issue in row.issues if issue[0] == "warning"] for row in IntakeRow.objects.all()}


def test_sex_and_birth_in_one_cell_are_two_facts(take, shown):
    """Shown case 16."""
    take(*shown("16-sex-and-birth-in-one-column"))
    assert _people() == {"Lưu Thị Hạ Vy": ("F", 1991), "Đàm Quốc Tuyển": ("M", 1990), "Kiều Thị Sương": ("F", 1985)}


def test_ages_count_in_their_own_unit(take, shown):
    """Shown case 21."""
    coded, worded = shown("21-ages")
    take(coded)
    born = list(Person.objects.order_by("id").values_list("birth_year", flat=True))
    assert born == [2020, 2020, 2021, 2021, 2021, 1985, 2020, 1985]
    file = take(worded)
    people = {name: year for name, (_, year) in _people().items() if name}
    assert list(people.values()) == [2020, 2020, 2020, 2021, 2021, None, None, 2018, None, 2021]
    rows = IntakeRow.objects.filter(sheet__file=file).order_by("number")
    assert [row.number for row in rows if any(issue[:2] == ["warning", "age"] for issue in row.issues)] == [7, 8, 10]


def test_the_excel_wrapper_is_no_part_of_a_paper(take, shown):
    """Shown case 26."""
    take(*shown("26-excel-text-wrapper"))
    first = Identifier.objects.get(person__full_name="Lưu Thị Hạ Vy")
    assert (first.kind, first.tail) == ("cccd", "0001")


def test_a_column_of_marks_with_words_in_it_tells_no_sex(take):
    take("STT,Họ và tên,Giới tính Nam,Giới tính Nữ,Ngày phát hiện", "1,Lưu Thị Hạ Vy,,x,20/8/2021", "2,Đàm Quốc Tuyển,có vợ,,20/8/2021")
    assert {name: sex for name, (sex, _) in _people().items()} == {"Lưu Thị Hạ Vy": "F", "Đàm Quốc Tuyển": ""}
    assert _warned()[3] == ["male_mark"]


def test_an_age_is_of_the_day_of_its_row(take):
    take("Mã BN,Họ và tên,Tuổi (tháng),Ngày phát hiện", "BN900001,Lưu Thị Hạ Vy,8,20/2/2021", "BN900002,Đàm Quốc Tuyển,1 tuổi,20/2/2021")
    assert [year for _, year in _people().values()] == [2020, 2020]


def test_a_unit_nobody_knows_makes_no_birth(take):
    take("Mã BN,Họ và tên,Tuổi,Đơn vị tuổi,Ngày phát hiện", "BN900001,Lưu Thị Hạ Vy,8,zz,20/8/2021")
    assert _people() == {"Lưu Thị Hạ Vy": ("", None)}
    assert _warned()[2] == ["age_unit"]


def test_days_with_hours_and_zones_are_days_of_the_post(take, shown):
    """Shown case 11."""
    take(*shown("11-timestamps"))
    taken = dict(Sample.objects.values_list("code", "taken_on"))
    assert taken == dict.fromkeys(("M1", "M2", "M3", "M4", "M5", "M6", "M7"), date(2021, 8, 23))
    answered = dict(LabResult.objects.values_list("sample__code", "result_on"))
    assert answered == dict.fromkeys(taken, date(2021, 8, 23)) | {"M4": date(2021, 8, 24)}


def test_a_day_out_of_time_makes_nothing_new(take, shown, count):
    """Shown case 24."""
    take(*shown("24-dates-out-of-time"))
    values = count()
    assert (values["cases_total"], values["cases_new"]) == (9, 0)
    assert {row for row, targets in _warned().items() if "detected_on" in targets} == {6, 7, 8, 10}


def test_a_handful_of_contrary_days_is_asked_alone(take, shown):
    """Table r4_dates."""
    file = take(*shown("r4_dates.csv"))
    days = sorted(CaseState.objects.values_list("detected_on", flat=True))
    assert days == [date(2021, 8, day) for day in [*range(1, 24), 23]]
    assert {row for row, targets in _warned().items() if "detected_on" in targets} == {25}
    assert any(key == "dates_few_contrary" for key, *_ in file.warnings)


def test_days_that_contradict_each_other_are_remarked_with_both_columns(take, shown, count):
    """Shown case 25."""
    take(*shown("25-dates-against-each-other"))
    submitted = {row.number: [issue[4] for issue in row.issues if issue[0] == "warning"] for row in IntakeRow.objects.all()}
    pairs = {2: ("tử vong", "khởi phát"), 3: ("ra viện", "khởi phát"), 4: ("khởi phát", "phát hiện"), 5: ("ra viện", "tử vong")}
    for number, (one, other) in pairs.items():
        assert any(one in reason and other in reason for reason in submitted[number]), submitted[number]
    assert any("Ngày sinh" in reason for reason in submitted[5])
    onsets = dict(CaseState.objects.values_list("case__person__full_name", "onset_on"))
    assert onsets["Kiều Thị Sương"] is None
    assert count()["deaths_new"] == count()["cases_recovered_new"] == 0


def test_a_death_out_of_time_is_a_death_of_no_day(take, count):
    head = "Mã BN,Họ và tên,Ngày phát hiện,Ngày tử vong"
    take(
        head,
        "BN900001,Lưu Thị Hạ Vy,20/8/2021,25/9/2021",
        "BN900002,Đàm Quốc Tuyển,20/8/2021,29-08--21",
        "BN900003,Kiều Thị Sương,20/8/2021,9/9/9999",
    )
    values = count()
    assert (values["deaths"], values["deaths_new"], values["cases_total"]) == (2, 0, 3)
    assert {row for row, targets in _warned().items() if "died_on" in targets} == {2, 3}


def test_a_sample_of_an_impossible_day_is_not_of_today(take, at):
    head = "STT,Họ và tên,Số điện thoại,Mã mẫu,Ngày lấy mẫu,Kết quả,Ngày có kết quả"
    take(head, "1,Lưu Thị Hạ Vy,0981000001,M1,24/8/2021,Âm tính,22/8/2021", "2,Đàm Quốc Tuyển,0981000002,M2,24/8/2021,Âm tính,24/8/2021")
    days = {sample.code: sample.reported_at.astimezone(VIETNAM).date() for sample in Sample.objects.all()}
    assert days == {"M1": date(2021, 8, 23), "M2": date(2021, 8, 24)}
    assert _warned()[2] == ["result_on"]


def test_a_list_of_past_years_is_judged_by_its_own_time(take):
    rows = [f"BN90000{n},Lê Văn {n},{n}/3/2016" for n in range(1, 6)]
    take("Mã BN,Họ và tên,Ngày phát hiện", *rows, "BN900009,Đàm Quốc Tuyển,9/3/2006")
    assert {row for row, targets in _warned().items() if "detected_on" in targets} == {7}
