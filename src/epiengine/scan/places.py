"""Where the counts were taken: points on the earth or on a plane, and how far they are from one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import Int32, same_length
from epiengine.errors import EngineError
from epiengine.scan.tables import Float64, finite

#: SaTScan's radius of the earth; its radii agree to the last printed digit with this one.
EARTH_KM: Final = 6367.0


@dataclass(frozen=True, eq=False)
class Places:
    """n locations, of which those at one point are one site: a circle holds all of them or none.

    point     float64[s, 2 or 3]: the sites; on the earth, points in space in km, so that a straight line orders as a great circle does
    site      int32[n]: the site of each location
    on_earth  whether distances are great circles in km; on a plane they are in the unit of the coordinates
    """

    point: Float64
    site: Int32
    on_earth: bool

    @property
    def locations(self) -> int:
        """How many locations there are."""
        return int(self.site.size)

    @property
    def sites(self) -> int:
        """How many different points they lie on."""
        return int(self.point.shape[0])

    def straight(self, one: int) -> Float64:
        """float64[s]: straight-line distance of every site from one of them."""
        away = self.point - self.point[one]
        return np.asarray(np.sqrt((away * away).sum(axis=1)))

    def along_ground(self, straight: Float64) -> Float64:
        """float64[s]: the same distances as they are told: along the great circle on the earth."""
        if not self.on_earth:
            return straight
        return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(straight / (2 * EARTH_KM), 1.0)))


def on_earth(latitude: ArrayLike, longitude: ArrayLike) -> Places:
    """Locations by latitude (-90 to 90) and longitude (-180 to 180), float[n] in degrees; distances in km on a sphere of 6367 km."""
    north = np.radians(finite("latitude", latitude, low=-90, high=90))
    east = np.radians(finite("longitude", longitude, low=-180, high=180))
    same_length(latitude=north, longitude=east)
    around = np.cos(north)
    return _places(EARTH_KM * np.column_stack([around * np.cos(east), around * np.sin(east), np.sin(north)]), on_earth=True)


def on_plane(x: ArrayLike, y: ArrayLike) -> Places:
    """Locations by Cartesian coordinates, float[n] in any unit; distances in that unit."""
    across, up = finite("x", x), finite("y", y)
    same_length(x=across, y=up)
    return _places(np.column_stack([across, up]), on_earth=False)


def _places(point: Float64, *, on_earth: bool) -> Places:
    if not point.size:
        raise EngineError("places", "none", "at least one location")
    _, first, inverse = np.unique(point, axis=0, return_index=True, return_inverse=True)
    # sites keep the order in which their first location was given: of equal clusters the first one is then named
    rank = np.empty(first.size, dtype=np.int32)
    rank[np.argsort(first)] = np.arange(first.size, dtype=np.int32)
    return Places(point=np.ascontiguousarray(point[np.sort(first)]), site=rank[inverse.ravel()], on_earth=on_earth)
