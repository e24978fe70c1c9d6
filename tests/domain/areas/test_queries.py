"""Codes, searches and successions, asked of the database."""

from datetime import date
from decimal import Decimal

import pytest

from tienphuong.registry.areas.queries import area_by_code, find_areas, successions_from, successors_of
from tienphuong.registry.areas.rules import ShareLink, convert_share
from tienphuong.registry.areas.terms import AreaLevel, CodeSystem

AUGUST_2021 = date(2021, 8, 24)
NOVEMBER_2026 = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("tree")


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("00664", "Xã Vĩnh Quỳnh", "Xã Đại Thanh"),
        ("00679", "Xã Đại Áng", "Xã Ngọc Hồi"),
        ("00685", "Xã Đông Mỹ", "Xã Nam Phù"),
        ("00640", "Thị trấn Văn Điển", "Xã Thanh Trì"),
        ("00367", "Phường Thanh Xuân Bắc", "Phường Thanh Xuân"),
        ("00352", "Phường Khương Mai", "Phường Phương Liệt"),
        ("00301", "Phường Thanh Trì", "Phường Vĩnh Hưng"),
    ],
)
def test_a_reused_code_means_the_area_of_the_day(viewer, code, before, after):
    assert str(area_by_code(viewer, code=code, on=AUGUST_2021).area) == before
    assert str(area_by_code(viewer, code=code, on=NOVEMBER_2026).area) == after
    assert str(area_by_code(viewer, code=code, on=None, code_system=CodeSystem.GSO_2019).area) == before


def test_a_bare_code_without_a_day_is_a_question_with_its_candidates(viewer):
    reading = area_by_code(viewer, code="00664", on=None)
    assert reading.area is None
    assert [str(area) for area in reading.candidates] == ["Xã Đại Thanh", "Xã Vĩnh Quỳnh", "Xã Vĩnh Quỳnh"]


def test_a_list_that_says_only_what_changed_is_continued_by_the_one_before(viewer):
    assert str(area_by_code(viewer, code="020", on=None, code_system=CodeSystem.GSO_2025_01).area) == "Huyện Thanh Trì"
    assert str(area_by_code(viewer, code="46", on=None, code_system=CodeSystem.GSO_2025_01).area) == "Thành phố Huế"
    assert area_by_code(viewer, code="020", on=None, code_system=CodeSystem.QD19_2025).area is None


def names(found):
    return [str(answer.area) for answer in found]


def test_search_reads_accents_abbreviations_and_unit_words(viewer):
    for text in ("lien ninh", "Liên Ninh", "X. Liên Ninh", "LIENNINH", "xã liên ninh"):
        assert names(find_areas(viewer, text=text, on=AUGUST_2021))[0] == "Xã Liên Ninh"
    assert names(find_areas(viewer, text="P. Ha Dinh", on=AUGUST_2021))[0] == "Phường Hạ Đình"
    assert names(find_areas(viewer, text="dai ang", on=AUGUST_2021))[0] == "Xã Đại Áng"
    assert names(find_areas(viewer, text="TPHCM", on=AUGUST_2021))[0] == "Thành phố Hồ Chí Minh"
    assert find_areas(viewer, text=" .,", on=AUGUST_2021) == []


def test_search_puts_the_areas_of_the_day_first_and_former_names_after_them(viewer):
    found = find_areas(viewer, text="thanh trì", on=AUGUST_2021)
    assert names(found)[:2] == ["Huyện Thanh Trì", "Phường Thanh Trì"]
    later = next(answer for answer in found if str(answer.area) == "Xã Thanh Trì")
    assert "chỉ có từ 01/07/2025" in later.reason
    now = find_areas(viewer, text="thanh trì", on=NOVEMBER_2026)
    assert names(now)[0] == "Xã Thanh Trì"
    assert any("tên cũ" in answer.reason for answer in now)


def test_search_tells_the_town_from_the_commune_of_yen_vien(viewer):
    assert set(names(find_areas(viewer, text="yên viên", on=AUGUST_2021))[:2]) == {"Thị trấn Yên Viên", "Xã Yên Viên"}
    assert names(find_areas(viewer, text="TT Yên Viên", on=AUGUST_2021))[0] == "Thị trấn Yên Viên"


def test_search_stays_inside_an_area_and_a_level(viewer, area):
    thanh_xuan = area("gso-2019:009")
    found = find_areas(viewer, text="thanh", on=AUGUST_2021, within=thanh_xuan.path, level=AreaLevel.COMMUNE)
    assert {name for name in names(found) if name.startswith("Phường Thanh Xuân")} == {
        "Phường Thanh Xuân Trung",
        "Phường Thanh Xuân Bắc",
        "Phường Thanh Xuân Nam",
    }
    assert all(answer.area.path.startswith(thanh_xuan.path) for answer in found)


def test_successors_are_followed_through_both_reorganisations(viewer, area):
    def after(key, day):
        return sorted(str(a) for a in successors_of(viewer, area=area(key), on=day))

    assert after("gso-2019:00682", AUGUST_2021) == ["Xã Liên Ninh"]
    assert after("gso-2019:00370", date(2025, 3, 1)) == ["Phường Thanh Xuân Bắc"]
    assert after("gso-2019:00370", NOVEMBER_2026) == ["Phường Thanh Liệt", "Phường Thanh Xuân"]
    assert after("gso-2019:00682", NOVEMBER_2026) == ["Xã Nam Phù", "Xã Ngọc Hồi"]
    assert after("gso-2019:00661", NOVEMBER_2026) == ["Xã Thanh Trì"]
    assert after("gso-2019:30", NOVEMBER_2026) == ["Thành phố Hải Phòng"]
    assert after("gso-2019:46", date(2025, 3, 1)) == ["Thành phố Huế"]


def test_a_figure_of_lien_ninh_cannot_be_shared_out_because_the_resolution_gives_no_shares(viewer, area):
    links = successions_from(viewer, area=area("gso-2025-01:00682"))
    assert {link.basis for link in links} == {
        "Nghị quyết 1656/NQ-UBTVQH15, Điều 1 khoản 54",
        "Nghị quyết 1656/NQ-UBTVQH15, Điều 1 khoản 55",
    }
    conversion = convert_share(Decimal(136), links=[ShareLink(link.new_id, link.share) for link in links])
    assert conversion.approximate and conversion.unplaced == 136
