"""Lists as communes and hospitals make them: what stands between the rows, above them and beside them decides what the rows say."""

from datetime import date

from tests.rules.intake.rows import facts
from tests.rules.intake.sheets import Cells, xlsx

from tienphuong.intake.mapping.endings import end_in_title
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.kinds import SIDE_BY_SIDE
from tienphuong.intake.mapping.row_roles import context_of
from tienphuong.intake.mapping.survey import SheetPlan, records, survey
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.mapping.titles import title_day
from tienphuong.intake.reading.reader import read_book


def read(*rows: Cells) -> tuple[SheetPlan, list[RawRecord]]:
    """How a sheet of these rows is understood, and its records."""
    book = read_book(xlsx(rows), "danh sach.xlsx")
    found = survey(book)[0]
    return found, list(records(book, found))


def targets(found: SheetPlan) -> dict[str, tuple[F | None, str]]:
    """What each column is taken for."""
    return {guess.label: (guess.target, guess.decision) for guess in found.mapping.columns}


def test_a_case_in_a_heading_of_contacts_is_whom_they_met() -> None:
    """ "F0: Nguyễn Văn An" over rows of a list of contacts made cases of them."""
    found, rows = read(
        ["DANH SÁCH F1 CỦA CÁC CA BỆNH"], ["STT", "Họ và tên", "Năm sinh", "Địa chỉ", "Ngày tiếp xúc cuối", "Quan hệ"],
        ["F0: Nguyễn Văn An (BN 12345) - Thôn Nội"], [1, "Vũ Thị Em", 1990, "Thôn Nội", "20/8/2021", "Vợ"],
        ["F1 của Trần Thị Bình"], [1, "Đỗ Văn Phúc", 1985, "Thôn Thọ Am", "21/8/2021", "Đồng nghiệp"],
    )  # fmt: skip
    assert found.kind is SheetKind.CONTACT_LIST
    assert [(row.text(F.DEGREE), row.text(F.LINKED_CASE)) for row in rows] == [
        ("", "F0: Nguyễn Văn An (BN 12345) - Thôn Nội"),
        ("F1", "F1 của Trần Thị Bình"),
    ]


def test_titles_of_parts_say_what_they_say() -> None:
    """A degree, a hamlet behind its number, a case by name or by words that are asked about; a sum names nobody."""
    assert context_of("I Thôn Nội") == ((F.HAMLET, "Thôn Nội"),)
    assert context_of("II. F1 thôn Nội") == ((F.DEGREE, "F1"),)
    assert context_of("F0 cộng đồng") == ((F.DEGREE, "F0"),)
    assert context_of("F0: 12 ca") == ((F.DEGREE, "F0"),)
    assert context_of("F0: Chị Hoa thôn Nội") == ((F.LINKED_CASE, "F0: Chị Hoa thôn Nội"),)
    assert dict(context_of("F1 của BN 1234: 5 người")) == {F.LINKED_CASE: "F1 của BN 1234: 5 người", F.DEGREE: "F1"}


def test_two_tables_side_by_side_are_refused_with_the_reason() -> None:
    """Read as one, the cases of the left were taken for the contacts of the right."""
    found, _ = read(
        ["STT", "Họ tên", "Năm sinh", "Ngày phát hiện", "", "STT", "Họ tên", "Năm sinh", "Tiếp xúc với"],
        [1, "Nguyễn Văn An", 1980, "22/8/2021", "", 1, "Vũ Thị Em", 1990, "Nguyễn Văn An"],
        [2, "Trần Thị Bình", 1991, "23/8/2021", "", 2, "Đỗ Văn Phúc", 1985, "Trần Thị Bình"],
    )
    assert (found.kind, found.guess.reasons) == (SheetKind.UNKNOWN, (SIDE_BY_SIDE,))
    assert found.guess.refused


