"""Letters lost in saving: seen where they are gone, not where somebody asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.core.text.lost import is_damaged, lost_letters, may_be
from tienphuong.registry.rules.placeholders import no_name, no_number

NAMES = ["Lưu Thị Hạ Vy", "Đàm Quốc Tuyển", "Kiều Thị Sương", "Nguyễn Văn An", "Trần Đức Ổn", "Đỗ Ất", "Ưng Thị Ửng"]


@pytest.mark.parametrize("text", ["L?u Th? H? Vy", "?àm Qu?c", "NGUY?N V?N AN", "Tr\ufffdn", "??a ch?", "S? ?i?n tho?i", "Nguy??n"])
def test_letters_are_gone(text):
    assert lost_letters(text)


@pytest.mark.parametrize(
    "text", ["Dương tính?", "hỏi lại ?", "?", "F1 của ai?", "Nam?Nữ", "https://a.vn/x?id=1", "âm tính? chờ kết quả", ""]
)
def test_somebody_asks(text):
    assert not lost_letters(text)


@given(st.sampled_from(NAMES), st.sampled_from(["ascii", "cp1252", "latin-1"]))
def test_what_is_left_of_a_name_fits_the_name(name, code):
    left = name.encode(code, "replace").decode(code)
    assert left == name or (is_damaged(left) and may_be(left, name))
    assert not any(may_be(left, other) for other in NAMES if other != name and is_damaged(left))


@pytest.mark.parametrize("name", ["Không", "N/A", "?", "vô danh", "chưa rõ tên", "0", "..."])
def test_nobody_is_named(name):
    assert no_name(name)


@pytest.mark.parametrize("name", ["Na", "Ánh", "Khổng Minh", "K'Brôi", "Chu Anh", "Nil Văn An", "Không Tú"])
def test_somebody_is_named(name):
    assert not no_name(name)


@pytest.mark.parametrize(
    ("digits", "nothing"), [("0000000000", True), ("0981000001", False), ("001099000001", False), ("0900000000", True), ("", False)]
)
def test_digits_that_fill_a_cell(digits, nothing):
    assert no_number(digits) is nothing
