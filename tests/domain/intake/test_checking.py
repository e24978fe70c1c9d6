"""The dry run: what every row would come to, and nothing written."""

import pytest

from tienphuong.cases.models import Case
from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.models import IntakeRow, IntakeSheet
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.reading import AlreadyApplied, correct_mapping
from tienphuong.intake.services.sheets import mapping_from
from tienphuong.registry.models import Person

from .conftest import AN, HEADER

pytestmark = pytest.mark.django_db


def reasons(file, row=2):
    return {(issue[0], issue[1], issue[3]): issue[4] for issue in IntakeRow.objects.get(sheet__file=file, number=row).issues}


def test_the_dry_run_writes_nothing_but_its_own_rows(received):
    preview = check_file(received(HEADER, AN))
    assert preview.verdicts["new"] == preview.rows == 1
    assert not Person.objects.exists()
    assert not Case.objects.exists()


def test_every_value_keeps_its_column_and_the_text_as_written(received):
    file = received(HEADER, [*AN[:7], "912345678", *AN[8:]])
    check_file(file)
    row = IntakeRow.objects.get(sheet__file=file)
    assert row.number == 2
    assert row.cells["phone"] == ["H", "912345678"]
    assert row.cells["full_name"] == ["D", "Nguyễn Văn An"]


@pytest.mark.parametrize(
    ("column", "written", "severity", "told"),
    [
        (6, "1.09E+11", "warning", "chữ số cuối đã mất"),
        (6, "1085012345", "warning", "có thể là số điện thoại"),
        (7, "912345678", "info", "bỏ số 0"),
        (4, "12/03/2085", "warning", "sau ngày báo cáo"),
        (9, "20/12/2021", "warning", "sau thời điểm báo cáo"),
        (9, "31/02/2021", "warning", "không có trong lịch"),
        (3, "Nguyeenx Vawn Ddwcs", "warning", "Nguyễn Văn Đức"),
        (8, "Thôn Đồng, Xã Không Có Thật, huyện Không Rõ", "warning", "Không nhận ra địa chỉ"),
    ],
)
def test_a_doubtful_cell_names_its_column_value_reason_and_remedy(received, column, written, severity, told):
    row = list(AN)
    row[column] = written
    file = received(HEADER, row)
    check_file(file)
    issues = IntakeRow.objects.get(sheet__file=file).issues
    found = [issue for issue in issues if told in issue[4]]
    assert found, issues
    assert found[0][0] == severity
    assert found[0][2] == "ABCDEFGHIJKL"[column]
    assert found[0][3] == written
    assert found[0][5]


def test_a_row_that_tells_of_nobody_is_refused_and_says_why(received):
    file = received(HEADER, ["1", "", "", "", "", "", "1.09E+11", "", "", "20/08/2021", "", "Đang điều trị"], AN)
    preview = check_file(file)
    assert preview.verdicts["refused"] == 1
    assert any("không còn đủ thông tin" in text for text in reasons(file).values())


def test_a_row_without_a_name_is_kept(received):
    header = ["STT", "Mã ca", "Tuổi", "Giới", "Thôn", "Ngày dương tính", "Tình trạng"]
    preview = check_file(received(header, ["1", "LN009", "51", "nữ", "Thôn 1", "20/08/2021", "Đang điều trị"]))
    assert preview.verdicts["new"] == 1


def test_totals_and_repeated_headers_are_no_people(received):
    preview = check_file(received(HEADER, AN, ["", "Tổng cộng", "1", *[""] * 9], HEADER))
    assert preview.rows == 1


def test_a_corrected_mapping_is_remembered_for_its_sender_alone(received, at):
    header = [*HEADER[:11], "Diễn biến"]
    file = received(header, [*AN[:11], "Khỏi"])
    check_file(file)
    sheet = IntakeSheet.objects.get(file=file)
    correct_mapping(sheet, mapping_from(sheet.mapping).changed(11, target=TargetField.NOTE), actor=system_viewer(), at=at)
    again = received(header, [*AN[:11], "Đang điều trị"], name="hôm sau.csv")
    other = received(header, [*AN[:11], "Ra viện"], name="nơi khác.csv", sender="Xã Ngũ Hiệp", area="00667")
    check_file(again)
    check_file(other)
    assert mapping_from(IntakeSheet.objects.get(file=again).mapping).column_of(TargetField.NOTE) == 11
    assert mapping_from(IntakeSheet.objects.get(file=other).mapping).column_of(TargetField.NOTE) is None


def test_a_column_that_becomes_one_of_days_is_looked_at_for_its_order(received, at):
    header = [*HEADER[:11], "Cột lạ"]
    file = received(header, [*AN[:11], "8/5/2021"], [*AN[:11], "8/23/2021"])
    check_file(file)
    sheet = IntakeSheet.objects.get(file=file)
    sheet.file = file
    correct_mapping(sheet, mapping_from(sheet.mapping).changed(11, target=TargetField.RESULT_ON), actor=system_viewer(), at=at)
    assert sheet.dates["result_on"] == ["mdy", False, 2021]


def test_a_mapping_is_not_changed_under_rows_already_applied(taken_in, at):
    file = taken_in(HEADER, AN)
    sheet = IntakeSheet.objects.get(file=file)
    with pytest.raises(AlreadyApplied):
        correct_mapping(sheet, mapping_from(sheet.mapping), actor=system_viewer(), at=at)


def test_dates_excel_swapped_are_swapped_back_and_told(received):
    from datetime import date

    from tests.rules.intake.sheets import xlsx

    rows = [[*AN[:9], date(2021, 9, day), AN[10], AN[11]] for day in (3, 5, 8)] + [[*AN[:9], "21/08/2021", AN[10], AN[11]]]
    for number, row in enumerate(rows):
        row[1], row[3], row[6] = f"LN00{number}", f"Nguyễn Văn {'ABCD'[number]}n", ""
    # 9/3 was meant as 9 March: the day is beyond the twelfth in no cell that became a date
    file = received(xlsx([HEADER, *rows]), name="danh sách.xlsx")
    check_file(file)
    assert any(warning[0] == "dates_swapped_by_excel" for warning in file.warnings)
    assert any("đã đảo lại" in text for text in reasons(file).values())
