"""Lists as people who never saw the product write them: what a cell says is written down or remarked, never lost, never guessed."""

from datetime import date

import pytest
from tests.rules.intake.rows import AT, facts, remarked
from tests.rules.intake.sheets import Cells, xlsx

from tienphuong.intake.facts.facts import RowFacts, facts_of
from tienphuong.intake.facts.row import AS_ABOVE, NOTHING_ABOVE, SheetContext
from tienphuong.intake.mapping.ditto import is_ditto
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.survey import SheetPlan, records, survey
from tienphuong.intake.mapping.terms import RowRole, SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book
from tienphuong.registry.areas.index import AreaIndex

DAY = date(2021, 8, 24)


def read(*rows: Cells) -> tuple[SheetPlan, list[RawRecord]]:
    """How a sheet of these rows is understood, and its records."""
    book = read_book(xlsx(rows), "danh sach.xlsx")
    found = survey(book)[0]
    return found, list(records(book, found))


def all_facts(*rows: Cells) -> list[RowFacts]:
    """What the rows of a sheet say."""
    found, drawn = read(*rows)
    sense = SheetContext(found.kind, "covid-19", AT, DAY, "Trạm", AreaIndex([], links=[], on=DAY), sexes=found.sexes)
    return [facts_of(record, sense) for record in drawn]


def target(found: SheetPlan, label: str) -> F | None:
    """What a column is taken for."""
    return next(guess.target for guess in found.mapping.columns if guess.label == label)


# "As above"

_HEAD = ["STT", "Mã ca", "Họ và tên", "Tuổi", "Giới", "SĐT", "Thôn/Tổ", "Ngày lấy mẫu", "Kết quả"]
_FIRST = [1, "TX1", "Nguyễn Văn Bốn", 41, "Nam", "0912000001", "Thôn Yên Phú", "22/8/2021", "Âm tính"]


@pytest.mark.parametrize("mark", ["nt", "NT", "-nt-", "n.t", "như trên", "Như trên", "〃", '"', "''", "ditto", "(nt)"])
def test_as_above_is_the_value_of_the_row_above(mark: str) -> None:
    rows = all_facts(
        _HEAD,
        _FIRST,
        [2, "TX2", "Trần Văn Năm", 45, mark, mark, mark, mark, mark],
        [3, "TX3", "Lê Thị Sáu", 50, "nữ", mark, mark, mark, mark],
    )
    for row in rows[1:]:
        assert row.person is not None
        assert [phone.original for phone in row.person.phones] == ["0912000001"]
        assert row.person.addresses[0].hamlet == "Thôn Yên Phú"
        assert [(lab.result, lab.taken_on) for lab in row.labs] == [("negative", date(2021, 8, 22))]
        assert any(issue.reason.startswith(AS_ABOVE[0][:20]) for issue in row.issues)
        assert remarked(row) == []


def test_as_above_with_nothing_above_is_asked_and_no_word_is_learnt() -> None:
    first, second = all_facts(
        _HEAD,
        [1, "TX1", "Nguyễn Văn Bốn", 41, "Nam", "", "", "22/8/2021", "nt"],
        [2, "nt", "Trần Văn Năm", 45, "Nam", "nt", "", "22/8/2021", "Âm tính"],
    )
    assert first.labs == [] or [lab.result for lab in first.labs] == ["pending"]
    assert [issue.target for issue in first.issues if issue.reason == NOTHING_ABOVE[0]] == ["result"]
    assert {issue.target for issue in second.issues if issue.reason == NOTHING_ABOVE[0]} == {"case_no", "phone"}
    assert second.person is not None and second.person.phones == ()


def test_a_name_and_a_word_that_only_look_like_it_stand_as_they_are() -> None:
    for text in ("Nt Hoa", "nội trú", "NTT", "-", "n", "t", "như", "Ngã tư", ""):
        assert not is_ditto(text), text


# Births that no calendar has

_IMPOSSIBLE = (
    "29/02/1995",
    "29/02/95",
    "31/04/95",
    "31.4.95",
    "31-04-95",
    "1995-02-30",
    "32/01/95",
    "31/13/95",
    "ngày 31 tháng 4 năm 1995",
    "31041995",
)


