"""Boundaries from GeoJSON, and cells where there are none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shapely import unary_union
from shapely.geometry import shape

from tienphuong.core.models import AuditEntry
from tienphuong.registry.areas.cells import schematic_cells
from tienphuong.registry.areas.geometry import import_geometry
from tienphuong.registry.areas.queries import outlines_of
from tienphuong.registry.areas.services import AreaRefused
from tienphuong.registry.areas.terms import CodeSystem
from tienphuong.registry.models.areas import Area

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "vn_admin"
NOW = datetime(2021, 8, 24, 9, 0, tzinfo=UTC)
SQUARE = {"type": "Polygon", "coordinates": [[[105.8, 20.9], [105.9, 20.9], [105.9, 21.0], [105.8, 21.0], [105.8, 20.9]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[105.8, 20.9], [105.9, 21.0], [105.9, 20.9], [105.8, 21.0], [105.8, 20.9]]]}
pytestmark = pytest.mark.usefixtures("tree")


def collection(folder: Path, *features: tuple[dict, object]) -> Path:
    file = folder / "ranh_gioi.geojson"
    body = [{"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": body}), encoding="utf-8")
    return file


def bring_in(file: Path, viewer):
    return import_geometry(file, code_system=CodeSystem.GSO_2019, actor=viewer, at=NOW)


@pytest.mark.skipif(not SHARED.exists(), reason="the polygons of shared/data are not on this machine")
@pytest.mark.parametrize(("file", "communes"), [("thanh_tri_2009_MIT.geojson", 16), ("thanh_xuan_2009_MIT.geojson", 11)])
def test_the_polygons_of_2009_find_every_commune_by_name(viewer, file, communes):
    outcome = bring_in(SHARED / file, viewer)
    assert (len(outcome.matched), outcome.unmatched) == (communes, [])
    drawn = Area.objects.filter(geometry__isnull=False)
    assert drawn.count() == communes
    for area in drawn:
        outline = shape(area.geometry)
        assert outline.is_valid and outline.area > 0
        assert abs(outline.centroid.y - area.centre_lat) < 0.006 and abs(outline.centroid.x - area.centre_lon) < 0.006


def test_a_feature_is_matched_by_its_code(viewer, area, tmp_path):
    assert bring_in(collection(tmp_path, ({"ma": "00682"}, SQUARE)), viewer).matched == ["00682"]
    assert shape(area("gso-2019:00682").geometry).area == pytest.approx(0.01)


def test_a_self_crossing_outline_is_mended(viewer, area, tmp_path):
    bring_in(collection(tmp_path, ({"code": "00682"}, BOW_TIE)), viewer)
    assert shape(area("gso-2019:00682").geometry).is_valid


def test_every_feature_without_a_place_is_told_with_its_reason(viewer, tmp_path):
    far = {"type": "Polygon", "coordinates": [[[20.9, 105.8], [21.0, 105.8], [21.0, 105.9], [20.9, 105.8]]]}
    file = collection(
        tmp_path,
        ({"name": "Yên Viên", "district": "Gia Lâm"}, SQUARE),
        ({"name": "Liên Ninh", "district": "Thanh Xuân"}, SQUARE),
        ({}, SQUARE),
        ({"code": "00682"}, {"type": "LineString", "coordinates": [[105.8, 20.9], [105.9, 21.0]]}),
        ({"code": "00685"}, far),
        ({"code": "00679"}, {"type": "Polygon", "coordinates": "x"}),
        ({"code": "00673"}, SQUARE),
        ({"code": "00673"}, SQUARE),
    )
    outcome = bring_in(file, viewer)
    assert outcome.matched == ["00673"]
    assert [feature.feature for feature in outcome.unmatched] == [1, 2, 3, 4, 5, 6, 8]
    reasons = " | ".join(feature.reason for feature in outcome.unmatched)
    for said in (
        "có 2 đơn vị tên «Yên Viên»",
        "thuộc Thanh Xuân",
        "không có tên",
        "không có diện tích",
        "ngoài Việt Nam",
        "không đọc được",
        "đối tượng trước",
    ):
        assert said in reasons


def test_a_file_that_is_no_map_is_refused_and_changes_nothing(viewer, tmp_path):
    for text in ("not json", "[]", '{"type": "Feature"}', '{"type": "FeatureCollection", "features": [1]}'):
        file = tmp_path / "x.geojson"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(AreaRefused, match=r"x\.geojson"):
            bring_in(file, viewer)
    assert not Area.objects.filter(geometry__isnull=False).exists()


def test_an_import_of_boundaries_is_audited(viewer, tmp_path):
    bring_in(collection(tmp_path, ({"code": "00682"}, SQUARE)), viewer)
    entry = AuditEntry.objects.get(act="areas.geometry")
    assert entry.facts == {"file": "ranh_gioi.geojson", "matched": ["00682"], "unmatched": 0}


def test_schematic_cells_tile_the_map_even_where_centres_coincide():
    communes = Area.objects.filter(code_system="gso-2019", level="commune", centre_lat__isnull=False)
    centres = {area.pk: (area.centre_lat, area.centre_lon) for area in communes}
    assert len(set(centres.values())) < len(centres) == 27
    cells = schematic_cells(centres)
    assert set(cells) == set(centres)
    assert all(cell.is_valid and cell.area > 0 for cell in cells.values())
    assert sum(cell.area for cell in cells.values()) == pytest.approx(unary_union(list(cells.values())).area)


def test_one_area_or_none_still_draws():
    assert schematic_cells({}) == {}
    assert schematic_cells({7: (20.91, 105.85)})[7].contains(shape({"type": "Point", "coordinates": (105.85, 20.91)}))


def test_a_map_is_schematic_until_every_area_has_its_boundary(viewer, area, tmp_path):
    communes = [area("gso-2019:00682"), area("gso-2019:00685")]
    assert outlines_of(viewer, areas=communes).schematic
    bring_in(collection(tmp_path, ({"code": "00682"}, SQUARE)), viewer)
    halfway = outlines_of(viewer, areas=[area("gso-2019:00682"), area("gso-2019:00685")])
    assert halfway.schematic and set(halfway.shapes) == {commune.pk for commune in communes}
    bring_in(collection(tmp_path, ({"code": "00685"}, SQUARE)), viewer)
    real = outlines_of(viewer, areas=[area("gso-2019:00682"), area("gso-2019:00685")])
    assert not real.schematic and len(real.shapes) == 2
