"""Written places, read as of a day. The collisions are real ones."""

from datetime import date

import pytest

from tienphuong.registry.areas.snapshot import AreaRow
from tienphuong.registry.areas.terms import AreaFlag, AreaKind, AreaLevel, Confidence

A2021 = date(2021, 8, 24)
A2025 = date(2025, 3, 1)
A2026 = date(2026, 11, 22)


def read(tree, day, **columns):
    reading = tree.on(day).resolve(**columns)
    return tree.place(reading.area_id), reading


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ({"commune": "Liên Ninh"}, "gso-2019:00682"),
        ({"commune": "LIEN NINH", "district": "Thanh Tri"}, "gso-2019:00682"),
        ({"commune": "Xã Đại Áng", "district": "H. Thanh Trì", "province": "HN"}, "gso-2019:00679"),
        ({"commune": "Hữu Hòa", "district": "Thanh Trì"}, "gso-2019:00652"),
        ({"commune": "X.Liên Ninh"}, "gso-2019:00682"),
        ({"address": "số 3, thôn Thọ Am, xã Liên Ninh, huyện Thanh Trì, TP Hà Nội"}, "gso-2019:00682"),
        ({"address": "Liên Ninh - Thanh Trì - Hà Nội"}, "gso-2019:00682"),
        ({"address": "thôn Thọ Am xã Liên Ninh huyện Thanh Trì thành phố Hà Nội"}, "gso-2019:00682"),
        ({"address": "12/34/78 phố Quan Nhân, P.Nhân Chính, Q.Thanh Xuân, HN"}, "gso-2019:00343"),
        ({"address": "số 5 Quan Nhân, phường Nhân Chính, Hà Nội, Việt Nam"}, "gso-2019:00343"),
        ({"address": "TT Huế"}, "gso-2019:46"),
        ({"address": "phố Huế, Bà Rịa - Vũng Tàu"}, "gso-2019:77"),
        ({"province": "tỉnh Bắc Ninh"}, "gso-2019:27"),
        ({"address": "TP. Thủ Đức, TPHCM"}, "gso-2019:79"),
        ({"province": "Dak Lak"}, "gso-2019:66"),
        ({"commune": "Liên Ninh (Thanh Trì)"}, "gso-2019:00682"),
        ({"address": "Lien Ninh commune, Thanh Tri district, Hanoi city"}, "gso-2019:00682"),
        ({"address": "TP Bắc Ninh, tỉnh Bắc Ninh"}, "gso-2019:27"),
        ({"commune": "00682", "district": "020", "province": "01"}, "gso-2019:00682"),
    ],
)
def test_a_place_is_read_however_it_is_written(tree, columns, place):
    found, reading = read(tree, A2021, **columns)
    assert found == place
    assert reading.confidence == Confidence.CERTAIN, reading


def test_thanh_tri_is_a_district_a_ward_and_since_2025_a_commune(tree):
    assert read(tree, A2021, district="Thanh Trì")[0] == "gso-2019:020"
    assert read(tree, A2021, address="P. Thanh Trì, Q. Hoàng Mai, Hà Nội")[0] == "gso-2019:00301"
    assert read(tree, A2026, address="xã Thanh Trì, Hà Nội")[0] == "qd19-2025:00640"
    place, reading = read(tree, A2021, address="Thanh Trì, Hà Nội")
    assert place == "gso-2019:020" and reading.flags == (AreaFlag.BARE_NAME,)
    assert [tree.place(candidate) for candidate in reading.candidates] == ["gso-2019:00301"]


def test_the_commune_of_thanh_tri_named_in_a_list_of_2021_is_a_question_and_not_the_ward(tree):
    place, reading = read(tree, A2021, address="xã Thanh Trì, Hà Nội")
    assert place == "gso-2019:01" and reading.confidence == Confidence.AMBIGUOUS
    assert AreaFlag.LATER_NAME in reading.flags


