"""The shown lists of the shared data, taken into an empty post as a commune's station would send them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

SHOWN = Path(__file__).resolve().parents[4] / "shared" / "data" / "intake_cases"


@pytest.fixture
def shown() -> Callable[[str], list[Path]]:
    """The files of a shown case or table, in the order in which they are sent."""

    def find(name: str) -> list[Path]:
        if not SHOWN.is_dir():
            pytest.skip("the shared lists are not beside this tree")
        folder = SHOWN / "cases" / name
        return sorted(path for path in folder.iterdir() if path.suffix != ".md") if folder.is_dir() else [SHOWN / "tables" / name]

    return find


@pytest.fixture
def take(settings, tmp_path, areas, policy, at) -> Callable[..., IntakeFile]:
    """Take a list in from Liên Ninh: take(path) or take("header", "row", ...) gives the applied file."""
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines: str | Path, when: datetime = at - timedelta(hours=1), **facts: object) -> IntakeFile:
        first = lines[0]
        content, name = (first.read_bytes(), first.name) if isinstance(first, Path) else ("\n".join(map(str, lines)).encode(), "ca.csv")
        sent = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer(), "at": when}
        file = receive_file(content, name, **sent | facts)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=when, policy=policy)

    return make


@pytest.fixture
def count(areas, policy, lan, at) -> Callable[..., dict[str, int]]:
    """The figures of Liên Ninh at a cut-off, as they were known at a moment."""

    def make(moment: datetime = at, known_at: datetime | None = None) -> dict[str, int]:
        cutoff = cutoff_of(moment, policy=policy.disease("covid-19"), known_at=known_at)
        return figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values

    return make
