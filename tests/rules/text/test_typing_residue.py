import pytest

from tienphuong.core.text.typing_residue import has_typing_residue, typed_as


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyeenx Vawn Ddwcs", "Nguyễn Văn Đức"),
        ("Nguye6n4", "Nguyễn"),
        ("Hoangf Thij Mai", "Hoàng Thị Mai"),
        ("Pha5m Minh Chi1nh", "Phạm Minh Chính"),
        ("PHAMJ MINH CHINHS", "PHẠM MINH CHÍNH"),
        ("D9u71c", "Đức"),
        ("Nguyễn Thanh Hoaf", "Nguyễn Thanh Hòa"),
        ("Dduwowcs", "Đước"),
    ],
)
def test_left_over_keystrokes_are_seen_and_read(typed: str, meant: str) -> None:
    assert has_typing_residue(typed)
    assert typed_as(typed) == meant


GOOD = (
    "Lee|Aaron|Moon|Goo|Lee Min Goo|Kim Yoo Soo|Dawn Shaw|Raj|Max|James Cox|Andrew|Omar Khan|Alexander|Chris Fox|H'Hen Niê|Y Bhin Êban|"
    "Vàng A Sử|Nguyễn Văn An|Nguyen Van An|NGUYEN THI THUY|Trần Văn Hoà|Nguyễn Văn A1|Bùi Xuân Hoàng|Tran Thi Hoa|Louis Saad|Nguyễn Văn A|"
)


@pytest.mark.parametrize("name", GOOD.split("|"))
def test_proper_ethnic_and_foreign_names_pass(name: str) -> None:
    assert not has_typing_residue(name)
