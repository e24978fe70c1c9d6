"""A bad pack file is refused with the file, the key, the reason and what to do."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tienphuong.core.policy import PolicyError
from tienphuong.core.policy.loader import build_pack, read_pack

SMALL = """
version = "thu"
name = "Gói thử"
name_en = "Trial pack"
valid_from = 2021-01-01

[government]
levels = ["province", "commune"]
post_level = "commune"
document = "1/QĐ"
confidence = "sourced"

[[documents]]
number = "1/QĐ"
title = "Quyết định thử"
issuer = "Bộ Y tế"

[[cutoffs]]
value = 16:00:00
document = "1/QĐ"
confidence = "sourced"

[diseases.cum]
name = "Cúm"
name_en = "Influenza"
contacts_traced = { value = true, document = "1/QĐ", confidence = "sourced" }
max_degree = { value = 1, document = "1/QĐ", confidence = "sourced" }
"""


def small() -> dict[str, Any]:
    return tomllib.loads(SMALL)


def test_a_small_pack_is_read() -> None:
    assert build_pack(small(), where="thu.toml").disease("cum").max_degree.document == "1/QĐ"


def test_an_unknown_key_names_file_and_key() -> None:
    tables = small()
    tables["diseases"]["cum"]["max_degre"] = 2
    with pytest.raises(PolicyError, match=r"thu\.toml\.diseases\.cum\.max_degre.*khóa lạ.*max_degree"):
        build_pack(tables, where="thu.toml")


def test_an_unknown_key_inside_a_value_is_refused() -> None:
    tables = small()
    tables["diseases"]["cum"]["max_degree"]["sure"] = True
    with pytest.raises(PolicyError, match=r"max_degree\.sure"):
        build_pack(tables, where="thu.toml")


def test_an_unknown_key_at_the_top_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"thu\.toml\.colour"):
        build_pack(small() | {"colour": "red"}, where="thu.toml")


@pytest.mark.parametrize("key", ["document", "confidence", "value"])
def test_a_value_without_its_basis_is_refused(key: str) -> None:
    tables = small()
    del tables["diseases"]["cum"]["max_degree"][key]
    with pytest.raises(PolicyError, match=f"max_degree: thiếu khóa “{key}”"):
        build_pack(tables, where="thu.toml")


def test_a_document_nobody_declared_is_refused() -> None:
    tables = small()
    tables["diseases"]["cum"]["max_degree"]["document"] = "2/QĐ"
    with pytest.raises(PolicyError, match="“2/QĐ” không có trong"):
        build_pack(tables, where="thu.toml")


def test_a_document_declared_twice_is_refused() -> None:
    tables = small()
    tables["documents"].append(tables["documents"][0])
    with pytest.raises(PolicyError, match="hai lần"):
        build_pack(tables, where="thu.toml")


@pytest.mark.parametrize("value", ["1", 1.5, True])
def test_a_value_of_the_wrong_kind_is_refused(value: object) -> None:
    tables = small()
    tables["diseases"]["cum"]["max_degree"]["value"] = value
    with pytest.raises(PolicyError, match=r"max_degree\.value.*không phải kiểu int"):
        build_pack(tables, where="thu.toml")


def test_a_word_outside_its_list_is_refused_with_the_list() -> None:
    tables = small()
    tables["government"]["post_level"] = "hamlet"
    with pytest.raises(PolicyError, match="province, district, commune"):
        build_pack(tables, where="thu.toml")


def test_no_tracing_with_a_degree_is_a_contradiction() -> None:
    tables = small()
    tables["diseases"]["cum"]["contacts_traced"]["value"] = False
    with pytest.raises(PolicyError, match="mâu thuẫn"):
        build_pack(tables, where="thu.toml")


def test_a_deadline_that_hands_over_to_nothing_is_refused() -> None:
    rule = {
        "kind": "a",
        "name": "A",
        "hours": 1,
        "owner": "B",
        "starts": "C",
        "next_deadline": "b",
        "document": "1/QĐ",
        "confidence": "sourced",
    }
    with pytest.raises(PolicyError, match="“b” không tồn tại"):
        build_pack(small() | {"deadlines": [rule]}, where="thu.toml")


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    tables = small()
    tables["cutoffs"][0] |= tomllib.loads("valid_from = 2021-02-01\nvalid_until = 2021-01-01")
    with pytest.raises(PolicyError, match="ngày bắt đầu sau ngày kết thúc"):
        build_pack(tables, where="thu.toml")


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "hong.toml"
    broken.write_text("version = ", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"hong\.toml"):
        read_pack(broken)
