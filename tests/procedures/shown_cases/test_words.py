"""Shown lists about words: what a cell says is read whole, and what is not understood is asked about on its row."""

from collections import Counter

import pytest

from tienphuong.cases.models import CaseState, ClassificationRecord, InvestigationRecord, SampleState
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.facts.row import NOT_NOTED, NOT_UNDERSTOOD
from tienphuong.intake.models import IntakeRow
from tienphuong.tracing.models import FollowUp

pytestmark = pytest.mark.django_db


def test_a_result_is_positive_only_where_it_says_so(take, shown, count):
    """Shown case 06."""
    for path in shown("06-result-words"):
        take(path)
    answers = dict(SampleState.objects.filter(known_to=OPEN_END).values_list("sample__code", "answer"))
    assert {code for code, answer in answers.items() if answer == "positive"} == {"M2", "M5", "M6", "M13"}
    assert {code for code, answer in answers.items() if answer == "negative"} == {"M3", "M4", "M7", "M8", "M9", "M11", "M14"}
    assert count()["cases_total"] == 4
    assert _asked("result") == {"Dương tính, chờ CDC khẳng định", "Không âm tính", "Chưa dương tính", "False positive"}


def test_a_death_or_recovery_that_is_denied_or_awaited_is_none(take, shown, count):
    """Shown case 08."""
    for path in shown("08-outcome-words"):
        take(path)
    values = count()
    assert [values[key] for key in ("deaths", "cases_recovered", "cases_in_treatment")] == [2, 1, 10]


def test_a_class_that_is_denied_or_awaited_confirms_nobody(take, shown, count):
    """Shown case 10."""
    for path in shown("10-class-words"):
        take(path)
    classes = Counter(CaseState.objects.values_list("classification", flat=True))
    assert (classes["confirmed"], classes["refuted"], classes["probable"]) == (1, 2, 1)
    assert count()["cases_total"] == 1


def test_a_check_with_a_temperature_was_done(take, shown):
    """Shown case 18."""
    for path in shown("18-follow-up-words"):
        take(path)
    assert Counter(FollowUp.objects.values_list("state", flat=True)) == {"done": 5, "unreachable": 1}


def test_who_denies_symptoms_has_none(take, shown):
    """Shown case 20."""
    for path in shown("20-symptom-free-words"):
        take(path)
    found = dict(InvestigationRecord.objects.values_list("case__person__full_name", "symptomatic"))
    assert {name for name, symptomatic in found.items() if symptomatic} == {"Kiều Thị Sương"}
    assert {name for name, symptomatic in found.items() if symptomatic is None} <= {"Mai Thị Ngân"}


def test_yes_in_a_column_of_deaths_is_a_death(take, shown, count):
    """Shown case 23."""
    for path in shown("23-yes-no-outcome-columns"):
        take(path)
    values = count()
    assert [values[key] for key in ("deaths", "cases_recovered", "cases_in_treatment")] == [2, 1, 1]


def _asked(target):
    """The texts of the cells of a meaning that were asked about."""
    remarks = (remark for issues in IntakeRow.objects.values_list("issues", flat=True) for remark in issues)
    return {value for _, meaning, _, value, reason, _ in remarks if meaning == target and reason == NOT_UNDERSTOOD[0]}


def test_who_is_not_classified_is_no_case_by_a_negative_test(take, count):
    take(
        "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày phát hiện,Kết quả xét nghiệm,Phân loại,Tình trạng",
        '1,Lê Văn Bình,Nam,1979,"Thôn Nội, xã Liên Ninh",24/8/2021,Âm tính,Chưa phân loại,Đang điều trị',
        '2,Trần Thị Mai,Nữ,1984,"Thôn Nội, xã Liên Ninh",24/8/2021,Dương tính,Chưa phân loại,Đang điều trị',
    )
    assert count()["cases_total"] == 1


def test_a_death_with_a_negative_test_and_no_class_is_asked(take, count):
    file = take(
        "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày phát hiện,Kết quả xét nghiệm,Tình trạng",
        '1,Lê Văn Bình,Nam,1979,"Thôn Nội, xã Liên Ninh",24/8/2021,Không dương tính,Tử vong',
    )
    assert (count()["cases_total"], count()["deaths"]) == (0, 0)
    assert [issue[1] for issue in IntakeRow.objects.get(sheet__file=file).issues] == ["result"]


