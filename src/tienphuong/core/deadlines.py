"""Legal deadlines: open one, meet it, and let lapse what the law says lapses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from tienphuong.core.models import Deadline
from tienphuong.core.rules.deadlines import DueDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a deadline is about: a case, a report of a day, a hand-over; where; and who hears of it when it is missed."""

    kind: str
    id: UUID
    area_path: str
    escalates_to: str = ""


def open_deadlines(wanted: Iterable[tuple[Subject, DueDate]]) -> int:
    """Open deadlines that are not open yet; how many are new. Opening the same one again changes nothing."""
    rows = [_row(subject, due) for subject, due in wanted]
    known = set(
        Deadline.objects.filter(kind__in={row.kind for row in rows}, subject_id__in=[row.subject_id for row in rows]).values_list(
            "kind", "subject_kind", "subject_id"
        )
    )
    new = [row for row in rows if (row.kind, row.subject_kind, row.subject_id) not in known]
    Deadline.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _row(subject: Subject, due: DueDate) -> Deadline:
    return Deadline(
        kind=str(due.kind),
        subject_kind=subject.kind,
        subject_id=subject.id,
        area_path=subject.area_path,
        starts_at=min(due.started_at, due.due_at),
        due_at=due.due_at,
        document=due.document[:120],
        escalates_to=subject.escalates_to[:60],
        lapses=due.lapses,
    )


def meet_deadlines(kind: str, *, subject_kind: str, subjects: Iterable[UUID], at: datetime) -> int:
    """Stop the deadlines of a kind whose act was done; how many were open."""
    running = Deadline.objects.open().filter(kind=kind, subject_kind=subject_kind, subject_id__in=list(subjects))
    return running.update(met_at=at)


def process_due(*, at: datetime) -> tuple[int, int]:
    """Lapse what lapses by itself, at its due moment, and escalate the rest of what is late; (lapsed, escalated)."""
    late = Deadline.objects.late(at)
    lapsed = late.filter(lapses=True).update(lapsed_at=F("due_at"))
    escalated = late.filter(lapses=False, escalated_at__isnull=True).exclude(escalates_to="").update(escalated_at=at)
    return lapsed, escalated
