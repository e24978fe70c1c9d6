import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.registry.rules.case_numbers import alias_key, alias_variants


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("BN1234", "BN-1234"), ("BN 1234", "BN-1234"), ("bn-01234", "BN-1234"), ("NB1", "NB-1"), ("NB001", "NB-1"), ("BN 1", "BN-1"),
        ("ca bệnh số 12", "BN-12"), ("bệnh nhân thứ 12", "BN-12"), ("12", "12"), ("012", "12"), ("SK_14", "SK-14"), ("HN-123", "HN-123"),
        ("abc", None), ("", None), ("BN 12a", None),
    ],
)  # fmt: skip
def test_spellings_of_a_case_number_meet(raw: str, key: str | None) -> None:
    assert alias_key(raw) == key


def test_a_swapped_prefix_is_offered_and_not_assumed() -> None:
    assert alias_key("NB1") != alias_key("BN 1")
    assert alias_key("BN 1") in alias_variants("NB-1")


@given(st.sampled_from(["BN", "NB", "SK", "HN"]), st.integers(0, 10**7), st.sampled_from(["", " ", "-", "_", "00", " 0"]))
def test_the_key_of_a_key_is_itself(prefix: str, number: int, between: str) -> None:
    key = alias_key(f"{prefix}{between}{number}")
    assert key == f"{prefix}-{number}"
    assert alias_key(key) == key
