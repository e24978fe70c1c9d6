import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.registry.rules.phones import CONVERSION_2018, read_phones
from tienphuong.registry.rules.terms import PhoneFlag, PhoneKind

BOTH = (PhoneFlag.SEVERAL_IN_CELL,)


@pytest.mark.parametrize(
    ("raw", "value", "kind", "flags"),
    [
        ("0912345678", "0912345678", PhoneKind.MOBILE, ()),
        ("0912.345.678", "0912345678", PhoneKind.MOBILE, ()),
        ("+84 912 345 678", "0912345678", PhoneKind.MOBILE, ()),
        ("84912345678", "0912345678", PhoneKind.MOBILE, ()),
        (912345678.0, "0912345678", PhoneKind.MOBILE, (PhoneFlag.ZERO_RESTORED,)),
        ("01234567890", "0834567890", PhoneKind.MOBILE, (PhoneFlag.CONVERTED_2018,)),
        (1234567890, "0834567890", PhoneKind.MOBILE, (PhoneFlag.ZERO_RESTORED, PhoneFlag.CONVERTED_2018)),
        ("+84 168 123 4567", "0381234567", PhoneKind.MOBILE, (PhoneFlag.CONVERTED_2018,)),
        ("024 3852 1234", "02438521234", PhoneKind.LANDLINE, ()),
        (2438521234, "02438521234", PhoneKind.LANDLINE, (PhoneFlag.ZERO_RESTORED,)),
        ("+82 10 1234 5678", "+821012345678", PhoneKind.FOREIGN, ()),
        ("123456", "", PhoneKind.UNKNOWN, (PhoneFlag.UNKNOWN_SHAPE,)),
        ("9.12E+08", "", PhoneKind.UNKNOWN, (PhoneFlag.DIGITS_LOST,)),
    ],
)
def test_a_number_is_read_in_its_present_form(raw: str | float, value: str, kind: PhoneKind, flags: tuple[PhoneFlag, ...]) -> None:
    (reading,) = read_phones(raw)
    assert (reading.value, reading.kind, reading.flags) == (value, kind, flags)


@pytest.mark.parametrize(
    "cell",
    [
        "0912345678/0983111222",
        "0912345678 0983111222",
        "0912.345.678 - 0983.111.222",
        "0912345678\n0983111222",
        "0912345678 hoặc 0983 111 222",
    ],
)
def test_two_numbers_in_a_cell_are_split(cell: str) -> None:
    assert [(reading.value, reading.flags) for reading in read_phones(cell)] == [("0912345678", BOTH), ("0983111222", BOTH)]


def test_whose_number_it_is_stays_beside_it() -> None:
    (reading,) = read_phones("0912 345 678 (con trai)")
    assert (reading.note, reading.original) == ("con trai", "0912 345 678")


@pytest.mark.parametrize("cell", [None, "", "không có"])
def test_no_number_is_no_reading(cell: str | None) -> None:
    assert read_phones(cell) == []


@given(st.sampled_from(sorted(CONVERSION_2018)), st.integers(0, 9_999_999))
def test_every_old_prefix_becomes_a_mobile_number_of_today(prefix: str, rest: int) -> None:
    (reading,) = read_phones(f"{prefix}{rest:07d}")
    assert (reading.value, reading.kind) == (f"{CONVERSION_2018[prefix]}{rest:07d}", PhoneKind.MOBILE)


@given(st.text(max_size=40))
def test_any_cell_can_be_read(cell: str) -> None:
    assert all(reading.value or reading.flags for reading in read_phones(cell))
