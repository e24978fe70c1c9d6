from datetime import UTC, date, datetime

import pytest

from tienphuong.core.access.viewer import Viewer, system_viewer
from tienphuong.registry.areas.services import load_reference_areas
from tienphuong.registry.models.areas import Area

AUGUST_2021 = date(2021, 8, 24)
NOW = datetime(2021, 8, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def tree(db) -> None:
    load_reference_areas()


@pytest.fixture
def viewer() -> Viewer:
    return system_viewer()


@pytest.fixture
def area():
    """An area by `gso-2019:00682`."""

    def find(key: str) -> Area:
        system, code = key.split(":")
        return Area.objects.get(code_system=system, code=code)

    return find
