"""A note that denies or corrects what its row says is asked, and nobody is a case for certain beside it."""

import pytest
from tests.rules.intake.rows import facts, remarked

DENYING = (
    "hôm qua ghi nhầm, không phải ca bệnh",
    "không phải F0",
    "Ko phải ca bệnh của xã",
    "hôm qua ghi nhầm",
    "đính chính",
    "khong phai ca benh",
    "rút khỏi danh sách",
    "not a case",
    "đính chính: không mắc, đã ra viện",
    "ghi nhầm F0, đang điều trị bệnh khác",
    "entered in error",
)


@pytest.mark.parametrize("note", DENYING)
@pytest.mark.parametrize("result", ["", "Dương tính", "Nghi ngờ"])
def test_the_class_waits_for_an_officer(note: str, result: str) -> None:
    row = facts("case_list", result=result, note=note)
    assert [case.classification for case in row.cases] == [""]
    assert row.cases[0].disputed == (("class", "refuted"),)
    assert note in remarked(row, of="note")


@pytest.mark.parametrize(
    "note",
    [
        "ghi nhầm số điện thoại",
        "đính chính địa chỉ",
        "sửa lại: năm sinh ghi sai",
        "đính chính: chưa tử vong, báo nhầm",
        "ghi nhầm ngày ra viện",
    ],
)
def test_another_thing_put_right_is_remarked_and_leaves_the_class(note: str) -> None:
    row = facts("case_list", result="Dương tính", note=note)
    assert [case.classification for case in row.cases] == ["confirmed"]
    assert remarked(row, of="note") == [note]


@pytest.mark.parametrize("note", ["chuyển BV Sài Gòn", "nặng", "cách ly tại nhà, không sốt", "F1 của BN900501", "khỏi bệnh"])
def test_other_notes_are_left_alone(note: str) -> None:
    row = facts("case_list", result="Dương tính", note=note)
    assert [case.classification for case in row.cases] == ["confirmed"]
    assert remarked(row) == []


def test_a_negative_test_that_corrects_yesterday_stays_an_exclusion() -> None:
    row = facts("case_list", result="Âm tính", note="hôm qua ghi nhầm")
    assert [(case.classification, case.evidence) for case in row.cases] == [("refuted", "lab_negative")]
    assert remarked(row, of="note")


@pytest.mark.parametrize(
    ("cells", "evidence"),
    [
        ({"result": "Nghi ngờ"}, ""),
        ({"classification": "nghi ngờ"}, ""),
        ({"classification": "ca có thể"}, ""),
        ({"classification": "loại trừ"}, ""),
        ({"result": "Dương tính"}, ""),
        ({"result": "Dương tính", "method": "RT-PCR"}, "lab_pcr"),
        ({"result": "test nhanh dương tính"}, "lab_antigen"),
        ({"classification": "test nhanh dương tính"}, "lab_antigen"),
        ({"result": "Âm tính"}, "lab_negative"),
    ],
)
def test_a_class_rests_on_nothing_the_list_did_not_state(cells: dict[str, str], evidence: str) -> None:
    assert [case.evidence for case in facts("case_list", **cells).cases] == [evidence]
