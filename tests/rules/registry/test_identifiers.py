from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.registry.rules.identifiers import PROVINCE_CODES, cccd_facts, check_cccd, read_identity
from tienphuong.registry.rules.terms import IdentityFlag, IdentityKind, Sex

AT = date(2021, 8, 24)
CCCD, CMND, PASSPORT, BHYT, OTHER = IdentityKind


@pytest.mark.parametrize(
    ("raw", "kind", "value", "flags"),
    [
        ("001085012345", CCCD, "001085012345", ()),
        ("CCCD: 001 185 012 345", CCCD, "001185012345", ()),
        (1085012345.0, CCCD, "001085012345", (IdentityFlag.ZERO_RESTORED, IdentityFlag.IDENTITY_OR_PHONE)),
        ("1085012345", CCCD, "001085012345", (IdentityFlag.ZERO_RESTORED, IdentityFlag.IDENTITY_OR_PHONE)),
        ("79303000123", CCCD, "079303000123", (IdentityFlag.ZERO_RESTORED,)),
        ("0912345678", OTHER, "0912345678", (IdentityFlag.LOOKS_LIKE_PHONE,)),
        ("84912345678", OTHER, "84912345678", (IdentityFlag.LOOKS_LIKE_PHONE,)),
        ("003085012345", CCCD, "003085012345", (IdentityFlag.UNKNOWN_PROVINCE,)),
        ("012345678", CMND, "012345678", ()),
        (12345678, CMND, "012345678", (IdentityFlag.ZERO_RESTORED,)),
        ("1.09E+11", OTHER, "", (IdentityFlag.DIGITS_LOST,)),
        ("1,09E+11", OTHER, "", (IdentityFlag.DIGITS_LOST,)),
        ("B1234567", PASSPORT, "B1234567", ()),
        ("c12345678", PASSPORT, "C12345678", ()),
        ("HN 4 01 0123456789", BHYT, "HN4010123456789", ()),
        ("không có", OTHER, "", (IdentityFlag.NONE_DECLARED,)),
        (None, OTHER, "", (IdentityFlag.EMPTY,)),
        ("123", OTHER, "123", (IdentityFlag.UNKNOWN_SHAPE,)),
    ],
)
def test_a_paper_is_recognised(raw: str | float | None, kind: IdentityKind, value: str, flags: tuple[IdentityFlag, ...]) -> None:
    reading = read_identity(raw)
    assert (reading.kind, reading.value, reading.flags) == (kind, value, flags)


def test_there_are_63_province_codes_with_gaps() -> None:
    assert len(PROVINCE_CODES) == 63
    assert not PROVINCE_CODES & {"003", "005", "000", "097"}


@pytest.mark.parametrize(
    ("number", "province", "sex", "year"),
    [
        ("001085012345", "001", Sex.MALE, 1985),
        ("001185012345", "001", Sex.FEMALE, 1985),
        ("079303000123", "079", Sex.FEMALE, 2003),
        ("001285012345", "001", Sex.MALE, 2085),
    ],
)
def test_twelve_digits_tell_province_sex_and_year(number: str, province: str, sex: Sex, year: int) -> None:
    facts = cccd_facts(number)
    assert (facts.province, facts.sex, facts.birth_year) == (province, sex, year)


@pytest.mark.parametrize(
    ("number", "sex", "year", "flags"),
    [
        ("001085012345", Sex.MALE, 1985, ()),
        ("001085012345", Sex.FEMALE, 1985, (IdentityFlag.SEX_DISAGREES,)),
        ("001085012345", None, 1986, (IdentityFlag.YEAR_DISAGREES,)),
        ("001285012345", None, None, (IdentityFlag.BORN_IN_FUTURE,)),
        ("005085012345", None, None, (IdentityFlag.UNKNOWN_PROVINCE,)),
        ("139085012345", None, None, ()),
    ],
)
def test_a_number_is_compared_with_its_holder(number: str, sex: Sex | None, year: int | None, flags: tuple[IdentityFlag, ...]) -> None:
    assert check_cccd(number, at=AT, sex=sex, birth_year=year) == flags


@given(st.text(max_size=30))
def test_no_number_is_ever_invented(raw: str) -> None:
    reading = read_identity(raw)
    assert reading.value.lstrip("0") in "".join(raw.upper().split()).replace(".", "").replace("-", "").replace("'", "") or reading.flags
