"""Each layout is one a commune could send; the survey must find the people, the kind and the columns."""

from datetime import date

import pytest
from tests.rules.intake.sheets import text, workbook, xlsx

from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.survey import SheetPlan, records, survey
from tienphuong.intake.mapping.terms import RowRole, SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book

COMMUNES = ("Liên Ninh", "Ngọc Hồi", "Tam Hiệp", "Văn Điển")


def read(data: bytes, name: str = "danh sach.xlsx") -> tuple[SheetPlan, list[RawRecord]]:
    """The plan and the records of the first sheet."""
    book = read_book(data, name)
    plan = survey(book, commune_names=COMMUNES)[0]
    return plan, list(records(book, plan))


def meanings(plan: SheetPlan) -> list[F | None]:
    """What each column was taken for."""
    return [guess.target for guess in plan.mapping.columns]


TITLES = [
    ["UBND XÃ LIÊN NINH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["TRẠM Y TẾ", None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["DANH SÁCH CA BỆNH DƯƠNG TÍNH VỚI SARS-CoV-2"],
    ["(Tính đến 16h00 ngày 24/8/2021)"],
    [],
]


def test_a_case_list_under_letterhead_titles() -> None:
    header = ["STT", "Mã BN", "Họ và tên", "Giới", "NS", "Địa chỉ", "SĐT", "Ngày KP", "Ngày dương tính", "Nơi điều trị", "Ghi chú"]
    rows = [
        [1, "NB1", "Nguyễn Văn An", "Nam", 1985, "Thôn Thọ Am", "0912345678", "20/8/2021", "22/8/2021", "BV Thanh Nhàn", None],
        [2, "NB002", "Trần Thị Bình", "Nữ", 1990, "Thôn Phương Nhị", 912345679, None, date(2021, 8, 23), "BV Đức Giang", "F1 của NB1"],
    ]
    plan, found = read(xlsx([*TITLES, header, *rows]))
    assert plan.header_rows == (7,)
    assert plan.data_rows == (8, 9)
    assert plan.kind is SheetKind.CASE_LIST
    assert meanings(plan) == [
        F.ROW_NO, F.NATIONAL_NO, F.FULL_NAME, F.SEX, F.BIRTH, F.ADDRESS, F.PHONE, F.ONSET_ON, F.DETECTED_ON, F.TREATMENT_PLACE, F.NOTE,
    ]  # fmt: skip
    assert found[0].text(F.FULL_NAME) == "Nguyễn Văn An"
    assert found[1].value(F.DETECTED_ON) == date(2021, 8, 23)
    assert (found[1].cells[F.PHONE].original, found[1].cells[F.PHONE].row, found[1].cells[F.PHONE].column) == ("912345679", 9, "G")


def test_a_birth_year_written_under_the_sex() -> None:
    rows = [
        ["DANH SÁCH F1 THÔN THỌ AM"],
        ["TT", "Họ và tên", "Năm sinh", None, "Chỗ ở hiện nay", "Điện thoại", "TX với", "Ngày tiếp xúc cuối"],
        [None, None, "Nam", "Nữ", None, None, None, None],
        [1, "Lê Văn Dũng", 1972, None, "Thọ Am", "0987654321", "NB1", "19/8/2021"],
        [2, "Phạm Thị Chi", None, 1999, "Thọ Am", "0987654322", "NB1", "20/8/2021"],
    ]
    merges = [(1, 2, 1, 3), *((1, column, 2, column) for column in (0, 1, 4, 5, 6, 7))]
    plan, found = read(xlsx(rows, merges=merges))
    assert plan.header_rows == (2, 3)
    assert plan.kind is SheetKind.CONTACT_LIST
    assert [(r.text(F.SEX), r.text(F.BIRTH)) for r in found] == [("Nam", "1972"), ("Nữ", "1999")]
    assert [r.text(F.LINKED_CASE) for r in found] == ["NB1", "NB1"]
    assert "from_column" in found[0].cells[F.SEX].flags


def test_three_header_rows_with_groups() -> None:
    rows = [
        ["STT", "Thông tin cá nhân", None, None, "Xét nghiệm", None, None, None, "Ghi chú"],
        [None, "Họ tên", "Năm sinh", "SĐT", "Lần 1", None, "Lần 2", None, None],
        [None, None, None, None, "Ngày lấy mẫu", "Kết quả", "Ngày lấy mẫu", "Kết quả", None],
        [1, "Nguyễn Văn An", 1985, "0912345678", "12/8/2021", "Âm tính", "19/8/2021", "Dương tính", None],
        [2, "Trần Thị Bình", 1990, "0912345679", "12/8/2021", "Âm tính", "19/8/2021", "Âm tính", None],
    ]
    merges = [(0, 1, 0, 3), (0, 4, 0, 7), (1, 4, 1, 5), (1, 6, 1, 7), (0, 0, 2, 0), (0, 8, 2, 8)]
    plan, found = read(xlsx(rows, merges=merges))
    assert plan.header_rows == (1, 2, 3)
    assert meanings(plan)[1:8] == [F.FULL_NAME, F.BIRTH, F.PHONE, F.SAMPLED_ON, F.RESULT, F.SAMPLED_ON_2, F.RESULT_2]
    assert found[0].text(F.RESULT_2) == "Dương tính"


def test_sections_totals_repeated_headers_and_signatures() -> None:
    header = ["STT", "Họ tên", "Năm sinh", "Giới tính", "SĐT"]
    rows = [
        ["DANH SÁCH NGƯỜI TIẾP XÚC"],
        header,
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["I", "DANH SÁCH F1"],
        ["Thôn Thọ Am"],
        [1, "Nguyễn Văn An", 1985, "Nam", "0912345678"],
        [2, "Tống Thị Cộng", 1990, "Nữ", "0912345679"],
        ["Cộng", None, 2],
        [],
        header,
        ["Thôn Phương Nhị"],
        [1, "Công Văn Tổng", 1970, "Nam", "0912345670"],
        ["## bỏ dòng này", "Người thử", 1990, "Nam", "0912345677"],
        ["II. DANH SÁCH F2"],
        [1, "Trần Văn Bình", 1970, "Nam", "0912345671"],
        [2],
        ["Tổng cộng", None, 4],
        [None, "Liên Ninh, ngày 24 tháng 8 năm 2021"],
        [None, "NGƯỜI LẬP BIỂU", None, "TRƯỞNG TRẠM"],
        [None, "Nguyễn Thị Hoa"],
    ]
    plan, found = read(xlsx(rows))
    assert plan.data_rows == (6, 7, 12, 15)
    row_roles = {row: fate for row, fate, _ in plan.ignored}
    assert row_roles[3] is RowRole.NUMBERING
    assert row_roles[8] is row_roles[17] is RowRole.TOTAL
    assert row_roles[10] is RowRole.REPEATED_HEADER
    assert row_roles[13] is RowRole.COMMENT
    assert row_roles[16] is RowRole.BARE_NUMBER
    assert row_roles[18] is row_roles[19] is row_roles[20] is RowRole.FOOTER
    assert [r.text(F.DEGREE) for r in found] == ["F1", "F1", "F1", "F2"]
    assert [r.text(F.HAMLET) for r in found] == ["Thôn Thọ Am", "Thôn Thọ Am", "Thôn Phương Nhị", ""]
    assert found[0].cells[F.HAMLET].row == 5


def test_no_header_at_all_is_guessed_by_content() -> None:
    rows = [
        [1, "Nguyễn Văn An", "001085012345", "0912345678", "Nam", "Thôn Thọ Am, xã Liên Ninh", "BN1234"],
        [2, "Trần Thị Bình", "001185012345", "0912345679", "Nữ", "Xóm 3, thôn Nhị Châu", "BN1235"],
        [3, "Lê Văn Dũng", "001085012346", "0987654321", "Nam", "Thôn Thọ Am, xã Liên Ninh", "BN1236"],
    ]
    plan, found = read(xlsx(rows))
    assert plan.header_rows == ()
    assert plan.data_rows == (1, 2, 3)
    assert meanings(plan) == [F.ROW_NO, F.FULL_NAME, F.IDENTITY_NO, F.PHONE, F.SEX, F.ADDRESS, F.CASE_NO]
    assert all(guess.confidence <= 0.75 for guess in plan.mapping.columns)
    assert found[2].text(F.IDENTITY_NO) == "001085012346"


def test_a_quarantine_register_with_period_under_one_heading() -> None:
    rows = [
        ["SỔ THEO DÕI CÁCH LY TẬP TRUNG"],
        ["STT", "Họ và tên", "Ngày sinh", "Nơi cách ly", "Thời gian cách ly", None, "Số QĐ"],
        [None, None, None, None, "Từ ngày", "Đến ngày", None],
        [1, "Nguyễn Văn An", "12/3/1985", "Trường THCS", "10/8/2021", "24/8/2021", "12/QĐ-UBND"],
    ]
    plan, found = read(text(rows, separator=";"), "cach ly.csv")
    assert plan.kind is SheetKind.QUARANTINE_REGISTER
    assert plan.header_rows == (2, 3)
    assert (found[0].text(F.QUARANTINE_FROM), found[0].text(F.QUARANTINE_TO)) == ("10/8/2021", "24/8/2021")
    assert found[0].text(F.ORDER_NO) == "12/QĐ-UBND"


def test_returnees() -> None:
    rows = [
        ["DANH SÁCH NGƯỜI VỀ TỪ VÙNG DỊCH"],
        ["STT", "HỌ VÀ TÊN", "NĂM SINH", "GT", "CMND/CCCD", "Nơi ở hiện nay", "Về từ", "Ngày về", "Phương tiện", "Hình thức cách ly"],
        [1, "NGUYỄN VĂN AN", "1985", "Nam", "001085012345", "Thọ Am", "TP Hồ Chí Minh", "1/8/2021", "Máy bay", "Tại nhà"],
    ]
    plan, found = read(xlsx(rows))
    assert plan.kind is SheetKind.RETURNEES
    assert found[0].text(F.FROM_PLACE) == "TP Hồ Chí Minh"
    assert found[0].text(F.ARRIVED_ON) == "1/8/2021"
    assert found[0].text(F.IDENTITY_NO) == "001085012345"


def test_lab_results_with_pools() -> None:
    rows = [
        ["Mã mẫu", "Mã gộp", "Họ tên", "NS", "Đối tượng", "Ngày LM", "KQXN", "CT", "Ngày trả KQ"],
        ["M001", "G01", "Nguyễn Văn An", 1985, "F1", "20/8/2021", "Âm tính", None, "21/8/2021"],
        ["M002", "G01", "Trần Thị Bình", 1990, "F1", "20/8/2021", "Dương tính", 23.5, "21/8/2021"],
    ]
    plan, found = read(xlsx(rows))
    assert plan.kind is SheetKind.LAB_RESULTS
    assert meanings(plan) == [F.SAMPLE_CODE, F.POOL_ID, F.FULL_NAME, F.BIRTH, F.DEGREE, F.SAMPLED_ON, F.RESULT, F.CT, F.RESULT_ON]
    assert found[1].value(F.CT) == 23.5


def test_a_household_register_with_merged_households() -> None:
    rows = [
        ["Mã hộ", "Họ tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính", "Địa chỉ"],
        ["H01", "Nguyễn Văn An", "Chủ hộ", 1960, "Nam", "Số 12, thôn Thọ Am"],
        [None, "Trần Thị Bình", "Vợ", 1962, "Nữ", None],
        [None, "Nguyễn Văn Dũng", "Con", 1990, "Nam", None],
        ["H02", "Lê Thị Chi", "Chủ hộ", 1970, "Nữ", "Số 14, thôn Thọ Am"],
    ]
    plan, found = read(xlsx(rows, merges=[(1, 0, 3, 0), (1, 5, 3, 5)]))
    assert plan.kind is SheetKind.HOUSEHOLD_REGISTER
    assert [r.text(F.HOUSEHOLD_CODE) for r in found] == ["H01", "H01", "H01", "H02"]
    assert found[2].text(F.ADDRESS) == "Số 12, thôn Thọ Am"
    assert (found[2].cells[F.ADDRESS].row, found[2].cells[F.ADDRESS].flags) == (2, ("merged_down",))


def test_a_commune_summary_of_numbers() -> None:
    rows = [
        ["BÁO CÁO SỐ LIỆU NGÀY 24/8/2021"],
        ["STT", "Nội dung", "Phát sinh trong ngày", "Đang cách ly", "Hoàn thành cách ly", "Cộng lũy kế từ ngày 27/4/2021"],
        [1, "F1", 6, 124, 141, 265],
        [2, "F2", 20, 468, 1652, 2120],
    ]
    plan, found = read(xlsx(rows))
    assert plan.kind is SheetKind.COMMUNE_SUMMARY
    assert meanings(plan)[1:] == [F.INDICATOR, F.COUNT_NEW, F.COUNT_CURRENT, F.COUNT_DONE, F.COUNT_TOTAL]
    assert [r.value(F.COUNT_TOTAL) for r in found] == [265, 2120]


def test_a_deidentified_list_without_names() -> None:
    rows = [
        ["Ca số", "Tuổi", "Giới", "Xã", "Ngày phát hiện", "Nguồn lây"],
        ["BN 1", 36, "Nam", "Liên Ninh", "1/8/2021", "chưa rõ"],
        ["NB001", 41, "Nữ", "Ngọc Hồi", "2/8/2021", "F1 của BN 1"],
    ]
    plan, found = read(xlsx(rows, name="F0"))
    assert plan.kind is SheetKind.CASE_LIST
    assert {F.CASE_NO, F.AGE, F.SEX, F.COMMUNE, F.DETECTED_ON, F.SOURCE_STATUS} <= plan.mapping.targets
    assert len(found) == 2


def test_english_headers_in_utf16_with_tabs() -> None:
    rows = [
        ["Case ID", "Full name", "Sex", "Date of birth", "Onset date", "Report date"],
        ["C1", "Nguyễn Văn An", "M", "1985-02-01", "2021-08-20", "2021-08-22"],
    ]
    plan, found = read(text(rows, separator="\t", encoding="utf-16"), "cases.tsv")
    assert meanings(plan) == [F.CASE_NO, F.FULL_NAME, F.SEX, F.BIRTH, F.ONSET_ON, F.REPORTED_ON]
    assert found[0].text(F.FULL_NAME) == "Nguyễn Văn An"


def test_a_name_in_two_columns_under_one_heading() -> None:
    rows = [
        ["STT", "Họ và tên", None, "Năm sinh", "SĐT"],
        [1, "Nguyễn Văn", "An", 1985, "0912345678"],
        [2, "Trần Thị", "Bình", 1990, "0912345679"],
    ]
    _, found = read(xlsx(rows, merges=[(0, 1, 0, 2)]))
    assert [r.text(F.FULL_NAME) for r in found] == ["Nguyễn Văn An", "Trần Thị Bình"]


def test_marks_under_the_sexes_and_a_birth_in_three_columns() -> None:
    rows = [
        ["STT", "Họ tên", "Giới tính", None, "Ngày tháng năm sinh", None, None, "Thôn"],
        [None, None, "Nam", "Nữ", "Ngày", "Tháng", "Năm", None],
        [1, "Nguyễn Văn An", "x", None, 5, 2, 1985, "Thọ Am"],
        [2, "Trần Thị Bình", None, "x", None, None, 1990, "Thọ Am"],
    ]
    _, found = read(xlsx(rows, merges=[(0, 2, 0, 3), (0, 4, 0, 6), (0, 0, 1, 0), (0, 1, 1, 1), (0, 7, 1, 7)]))
    assert [(r.text(F.SEX), r.text(F.BIRTH)) for r in found] == [("Nam", "5/2/1985"), ("Nữ", "1990")]


def test_several_people_in_one_cell_become_several_records() -> None:
    rows = [
        ["STT", "Họ tên", "Năm sinh", "Địa chỉ"],
        [1, "Nguyễn Văn An\nTrần Thị Bình", "1985\n1990", "Thọ Am"],
        [2, "Lê Văn Dũng", 1970, "Thọ Am"],
    ]
    _, found = read(xlsx(rows))
    assert [(r.row, r.person, r.people, r.text(F.FULL_NAME), r.text(F.BIRTH)) for r in found] == [
        (2, 1, 2, "Nguyễn Văn An", "1985"),
        (2, 2, 2, "Trần Thị Bình", "1990"),
        (3, 1, 1, "Lê Văn Dũng", "1970"),
    ]
    assert found[0].cells[F.FULL_NAME].original == "Nguyễn Văn An\nTrần Thị Bình"


def test_an_unknown_column_is_kept_as_a_note() -> None:
    rows = [["STT", "Họ tên", "SĐT", "Chiều cao"], [1, "Nguyễn Văn An", "0912345678", "1m65"]]
    plan, found = read(xlsx(rows))
    assert meanings(plan)[3] is None
    assert [(note.label, note.original) for note in found[0].notes] == [("Chiều cao", "1m65")]


def test_broken_cells_keep_their_error_and_give_no_value() -> None:
    def build(sheet: object, book: object) -> None:
        for column, label in enumerate(["STT", "Họ tên", "SĐT"]):
            sheet.write(0, column, label)  # type: ignore[attr-defined]
        sheet.write(1, 0, 1)  # type: ignore[attr-defined]
        sheet.write_formula(1, 1, "=NGUYEN", None, "#NAME?")  # type: ignore[attr-defined]
        sheet.write(1, 2, "0912345678")  # type: ignore[attr-defined]

    _, found = read(workbook(build))
    cell = found[0].cells[F.FULL_NAME]
    assert (cell.original, cell.value, cell.flags) == ("#NAME?", None, ("broken_cell",))


@pytest.mark.parametrize(("name", "expected"), [("F1", SheetKind.CONTACT_LIST), ("F0", SheetKind.CASE_LIST), ("Trang", SheetKind.UNKNOWN)])
def test_a_bare_list_of_names_takes_its_kind_from_the_sheet_name(name: str, expected: SheetKind) -> None:
    rows = [["STT", "Họ tên", "Năm sinh", "Địa chỉ"], [1, "Nguyễn Văn An", 1985, "Thọ Am"], [2, "Trần Thị Bình", 1990, "Thọ Am"]]
    plan, _ = read(xlsx(rows, name=name), "lien ninh.xlsx")
    assert plan.kind is expected
    assert plan.guess.reasons
