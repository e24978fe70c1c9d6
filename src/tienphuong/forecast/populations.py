"""The people of a study as a table: code, name, population, households by size, perhaps the centre point."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import astuple

from tienphuong.core.sentences import sentence
from tienphuong.forecast.entries import CommuneEntry
from tienphuong.forecast.studies import StudyError

COLUMNS = ("code", "name", "population", "size_1")
USED = "code, name, population, size_1, size_2, ..., size_7plus, latitude, longitude"


def read_population(text: str) -> tuple[CommuneEntry, ...]:
    """The communes of a table in CSV. Raises StudyError with the line."""
    rows = tuple(_commune(row, number) for number, row in enumerate(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))), 2))
    if not rows:
        raise StudyError("không có dòng nào", where="dân cư", remedy=sentence("Tệp .csv cần các cột {columns}.", columns=USED))
    return rows


def population_text(communes_of: Sequence[CommuneEntry]) -> str:
    """The table again, as it is read."""
    sizes = max((len(commune.household_sizes) for commune in communes_of), default=0)
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["code", "name", "population", *(f"size_{size + 1}" for size in range(sizes)), "latitude", "longitude"])
    for one in communes_of:
        table.writerow([one.code, one.name, one.population, *one.household_sizes, one.latitude or "", one.longitude or ""])
    return written.getvalue()


def plain(communes_of: Sequence[CommuneEntry]) -> list[list[object]]:
    """The communes as lists, for keeping."""
    return [list(astuple(commune)) for commune in communes_of]


def from_plain(kept: Sequence[Sequence[object]]) -> tuple[CommuneEntry, ...]:
    """The communes that were kept."""
    return tuple(_entry(*row) for row in kept)


def _entry(code: str, name: str, population: int, sizes: Sequence[int], latitude: float | None, longitude: float | None) -> CommuneEntry:
    return CommuneEntry(code=code, name=name, population=population, household_sizes=tuple(sizes), latitude=latitude, longitude=longitude)


def _commune(row: Mapping[str, str], number: int) -> CommuneEntry:
    """One line of a table; latitude and longitude may be absent."""
    try:
        latitude, longitude = (float(row[key]) if row.get(key) else None for key in ("latitude", "longitude"))
        sizes = tuple(int(row[key]) for key in row if key and key.startswith("size_"))
        return _entry(row["code"], row["name"], int(row["population"]), sizes, latitude, longitude)
    except (KeyError, TypeError, ValueError) as error:
        raise StudyError(
            sentence("thiếu hoặc sai cột ({error})", error=error),
            where=sentence("dân cư, dòng {number}", number=number),
            remedy=sentence("Tệp .csv cần các cột {columns}.", columns=USED),
        ) from error
