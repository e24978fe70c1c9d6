"""Layouts of other systems: what is taken without a question is right; tables of counts are no people; late columns count."""

from collections import Counter

import pytest
from bench.reading import FOLDER, KINDS, layouts, plan_of, readings

from tienphuong.intake.mapping.survey import SheetPlan, survey
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book

MOST_ASKED = 0.08
# Six of the others are asked about or refused: no list of people a post keeps, or a language nobody here reads.
LEAST_KINDS = 47


def plan(text: str) -> SheetPlan:
    """How a text file is understood."""
    return survey(read_book(text.encode(), "danh sách.csv"))[0]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the layouts of other systems lie beside the repository and are absent here")
def test_what_is_taken_without_a_question_is_right() -> None:
    read = [one for layout in layouts() for one in readings(layout)]
    wrong = [f"{one.header}: {one.truth} taken for {one.guess.target}" for one in read if one.verdict == "wrong"]
    assert not wrong, "\n".join(wrong)
    assert Counter(one.verdict for one in read)["asked"] <= MOST_ASKED * len(read)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the layouts of other systems lie beside the repository and are absent here")
def test_the_kinds_of_other_systems_sheets_are_told_apart() -> None:
    plans = [(layout, plan_of(layout)) for layout in layouts()]
    right = [layout["name"] for layout, found in plans if found and found.kind.value in KINDS.get(layout["kind"], {"unknown"})]
    assert len(right) >= LEAST_KINDS
    cases = {layout["name"] for layout, found in plans if found and found.kind.value in KINDS["cases"] and layout["kind"] != "cases"}
    assert not cases, "lists of others taken for cases"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("contact_id,contact_status,firstName,lastName,gender,age,date_of_reporting,date_of_last_contact", SheetKind.CONTACT_LIST),
        ("case_id,age,sex,date_onset,outcome", SheetKind.LINE_LIST), ("patientId,firstName,quarantine_from,quarantine_to,age", SheetKind.QUARANTINE_REGISTER),
        ("Suburb,Site_title,Exposure_date,Exposure_time", SheetKind.UNKNOWN), ("Organisation unit,Event date,First name,Sex,Age", SheetKind.UNKNOWN),
    ],
)  # fmt: skip
def test_a_sheet_of_dates_is_a_list_of_cases_only_if_something_says_so(header: str, kind: SheetKind) -> None:
    values = {"age": "41", "sex": "F", "gender": "F"}
    row = ",".join(
        values.get(name.lower(), "2021-08-20" if "date" in name.lower() or "quarantine" in name else "Ab-1") for name in header.split(",")
    )
    assert plan(f"{header}\n{row}\n").kind is kind


def test_a_birth_in_three_columns_is_put_together_from_them() -> None:
    found = plan("firstName,birthdateYYYY,birthdateMM,birthdateDD,dateOfSymptoms\nVy,1991,3,12,2021-08-20\n")
    assert {F.BIRTH_YEAR, F.BIRTH_MONTH, F.BIRTH_DAY} <= found.mapping.targets


def test_a_header_is_found_among_many_columns_nobody_knows() -> None:
    unknown = [
        f"Chỉ số {word}" for word in ["anpha", "beta", "gama", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kapa", "lamda", "mu"]
    ]
    names = ["STT", "Họ và tên", "Ngày phát hiện", *unknown]
    found = plan(
        "\n".join(
            ",".join(map(str, row))
            for row in (names, [1, "Lưu Thị Vy", "22/8/2021", *range(12)], [2, "Đàm Quốc Tuyển", "23/8/2021", *range(12)])
        )
    )
    assert found.header_rows == (1,)
    assert {F.FULL_NAME, F.DETECTED_ON} <= found.mapping.targets


def test_counts_by_place_are_no_people() -> None:
    found = plan("Huyện,Xã,Số ca,Ngày\nThanh Trì,Liên Ninh,3,20/08/2021\nThanh Trì,Ngũ Hiệp,1,20/08/2021\n")
    assert found.kind is SheetKind.UNKNOWN
    assert "không phải danh sách người" in found.guess.reasons[0]


def test_a_column_filled_late_is_judged_by_what_it_holds() -> None:
    rows = [f"CA-{n},Trần Thị {n},02/08/2021,{'24/08/2021' if n > 400 else ''}" for n in range(1, 500)]
    found = plan("\n".join(["Mã ca,Họ và tên,Ngày phát hiện,Ngày tử vong", *rows]))
    (column,) = [guess for guess in found.mapping.columns if guess.target is F.DIED_ON]
    assert column.decision == "sure"
    assert "ngày tháng" in column.reason


@pytest.mark.parametrize(
    ("header", "target", "decision"),
    [
        ("person.firstName", F.GIVEN_NAME, "sure"), ("patient_dob", F.BIRTH, "sure"), ("date_death", F.DIED_ON, "sure"),
        ("Họ tên người giám hộ", F.FULL_NAME, "ask"), ("Surname (parent or carer)", F.FAMILY_NAME, "ask"), ("Age (months)", F.AGE, "ask"),
    ],
)  # fmt: skip
def test_only_the_very_words_about_the_person_of_the_row_are_sure(header: str, target: F, decision: str) -> None:
    values = {F.BIRTH: "1990-02-03", F.DIED_ON: "2021-08-24", F.AGE: "7"}
    (guess,) = [
        g for g in plan(f"{header},Giới tính,Tuổi của chủ\n{values.get(target, 'Nguyễn')},Nam,x1\n").mapping.columns if g.column == 0
    ]
    assert guess.target in (target, None)
    assert guess.decision == decision or (decision == "ask" and guess.decision == "note")
