"""The people a study is about: a district of the census of 2019, or a table of one's own."""

import csv
from collections.abc import Mapping
from pathlib import Path

from demodistrict.census import THANH_TRI, THANH_XUAN
from demodistrict.census import communes as census_communes
from tienphuong.cli.common import UserError
from tienphuong.forecast.entries import CommuneEntry
from tienphuong.registry.areas.reference import area_lines

POPULATIONS = {"thanh-tri": THANH_TRI, "thanh-xuan": THANH_XUAN}
COLUMNS = ("code", "name", "population", "size_1")
CENSUS = "gso-2019"


def population_of(name: str) -> tuple[CommuneEntry, ...]:
    """The communes of a named district, or of a table of one's own."""
    if name in POPULATIONS:
        places = _centres()
        return tuple(
            CommuneEntry(
                code=one.code,
                name=one.name,
                population=one.population,
                household_sizes=one.size_counts,
                latitude=places[one.code][0],
                longitude=places[one.code][1],
            )
            for one in census_communes(POPULATIONS[name])
        )
    if not Path(name).is_file():
        raise UserError(f"không có dân cư “{name}”. Chọn {', '.join(POPULATIONS)}, hoặc đường dẫn một tệp .csv.")
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        rows = [_commune(row, number) for number, row in enumerate(csv.DictReader(file), 2)]
    if not rows:
        raise UserError(f"tệp {name} không có dòng nào.")
    return tuple(rows)


def _centres() -> dict[str, tuple[float, float]]:
    """Centre points of the communes of the census, latitude and longitude."""
    lines = (line.values for line in area_lines() if line.key[0] == CENSUS)
    return {values["code"]: (values["centre_lat"], values["centre_lon"]) for values in lines if values["centre_lat"]}


def _commune(row: Mapping[str, str], number: int) -> CommuneEntry:
    """One line of a table: code, name, population, size_1.. size_7plus, latitude, longitude (the last two may be absent)."""
    try:
        sizes = tuple(int(row[key]) for key in row if key and key.startswith("size_"))
        latitude, longitude = (float(row[key]) if row.get(key) else None for key in ("latitude", "longitude"))
        return CommuneEntry(
            code=row["code"],
            name=row["name"],
            population=int(row["population"]),
            household_sizes=sizes,
            latitude=latitude,
            longitude=longitude,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"dòng {number}: thiếu hoặc sai cột ({error}). Cần {', '.join(COLUMNS)}, size_2, ..., size_7plus.") from error
