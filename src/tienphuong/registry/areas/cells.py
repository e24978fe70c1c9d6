"""Schematic cells: a map for areas of which only the centre point is known."""

from collections.abc import Mapping
from math import cos, radians, sin, tau
from typing import Final

from shapely import MultiPoint, Point, Polygon, box, voronoi_polygons
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

_PADDING: Final = 0.012
_APART: Final = 0.004


def schematic_cells(centres: Mapping[int, tuple[float, float]]) -> dict[int, Polygon]:
    """One cell an area, from centres (latitude, longitude): Voronoi cells cut to a padded hull. They tile it, touch and do not overlap.

    Degrees of longitude are narrowed first, so that a cell is nearest in kilometres and not in degrees.
    Centres that coincide (they are rounded) are set apart on a small circle in the order of their areas.
    """
    if not centres:
        return {}
    narrowing = cos(radians(sum(lat for lat, _ in centres.values()) / len(centres)))
    points = {area: Point(lon * narrowing, lat) for area, (lat, lon) in _apart(centres).items()}
    outline = _outline(list(points.values()))
    cells = voronoi_polygons(MultiPoint(list(points.values())), extend_to=outline).geoms if len(points) > 1 else [outline]
    found: dict[int, Polygon] = {}
    for cell in cells:
        area = next(area for area, point in points.items() if cell.covers(point))
        found[area] = scale(cell.intersection(outline), xfact=1 / narrowing, yfact=1, origin=(0, 0))
    return found


def _outline(points: list[Point]) -> BaseGeometry:
    """The padded hull; a single point gets a square."""
    if len(points) == 1:
        point = points[0]
        return box(point.x - _PADDING, point.y - _PADDING, point.x + _PADDING, point.y + _PADDING)
    return MultiPoint(points).convex_hull.buffer(_PADDING, quad_segs=4)


def _apart(centres: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """The same centres, with those that share one point moved evenly round it."""
    sharing: dict[tuple[float, float], list[int]] = {}
    for area in sorted(centres):
        sharing.setdefault(centres[area], []).append(area)
    moved: dict[int, tuple[float, float]] = {}
    for (lat, lon), areas in sharing.items():
        radius = _APART if len(areas) > 1 else 0.0
        for turn, area in enumerate(areas):
            angle = tau * turn / len(areas)
            moved[area] = (lat + radius * sin(angle), lon + radius * cos(angle))
    return moved