def test_yen_vien_is_a_town_and_a_commune_of_one_district(tree):
    assert read(tree, A2021, commune="TT. Yên Viên", district="Gia Lâm")[0] == "gso-2019:00526"
    assert read(tree, A2021, commune="xã Yên Viên", district="Gia Lâm")[0] == "gso-2019:00532"
    place, reading = read(tree, A2021, commune="Yên Viên", district="Gia Lâm")
    assert place == "gso-2019:018" and reading.confidence == Confidence.AMBIGUOUS
    assert {tree.place(candidate) for candidate in reading.candidates} == {"gso-2019:00526", "gso-2019:00532"}


def test_both_yen_vien_went_to_one_commune_so_the_question_is_gone_in_2026(tree):
    place, reading = read(tree, A2026, commune="Yên Viên", district="Gia Lâm")
    assert place == "qd19-2025:00541" and reading.flags == (AreaFlag.OLD_NAME,)


def test_phuong_liet_is_00358_before_and_00352_after(tree):
    assert read(tree, A2021, commune="Phương Liệt")[0] == "gso-2019:00358"
    assert read(tree, A2026, commune="Phương Liệt")[0] == "qd19-2025:00352"
    place, reading = read(tree, A2026, commune="phường Phương Liệt", district="quận Thanh Xuân")
    assert place == "qd19-2025:01" and AreaFlag.SPLIT in reading.flags
    assert [tree.place(candidate) for candidate in reading.candidates] == ["qd19-2025:00322", "qd19-2025:00352"]


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [("00664", "Xã Vĩnh Quỳnh", "Xã Đại Thanh"), ("00679", "Xã Đại Áng", "Xã Ngọc Hồi")],
)
def test_a_reused_code_is_read_by_the_day(tree, code, before, after):
    for day, name in ((A2021, before), (A2026, after)):
        index = tree.on(day)
        reading = index.resolve(commune=code)
        assert index.name_of(reading.area_id) == name
        assert reading.flags == (AreaFlag.CODE_READ,)


def test_a_code_that_lost_its_zeros_is_likely(tree):
    place, reading = read(tree, A2021, commune="664")
    assert (place, reading.flags, reading.confidence) == ("gso-2019:00664", (AreaFlag.ZEROS_RESTORED,), Confidence.LIKELY)


def test_a_district_written_in_the_commune_column_is_taken_for_the_district(tree):
    place, reading = read(tree, A2021, commune="Thanh Xuân")
    assert (place, reading.flags) == ("gso-2019:009", (AreaFlag.BARE_NAME,))


def test_ha_dinh_of_january_2025_has_taken_in_kim_giang(tree):
    assert read(tree, A2021, commune="Hạ Đình")[0] == "gso-2019:00361"
    assert read(tree, A2025, commune="Hạ Đình")[0] == "gso-2025-01:00373"
    place, reading = read(tree, A2025, commune="P. Kim Giang", district="Thanh Xuân")
    assert place == "gso-2025-01:00373" and reading.flags == (AreaFlag.OLD_NAME,)


def test_an_old_commune_that_moved_whole_is_brought_over(tree):
    assert read(tree, A2026, commune="xã Vạn Phúc", district="Thanh Trì")[0] == "qd19-2025:00685"
    assert read(tree, A2026, commune="xã Yên Mỹ", district="Thanh Trì")[0] == "qd19-2025:00640"
    assert read(tree, A2026, province="Hải Dương")[0] == "qd19-2025:31"


def test_an_old_commune_that_was_divided_stays_a_question(tree):
    place, reading = read(tree, A2026, address="thôn Thọ Am, xã Liên Ninh, huyện Thanh Trì, Hà Nội")
    assert place == "qd19-2025:01" and reading.confidence == Confidence.AMBIGUOUS
    assert {tree.place(candidate) for candidate in reading.candidates} == {"qd19-2025:00679", "qd19-2025:00685"}
    assert reading.hamlet == "thôn Thọ Am"


