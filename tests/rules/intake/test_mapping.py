"""Mappings: remembered, moved, changed by an officer; the assignment against its slow twin."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.intake.sheets import xlsx

from tienphuong.intake.mapping.assignment import assign
from tienphuong.intake.mapping.layout import Mapping, reapply, sender_signature
from tienphuong.intake.mapping.row_roles import context_of
from tienphuong.intake.mapping.survey import survey
from tienphuong.intake.mapping.terms import Basis, SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.mapping.wording import header_scores
from tienphuong.intake.reading.reader import read_book

HEADER = ["STT", "Họ và tên", "Năm sinh", "SĐT", "Mã riêng"]
ROW = [1, "Nguyễn Văn An", 1985, "0912345678", "x1"]


def mapped(header: list[str], row: list[object]) -> Mapping:
    """The mapping of a small sheet."""
    return survey(read_book(xlsx([header, row, row]), "a.xlsx"))[0].mapping


@pytest.mark.parametrize(
    ("label", "target"),
    [
        ("Họ tên", F.FULL_NAME), ("HỌ VÀ TÊN", F.FULL_NAME), ("NS", F.BIRTH), ("SĐT", F.PHONE), ("ĐT", F.PHONE), ("CMND/CCCD", F.IDENTITY_NO),
        ("Đ/c", F.ADDRESS), ("Nơi ở hiện nay", F.ADDRESS), ("Ngày KP", F.ONSET_ON), ("Ngày LM", F.SAMPLED_ON), ("KQXN", F.RESULT),
        ("Mốc DT", F.EXPOSURE), ("Đối tượng", F.DEGREE), ("TX với", F.LINKED_CASE), ("Hä vµ tªn", F.FULL_NAME), ("Số điện thoại (nếu có)", F.PHONE),
        ("Ngay lay mau", F.SAMPLED_ON), ("Ngày lấy mẫu XN (dd/mm/yyyy)", F.SAMPLED_ON), ("Họ và tên F1", F.FULL_NAME), ("Ngày tiếp xúc lần cuối", F.LAST_CONTACT_ON),
    ],
)  # fmt: skip
def test_the_words_senders_use(label: str, target: F) -> None:
    scores = header_scores(label)
    assert max(scores, key=lambda each: scores[each]) is target


def test_every_meaning_and_kind_has_a_vietnamese_label() -> None:
    assert all(word.label for word in (*F, *SheetKind, *Basis))


def test_a_mapping_survives_its_storage() -> None:
    mapping = mapped(HEADER, ROW)
    assert Mapping.from_json(mapping.to_json()) == mapping


def test_every_guess_gives_its_reason_in_words() -> None:
    mapping = mapped(HEADER, ROW)
    assert [guess.target for guess in mapping.columns] == [F.ROW_NO, F.FULL_NAME, F.BIRTH, F.PHONE, None]
    assert mapping.columns[3].reason == "tên cột “SĐT” là «Số điện thoại»; 100% ô là số điện thoại"
    assert mapping.columns[3].sure


def test_content_overrules_a_header_that_lies() -> None:
    mapping = mapped(["STT", "Họ và tên", "Ngày sinh", "SĐT", "Địa chỉ"], [1, "Nguyễn Văn An", "0912345678", "Nam", "Thôn Thọ Am"])
    assert mapping.columns[3].target is not F.PHONE
    assert mapping.columns[2].target is not F.BIRTH


def test_a_mapping_is_remembered_when_columns_move_or_are_spelt_otherwise() -> None:
    learnt = mapped(HEADER, ROW).changed(4, target=F.CASE_NO)
    again = reapply(learnt, ["Mã riêng", "STT", "Ho va ten", "NĂM SINH", "SĐT"])
    assert again is not None
    assert [guess.target for guess in again.columns] == [F.CASE_NO, F.ROW_NO, F.FULL_NAME, F.BIRTH, F.PHONE]
    assert {guess.basis for guess in again.columns} == {Basis.REMEMBERED}


def test_another_layout_is_not_taken_for_the_remembered_one() -> None:
    assert reapply(mapped(HEADER, ROW), ["STT", "Mã mẫu", "Kết quả", "Ngày LM", "CT"]) is None


def test_the_survey_uses_what_an_officer_taught_it() -> None:
    learnt = mapped(HEADER, ROW).changed(4, target=F.CASE_NO)
    plan = survey(read_book(xlsx([HEADER, ROW]), "b.xlsx"), remembered=[learnt])[0]
    assert plan.mapping.column_of(F.CASE_NO) == 4


def test_an_officers_choice_takes_the_meaning_from_the_other_column() -> None:
    changed = mapped(HEADER, ROW).changed(4, target=F.PHONE)
    assert [guess.target for guess in changed.columns][3:] == [None, F.PHONE]
    assert changed.columns[4].basis is Basis.OFFICER


def test_a_signature_ignores_case_accents_and_order() -> None:
    assert sender_signature(HEADER) == sender_signature(["ma rieng", "SDT", "NAM SINH", "HO VA TEN", "stt"])
    assert sender_signature(HEADER) != sender_signature(HEADER[:-1])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("II. DANH SÁCH F1", ((F.DEGREE, "F1"),)),
        ("Thôn Thọ Am", ((F.HAMLET, "Thôn Thọ Am"),)),
        ("3. Xã Liên Ninh", ((F.COMMUNE, "Xã Liên Ninh"),)),
        ("Danh sách bổ sung", ()),
    ],
)
def test_what_a_section_title_says(text: str, says: tuple[tuple[F, str], ...]) -> None:
    assert context_of(text) == says


def naive_total(gains: list[dict[int, float]], *, threshold: float) -> float:
    """The best total by trying every way."""
    options = sorted({option for row in gains for option in row})
    places = [*options, *(-1 - index for index in range(len(gains)))]
    totals = (
        sum(row.get(place, float("-inf")) if place >= 0 else threshold for row, place in zip(gains, way, strict=True))
        for way in permutations(places, len(gains))
    )
    return max(totals)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 3), st.floats(0.45, 1.0), max_size=4), min_size=1, max_size=4))
def test_the_assignment_has_the_best_total(gains: list[dict[int, float]]) -> None:
    chosen = assign(gains, threshold=0.44)
    taken = [option for option in chosen if option is not None]
    total = sum(gains[index][option] if option is not None else 0.44 for index, option in enumerate(chosen))
    assert len(taken) == len(set(taken))
    assert total == pytest.approx(naive_total(gains, threshold=0.44))


def test_a_heading_that_figures_hang_on_is_asked_about_whatever_stands_below_it():
    column = mapped([*HEADER, "Kết quả xét nghiệm"], [*ROW, "Nguyễn Văn Bình"]).columns[-1]
    assert (column.target, column.decision) == (F.RESULT, "ask")
