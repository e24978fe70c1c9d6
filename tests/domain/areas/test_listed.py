"""Full lists of communes from outside: three formats, loaded once, nothing known overwritten; addresses of other provinces stop at the commune."""

import json
from datetime import date

import pytest

from tienphuong.cli.main import main
from tienphuong.core.access.viewer import system_viewer
from tienphuong.registry.areas.listed import ListRefused, listed_areas
from tienphuong.registry.areas.queries import area_index
from tienphuong.registry.areas.services import AreaRefused, load_listed_areas, load_reference_areas
from tienphuong.registry.areas.terms import AreaKind, AreaLevel, CodeSystem
from tienphuong.registry.models import Area

pytestmark = pytest.mark.django_db
OFFICE = """Tỉnh Thành Phố,Mã TP,Quận Huyện,Mã QH,Phường Xã,Mã PX,Cấp
Tỉnh Bắc Giang,24,Thành phố Bắc Giang,213,Phường Thọ Xương,07201,Phường
Tỉnh Bắc Giang,24,Huyện Việt Yên,222,Thị trấn Bích Động,07777,Thị trấn
Tỉnh Bắc Giang,24,Huyện Việt Yên,222,Xã Minh Đức,7774,Xã
Thành phố Hà Nội,01,Huyện Thanh Trì,020,Xã Liên Ninh,00682,Xã
"""
OWN = """code_system,code,official_name,parent,kind
gso-2019,213,Thành phố Bắc Giang,gso-2019:24,provincial_city
gso-2019,222,Huyện Việt Yên,gso-2019:24,
gso-2019,07201,Phường Thọ Xương,gso-2019:213,
gso-2019,07777,Thị trấn Bích Động,gso-2019:222,
gso-2019,07774,Xã Minh Đức,gso-2019:222,
"""
NESTED = [
    {
        "name": "Tỉnh Bắc Giang", "code": 24, "division_type": "tỉnh",
        "districts": [
            {"name": "Thành phố Bắc Giang", "code": 213, "wards": [{"name": "Phường Thọ Xương", "code": 7201}]},
            {"name": "Huyện Việt Yên", "code": 222, "wards": [{"name": "Thị trấn Bích Động", "code": 7777}, {"name": "Xã Minh Đức", "code": 7774}]},
        ],
    }
]  # fmt: skip
TWO_LEVELS = [
    {"name": "Tuyên Quang", "code": 8, "division_type": "tỉnh", "wards": [{"name": "Xã Thượng Lâm", "code": 2269}, {"name": "Xã Lâm Bình", "code": 2266}]}
]  # fmt: skip
DAY = date(2021, 8, 24)


@pytest.fixture
def listed(tmp_path):
    def write(content, name="danh-muc.csv"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("content", "generation"), [(OFFICE, CodeSystem.GSO_2019), (OWN, None), (NESTED, None)], ids=["office", "own", "nested"]
)
def test_every_format_brings_the_communes_with_their_districts(listed, content, generation):
    load_reference_areas()
    before = dict(Area.objects.values_list("path", "official_name"))
    assert load_listed_areas(listed_areas(listed(content), generation=generation)) == 5
    assert load_listed_areas(listed_areas(listed(content), generation=generation)) == 0
    assert before.items() <= dict(Area.objects.values_list("path", "official_name")).items()
    city = Area.objects.get(code_system="gso-2019", code="213")
    assert (city.kind, city.level) == (AreaKind.PROVINCIAL_CITY, AreaLevel.DISTRICT)
    index = area_index(system_viewer(), on=DAY)
    for address, code in (
        ("Thôn Ngân Đài, xã Minh Đức, huyện Việt Yên, tỉnh Bắc Giang", "07774"),
        ("TT Bích Động, Việt Yên, Bắc Giang", "07777"),
        ("P. Thọ Xương, TP Bắc Giang, Bắc Giang", "07201"),
        ("xã Liên Ninh, huyện Thanh Trì, Hà Nội", "00682"),
    ):
        assert Area.objects.get(pk=index.resolve(address=address).area_id).code == code, address


def test_the_two_levels_of_2025_are_their_own_generation(listed):
    load_reference_areas()
    assert load_listed_areas(listed_areas(listed(TWO_LEVELS, "nested.json"), generation=None)) == 2
    index = area_index(system_viewer(), on=date(2026, 1, 5))
    assert Area.objects.get(pk=index.resolve(address="xã Lâm Bình, tỉnh Tuyên Quang").area_id).code == "02266"


@pytest.mark.parametrize("content", ["", "[]", "{", "a,b\n1,2\n", OFFICE])
def test_a_file_that_is_no_list_says_why(listed, content):
    with pytest.raises(ListRefused):
        load_listed_areas(listed_areas(listed(content), generation=None if content == OFFICE else CodeSystem.GSO_2019))


def test_a_unit_without_its_parent_is_refused_and_nothing_is_written(listed):
    load_reference_areas()
    count = Area.objects.count()
    with pytest.raises(AreaRefused):
        load_listed_areas(listed_areas(listed(OWN.replace("gso-2019:24", "gso-2019:98")), generation=None))
    assert Area.objects.count() == count


def test_the_terminal_loads_a_file(listed, capsys):
    assert main(["areas", "load", str(listed(OFFICE)), "--generation", "gso-2019"]) == 0
    assert "5 đơn vị mới" in capsys.readouterr().out
    assert main(["areas", "load", str(listed(OFFICE))]) != 0


def test_a_place_is_read_by_the_units_of_a_day(db):
    load_reference_areas()
    now = area_index(system_viewer(), on=date(2026, 1, 5))
    then = now.at(DAY)
    assert now.at(date(2026, 7, 1)) is now and now.at(DAY) is then
    codes = {
        Area.objects.get(pk=index.resolve(address="xã Ngọc Hồi, Hà Nội" if index is now else "xã Ngọc Hồi, huyện Thanh Trì, Hà Nội").area_id).code_system
        for index in (now, then)
    }  # fmt: skip
    assert codes == {"gso-2019", "qd19-2025"}
