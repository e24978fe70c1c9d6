"""Real boundaries: read from GeoJSON, matched to areas, mended, made light enough for a map."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from shapely import GEOSException, MultiPolygon, Polygon, get_num_coordinates, make_valid, set_precision
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.refusal import Refusal
from tienphuong.registry.areas.rules import designations, keys_of
from tienphuong.registry.areas.services import AreaRefused
from tienphuong.registry.areas.terms import AreaKind, AreaLevel, CodeSystem
from tienphuong.registry.models.areas import Area

LARGEST_FILE: Final = 64 * 1024 * 1024
MOST_FEATURES: Final = 20_000
_MOST_POINTS: Final = 2_000
_CODE_PROPERTIES: Final = ("code", "ma", "ma_xa", "maxa", "ward_code", "commune_code", "gso_code", "id")
_NAME_PROPERTIES: Final = ("commune_vn", "name", "ten", "ten_xa", "tenxa", "ward", "commune", "district_vn")
_DISTRICT_PROPERTIES: Final = ("district_vn", "district", "huyen", "ten_huyen", "quan_huyen")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A feature that found no place, with its number in the file, its name and the reason."""

    feature: int
    name: str
    reason: str


@dataclass
class GeometryOutcome:
    """What an import of boundaries did: the codes that got one, and every feature that did not."""

    matched: list[str] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)


@transaction.atomic
def import_geometry(path: Path, *, code_system: CodeSystem, actor: Viewer, at: datetime) -> GeometryOutcome:
    """Give areas of one list the boundaries of a GeoJSON file. All that match are written in one act; the rest are told.

    1 read the file within bounds
    2 match each feature by code, or by its folded name inside its district
    3 mend and lighten the shape
    4 write, audit
    """
    features = _features(path)
    areas = list(Area.objects.filter(code_system=code_system).exclude(level=AreaLevel.HAMLET))
    outcome, changed = GeometryOutcome(), {}
    finder = _Finder(areas)
    for number, feature in enumerate(features, start=1):
        found = finder.find(feature)
        geometry = _light(feature.get("geometry")) if isinstance(found, Area) else found
        if isinstance(found, Area) and found.pk in changed:
            geometry = Refusal(f"«{found}» đã có ranh giới từ một đối tượng trước trong tệp")
        if isinstance(found, str) or isinstance(geometry, Refusal | str):
            outcome.unmatched.append(Unmatched(number, _name(feature), str(geometry)))
            continue
        found.geometry = geometry
        changed[found.pk] = found
    Area.objects.bulk_update(changed.values(), ["geometry"], batch_size=50)
    outcome.matched = sorted(area.code for area in changed.values())
    facts: dict[str, object] = {"file": path.name, "matched": outcome.matched, "unmatched": len(outcome.unmatched)}
    audit.record("areas.geometry", actor=actor, at=at, subject_kind="area", subject_id=str(code_system), facts=facts)
    return outcome


def _features(path: Path) -> list[dict[str, Any]]:
    """The features of a file that is small enough and is what it claims to be."""
    if path.stat().st_size > LARGEST_FILE:
        raise AreaRefused(Refusal(f"«{path.name}» lớn hơn {LARGEST_FILE >> 20} MB", remedy="Tách tệp theo tỉnh hoặc giảm số điểm."))
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise AreaRefused(
            Refusal(f"«{path.name}» không phải JSON: {error}", remedy="Xuất lại từ phần mềm bản đồ dạng GeoJSON, UTF-8.")
        ) from error
    features = document.get("features") if isinstance(document, dict) and document.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise AreaRefused(
            Refusal(f"«{path.name}» không phải một FeatureCollection", remedy="Cần một tệp GeoJSON chứa các đơn vị hành chính.")
        )
    if len(features) > MOST_FEATURES:
        raise AreaRefused(Refusal(f"«{path.name}» có {len(features)} đối tượng, quá {MOST_FEATURES}", remedy="Tách tệp theo tỉnh."))
    return features


class _Finder:
    """Finds the area of a feature among those of one list."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_code = {area.code: area for area in areas}
        self._by_path = {area.path: area for area in Area.objects.filter(level=AreaLevel.DISTRICT)}
        self._by_name: dict[str, list[Area]] = defaultdict(list)
        for area in self._by_code.values():
            for key in keys_of(area.search_key):
                self._by_name[key].append(area)

    def find(self, feature: dict[str, Any]) -> "Area | str":
        """The area of a feature, or the reason there is none."""
        properties = feature.get("properties") or {}
        for name in _CODE_PROPERTIES:
            area = self._by_code.get(str(properties.get(name, "")))
            if area is not None:
                return area
        written = _name(feature)
        if not written:
            return "không có mã đơn vị và không có tên"
        return self._named(written, district=_first(properties, _DISTRICT_PROPERTIES))

    def _named(self, written: str, *, district: str) -> "Area | str":
        """The one area of that name, in that district when the feature names one."""
        areas = {
            area.pk: area
            for reading in designations(written)
            for area in self._by_name.get(reading.key, ())
            if not reading.kinds or AreaKind(area.kind) in reading.kinds
        }
        if district:
            areas = {pk: area for pk, area in areas.items() if self._in_district(area, district)}
        if len(areas) == 1:
            return next(iter(areas.values()))
        where = f" thuộc {district}" if district else ""
        return (
            f"có {len(areas)} đơn vị tên «{written}»{where}" if areas else f"không có đơn vị nào tên «{written}»{where} trong danh mục này"
        )

    def _in_district(self, area: Area, district: str) -> bool:
        """Whether an area lies in the district of that name; where there are no districts, any will do."""
        parent = self._by_path.get(area.path[:-4])
        return parent is None or bool(keys_of(parent.search_key) & {reading.key for reading in designations(district)})


def _light(geometry: object) -> dict[str, Any] | Refusal:
    """A valid polygon of at most so many points, five decimals (about a metre); or why it cannot be one."""
    try:
        drawn = make_valid(shape(geometry))
    except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        return Refusal(f"hình không đọc được ({error})")
    area = _polygons(drawn)
    if area.is_empty:
        return Refusal("hình không có diện tích")
    west, south, east, north = area.bounds
    if west < 100 or east > 120 or south < 6 or north > 25:
        return Refusal("toạ độ nằm ngoài Việt Nam", remedy="Cần kinh độ, vĩ độ WGS 84 theo thứ tự (kinh độ, vĩ độ).")
    return dict(mapping(set_precision(_simple(area), 1e-5)))


def _polygons(drawn: BaseGeometry) -> MultiPolygon:
    """Only what has area; mending may leave lines and points behind."""
    parts = [drawn] if isinstance(drawn, Polygon) else list(getattr(drawn, "geoms", []))
    return MultiPolygon(
        [
            polygon
            for part in parts
            for polygon in ([part] if isinstance(part, Polygon) else getattr(part, "geoms", []))
            if isinstance(polygon, Polygon)
        ]
    )


def _simple(area: BaseGeometry) -> BaseGeometry:
    """The shape with fewer points, coarser until it is light enough."""
    tolerance = 2e-5
    while get_num_coordinates(area) > _MOST_POINTS and tolerance < 0.01:
        area, tolerance = area.simplify(tolerance), tolerance * 2
    return area


def _name(feature: dict[str, Any]) -> str:
    return _first(feature.get("properties") or {}, _NAME_PROPERTIES)


def _first(properties: dict[str, Any], names: Iterable[str]) -> str:
    return next((str(properties[name]).strip() for name in names if properties.get(name)), "")
