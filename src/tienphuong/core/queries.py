"""Reading the post's own books: the audit log, and who the officers are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.listed import Listed
from tienphuong.core.models import AuditEntry, User


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act of one officer."""

    sequence: int
    at: datetime
    actor: str
    act: str
    subject_kind: str
    subject_id: str
    facts: dict[str, object]
    policy: str
    hash: str


def audit_lines(
    viewer: Viewer, *, act: str = "", officer: str = "", subject: str = "", start: int = 0, size: int | None = 100
) -> Listed[AuditLine]:
    """The acts on record, newest first."""
    viewer.require(Permission.SEE_AUDIT)
    rows = AuditEntry.objects.all()
    if act:
        rows = rows.filter(act=act)
    if officer.strip():
        rows = rows.filter(actor_name__icontains=officer.strip())
    if subject.strip():
        rows = rows.filter(subject_id=subject.strip())
    page = rows.order_by("-sequence")[start : None if size is None else start + size]
    lines = (AuditLine(e.sequence, e.at, e.actor_name, e.act, e.subject_kind, e.subject_id, e.facts, e.policy, e.hash) for e in page)
    return Listed(tuple(lines), rows.count())


def acts_on_record(viewer: Viewer) -> list[str]:
    """Every kind of act the log holds."""
    viewer.require(Permission.SEE_AUDIT)
    return list(AuditEntry.objects.order_by("act").values_list("act", flat=True).distinct())


def officer_names(viewer: Viewer, *, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Who wrote a record."""
    del viewer
    return dict(User.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "full_name"))
