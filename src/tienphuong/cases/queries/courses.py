"""Reading confirmed cases as a forecast needs them: where each counts and its days, without the person."""

from dataclasses import dataclass
from datetime import date, datetime

from tienphuong.cases.models import CaseState
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models.records import as_known
from tienphuong.registry.briefs import inside

CONFIRMED = (Classification.CONFIRMED, Classification.RE_POSITIVE)
ENDED = frozenset({Outcome.RECOVERED, Outcome.DIED, Outcome.TRANSFERRED})


@dataclass(frozen=True, slots=True)
class Course:
    """A confirmed case: the area it counts in, its days as far as they are known, and whether and how it ended."""

    area_path: str
    onset_on: date | None
    detected_on: date | None
    confirmed_at: datetime | None
    isolated_at: datetime | None
    ended_at: datetime | None
    died: bool


def courses(viewer: Viewer, *, area_path: str, disease: str, known_at: datetime) -> tuple[Course, ...]:
    """The confirmed cases of an area as believed at a moment, in the order they were confirmed."""
    rows = as_known(CaseState.objects.filter(viewer.scope(Permission.SEE_CLINICAL), inside(area_path)), at=known_at)
    rows = rows.filter(disease=disease, classification__in=CONFIRMED).order_by("classified_at", "case_id")
    columns = ("area_path", "onset_on", "detected_on", "classified_at", "isolated_at", "outcome", "outcome_at")
    return tuple(_course(*values) for values in rows.values_list(*columns))


def _course(
    area_path: str,
    onset_on: date | None,
    detected_on: date | None,
    classified_at: datetime | None,
    isolated_at: datetime | None,
    outcome: str,
    outcome_at: datetime | None,
) -> Course:
    ended_at = outcome_at if outcome in ENDED else None
    return Course(area_path, onset_on, detected_on, classified_at, isolated_at, ended_at, outcome == Outcome.DIED)
