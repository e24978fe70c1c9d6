"""What has become of figures already reported: said then, known now, and through which records."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tienphuong.cases.models import Case, CaseState
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.counting.cases import beliefs, case_q
from tienphuong.reports.counting.late import CLOSING_FIGURES
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import Cutoff, cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.models import Snapshot
from tienphuong.reports.terms import Change

NOT_CORRECTED = {"links_pending", "duplicates_open", "cases_doubled_at_most", "communes_total"} | CLOSING_FIGURES
"""Work in hand, not statements about the epidemic: they change by being done. And what was learned between two cut-offs: what is learned
after them stands in the totals' own corrections."""
MOST_RECORDS = 200


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """One case that made a reported figure another: it came late (added) or was changed (adjusted)."""

    case: str
    change: str
    counted_now: bool
    area_path: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure of an earlier report that is known otherwise now. `about` is that report's cut-off."""

    about: str
    key: str
    reported: int
    known: int
    change: str
    records: tuple[ChangedRecord, ...] = ()

    def stored(self) -> dict[str, Any]:
        """The correction as JSON keeps it."""
        return asdict(self) | {"records": [asdict(record) for record in self.records]}


def corrections_of(viewer: Viewer, *, snapshot: Snapshot, known_at: datetime, policy: Pack) -> list[Correction]:
    """Re-count a report's cut-off as it is known now, and say what differs from what it printed."""
    cutoff = cutoff_of(snapshot.cutoff, policy=policy.disease(snapshot.disease), known_at=known_at)
    now = figures(viewer, area=snapshot.area, disease=snapshot.disease, cutoff=cutoff, policy=policy).values
    part = CountScope(viewer, snapshot.area_path, snapshot.disease, cutoff)
    then = datetime.fromisoformat(snapshot.figures["period"]["known_at"])
    reported: Mapping[str, int] = snapshot.figures["values"]
    return [_correction(key, reported[key], now[key], part=part, then=then) for key in BY_KEY if _differs(key, reported, now)]


def _differs(key: str, reported: Mapping[str, int], now: Mapping[str, int]) -> bool:
    return key not in NOT_CORRECTED and key in reported and key in now and reported[key] != now[key]


def _correction(key: str, reported: int, known: int, *, part: CountScope, then: datetime) -> Correction:
    records = changed_cases(key, part=part, then=then) if BY_KEY[key].records == "cases" else []
    late = all(record.change == Change.ADDED for record in records) if records else known > reported
    return Correction(
        part.cutoff.at.isoformat(), key, reported, known, Change.ADDED if late else Change.ADJUSTED, tuple(records[:MOST_RECORDS])
    )


def changed_cases(key: str, *, part: CountScope, then: datetime) -> list[ChangedRecord]:
    """The cases a figure counts now and did not count then, or the other way round.

    Only beliefs that began or ended between the two moments can make a difference, so only these are compared.
    """
    cutoff = part.cutoff
    before = CountScope(part.viewer, part.area_path, part.disease, Cutoff(cutoff.at, cutoff.since, then, cutoff.epoch))
    moved = CaseState.objects.filter(part.within(), disease=part.disease)
    began = set(moved.filter(known_from__gt=then, known_from__lte=cutoff.known_at).values_list("case_id", flat=True))
    ended = set(moved.filter(known_to__gt=then, known_to__lte=cutoff.known_at).values_list("case_id", flat=True))
    touched = list(began | ended)
    counted_then = dict(beliefs(before).filter(case_q(key, before.cutoff), case_id__in=touched).values_list("case_id", "area_path"))
    counted_now = dict(beliefs(part).filter(case_q(key, cutoff), case_id__in=touched).values_list("case_id", "area_path"))
    came = dict(Case.objects.filter(pk__in=counted_now.keys() - counted_then.keys()).values_list("pk", "recorded_at"))
    added = [
        ChangedRecord(str(case), Change.ADDED if moment > then else Change.ADJUSTED, True, counted_now[case])
        for case, moment in came.items()
    ]
    gone = [ChangedRecord(str(c), Change.ADJUSTED, False, path) for c, path in counted_then.items() if c not in counted_now]
    return sorted(added + gone, key=lambda record: (not record.counted_now, record.case))


def replaced_figures(before: Mapping[str, int], *, after: Mapping[str, int], about: datetime) -> list[Correction]:
    """What a report that replaces another of the same cut-off says otherwise."""
    return [
        Correction(about.isoformat(), key, before[key], after[key], Change.ADDED if after[key] > before[key] else Change.ADJUSTED)
        for key in BY_KEY
        if _differs(key, before, after)
    ]
