import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.registry.rules.names import abbreviates, present_name, split_name, split_people
from tienphuong.registry.rules.terms import NameFlag, NameForm


@pytest.mark.parametrize(
    ("raw", "family", "middle", "given"),
    [
        ("Nguyễn Thị Thu Hường", "Nguyễn", "Thị Thu", "Hường"),
        ("NGUYỄN VĂN ĐỨC", "Nguyễn", "Văn", "Đức"),
        ("nguyen van duc", "Nguyen", "Van", "Duc"),
        ("Ông Nguyễn Văn An", "Nguyễn", "Văn", "An"),
        ("Đ/c Trần Văn Bình", "Trần", "Văn", "Bình"),
        ("BS. Lê Hà", "Lê", "", "Hà"),
        ("cháu Nguyễn Gia Bảo", "Nguyễn", "Gia", "Bảo"),
        ("Anh Nguyễn Văn An", "Nguyễn", "Văn", "An"),
        ("Anh Thư", "", "Anh", "Thư"),
        ("Ông Văn Bình", "Ông", "Văn", "Bình"),
        ("Bà Lan", "", "", "Lan"),
        ("Ng. V. Đức", "Ng.", "V.", "Đức"),
        ("Ng.V.Đức", "Ng.", "V.", "Đức"),
        ("Vàng A Sử", "Vàng", "A", "Sử"),
        ("Nguyễn Văn A", "Nguyễn", "Văn", "A"),
        ("Lê Thị Ngọc (vợ)", "Lê", "Thị", "Ngọc"),
        ("Hùng", "", "", "Hùng"),
    ],
)
def test_a_vietnamese_name_has_family_middle_and_given(raw: str, family: str, middle: str, given: str) -> None:
    name = split_name(raw)
    assert (name.family, name.middle, name.given, name.original) == (family, middle, given, raw)


@pytest.mark.parametrize("raw", ["H'Hen Niê", "Y Bhin Êban", "John Smith", "François Hollande", "Lee Min Goo", "Aaron Moon"])
def test_ethnic_and_foreign_names_pass_whole(raw: str) -> None:
    name = split_name(raw)
    assert (name.form, name.full, name.given, name.family) == (NameForm.SINGLE_FIELD, raw, raw, "")
    assert name.flags == (NameFlag.NOT_SPLIT,)


def test_a_baby_is_known_by_its_parent() -> None:
    name = split_name("Con bà Nguyễn Thị A")
    assert (name.form, name.parent, name.flags) == (NameForm.BABY, "Nguyễn Thị A", (NameFlag.BABY_OF,))


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        ("Ng. V. Đức", NameFlag.ABBREVIATED),
        ("Nguyeenx Vawn Ddwcs", NameFlag.TYPING_RESIDUE),
        ("Nguyễn Văn A1", NameFlag.HAS_DIGITS),
        ("Bà Lê Lan", NameFlag.HONORIFIC_REMOVED),
    ],
)
def test_what_is_odd_about_a_name_is_said(raw: str, flag: NameFlag) -> None:
    assert flag in split_name(raw).flags


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Nguyễn Văn An, Trần Thị Bình", ["Nguyễn Văn An", "Trần Thị Bình"]),
        ("1. Nguyễn Văn An 2. Trần Thị Bình", ["Nguyễn Văn An", "Trần Thị Bình"]),
        ("Nguyễn Văn An\nTrần Bình; Lê Chi", ["Nguyễn Văn An", "Trần Bình", "Lê Chi"]),
        ("Nguyễn Văn An, sinh 1985, Lê Bình (vợ, 1986)", ["Nguyễn Văn An, sinh 1985", "Lê Bình (vợ, 1986)"]),
        ("- An\n- Bình", ["An", "Bình"]),
        ("Đ/c Nguyễn Văn An", ["Đ/c Nguyễn Văn An"]),
        ("H'Hen Niê", ["H'Hen Niê"]),
        ("", []),
    ],
)
def test_several_people_in_a_cell_are_told_apart(cell: str, people: list[str]) -> None:
    assert split_people(cell) == people


def test_capitals_are_printed_as_a_title() -> None:
    assert present_name("NGUYỄN THỊ THUÝ") == "Nguyễn Thị Thuý"
    assert present_name("H'HEN NIÊ") == "H'Hen Niê"
    assert present_name("McDonald") == "McDonald"


def test_an_abbreviated_name_can_stand_for_a_full_one() -> None:
    assert abbreviates("Ng. V. Đức", "Nguyễn Văn Đức")
    assert not abbreviates("Ng. V. Đức", "Nguyễn Thị Đức")
    assert not abbreviates("Nguyễn Văn Đức", "Nguyễn Văn Đức")


# ŉ is left out: its capital is two characters, one of which has no case.
LETTERS = st.one_of(st.characters(max_codepoint=0x17F, exclude_characters="ŉ"), st.characters(min_codepoint=0x1EA0, max_codepoint=0x1EF9))


@given(st.text(alphabet=LETTERS, max_size=40))
def test_presenting_twice_changes_nothing(name: str) -> None:
    assert present_name(present_name(name)) == present_name(name)


@given(st.text(max_size=40))
def test_any_text_can_be_split(name: str) -> None:
    parts = split_name(name)
    assert parts.form in NameForm
    assert isinstance(split_people(name), list)
