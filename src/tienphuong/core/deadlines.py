"""Legal clocks: start one, meet it, and let lapse what the law says lapses."""

from datetime import datetime
from uuid import UUID

from tienphuong.core.models import Deadline


def start_clock(
    kind: str,
    *,
    subject_kind: str,
    subject_id: UUID,
    area_path: str,
    starts_at: datetime,
    due_at: datetime,
    document: str,
    escalates_to: str = "",
    lapses: bool = False,
) -> Deadline:
    """Start a clock on a subject; starting the same clock again changes nothing."""
    deadline, _ = Deadline.objects.get_or_create(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        defaults={
            "area_path": area_path,
            "starts_at": starts_at,
            "due_at": due_at,
            "document": document,
            "escalates_to": escalates_to,
            "lapses": lapses,
        },
    )
    return deadline


def meet_clock(kind: str, *, subject_kind: str, subject_id: UUID, at: datetime) -> bool:
    """Stop a clock because the act was done; False if no such clock was running."""
    running = Deadline.objects.open().filter(kind=kind, subject_kind=subject_kind, subject_id=subject_id)
    return bool(running.update(met_at=at))


def ring(*, at: datetime) -> tuple[int, int]:
    """Lapse what lapses by itself and escalate the rest of what is late; (lapsed, escalated)."""
    late = Deadline.objects.late(at)
    lapsed = late.filter(lapses=True).update(lapsed_at=at)
    escalated = late.filter(lapses=False, escalated_at__isnull=True).exclude(escalates_to="").update(escalated_at=at)
    return lapsed, escalated