@pytest.mark.parametrize("text", _IMPOSSIBLE)
def test_a_day_that_no_calendar_has_keeps_its_year_and_is_told(text: str) -> None:
    row = facts("case_list", birth=text)
    assert row.person is not None
    assert (row.person.birth_year, row.person.birth_date, row.person.birth_precision) == (1995, None, "year")
    assert remarked(row, of="birth") == [text]


@pytest.mark.parametrize("text", ["95-02-30", "310495", "30 feb 95", "45/95", "31/02", "31/4/195", "xx/xx/95"])
def test_a_birth_without_a_sure_year_is_told(text: str) -> None:
    row = facts("case_list", birth=text)
    assert row.person is not None and row.person.birth_year is None
    assert remarked(row, of="birth") == [text]


# Exports of other systems


def born_in(**ages: str | None) -> int | None:
    """The year of birth by a row's ages."""
    person = facts("case_list", birth=None, **ages).person
    return person.birth_year if person else None


def test_ages_in_the_unit_of_their_own_column() -> None:
    found, _ = read(
        ["Case ID", "Age in years", "Age in months", "Classification", "Date of Onset"],
        ["C-1", 34, "", "Confirmed", "2021-08-15"],
        ["C-2", "", 7, "Confirmed", "2021-08-15"],
    )
    assert (target(found, "Age in years"), target(found, "Age in months")) == (F.AGE, F.AGE_MONTHS)
    for years, months, born in (("34", None, 1987), (None, "7", 2021), ("0", "18", 2020), ("1", "6", 2020)):
        assert born_in(age=years, age_months=months) == born
    assert born_in(age_weeks="3") == born_in(age_days="12") == 2021
    assert remarked(facts("case_list", birth=None, age="34", age_months="70"), of="age_months") == ["70"]


def test_the_unit_of_an_age_stands_in_its_own_column() -> None:
    head = [
        "UUID",
        "External ID",
        "Case classification",
        "Outcome",
        "First name",
        "Last name",
        "Approximate age",
        "Approximate age type",
        "Report date",
    ]
    rows = all_facts(
        head,
        ["ABCD-EFGH-1", "VN-1", "Confirmed", "No outcome", "An", "Nguyen Van", 18, "MONTHS", "2021-08-20"],
        ["ABCD-EFGH-2", "VN-2", "Not a case", "No outcome", "Ba", "Nguyen Van", 31, "YEARS", "2021-08-20"],
    )
    assert [row.person.birth_year for row in rows if row.person] == [2020, 1990]
    assert [row.person.aliases for row in rows if row.person] == [("VN-1", "ABCDEFGH-1"), ("VN-2", "ABCDEFGH-2")]
    assert [(case.classification, case.outcome) for row in rows for case in row.cases] == [("confirmed", "in_treatment"), ("refuted", "")]


def test_codes_places_and_telephones_of_a_system_are_read() -> None:
    head = [
        "Visual ID",
        "First Name",
        "Last Name",
        "Gender",
        "Classification",
        "Date of Onset",
        "Addresses [1] Location",
        "Addresses [1] Phone Number",
    ]
    found, drawn = read(
        head,
        ["CASE-2021-0001", "Hoa", "Nguyen Thi", "Female", "Confirmed", "2021-08-15", "Tu Hiep", "0912345678"],
        ["CASE-2021-0002", "Ba", "Nguyen Van", "Male", "Confirmed", "2021-08-15", "Lien Ninh", "0912345679"],
    )
    assert [target(found, label) for label in (head[0], *head[6:])] == [F.CASE_NO, F.COMMUNE, F.PHONE]
    more, _ = read(
        [*head, "Addresses [2] Location", "Addresses [2] Phone Number"],
        ["CASE-2021-0001", "Hoa", "Nguyen Thi", "Female", "Confirmed", "2021-08-15", "Tu Hiep", "0912345678", "Dai Ang", ""],
    )
    assert [target(more, label) for label in (*head[6:], "Addresses [2] Location", "Addresses [2] Phone Number")] == [
        F.COMMUNE,
        F.PHONE,
        None,
        None,
    ]
    assert drawn[0].text(F.COMMUNE) == "Tu Hiep"


