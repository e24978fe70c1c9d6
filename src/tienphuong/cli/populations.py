"""The people a study is about: a district of the census of 2019, or a table of one's own."""

from pathlib import Path

from demodistrict.census import THANH_TRI, THANH_XUAN
from demodistrict.census import communes as census_communes
from tienphuong.cli.common import UserError
from tienphuong.forecast.entries import CommuneEntry
from tienphuong.forecast.populations import read_population
from tienphuong.forecast.studies import StudyError
from tienphuong.registry.areas.reference import area_lines

POPULATIONS = {"thanh-tri": THANH_TRI, "thanh-xuan": THANH_XUAN}
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
    try:
        return read_population(Path(name).read_text(encoding="utf-8-sig"))
    except StudyError as error:
        raise UserError(f"{name}: {error}") from error


def _centres() -> dict[str, tuple[float, float]]:
    """Centre points of the communes of the census, latitude and longitude."""
    lines = (line.values for line in area_lines() if line.key[0] == CENSUS)
    return {values["code"]: (values["centre_lat"], values["centre_lon"]) for values in lines if values["centre_lat"]}
