"""Reading purges: what is kept for how long, what waits for a decision, what was purged."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, When

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import Purge
from tienphuong.core.policy import Pack
from tienphuong.core.policy.rows import RetentionRow
from tienphuong.core.policy.terms import Kept


@dataclass(frozen=True, slots=True)
class PurgeLine:
    """One purge: by kind, how many were due and how many went."""

    record: Purge
    kinds: tuple[tuple[Kept, int, int], ...]


def purges(viewer: Viewer, *, size: int = 50) -> tuple[PurgeLine, ...]:
    """The purges of the officer's areas, those that wait first."""
    over = Case(When(state__in=("proposed", "decided"), then=0), default=1)
    return tuple(map(_line, Purge.objects.filter(viewer.scope(Permission.PURGE)).order_by(over, "-proposed_at")[:size]))


def purge_of(viewer: Viewer, *, purge_id: UUID) -> PurgeLine | None:
    """One purge; None out of reach."""
    found = Purge.objects.filter(viewer.scope(Permission.PURGE), pk=purge_id).first()
    return _line(found) if found else None


def kept_for(viewer: Viewer, *, policy: Pack, on: date) -> tuple[tuple[Kept, RetentionRow], ...]:
    """How long each kind is kept by the rules of a day."""
    del viewer
    return tuple((kept, row) for kept in Kept if (row := policy.retention_at(on, kept=kept)))


def _line(record: Purge) -> PurgeLine:
    return PurgeLine(record, tuple((kept, record.due.get(kept, 0), record.done.get(kept, 0)) for kept in Kept))
