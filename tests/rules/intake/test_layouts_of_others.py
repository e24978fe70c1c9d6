"""Layouts of other systems: what is taken without a question is right; tables of counts are no people; late columns count."""

from collections import Counter

import pytest
from bench.reading import FOLDER, layouts, readings

from tienphuong.intake.mapping.survey import SheetPlan, survey
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book

# What is left: a birth year of a template that names its properties otherwise.
MOST_WRONG, MOST_ASKED = 1, 0.08


def plan(text: str) -> SheetPlan:
    """How a text file is understood."""
    return survey(read_book(text.encode(), "danh sách.csv"))[0]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the layouts of other systems lie beside the repository and are absent here")
def test_what_is_taken_without_a_question_is_right() -> None:
    read = [one for layout in layouts() for one in readings(layout)]
    wrong = [f"{one.header}: {one.truth} taken for {one.guess.target}" for one in read if one.verdict == "wrong"]
    assert len(wrong) <= MOST_WRONG, "\n".join(wrong)
    assert Counter(one.verdict for one in read)["asked"] <= MOST_ASKED * len(read)


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
