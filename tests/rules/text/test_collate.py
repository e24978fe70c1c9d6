import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.core.text.collate import collation_key, sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["an", "ăn", "ân", "ba", "ca", "da", "đa", "ê", "g", "o", "ô", "ơ", "u", "ư", "v"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["An", "Án", "Anh", "Ánh", "Ăng", "Ân"],
        ["Tổ 2", "Tổ 9", "Tổ 10", "Tổ 100"],
        ["Tổ 12", "Tổ dân phố 1"],
    ],
)
def test_words_stand_in_dictionary_order(ordered: list[str]) -> None:
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=collation_key) == ordered


def test_people_are_sorted_by_given_then_middle_then_family_name() -> None:
    ordered = [
        "Lê An",
        "Trần An",
        "Lê Thị An",
        "Bùi Văn An",
        "Lê Văn An",
        "Lê Văn Ân",
        "Nguyễn Thị Bình",
        "An Đức",
        "Bùi Thị Hoà",
        "Lê Thị Hòa",
    ]
    assert sorted(random.Random(7).sample(ordered, len(ordered)), key=sort_key) == ordered


def test_tone_placement_does_not_move_a_name() -> None:
    assert sort_key("Trần Văn Hoà") == sort_key("Trần Văn Hòa")


@given(st.text(max_size=40))
def test_every_key_is_small_ascii_letters_and_digits(text: str) -> None:
    for key in (sort_key(text), collation_key(text)):
        assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