@pytest.mark.parametrize(
    ("years", "months"),
    [
        ("Age - Years", "Age - Months"),
        ("age.years", "age.months"),
        ("ageInYears", "ageInMonths"),
        ("Age", "Age (months)"),
        ("Tuổi (năm)", "Tuổi (tháng)"),
    ],
)
def test_the_unit_of_a_column_of_ages_is_read_from_its_heading(years: str, months: str) -> None:
    found, _ = read(
        ["Case ID", years, months, "Classification", "Date of Onset"],
        ["C-1", 34, "", "Confirmed", "2021-08-15"],
        ["C-2", "", 7, "Confirmed", "2021-08-15"],
    )
    assert (target(found, years), target(found, months)) == (F.AGE, F.AGE_MONTHS)


# Headings and rows of communes


def test_a_hamlet_named_like_a_person_is_a_hamlet() -> None:
    rows = [
        [1, "Trần Thị Bình", 1981, "Cương Ngô", "Tứ Hiệp", "BN101", "19/8/2021"],
        [2, "Lý Thị Oanh", 1990, "Văn Điển", "Tứ Hiệp", "BN101", "19/8/2021"],
    ]
    found, drawn = read(["STT", "Họ tên", "Năm sinh", "Thôn", "Xã", "Tiếp xúc với", "Ngày tiếp xúc cuối"], *rows)
    assert found.kind is SheetKind.CONTACT_LIST
    assert [row.text(F.HAMLET) for row in drawn] == ["Cương Ngô", "Văn Điển"]


@pytest.mark.parametrize("label", ["Thời gian trả KQ", "Ngày trả kết quả", "Thời gian có kết quả", "Ngày giờ trả kết quả", "Ngày trả KQXN"])
def test_the_time_an_answer_came_is_its_day(label: str) -> None:
    found, _ = read(
        ["Mã mẫu", "Họ tên", "Năm sinh", "Thời gian lấy mẫu", label, "Kết quả"],
        ["M01", "Vũ Đức Ích", 1989, "23/8/2021", "24/8/2021", "Âm tính"],
    )
    assert target(found, label) is F.RESULT_ON


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("đang điều trị BV Đống Đa", "BV Đống Đa"), ("Đang điều trị tại Bệnh viện Thanh Nhàn từ 20/8", "Bệnh viện Thanh Nhàn"),
        ("chuyển BV Nhiệt đới TW", "BV Nhiệt đới TW"), ("đang điều trị", ""), ("đang điều trị tại nhà", ""),
    ],
)  # fmt: skip
def test_the_hospital_of_an_outcome_is_the_place_of_treatment(said: str, place: str) -> None:
    assert [case.treatment_place for case in facts("case_list", outcome=said).cases] == [place]
    assert [case.treatment_place for case in facts("case_list", outcome=said, treatment_place="BV Bạch Mai").cases] == ["BV Bạch Mai"]


@pytest.mark.parametrize("column", range(1, 5))
@pytest.mark.parametrize("said", ["Tổng cộng: 2 ca", "TỔNG SỐ", "Cộng", "Tổng: 2 người", "Total"])
def test_a_sum_in_whatever_column_is_nobody(column: int, said: str) -> None:
    total: list[object] = ["", "", "", "", "", "2 dương tính"]
    total[column] = said
    head = ["TT", "Mã BN", "Họ và tên", "Năm sinh", "Xã", "Kết quả XN"]
    found, drawn = read(
        head,
        [1, "BN101", "Nguyễn Văn An", 1978, "Tứ Hiệp", "Dương tính"],
        [2, "BN102", "Tống Thị Cộng", 1981, "Tứ Hiệp", "Dương tính"],
        total,
    )
    assert [row.row for row in drawn] == [2, 3]
    assert (4, RowRole.TOTAL) in [(row, fate) for row, fate, _ in found.ignored]


# Results in lists of contacts

_CONTACT = {"linked_case": "BN900501", "degree": "F1"}


@pytest.mark.parametrize(("said", "result"), [("Âm tính", "negative"), ("âm", "negative"), ("chờ KQ", "pending")])
def test_a_dated_result_of_a_contact_is_a_sample(said: str, result: str) -> None:
    row = facts("contact_list", result=said, sampled_on="20/8/2021", **_CONTACT)
    assert [(lab.result, lab.taken_on) for lab in row.labs] == [(result, date(2021, 8, 20))]
    assert remarked(row) == []


@pytest.mark.parametrize("said", ["Âm tính", "âm", "chờ KQ", "không xác định"])
def test_a_result_of_a_contact_without_a_day_is_told(said: str) -> None:
    row = facts("contact_list", result=said, **_CONTACT)
    assert row.labs == []
    assert remarked(row, of="result") == [said]
