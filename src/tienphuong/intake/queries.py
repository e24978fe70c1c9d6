"""Reading what was sent: which rows told of a person, and who has not sent anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tienphuong.core.access.rules import next_path
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import local
from tienphuong.core.policy import Pack, pack_at
from tienphuong.core.policy.errors import PolicyError
from tienphuong.intake.cells import HIDDEN, LINKS, readable
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.terms import FileState, Verdict
from tienphuong.registry.models import Area, Person
from tienphuong.reports.cutoff import cutoff_of, last_cutoff
from tienphuong.reports.models import Submission


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row that told of a person: where it stands, what was written, what it came to."""

    file: str
    sender: str
    received_at: datetime
    sheet: str
    number: int
    part: int
    verdict: Verdict
    cells: dict[str, list[str]]
    row_id: int


def provenance_of(viewer: Viewer, *, people: Iterable[Person]) -> list[SourceRow]:
    """The rows that told of a person's records, oldest first; a row of an area out of reach stays unseen.

    Numbers of papers are shown only to whoever may see identity numbers where the person lives.
    """
    records = list(people)
    rows = IntakeRow.objects.filter(
        viewer.scope(Permission.SEE_PERSON, "person__area_path"), person__in=records, applied_at__isnull=False, withdrawn_at=None
    )
    found = rows.select_related("sheet__file", "person").order_by("sheet__file__received_at", "sheet__position", "number", "part")
    return [_source_row(viewer, row) for row in found]


def rows_of(viewer: Viewer, *, row_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The rows that records name as their sources, by number; a row of an area out of reach stays unseen."""
    rows = IntakeRow.objects.filter(viewer.scope(Permission.SEE_PERSON, "person__area_path"), pk__in=list(row_ids))
    return {row.pk: _source_row(viewer, row) for row in rows.select_related("sheet__file", "person")}


def _source_row(viewer: Viewer, row: IntakeRow) -> SourceRow:
    file, path = row.sheet.file, row.person.area_path if row.person else row.sheet.file.area_path
    may, abroad = readable(viewer, area_path=path), not viewer.may(Permission.SEE_PERSON, file.area_path)
    cells = {
        target: [column, HIDDEN if abroad and target in LINKS else may.text(target, text)] for target, (column, text) in row.cells.items()
    }
    return SourceRow(file.name, file.sender, file.received_at, row.sheet.name, row.number, row.part, Verdict(row.verdict), cells, row.pk)


def silent_communes(viewer: Viewer, *, area: Area, disease: str, at: datetime, policy: Pack | None = None) -> list[Area]:
    """The communes of an area that sent nothing for a disease since the last cut-off but one before the moment asked."""
    del viewer  # who is silent is no personal data: everybody who sees the board sees it
    rules = policy or pack_at(local(at).date())
    since = _since(rules, disease, at)
    files = IntakeFile.objects.filter(disease=disease, received_at__gt=since, received_at__lte=at)
    recorded = set(
        files.exclude(state__in=(FileState.UNREADABLE, FileState.NOTHING_READ, FileState.WITHDRAWN)).values_list("area_path", flat=True)
    )
    day = local(at).date()
    inside = Area.objects.filter(level="commune", path__gte=area.path, path__lt=next_path(area.path), valid_from__lte=day).order_by("code")
    recorded |= set(_typed(disease, since=since, until=at))
    return [one for one in inside if (one.valid_to is None or one.valid_to >= day) and not _has_reported(one.path, recorded)]


def _typed(disease: str, *, since: datetime, until: datetime) -> Iterable[str]:
    """The communes whose own figures came in the time, typed or sent."""
    rows = Submission.objects.filter(disease=disease, recorded_at__gt=since, recorded_at__lte=until)
    return rows.values_list("area_path", flat=True)


def _since(rules: Pack, disease: str, at: datetime) -> datetime:
    """The cut-off before the one the moment belongs to."""
    try:
        of_disease = rules.disease(disease)
        return cutoff_of(last_cutoff(at, policy=of_disease), policy=of_disease).since
    except PolicyError:
        return cutoff_of(at, policy=next(iter(rules.diseases.values()))).since


def _has_reported(path: str, recorded: set[str]) -> bool:
    """Whether the commune, or a part of it, sent something."""
    return any(other.startswith(path) for other in recorded if other)
