import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.registry.rules.case_numbers import alias_key, alias_variants, find_links

Links = list[tuple[int | None, str | None, str]]


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


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("F1 của BN 1234, XN lần 1 âm tính 12/8", [(1, None, "BN-1234")]),
        ("tiếp xúc BN12, BN 15", [(None, "tiếp xúc", "BN-12"), (None, "tiếp xúc", "BN-15")]),
        ("vợ BN1234", [(None, "vợ", "BN-1234")]),
        ("F1 BN 12, 15 và 17", [(1, None, "BN-12"), (1, None, "BN-15"), (1, None, "BN-17")]),
        ("F1 BN12, 3 người", [(1, None, "BN-12")]),
        ("Con của BN1; F1 BN2", [(None, "con", "BN-1"), (1, None, "BN-2")]),
        ("TX BN12 (vợ BN15)", [(None, "tiếp xúc", "BN-12"), (None, "vợ", "BN-15")]),
        ("con bà Lan, tiếp xúc với ca bệnh số 12 ngày 3/8", [(None, "tiếp xúc", "BN-12")]),
        ("XN lần 1 âm tính 12/8", []),
        ("", []),
    ],
)
def test_links_are_found_in_notes(text: str, links: Links) -> None:
    assert [(link.degree, link.relation, link.alias_key) for link in find_links(text)] == links


@given(st.text(alphabet="BNbn0123456789 ,;.F1củavợ/-", max_size=40))
def test_every_link_quotes_the_note(text: str) -> None:
    assert all(link.original for link in find_links(text))


@given(st.sampled_from(["BN", "NB", "SK", "HN"]), st.integers(0, 10**7), st.sampled_from(["", " ", "-", "_", "00", " 0"]))
def test_the_key_of_a_key_is_itself(prefix: str, number: int, between: str) -> None:
    key = alias_key(f"{prefix}{between}{number}")
    assert key == f"{prefix}-{number}"
    assert alias_key(key) == key