def test_a_rapid_test_named_in_the_heading_makes_a_case_probable_only(take, count):
    take(
        "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày phát hiện,Kết quả test nhanh",
        '1,Lê Văn Bình,Nam,1979,"Thôn Nội, xã Liên Ninh",24/8/2021,Dương tính',
    )
    assert (count()["cases_total"], CaseState.objects.get().classification) == (0, "probable")


def test_a_result_that_is_not_understood_is_asked_whatever_the_class(take):
    take(
        "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày phát hiện,Kết quả xét nghiệm,Phân loại",
        *(f'{n},{name},Nữ,198{n},"Thôn Nội, xã Liên Ninh",24/8/2021,QZX,{submitted}'
          for n, (name, submitted) in enumerate({"Trần Thị Mai": "Xác định", "Lê Thị Bình": "Chưa phân loại", "Vũ Thị Hoa": "Nghi ngờ", "Cao Thị Én": ""}.items(), 1)),
    )  # fmt: skip
    assert [len(issues) for issues in IntakeRow.objects.order_by("number").values_list("issues", flat=True)] == [1, 1, 1, 1]
    assert _asked("result") == {"QZX"}


RESULTS = "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày phát hiện,Kết quả xét nghiệm,Tình trạng,Phân loại"


@pytest.mark.parametrize(
    ("cells", "cases"),
    [
        ("Âm tính,Đang điều trị,", 0),
        ("Âm tính,,", 0),
        ("Âm tính,Khỏi,", 1),
        ("Âm tính,Đang điều trị,xác định", 1),
        ("Dương tính,Đang điều trị,", 1),
        (",Đang điều trị,", 1),
        ("không lấy được mẫu??,Đang điều trị,", 0),
    ],
)
def test_a_list_of_cases_confirms_nobody_against_a_negative_test(take, count, cells, cases):
    take("DANH SÁCH F0,,,,,,,,", RESULTS, f"1,Lưu Thị Hạ Vy,Nữ,1991,Liên Ninh,22/8/2021,{cells}")
    assert count()["cases_total"] == cases
    asked = [issue for row in IntakeRow.objects.all() for issue in row.issues if issue[0] == "warning"]
    assert bool(asked) == (cases == 0 and cells != "Âm tính,,")


ASIDE = "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày phát hiện,Nơi phát hiện,Nguồn lây,Phương pháp xét nghiệm,Kết quả xét nghiệm"


@pytest.mark.parametrize(
    ("cells", "setting", "source", "evidence"),
    [
        ("Khu cách ly,Chưa rõ nguồn lây,RT-PCR,Dương tính", "quarantine_facility", "unknown", "lab_pcr"),
        ("Cộng đồng,F1 của BN1234,RT-PCR,Dương tính", "community", "known", "lab_pcr"),
        ("không phải trong khu cách ly,đã rõ?,không RT-PCR,Dương tính", "", "", ""),
        ("chỗ nào đó,nghe nói ở chợ,chưa làm PCR,Dương tính", "", "", ""),
        (",,,Dương tính", "", "", ""),
    ],
)
def test_words_beside_a_case_are_read_whole_or_left_open(take, cells, setting, source, evidence):
    take(ASIDE, f"1,Lưu Thị Hạ Vy,Nữ,1991,Liên Ninh,22/8/2021,{cells}")
    state = CaseState.objects.get(known_to=OPEN_END)
    assert (state.classification, state.detection_setting, state.source_status) == ("confirmed", setting, source)
    assert list(ClassificationRecord.objects.values_list("evidence", flat=True)) == [evidence]
    remarks = [issue[1] for row in IntakeRow.objects.all() for issue in row.issues if issue[4] == NOT_NOTED[0]]
    wanted = cells.startswith(("không", "chỗ"))
    assert remarks == (["method", "detection_setting", "source_status"] if wanted else []) or (wanted and len(remarks) == 3)
