"""TX is short for "tiếp xúc" and the letters of quận Thanh Xuân's case numbers: only a space after it makes it the former."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.intake.facts.codes import codes_in
from tienphuong.intake.facts.links import read_links


@pytest.mark.parametrize("text", ["TX001", "F1 của TX001"])
def test_a_number_that_begins_with_tx_keeps_its_letters(text):
    (link,) = read_links(text, sender="TTYT", whole=True).found
    assert link.key == "TX-1"


def test_tx_before_a_number_is_the_word_contact():
    (link,) = read_links("TX BN12", sender="TTYT", whole=True).found
    assert link.key == "BN-12"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("F1 của BN 1234, XN lần 1 âm tính 12/8", [(1, "", "BN-1234")]),
        ("tiếp xúc BN12, BN 15", [(None, "tiếp xúc", "BN-12"), (None, "tiếp xúc", "BN-15")]),
        ("vợ BN1234", [(None, "vợ", "BN-1234")]),
        ("F1 BN 12, 15 và 17", [(1, "", "BN-12"), (1, "", "BN-15"), (1, "", "BN-17")]),
        ("F1 BN12, 3 người", [(1, "", "BN-12")]),
        ("Con của BN1; F1 BN2", [(None, "con", "BN-1"), (1, "", "BN-2")]),
        ("TX BN12 (vợ BN15)", [(None, "tiếp xúc", "BN-12"), (None, "vợ", "BN-15")]),
        ("con bà Lan, tiếp xúc với ca bệnh số 12 ngày 3/8", [(None, "tiếp xúc", "BN-12")]),
        ("F2, tiếp xúc F1 LN-F1-0012 Nguyễn Thị Bình", [(1, "tiếp xúc", "LN-F-1-12")]),
        ("XN lần 1 âm tính 12/8", []),
        ("", []),
    ],
)
def test_a_link_has_the_degree_and_the_relation_before_it_in_its_clause(text, links):
    found = read_links(text, sender="TTYT", whole=True).found
    assert [(link.degree, link.relation, link.key) for link in found if link.key] == links


@pytest.mark.parametrize(
    ("text", "degree"), [("F2, tiếp xúc F1 LN-F1-0012", 2), ("F1 của BN12", 1), ("F0 TX1", None), ("tiếp xúc F1 LN-F1-3", None)]
)
def test_the_degree_of_the_other_is_not_the_rows_own(text, degree):
    assert read_links(text, sender="TTYT", whole=True).degree == degree


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("BN900501, LN001", ["BN-900501", "LN-1"]), ("BN900502 (LN002)", ["BN-900502", "LN-2"]), ("BN 900.501", ["BN-900501"]),
        ("BN số 12", ["BN-12"]), ("LN-F1-0012", ["LN-F-1-12"]), ("a01b2c3", ["A01B2C3"]), ("a1b2c3", ["A1B2C3"]), ("ddddee", ["DDDDEE"]),
        ("KCL 01 / 2021", ["KCL-1-2021"]), ("NB7", ["BN-7"]), ("012", ["ttyt#12"]), ("ĐA-012", ["DA-12"]), ("Chưa có", []), ("không", []),
        ("vợ của BN12", []), ("BN1, BN2", []), ("BN1-BN5", []), ("BN12?", []), ("BN12 hoặc BN13", []), ("F1", []), ("Tổ 3", []), ("Thanh", []),
    ],
)  # fmt: skip
def test_every_code_of_a_cell_is_read_and_no_word_becomes_one(cell, keys):
    assert [code.key for code in codes_in(cell, "TTYT").codes] == keys


@pytest.mark.parametrize("cell", ["vợ của BN12", "BN1, BN2", "BN12?", "F1", "Tổ 3", "12, BN3"])
def test_what_of_a_cell_of_codes_is_none_has_a_reason(cell):
    assert codes_in(cell, "TTYT").reason


@given(st.from_regex(r"[a-f0-9]{6,12}", fullmatch=True), st.from_regex(r"[a-f0-9]{6,12}", fullmatch=True))
def test_two_ids_of_one_length_never_become_one(one, other):
    if one != other and len(one) == len(other):
        keys = [[code.key for code in codes_in(text, "TTYT").codes] for text in (one, other)]
        assert keys[0] != keys[1] or keys == [[], []]
