"""Unit words, names, paths and shares."""

from decimal import Decimal

import pytest

from tienphuong.core.refusal import Refusal
from tienphuong.registry.areas.rules import (
    ShareLink,
    ancestor_paths,
    child_path,
    common_path,
    convert_share,
    cut_at_units,
    designations,
    keys_of,
    name_key,
    search_key,
    split_official_name,
)
from tienphuong.registry.areas.terms import AreaKind, AreaLevel


@pytest.mark.parametrize(
    ("official", "kind", "name"),
    [
        ("Xã Liên Ninh", AreaKind.COMMUNE, "Liên Ninh"),
        ("Xã Đại áng", AreaKind.COMMUNE, "Đại Áng"),
        ("Thị trấn Văn Điển", AreaKind.TOWNSHIP, "Văn Điển"),
        ("Thị xã Sơn Tây", AreaKind.DISTRICT_TOWN, "Sơn Tây"),
        ("Thành phố Hà Nội", AreaKind.MUNICIPALITY, "Hà Nội"),
        ("Tỉnh Bà Rịa - Vũng Tàu", AreaKind.PROVINCE, "Bà Rịa - Vũng Tàu"),
        ("Việt Nam", AreaKind.NATION, "Việt Nam"),
    ],
)
def test_an_official_name_is_a_unit_word_and_a_name(official, kind, name):
    assert split_official_name(official) == (kind, name)


@pytest.mark.parametrize("written", ["Liên Ninh", "liên  ninh", "LIEN NINH", "LIENNINH", "Lien-Ninh", "Liên Ninh."])
def test_spellings_of_one_name_meet_under_one_key(written):
    assert name_key(written) == "lienninh"


def test_old_and_new_tone_placement_are_one_name():
    assert name_key("Hữu Hoà") == name_key("Hữu Hòa")


@pytest.mark.parametrize(
    ("written", "kind", "key"),
    [
        ("P.Hạ Đình", AreaKind.WARD, "hadinh"),
        ("X. Liên Ninh", AreaKind.COMMUNE, "lienninh"),
        ("TT Văn Điển", AreaKind.TOWNSHIP, "vandien"),
        ("H.Thanh Trì", AreaKind.RURAL_DISTRICT, "thanhtri"),
        ("q. thanh xuan", AreaKind.URBAN_DISTRICT, "thanhxuan"),
        ("TP. Hà Nội", AreaKind.MUNICIPALITY, "hanoi"),
        ("tinh Bac Ninh", AreaKind.PROVINCE, "bacninh"),
        ("TDP số 05", AreaKind.RESIDENTIAL_GROUP, "5"),
        ("Tổ dân phố số 5", AreaKind.RESIDENTIAL_GROUP, "5"),
    ],
)
def test_unit_words_are_read_in_full_and_abbreviated(written, kind, key):
    assert any(reading.kinds and kind in reading.kinds and reading.key == key for reading in designations(written))


@pytest.mark.parametrize("written", ["Quan Nhân", "Tô Hiệu", "Lang Hạ", "Ban Mê Thuột"])
def test_a_name_that_only_looks_like_a_unit_word_without_its_accents_is_a_name(written):
    assert all(not reading.kinds for reading in designations(written))


def test_an_address_without_commas_is_cut_where_units_begin():
    assert cut_at_units("thôn Thọ Am xã Liên Ninh huyện Thanh Trì") == ["thôn Thọ Am", "xã Liên Ninh", "huyện Thanh Trì"]
    assert cut_at_units("P.Hạ Đình Q.Thanh Xuân") == ["P.Hạ Đình", "Q.Thanh Xuân"]
    assert cut_at_units("số 5 Quan Nhân") == ["số 5 Quan Nhân"]


def test_the_search_key_holds_the_name_with_and_without_its_unit_word_and_its_other_names():
    key = search_key(AreaKind.MUNICIPALITY, name="Hồ Chí Minh", aliases=["HCM"])
    assert key == "|ho chi minh|thanh pho ho chi minh|hcm|"
    assert keys_of(key) == {"hochiminh", "thanhphohochiminh", "hcm"}


def test_the_parent_with_every_number_used_says_so():
    assert child_path("0001", number=7) == "00010007"
    assert isinstance(child_path("0001", number=9999), Refusal)


def test_ancestors_and_the_lowest_common_area_follow_from_paths():
    assert ancestor_paths("000100010007") == ["0001", "00010001"]
    assert common_path(["000100010007", "000100010012"]) == "00010001"
    assert common_path(["000100010007"]) == "000100010007"
    assert common_path(["0001", "0002"]) == ""


def test_a_whole_move_carries_the_figure_exactly():
    conversion = convert_share(Decimal(16), links=[ShareLink(1, Decimal(1)), ShareLink(2, Decimal(0))])
    assert conversion.placed == {1: Decimal(16), 2: Decimal(0)}
    assert (conversion.approximate, conversion.unplaced, conversion.note) == (False, 0, "")


def test_unknown_shares_place_nothing_and_the_remainder_is_said():
    conversion = convert_share(Decimal(136), links=[ShareLink(1, None), ShareLink(2, None)])
    assert conversion.placed == {}
    assert (conversion.unplaced, conversion.between, conversion.approximate) == (136, (1, 2), True)
    assert "136" in conversion.note


def test_one_unknown_share_beside_known_ones_is_the_remainder_and_stays_approximate():
    conversion = convert_share(Decimal(100), links=[ShareLink(1, Decimal("0.3")), ShareLink(2, None)])
    assert conversion.placed == {1: Decimal(30), 2: Decimal(70)}
    assert conversion.approximate and conversion.note


def test_every_kind_stands_on_a_level():
    assert {kind.level for kind in AreaKind} == set(AreaLevel)
