from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.core.text.numbers import NumberKind, read_number
from tienphuong.core.text.terms import NumberFlag


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("157.560", 157560), ("51,6", "51.6"), ("1.234.567,5", "1234567.5"), ("1,234,567", 1234567), ("1,234.5", "1234.5"), ("51.6", "51.6"),
        ("0,125", "0.125"), ("0.125", "0.125"), ("-3", -3), ("12", 12), (12.0, 12), (51.6, "51.6"), ("85,2%", "85.2"), ("12 ca", 12),
    ],
)  # fmt: skip
def test_one_number_is_read(raw: str | float, value: int | str) -> None:
    reading = read_number(raw)
    assert (reading.kind, reading.value, reading.flags) == (NumberKind.NUMBER, Decimal(value), ())


def test_a_range_and_a_fraction_are_not_one_number() -> None:
    span, share = read_number("3.500-3.800 người"), read_number("14/16 xã")
    assert (span.kind, span.low, span.high, span.unit, span.value) == (NumberKind.RANGE, 3500, 3800, "người", None)
    assert (share.kind, share.low, share.high, share.unit, share.value) == (NumberKind.FRACTION, 14, 16, "xã", None)


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        ("1.09E+11", NumberFlag.DIGITS_LOST), ("1,09E+11", NumberFlag.DIGITS_LOST), ("157,560", NumberFlag.AMBIGUOUS_SEPARATOR),
        (date(2021, 12, 9), NumberFlag.FRACTION_BECAME_DATE), ("nhiều", NumberFlag.UNREADABLE), ("1.2.3", NumberFlag.UNREADABLE),
        ("", NumberFlag.EMPTY), (float("nan"), NumberFlag.UNREADABLE),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_guessed(raw: str | float | date, flag: NumberFlag) -> None:
    reading = read_number(raw)
    assert (reading.value, reading.flags) == (None, (flag,))
    assert flag.explanation and flag.remedy


def test_a_share_over_the_whole_and_a_reversed_range_are_flagged() -> None:
    assert read_number("17/16 xã").flags == (NumberFlag.OVER_WHOLE,)
    assert read_number("3.800-3.500").flags == (NumberFlag.RANGE_REVERSED,)


@given(st.integers(0, 10**12))
def test_thousands_written_with_dots_are_read_back(number: int) -> None:
    assert read_number(f"{number:,}".replace(",", ".")).value == number
