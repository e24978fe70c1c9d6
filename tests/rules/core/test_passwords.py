"""Which passwords will do: length, lists, repetitions, names; no rule of composition."""

import unicodedata

import pytest

from tienphuong.core.rules.passwords import LONGEST, bare, own_letters, spellings, unified, weakness

KNOWN = ("tienphuong", "matkhau", "lan.vu", "Vũ Ngọc Lan", "Vũ", "Ngọc", "Lan", "huyện Thanh Trì", "Thanh Trì")
LISTED = {"anhyeuem", "password", "qwertyuiop12", "dragon"}


def reason(password, *, shortest=12):
    refusal = weakness(password, shortest=shortest, known=KNOWN, is_listed=LISTED.__contains__)
    return refusal.reason if refusal else None


@pytest.mark.parametrize(
    "password",
    [
        "mèo trèo cây cau đêm trăng",
        "bon-mua-xuan-ha-thu-dong",
        "k7fp-2mxq-9tqn-w3rd",
        "281719450312",
        "toàn chữ thường không số",
        "một mật khẩu dài của Lan ở Thanh Trì",
        "🐟🌾🚲🏥 bơi qua sông",
    ],
)
def test_a_long_sentence_will_do_whatever_signs_it_is_made_of(password):
    assert reason(password) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ngan", "có 4 ký tự, cần ít nhất 12"),
        ("x" * (LONGEST + 1), "dài quá"),
        ("qwertyuiop12", "đã lộ"),
        ("QWERTYuiop12", "đã lộ"),
        ("anhyeuem2021!", "đã lộ"),
        ("123-AnhYêuEm", "đã lộ"),
        ("dragon2847193!", "đã lộ"),
        ("passwordpassword", "đã lộ"),
        ("abcdefghijklmnop", "lặp lại"),
        ("ababababababab", "lặp lại"),
        ("zzzzzzzzzzzzzzzz", "lặp lại"),
        ("VũNgọcLan@1989", "chỉ gồm tên"),
        ("lan.vu.lan.vu.2021", "chỉ gồm tên"),
        ("ThanhTri-TienPhuong-1", "chỉ gồm tên"),
    ],
)
def test_what_others_would_guess_will_not(password, why):
    assert why in reason(password)


def test_the_length_is_what_the_post_has_set():
    assert reason("meo treo cay", shortest=15) and reason("meo treo cay", shortest=12) is None


def test_a_vietnamese_password_is_one_password_however_the_keyboard_composes_it():
    typed = "mèo trèo cây cau"
    assert unified(unicodedata.normalize("NFD", typed)) == unified(unicodedata.normalize("NFC", typed))
    assert len(unified(unicodedata.normalize("NFD", typed))) == len(typed)
    assert bare("Đêm TRĂNG, 15!") == "demtrang15"


def test_repetitions_and_counting_bring_no_letters():
    assert (own_letters("aaaa"), own_letters("12345678"), own_letters("4321"), own_letters("meotreo")) == (1, 1, 1, 5)


def test_a_password_is_looked_for_as_people_change_a_broken_one():
    assert {"password", "password1"} <= spellings("Password1") and "matkhau" in spellings("matkhaumatkhau")
