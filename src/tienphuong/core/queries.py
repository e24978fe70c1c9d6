"""Reading the post's own books: the audit log, and who the officers are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from tienphuong.core.access.officers import managed
from tienphuong.core.access.sessions import SignedIn, sessions_of
from tienphuong.core.access.terms import AttemptKind, Permission, Role
from tienphuong.core.access.viewer import Viewer, is_widest
from tienphuong.core.models import Appointment, AttemptCount, AuditEntry, OfficerSession, SecurityKey, TotpSecret, User
from tienphuong.core.pages import Page


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
) -> Page[AuditLine]:
    """The acts of the officers of the viewer's areas, newest first; acts of the post itself for whoever sees the widest area."""
    viewer.require(Permission.SEE_AUDIT)
    rows = AuditEntry.objects.filter(of_reach(viewer))
    if act:
        rows = rows.filter(act=act)
    if officer.strip():
        rows = rows.filter(actor_name__icontains=officer.strip())
    if subject.strip():
        rows = rows.filter(subject_id=subject.strip())
    page = rows.order_by("-sequence")[start : None if size is None else start + size]
    lines = (AuditLine(e.sequence, e.at, e.actor_name, e.act, e.subject_kind, e.subject_id, e.facts, e.policy, e.hash) for e in page)
    return Page(tuple(lines), rows.count())


def acts_on_record(viewer: Viewer) -> list[str]:
    """Every kind of act the log holds."""
    viewer.require(Permission.SEE_AUDIT)
    return list(AuditEntry.objects.filter(of_reach(viewer)).order_by("act").values_list("act", flat=True).distinct())


def of_reach(viewer: Viewer) -> Q:
    """Entries of officers who were never appointed outside the viewer's reach, and of the post where the reach is as wide as anybody's."""
    reach = viewer.reach.get(Permission.SEE_AUDIT, ())
    if "" in reach:
        return Q()
    seen = viewer.scope(Permission.SEE_AUDIT)
    outside = Appointment.objects.exclude(seen).values("user_id")
    own = Q(actor_id__in=Appointment.objects.filter(seen).exclude(user_id__in=outside).values("user_id"))
    return own | Q(actor_id=None) if any(map(is_widest, reach)) else own


def officer_names(viewer: Viewer, *, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Who wrote a record."""
    del viewer
    return dict(User.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "full_name"))


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One account as who manages it sees it."""

    pk: UUID
    username: str
    full_name: str
    position: str
    is_active: bool
    one_time: bool
    waits: bool
    factor: bool
    sessions: int
    seen_at: datetime | None
    duties: list[tuple[Role, str]] = field(default_factory=list)


def officer_lines(viewer: Viewer, *, on: date, now: datetime, only: UUID | None = None) -> list[OfficerLine]:
    """The accounts that the viewer manages, by name, or one of them. `now` is the machine's clock."""
    viewer.require(Permission.MANAGE_USERS)
    officers = [one for one in managed(viewer, on=on) if only in (None, one.pk)]
    live = OfficerSession.objects.filter(expire_date__gt=now).values("user_id").annotate(count=Count("pk"), seen=Max("seen_at"))
    signed_in = {row["user_id"]: row for row in live}
    waiting = set(AttemptCount.objects.filter(blocked_until__gt=now, kind__in=_OF_OFFICERS).values_list("subject", flat=True))
    duties: dict[UUID, list[tuple[Role, str]]] = {}
    for duty in Appointment.objects.in_force(on).order_by("role", "area_path"):
        duties.setdefault(duty.user_id, []).append((Role(duty.role), duty.area_name))
    twice = {user for model in (TotpSecret, SecurityKey) for user in model.objects.values_list("user_id", flat=True)}
    return [
        _officer_line(
            one,
            signed_in.get(one.pk),
            waits=str(one.pk) in waiting,
            factor=one.pk in twice,
            one_time=one.one_time_until is not None,
            duties=duties.get(one.pk, []),
        )
        for one in officers
    ]


_OF_OFFICERS = (AttemptKind.ACCOUNT, AttemptKind.FACTOR, AttemptKind.CONFIRM)


def _officer_line(user: User, live: dict[str, object] | None, **more: object) -> OfficerLine:
    names = {name: getattr(user, name) for name in ("pk", "username", "full_name", "position", "is_active")}
    count, seen = (live["count"], live["seen"]) if live else (0, None)
    return OfficerLine(**names, sessions=count, seen_at=seen, **more)  # type: ignore[arg-type]


def officer_sessions(viewer: Viewer, *, officer: UUID, on: date, now: datetime) -> list[SignedIn]:
    """Where an officer is signed in: one's own always, another's for who manages the account."""
    own = viewer.user_id == officer
    return sessions_of(officer, now=now) if own or officer_lines(viewer, on=on, now=now, only=officer) else []
