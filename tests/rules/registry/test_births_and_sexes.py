from datetime import date

import pytest

from tienphuong.registry.rules.births import read_age, read_birth
from tienphuong.registry.rules.sexes import read_sex
from tienphuong.registry.rules.terms import BirthFlag, BirthPrecision, Sex, SexFlag

AT = date(2021, 8, 24)
NONE, DAY, MONTH, YEAR, AGE = BirthPrecision


@pytest.mark.parametrize(
    ("raw", "year", "day", "precision", "flags"),
    [
        ("1985", 1985, None, YEAR, ()),
        (1985, 1985, None, YEAR, ()),
        ("SN 1985", 1985, None, YEAR, ()),
        ("1985 (36 tuổi)", 1985, None, YEAR, ()),
        ("1985 (20 tuổi)", 1985, None, YEAR, (BirthFlag.AGE_DISAGREES,)),
        ("00/00/1950", 1950, None, YEAR, ()),
        ("00/05/1950", 1950, None, MONTH, ()),
        ("8/1990", 1990, None, MONTH, ()),
        ("01/01/1950", 1950, date(1950, 1, 1), DAY, (BirthFlag.FIRST_OF_JANUARY,)),
        ("5/6/2019", 2019, date(2019, 6, 5), DAY, ()),
        (date(1990, 6, 5), 1990, date(1990, 6, 5), DAY, ()),
        ("24/8/85", 1985, date(1985, 8, 24), DAY, (BirthFlag.TWO_DIGIT_YEAR,)),
        ("24-8-12", 2012, date(2012, 8, 24), DAY, (BirthFlag.TWO_DIGIT_YEAR,)),
        ("12/25/1990", 1990, date(1990, 12, 25), DAY, (BirthFlag.EXCHANGED,)),
        (31199.0, 1985, date(1985, 6, 1), DAY, (BirthFlag.EXCEL_SERIAL,)),
        ("31/02/1990", 1990, None, YEAR, (BirthFlag.DAY_IMPOSSIBLE,)),
        ("24/8/2030", 2030, date(2030, 8, 24), DAY, (BirthFlag.IN_FUTURE,)),
        ("1890", 1890, None, YEAR, (BirthFlag.TOO_OLD,)),
        ("36 tuổi", 1985, None, AGE, (BirthFlag.FROM_AGE,)),
        ("5 tháng", 2021, None, AGE, (BirthFlag.FROM_AGE,)),
        ("37 tuổi mụ", 1985, None, AGE, (BirthFlag.FROM_AGE, BirthFlag.COUNTED_FROM_CONCEPTION)),
        ("85", None, None, NONE, (BirthFlag.AGE_OR_YEAR,)),
        (36, None, None, NONE, (BirthFlag.AGE_OR_YEAR,)),
        ("", None, None, NONE, (BirthFlag.EMPTY,)),
        ("không nhớ", None, None, NONE, (BirthFlag.EMPTY,)),
    ],
)
def test_a_birth_is_read_with_its_precision(
    raw: str | float | date, year: int | None, day: date | None, precision: BirthPrecision, flags: tuple[BirthFlag, ...]
) -> None:
    reading = read_birth(raw, at=AT)
    assert (reading.year, reading.birth_date, reading.precision, reading.flags) == (year, day, precision, flags)


def test_a_birth_date_without_a_known_order_is_not_guessed() -> None:
    reading = read_birth("05/08/1999", at=AT, order=None)
    assert (reading.birth_date, reading.flags) == (None, (BirthFlag.AMBIGUOUS,))


@pytest.mark.parametrize(
    ("raw", "year", "months"),
    [
        (36, 1985, None), ("36", 1985, None), ("36.0", 1985, None), ("18 tháng", 2020, 18), ("10 ngày tuổi", 2021, 0), ("1985", 1985, None),
        (1985.0, 1985, None), ("8 months", 2020, 8), ("3 tuần", 2021, 0), ("1 tuổi 6 tháng", 2020, 18), ("3,5", 2018, 42), ("<1", 2021, None),
        ("30 (1991)", 1991, None), ("37 tuổi mụ", 1985, None),
    ],
)  # fmt: skip
def test_a_column_of_ages_gives_birth_years(raw: str | float, year: int, months: int | None) -> None:
    reading = read_age(raw, at=AT)
    assert (reading.year, reading.age_months) == (year, months)


@pytest.mark.parametrize("raw", ["20-29", "80+", "999", "-1", "già"])
def test_an_age_that_is_not_one_is_asked(raw: str) -> None:
    reading = read_age(raw, at=AT)
    assert (reading.year, reading.flags) == (None, (BirthFlag.AGE_UNREADABLE,))


@pytest.mark.parametrize(
    ("raw", "sex", "flags"),
    [
        ("Nam", Sex.MALE, ()), ("NỮ", Sex.FEMALE, ()), ("nu", Sex.FEMALE, ()), ("M", Sex.MALE, ()), ("F", Sex.FEMALE, ()), ("Gái", Sex.FEMALE, ()),
        (1, Sex.MALE, (SexFlag.CODED,)), ("2", Sex.FEMALE, (SexFlag.CODED,)), ("0", None, (SexFlag.UNREADABLE,)), ("", None, (SexFlag.EMPTY,)),
        (None, None, (SexFlag.EMPTY,)), ("F1", None, (SexFlag.UNREADABLE,)),
    ],
)  # fmt: skip
def test_sex_is_read(raw: str | float | None, sex: Sex | None, flags: tuple[SexFlag, ...]) -> None:
    reading = read_sex(raw)
    assert (reading.value, reading.flags) == (sex, flags)


def test_a_files_own_codes_are_taken_without_remark() -> None:
    assert read_sex(0, codes={"0": Sex.MALE, "1": Sex.FEMALE}).flags == ()
