"""A result that is not understood is asked about: it makes no sample that waits, no class, no case."""

import pytest
from tests.rules.intake.rows import facts, remarked

ASKED = (
    "+/-",
    "(±)",
    "CT 21",
    "Ct: 38",
    "1",
    "0",
    "++",
    "-",
    "38,5",
    "23/8",
    "kq",
    "BV Thanh Trì",
    "ÂM TÍNH 23/8, chờ 24/8",
    "(+) 20/8; chờ KQ 24/8",
)


@pytest.mark.parametrize("cell", ASKED)
def test_in_a_list_of_results_no_sample_is_made_of_it(cell: str) -> None:
    row = facts("lab_results", sampled_on="23/8/2021", result=cell)
    assert row.labs == []
    assert remarked(row, of="result") == [cell]


@pytest.mark.parametrize("cell", ASKED)
def test_in_a_list_of_cases_no_class_is_made_of_it(cell: str) -> None:
    row = facts("case_list", detected_on="23/8/2021", result=cell)
    assert [case.classification for case in row.cases] == [""]
    assert cell in remarked(row, of="result")


@pytest.mark.parametrize("cell", ["", "chờ kết quả", "chưa có KQ", "Pending", "/", "…"])
def test_a_sample_waits_where_the_cell_is_empty_or_says_so(cell: str) -> None:
    row = facts("lab_results", sampled_on="23/8/2021", result=cell)
    assert [lab.result for lab in row.labs] == ["pending"]
    assert remarked(row) == []


@pytest.mark.parametrize("cell", ["Không lấy mẫu", "từ chối lấy mẫu", "không rõ", "not done"])
def test_whoever_was_not_tested_has_no_sample_and_the_day_is_remarked(cell: str) -> None:
    row = facts("lab_results", sampled_on="23/8/2021", result=cell)
    assert row.labs == []
    assert remarked(row, of="sampled_on")


@pytest.mark.parametrize("cell", ["quy tiên", "hy sinh", "mất rồi", "Từ trần 23/8", "không qua khỏi"])
def test_the_plain_words_for_a_death_are_a_death(cell: str) -> None:
    assert [case.outcome for case in facts("case_list", outcome=cell).cases] == ["died"]


@pytest.mark.parametrize(
    "cell", ["không tử vong", "chưa tử vong", "đã chôn", "mất liên lạc", "mất sức", "mat", "không chuyển viện", "1", "x", "về rồi"]
)
def test_words_that_name_no_outcome_are_asked_and_treat_nobody(cell: str) -> None:
    row = facts("case_list", outcome=cell)
    assert [case.outcome for case in row.cases] == [""]
    assert cell in remarked(row, of="outcome")


_FIRST_OF_SEVERAL = (
    "dương tính lần 1, chờ khẳng định", "DƯƠNG TÍNH (chờ khẳng định)", "dương tính lần 1", "(+) lần đầu", "Dương tính, chờ PCR",
    "Positive (awaiting PCR confirmation)", "test nhanh dương tính, chờ PCR",
)  # fmt: skip


@pytest.mark.parametrize("cell", _FIRST_OF_SEVERAL)
def test_a_positive_that_another_test_is_to_confirm_confirms_nobody(cell: str) -> None:
    assert [case.classification for case in facts("case_list", result=cell).cases] == ["probable"]
    for column in ("classification", "outcome", "note"):
        assert [case.classification for case in facts("case_list", **{column: cell}).cases] == ["probable"], column
    assert facts("lab_results", sampled_on="23/8/2021", result=cell).labs == []
    assert remarked(facts("lab_results", sampled_on="23/8/2021", result=cell), of="result") == [cell]
    assert remarked(facts("contact_list", linked_case="BN900501", result=cell), of="result") == [cell]


def test_a_class_that_is_stated_stands_beside_a_first_test() -> None:
    row = facts("case_list", classification="Ca bệnh xác định", result="dương tính lần 1")
    assert [case.classification for case in row.cases] == ["confirmed"]
    assert remarked(row) == []
