import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tienphuong.registry.rules.addresses import read_address
from tienphuong.registry.rules.terms import AddressFlag


def test_an_address_in_full_is_taken_apart_and_its_line_left_as_written() -> None:
    reading = read_address("số 12, ngách 78/34, ngõ 78, phố X, tổ 5, phường Y, quận Z")
    assert reading.line == "số 12, ngách 78/34, ngõ 78, phố X"
    assert (reading.hamlets, reading.commune, reading.commune_kind, reading.district) == (("tổ 5",), "Y", "phường", "Z")


@pytest.mark.parametrize("line", ["12/34/78 Nguyễn Trãi", "78/34/12 Nguyễn Trãi"])
def test_slashes_are_never_re_ordered(line: str) -> None:
    reading = read_address(f"{line}, P. Thượng Đình, Q. Thanh Xuân, HN")
    assert reading.line == line
    assert (reading.commune, reading.district, reading.province) == ("Thượng Đình", "Thanh Xuân", "Hà Nội")


def test_a_flat_in_a_tower_is_not_a_ward() -> None:
    reading = read_address("P1205 CT2 KĐT Tân Tây Đô, xã Tân Lập, huyện Đan Phượng")
    assert (reading.flat, reading.building, reading.estate, reading.commune) == ("1205", "CT2", "Tân Tây Đô", "Tân Lập")
    assert read_address("P.301 tòa CT2, phường Kim Giang").building == "CT2"


@pytest.mark.parametrize(
    ("raw", "commune", "estate", "flags"),
    [
        ("TT Văn Điển, huyện Thanh Trì", "Văn Điển", "", ()),
        ("TT Nguyễn Công Trứ, phường Phố Huế", "Phố Huế", "Nguyễn Công Trứ", ()),
        ("TT Văn Điển", "Văn Điển", "", (AddressFlag.TT_UNCLEAR,)),
    ],
)
def test_tt_is_a_town_or_an_estate_by_what_stands_around_it(raw: str, commune: str, estate: str, flags: tuple[AddressFlag, ...]) -> None:
    reading = read_address(raw)
    assert (reading.commune, reading.estate, reading.flags) == (commune, estate, flags)


@pytest.mark.parametrize(
    ("raw", "hamlets", "commune", "unlabelled"),
    [
        ("xóm 3, thôn Thọ Am, xã Liên Ninh", ("xóm 3", "thôn Thọ Am"), "Liên Ninh", ()),
        ("đội 5 Liên Ninh, Thanh Trì, Hà Nội", ("đội 5",), "", ("Liên Ninh", "Thanh Trì")),
        ("tổ dân phố số 7 thị trấn Văn Điển huyện Thanh Trì TP Hà Nội", ("tổ dân phố số 7",), "Văn Điển", ()),
        ("Liên Ninh - Thanh Trì - Hà Nội", (), "", ("Liên Ninh", "Thanh Trì")),
        ("X.Tam Hiệp, H.Thanh Trì, TP. Hà Nội", (), "Tam Hiệp", ()),
    ],
)
def test_places_are_found_with_and_without_their_words(
    raw: str, hamlets: tuple[str, ...], commune: str, unlabelled: tuple[str, ...]
) -> None:
    reading = read_address(raw)
    assert (reading.hamlets, reading.commune, reading.unlabelled) == (hamlets, commune, unlabelled)


def test_a_city_under_a_province_is_a_district() -> None:
    reading = read_address("phường 5, TP Vinh, tỉnh Nghệ An")
    assert (reading.commune, reading.district, reading.province) == ("5", "Vinh", "Nghệ An")


def test_a_ward_number_is_flagged() -> None:
    assert AddressFlag.P_UNCLEAR in read_address("P5, Q1, TP.HCM").flags


@given(st.text(max_size=60))
@example(";")
def test_the_raw_text_is_always_kept(raw: str) -> None:
    assert read_address(raw).original == raw