def test_a_quick_test_beside_a_pcr_is_a_sample_of_its_own() -> None:
    """It was kept as a note, and its answer with it."""
    found, rows = read(
        ["KẾT QUẢ XÉT NGHIỆM"], ["STT", "Mã mẫu", "Họ và tên", "Ngày test nhanh", "Kết quả test nhanh", "Ngày PCR", "Kết quả PCR"],
        [1, "M001", "Nguyễn Văn An", "22/8/2021", "Dương tính", "23/8/2021", "Âm tính"], [2, "M002", "Trần Thị Bình", "22/8/2021", "Âm tính", "", ""],
    )  # fmt: skip
    assert found.kind is SheetKind.LAB_RESULTS
    assert [rows[0].text(target) for target in (F.RESULT, F.SAMPLED_ON, F.RESULT_2, F.SAMPLED_ON_2)] == [
        "Âm tính",
        "23/8/2021",
        "Dương tính",
        "22/8/2021",
    ]


def test_a_negative_before_discharge_is_no_result_of_the_case() -> None:
    """The patients of a list of discharges were refuted by it."""
    found, _ = read(
        ["DANH SÁCH BỆNH NHÂN COVID-19 RA VIỆN NGÀY 24/8/2021"], ["STT", "Họ và tên", "Tuổi", "Ngày vào viện", "Ngày ra", "KQXN trước khi ra viện"],
        [1, "Nguyễn Văn An", 41, "5/8/2021", "24/8/2021", "Âm tính 2 lần"], [2, "Trần Thị Bình", 30, "8/8/2021", "24/8/2021", "Âm tính 2 lần"],
    )  # fmt: skip
    assert targets(found)["KQXN trước khi ra viện"] == (None, "note")
    assert targets(found)["Ngày vào viện"] == (None, "note")
    assert targets(found)["Ngày ra"] == (F.RECOVERED_ON, "ask")


def test_the_plain_day_of_a_list_of_deaths_is_asked_about() -> None:
    """It was taken for the day of detection: new cases of the day on which people died."""
    found, _ = read(
        ["DANH SÁCH CA BỆNH TỬ VONG"],
        ["STT", "Mã BN", "Họ tên", "Ngày"],
        [1, "BN 12345", "Nguyễn Văn An", "23/8/2021"],
        [2, "BN 12346", "Trần Thị Bình", "24/8/2021"],
    )
    assert targets(found)["Ngày"] == (F.DIED_ON, "ask")
    assert end_in_title(found.mapping, found.titles) is None


def test_a_title_of_deaths_without_any_column_of_them_is_known() -> None:
    """The file says so in a warning; a title of several ends says nothing of each."""
    found, _ = read(
        ["DANH SÁCH CA BỆNH TỬ VONG"],
        ["STT", "Mã BN", "Họ tên", "Tuổi"],
        [1, "BN 12345", "Nguyễn Văn An", 71],
        [2, "BN 12346", "Trần Thị Bình", 80],
    )
    assert end_in_title(found.mapping, found.titles) is F.DIED_ON
    assert end_in_title(found.mapping, ["Danh sách ca ra viện, tử vong"]) is None
    assert title_day(["Danh sách ca ra viện ngày 24/8/2021"], at=date(2021, 8, 24)) is None, "the day of the discharges dates no case"
    assert title_day(["Danh sách ca mắc ngày 24/8/2021"], at=date(2021, 8, 24)) == date(2021, 8, 24)


def test_a_list_of_patients_with_their_tests_and_ends_is_one_of_cases() -> None:
    """Days of samples and of results do not make it a laboratory's."""
    found, _ = read(
        ["TT", "Họ tên", "NS", "Ngày LM", "Ngày KQ", "Giá trị CT", "Nơi ĐT", "Ra viện", "Tử vong"], [1, "Nguyễn Văn An", 1980, "20/8/2021", "21/8/2021", "18,5", "BV Thanh Nhàn", "", ""],
        [2, "Trần Thị Bình", 1991, "20/8/2021", "21/8/2021", "24", "BV Đức Giang", "24/8/2021", ""], [3, "Lê Văn Cường", 1941, "10/8/2021", "11/8/2021", "", "BV Bạch Mai", "", "23/8/2021"],
    )  # fmt: skip
    assert found.kind is SheetKind.CASE_LIST


def test_the_method_of_a_negative_test_says_nothing_of_how_the_case_was_found() -> None:
    """A discharged patient whose last quick test is negative is the case the list says they are."""
    row = facts("case_list", full_name="Nguyễn Văn An", birth="1980", result="Ag (-)", outcome="Ra viện")
    assert [case.classification for case in row.cases] == ["confirmed"]
