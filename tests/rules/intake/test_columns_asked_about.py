"""Columns of lists from elsewhere that cases are counted by: read, or asked about, never kept as notes without a word."""

import pytest
from tests.rules.intake.sheets import xlsx

from tienphuong.intake.mapping.layout import ColumnGuess
from tienphuong.intake.mapping.survey import survey
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book

PEOPLE = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Hoàng Văn Em", "Vũ Thị Giang"]


def column(heading: str, cells: list[str], *others: tuple[str, list[str]]) -> ColumnGuess:
    """What a column is taken for in a list of cases, beside the code and the name of each."""
    head = ["Case ID", "Name", heading, *(name for name, _ in others)]
    rows = [[f"TX{n}", PEOPLE[n], cells[n % len(cells)], *(values[n % len(values)] for _, values in others)] for n in range(len(PEOPLE))]
    return survey(read_book(xlsx([head, *rows]), "cases.xlsx"))[0].mapping.columns[2]


@pytest.mark.parametrize(
    ("heading", "cells", "target"),
    [
        ("EpiDef", ["Confirmed", "Suspect", "Probable"], F.CLASSIFICATION),
        ("EpiDef", ["confirmed", "probable", "cinfirmed", "suspecter", "\\?"], F.CLASSIFICATION),
        ("report_classif", ["Confirmed", "Not a case"], F.CLASSIFICATION),
        ("status", ["confirmed", "suspected", ""], F.CLASSIFICATION),
        ("state", ["released", "isolated", "deceased"], F.OUTCOME),
        ("RemovalType", ["DIED", "RECOVERED", ""], F.OUTCOME),
        ("Kết luận cuối", ["Đã ra viện", "Tử vong", "Đang điều trị"], F.OUTCOME),
        ("DateRepConf", ["2021-08-20", "2021-08-21"], F.DETECTED_ON),
        ("patcourse_datedeath", ["2021-08-20", ""], F.DIED_ON),
        ("released_date", ["2021-08-20", ""], F.RECOVERED_ON),
        ("date_announced", ["2021-08-20", "2021-08-21"], F.DETECTED_ON),
        ("CBS - Date case was notified", ["2021-08-20", "2021-08-21"], F.REPORTED_ON),
        ("date", ["2021-08-20", "2021-08-21"], F.REPORTED_ON),
    ],
)  # fmt: skip
def test_what_cases_are_counted_by_is_asked_about(heading: str, cells: list[str], target: F) -> None:
    guess = column(heading, cells)
    assert (guess.target, guess.decision in ("ask", "sure")) == (target, True)


@pytest.mark.parametrize(
    ("heading", "cells", "target"),
    [
        ("death", ["02/08/2021", "", "13/08/2021"], F.DIED_ON),
        ("death", ["yes", "no"], F.DIED),
        ("DateDied", ["2021-08-20", ""], F.DIED_ON),
        ("FECHA_FALLECIMIENTO", ["20210824", "20210823"], F.DIED_ON),
        ("case_type", ["confirmed", "probable", "suspected"], F.CLASSIFICATION),
        ("date_death_or_discharge", ["06.02.2021", ""], F.OUTCOME_ON),
    ],
)
def test_words_of_other_systems_are_read_by_what_stands_below_them(heading: str, cells: list[str], target: F) -> None:
    guess = column(heading, cells)
    assert (guess.target, guess.decision) == (target, "sure")


@pytest.mark.parametrize(
    ("heading", "cells", "beside"),
    [
        ("Payment", ["Cash", "Card"], ()),
        ("hosp_yn", ["Yes", "No", "Missing"], ()),
        ("Severity", ["Mild", "Moderate"], ()),
        ("Date entered by staff", ["2021-08-20"], ()),
        ("Culture", ["Positive"], (("Test result", ["Positive", "Negative"]),)),
        ("date", ["2021-08-20"], (("Report date", ["2021-08-20"]),)),
    ],
)
def test_what_no_case_is_counted_by_is_not_asked_about(heading: str, cells: list[str], beside: tuple[tuple[str, list[str]], ...]) -> None:
    assert column(heading, cells, *beside).decision == "note"


