"""The people of communes as the list of areas has them."""

from collections.abc import Sequence

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.sentences import sentence
from tienphuong.forecast.entries import CommuneEntry, PeopleEntry
from tienphuong.forecast.studies import StudyError
from tienphuong.registry.models import Area


def people_of(viewer: Viewer, *, communes: Sequence[Area]) -> PeopleEntry:
    """The population of each commune; households are of the usual sizes. Raises StudyError for a commune without a figure."""
    for commune in communes:
        viewer.require(Permission.RUN_FORECAST, commune.path)
    if unknown := [commune.full_name for commune in communes if not commune.population]:
        raise StudyError(
            sentence("danh mục địa bàn không có dân số của {communes}", communes=", ".join(unknown)),
            where="dân cư",
            remedy="Gửi kèm tệp dân cư .csv.",
        )
    sources = sorted({commune.figures_source for commune in communes if commune.figures_source})
    return PeopleEntry([_entry(commune) for commune in communes], "; ".join(sources))


def _entry(commune: Area) -> CommuneEntry:
    return CommuneEntry(
        code=commune.code,
        name=commune.full_name,
        population=commune.population or 0,
        household_sizes=(),
        latitude=commune.centre_lat,
        longitude=commune.centre_lon,
    )