def test_a_new_commune_written_with_its_former_district_is_still_read(tree):
    place, reading = read(tree, A2026, address="xã Nam Phù, huyện Thanh Trì, Hà Nội")
    assert place == "qd19-2025:00685" and AreaFlag.DISTRICT_UNKNOWN in reading.flags


def test_a_commune_of_that_name_in_another_district_is_not_taken(tree):
    place, reading = read(tree, A2021, address="xã Vạn Phúc, Hà Đông, Hà Nội")
    assert place == "gso-2019:268" and reading.flags == (AreaFlag.COMMUNE_UNKNOWN,)
    assert read(tree, A2021, address="xã Liên Ninh, huyện Gia Viễn, Ninh Bình")[0] == "gso-2019:37"


def test_a_commune_and_a_district_that_contradict_each_other_are_shown_both(tree):
    place, reading = read(tree, A2021, commune="xã Liên Ninh", district="quận Thanh Xuân")
    assert place == "gso-2019:009" and reading.flags == (AreaFlag.CONTRADICTION,)
    assert [tree.place(candidate) for candidate in reading.candidates] == ["gso-2019:00682"]


@pytest.mark.parametrize(("commune", "flag"), [("phường Liên Ninh", AreaFlag.KIND_DIFFERS), ("Liên Nin", AreaFlag.SPELLING)])
def test_a_wrong_unit_word_or_letter_is_likely_and_flagged(tree, commune, flag):
    place, reading = read(tree, A2021, commune=commune, district="Thanh Trì")
    assert place == "gso-2019:00682"
    assert (reading.confidence, reading.flags) == (Confidence.LIKELY, (flag,))


def test_an_address_in_another_province_or_country_has_a_place(tree):
    place, reading = read(tree, A2021, address="12 Nguyễn Trãi, Q.3, TP.HCM")
    assert place == "gso-2019:79" and reading.flags == (AreaFlag.DISTRICT_UNKNOWN,)
    place, reading = read(tree, A2021, address="Seoul, Hàn Quốc")
    assert (place, reading.country, reading.flags) == ("", "KR", (AreaFlag.ABROAD,))
    assert read(tree, A2021, province="Lào Cai")[0] == "gso-2019:10"


def test_words_that_name_nothing_are_unknown_and_nothing_is_guessed(tree):
    for columns in ({"address": "nhà bà ngoại"}, {}, {"commune": "Phú Mỹ Hưng"}):
        place, reading = read(tree, A2021, **columns)
        assert (place, reading.confidence) == ("", Confidence.UNKNOWN)


def test_a_hamlet_on_the_list_is_found_and_a_house_number_is_not_a_residential_group(tree):
    commune = tree.row("gso-2019", "00682")
    tho_am = _hamlet(901, "Thọ Am", AreaKind.HAMLET, commune, 1)
    group = _hamlet(902, "5", AreaKind.RESIDENTIAL_GROUP, commune, 2)
    index = tree.on(A2021, extra=(tho_am, group))
    assert index.resolve(address="xóm 3, thôn Thọ Am, xã Liên Ninh, Thanh Trì").area_id == 901
    assert index.resolve(hamlet="Thọ Am", commune="Liên Ninh").area_id == 901
    assert index.resolve(address="tổ 05, xã Liên Ninh, Thanh Trì").area_id == 902
    assert index.resolve(address="số 5, xã Liên Ninh, Thanh Trì").area_id == commune.id


def _hamlet(number, name, kind, commune, child):
    keys = frozenset({name.lower().replace("ọ", "o").replace(" ", "")})
    path = f"{commune.path}{child:04d}"
    return AreaRow(number, "", kind, AreaLevel.HAMLET, name, keys, path, commune.valid_from, commune.valid_to)


def test_the_same_words_are_read_once(tree):
    index = tree.on(A2021)
    assert index.resolve(commune="Liên Ninh") is index.resolve(commune="Liên Ninh")
    first, second = (index.resolve(address=f"số {house}, xã Liên Ninh, Thanh Trì") for house in (1, 2))
    assert first is second
