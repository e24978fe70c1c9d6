"""To which episode of a disease a row belongs: the case known, or a new infection of somebody who had recovered."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import Case, CaseAlias
from tienphuong.cases.services.states import CaseStateValues
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core.clock import local

_NOTHING = CaseStateValues()


def episode_of(cases: Sequence[Case], entry: CaseEntry, *, beliefs: Mapping[UUID, CaseStateValues], again_after: int | None) -> Case | None:
    """The case the entry is about, among the episodes of one person and disease, oldest first; None when it is a new one.

    A case number says which one. Otherwise it is the one detected nearest to the day the entry tells, or the latest.
    """
    if not cases:
        return None
    nearest = _nearest(cases, entry.detected_on, beliefs=beliefs)
    again = is_new_infection(beliefs.get(nearest.id, _NOTHING), entry, again_after=again_after)
    if len(cases) > 1 or again:
        numbered = _numbered(cases, entry)
        if numbered is not None:
            return numbered
    return None if again else nearest


def is_new_infection(current: CaseStateValues, entry: CaseEntry, *, again_after: int | None) -> bool:
    """Whether a confirmed detection comes so long after a recovery that it is another infection.

    A correction, or what the list itself calls positive again, stays with the case it speaks of.
    """
    over = current.outcome == Outcome.RECOVERED and current.outcome_at is not None
    if again_after is None or not over or current.outcome_at is None or entry.detected_on is None:
        return False
    if entry.classification != Classification.CONFIRMED or entry.reason:
        return False
    return entry.detected_on > local(current.outcome_at).date() + timedelta(days=again_after)


def _nearest(cases: Sequence[Case], day: date | None, *, beliefs: Mapping[UUID, CaseStateValues]) -> Case:
    """The episode detected nearest to a day; the latest when either day is not known."""
    latest = cases[-1]
    dated = [(case, on) for case in cases if (on := beliefs.get(case.id, _NOTHING).detected_on) is not None]
    if day is None or len(dated) < len(cases):
        return latest
    return min(dated, key=lambda pair: abs((pair[1] - day).days))[0]


def _numbered(cases: Sequence[Case], entry: CaseEntry) -> Case | None:
    """The one episode that bears a number of the entry."""
    keys = [alias.key for alias in entry.aliases]
    bearers = set(CaseAlias.objects.filter(case__in=[case.pk for case in cases], key__in=keys).values_list("case_id", flat=True))
    return next((case for case in cases if case.id in bearers), None) if len(bearers) == 1 else None
