"""Lists of systems that tell nobody's name: read as far as it is certain, the rest asked about, and nothing that is no value taken for one."""

from datetime import date

import pytest
from tests.rules.intake.sheets import Cells, xlsx

from tienphuong.intake.mapping.layout import ColumnGuess
from tienphuong.intake.mapping.survey import SheetPlan, records, survey
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import CellContext


def plan(*rows: Cells) -> SheetPlan:
    """How a sheet of these rows is understood."""
    return survey(read_book(xlsx(rows), "list.xlsx"))[0]


def column(read: SheetPlan, label: str) -> ColumnGuess:
    """What one column is taken for."""
    return next(guess for guess in read.mapping.columns if guess.label == label)


def test_the_number_of_a_row_is_asked_about_as_the_code_of_its_case() -> None:
    """Where nothing else tells the cases apart."""
    rows = [[n, f"2021-08-{n + 10}", "MALE" if n % 2 else "FEMALE", ("Fatal", "Resolved", "Not Resolved")[n % 3]] for n in range(1, 9)]
    read = plan(["Row_ID", "Case_Reported_Date", "Client_Gender", "Outcome1"], *rows)
    assert (column(read, "Row_ID").target, column(read, "Row_ID").decision) == (F.CASE_NO, "ask")
    assert column(read, "Outcome1").target is F.OUTCOME


def test_a_list_with_names_keeps_its_numbers_of_rows() -> None:
    """The number of a row is no code there."""
    read = plan(
        ["Row_ID", "Họ và tên", "Ngày phát hiện", "Tình trạng"],
        *[[n, f"Trần Văn {name}", f"{n}/8/2021", "Khỏi bệnh"] for n, name in enumerate(("An", "Bình", "Nam"), 1)],
    )
    assert column(read, "Row_ID").target is not F.CASE_NO


def test_the_class_stands_where_its_words_are() -> None:
    """A heading of classes over words of origin, and another column that holds nothing but classes."""
    rows = [[n, f"{n}/8/2021", ("Local case", "Imported case")[n % 2], "Confirmed"] for n in range(1, 7)]
    read = plan(["Case no.", "Report date", "Case classification", "Confirmed/probable"], *rows)
    assert column(read, "Confirmed/probable").target is F.CLASSIFICATION
    assert column(read, "Case classification").decision == "note"


@pytest.mark.parametrize(("label", "cells"), [("cluster", ["0", "1"]), ("Hospital", ["Yes", "No"])])
def test_yes_and_no_are_no_place_and_no_cluster(label: str, cells: list[str]) -> None:
    """They say whether there was one."""
    read = plan(["Case ID", "date_onset", label], *[[f"TX{n}", f"2021-08-{n + 10}", cells[n % 2]] for n in range(6)])
    assert column(read, label).decision == "note"


def test_a_number_of_contacts_is_no_telephone() -> None:
    """The words are those of a telephone, the figures are not."""
    read = plan(["patient_id", "confirmed_date", "contact_number"], *[[f"P{n}", f"2021-08-{n + 10}", n * 7] for n in range(1, 7)])
    assert column(read, "contact_number").decision != "sure"


@pytest.mark.parametrize(
    ("cells", "sexes"),
    [
        (["L", "P"], {"L": "M", "P": "F"}),
        (["H", "M"], {"H": "M", "M": "F"}),
        (["M", "W"], {"M": "M", "W": "F"}),
        (["H", "M", "F"], {"M": ""}),
        (["M", "F"], {}),
    ],
)
def test_letters_of_sexes_are_read_by_their_column(cells: list[str], sexes: dict[str, str]) -> None:
    """`M` beside `H` is a woman; beside both it is asked."""
    read = plan(["Họ và tên", "Sexo"], *[[f"Trần Văn {name}", cells[n % len(cells)]] for n, name in enumerate(("An", "Bình", "Nam", "Tư"))])
    told = {letter: read.sexes[letter.lower()] for letter in sexes}
    assert told == sexes
    assert bool(read.sexes) == bool(sexes)


def test_a_period_is_its_two_days() -> None:
    """The last day of a contact, and both ends of a quarantine."""
    rows = [["Trần Văn An", "18-20/8/2021", "21/8-4/9/2021"], ["Lê Thị Bình", "từ 18/8 đến 19/8/2021", "22/8/2021"]]
    book = read_book(xlsx([["Họ và tên", "Ngày tiếp xúc cuối", "Cách ly từ ngày"], *rows]), "f1.xlsx")
    first, second = records(book, survey(book)[0])
    assert [first.text(target) for target in (F.EXPOSURE_FROM, F.LAST_CONTACT_ON)] == ["18/8/2021", "20/8/2021"]
    assert [first.text(target) for target in (F.QUARANTINE_FROM, F.QUARANTINE_TO)] == ["21/8/2021", "4/9/2021"]
    assert second.text(F.LAST_CONTACT_ON) == "19/8/2021"


@pytest.mark.parametrize("text", ["NA", "None", "nan", "NaT", "NULL", "#N/A", "<NA>", "(blank)", "S/D", "sem informação"])
@pytest.mark.parametrize("kind", ["result", "classification", "outcome"])
def test_signs_of_programs_for_nothing_say_nothing(kind: str, text: str) -> None:
    """No value, no question."""
    assert read_words(kind, text, context=CellContext(date(2021, 8, 24))).word == "none"


def test_nothing_in_a_column_of_marks_marks_nobody() -> None:
    """`male` over 1 and 0."""
    book = read_book(xlsx([["Case ID", "date_onset", "male"], *[[f"TX{n}", f"2021-08-{n + 10}", n % 2] for n in range(6)]]), "cases.xlsx")
    assert [record.text(F.SEX) for record in records(book, survey(book)[0])] == ["", "Nam"] * 3