def test_a_row_of_data_is_no_header_however_many_words_it_shares_with_headings() -> None:
    head = ["cdc_earliest", "onset_dt", "current_status", "sex", "age_group", "hosp_yn", "icu_yn", "death_yn"]
    rows = [
        ["2021/08/20", "2021/08/20", "Laboratory-confirmed case", "Female", "20 - 29 Years", "Yes", "Missing", "Missing"],
        ["2021/08/23", "2021/08/23", "Probable Case", "Male", "0 - 9 Years", "No", "No", "No"],
        ["2021/08/24", "", "Laboratory-confirmed case", "Female", "30 - 39 Years", "Missing", "No", "Unknown"],
    ]
    (plan,) = survey(read_book(xlsx([head, *rows]), "a.xlsx"))
    assert plan.header.rows == (1,)


def test_a_heading_may_stand_among_the_values_of_another_column() -> None:
    head = ["key", "place", "lat", "lon", "resolution", "admin3", "admin2", "admin1", "who", "when it was", "moderator", "more"]
    rows = [[f"k{n}", "Chaohu", 31.6 + n, 117.7, "admin3", "", "", "", "x", "18.01.2021", "y", ""] for n in range(5)]
    (plan,) = survey(read_book(xlsx([head, *rows]), "a.xlsx"))
    assert plan.header.rows == (1,)


@pytest.mark.parametrize(
    ("heading", "cells", "others"),
    [
        ("Ngày nhận", ["20/8/2021", "21/8/2021"], [("Mã mẫu", ["LN1", "LN2"])]),  # received by the laboratory
        ("Ngày", ["20/8/2021", "21/8/2021"], []),
        ("Ngày bắt đầu", ["20/8/2021", ""], [("Nơi điều trị", ["BV Đống Đa", "Nhà"])]),  # of the treatment
        ("Ngày kết thúc", ["20/8/2021", ""], [("Kết quả điều trị", ["Khỏi", "Đang điều trị"])]),
        ("xet_nghiem/ngay_tra", ["am_tinh", "duong_tinh"], []),
    ],
)
def test_a_day_of_something_else_is_never_sure(heading: str, cells: list[str], others: list[tuple[str, list[str]]]) -> None:
    assert column(heading, cells, *others).decision != "sure"


@pytest.mark.parametrize(
    ("heading", "cells", "others", "target"),
    [
        ("xet_nghiem/ket_qua", ["", "am_tinh", "duong_tinh"], [], F.RESULT),
        ("Xét nghiệm - Kết quả", ["20/8/2021", "21/8/2021"], [], F.RESULT_ON),
        ("Ngày (+)", ["20/8/2021", "21/8/2021"], [], F.DETECTED_ON),
        ("Kết quả (+)", ["Dương tính", "Âm tính"], [], F.RESULT),
        ("Anh/chị có triệu chứng không?", ["Không", "Sốt", "Ho"], [], F.SYMPTOMS),
        ("Ngày bắt đầu", ["20/8/2021", ""], [("Nơi cách ly", ["Trường mầm non A", "Nhà"])], F.QUARANTINE_FROM),
    ],
)
def test_values_and_neighbours_settle_what_a_heading_leaves_open(
    heading: str, cells: list[str], others: list[tuple[str, list[str]]], target: F
) -> None:
    guess = column(heading, cells, *others)
    assert (guess.target, guess.decision) == (target, "sure")


def test_units_beside_the_ages_are_units_whatever_they_are_headed() -> None:
    head = ["Case ID", "Name", "age", "agetyp", "Outcome"]
    rows = [[f"TX{n}", PEOPLE[n], str(n + 3), ["years", "months"][n % 2], "recovered"] for n in range(len(PEOPLE))]
    guess = survey(read_book(xlsx([head, *rows]), "cases.xlsx"))[0].mapping.columns[3]
    assert (guess.target, guess.decision) == (F.AGE_UNIT, "sure")
