"""The studies the post knows: the examples it comes with, and those an area has kept."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.forecast.entries import StudyEntry
from tienphuong.forecast.models import KnownStudy
from tienphuong.forecast.studies import read_study
from tienphuong.registry.models import Area

EXAMPLES = Path(settings.REPOSITORY) / "examples" / "plans"


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study to choose: the key it is asked for by, what it says, and who kept it (nobody: it came with the post)."""

    key: str
    study: StudyEntry
    kept: KnownStudy | None = None


def studies(viewer: Viewer, *, area: Area) -> list[StudyLine]:
    """The area's own studies, newest first; then the examples, those that start from records before those that assume."""
    viewer.require(Permission.RUN_FORECAST, area.path)
    own = KnownStudy.objects.filter(viewer.scope(Permission.RUN_FORECAST), area=area).order_by("-kept_at", "-pk")
    examples = [(path.stem, read_study(path.read_text(encoding="utf-8"))) for path in sorted(EXAMPLES.glob("*.toml"))]
    return [
        *(StudyLine(str(one.pk), read_study(one.text), one) for one in own),
        *(StudyLine(stem, study) for stem, study in sorted(examples, key=lambda example: example[1].start.kind != "records")),
    ]
