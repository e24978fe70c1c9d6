"""The sessions of officers: how long they may last, which there are, and their end."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from tienphuong.core.models import OfficerSession, User

Stored = OfficerSession
_KEPT: Final = 40


def hash_of_key(key: str) -> str:
    """What is kept of the key in a cookie: 128 random bits and more need nothing slower."""
    return hashlib.sha256(key.encode()).hexdigest()[:_KEPT]


def ends_at(*, since: datetime, seen_at: datetime) -> datetime:
    """When a session ends by itself: so long after it was last used, and so long after its sign-in at the latest."""
    return min(since + settings.SESSION_ABSOLUTE, seen_at + settings.SESSION_IDLE)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session as a page shows it."""

    number: UUID
    device: str
    address: str
    since: datetime
    seen_at: datetime
    ends_at: datetime


def sessions_of(user_id: UUID, *, now: datetime) -> list[SignedIn]:
    """The sessions of an account that last, the one used last before the others."""
    rows = OfficerSession.objects.filter(user_id=user_id, expire_date__gt=now).order_by("-seen_at", "number")
    return [SignedIn(row.number, row.device, row.address, row.since, row.seen_at, row.expire_date) for row in rows]


def end(user: User, *, only: UUID | None = None, but: UUID | None = None) -> int:
    """End the sessions of an account, one of them, or all but one; says how many."""
    rows = OfficerSession.objects.filter(user=user)
    rows = rows.filter(number=only) if only else rows
    return rows.exclude(number=but).delete()[0] if but else rows.delete()[0]


def mark_used(number: UUID, *, since: datetime, now: datetime) -> None:
    """Note that a session was used."""
    OfficerSession.objects.filter(number=number).update(seen_at=now, expire_date=ends_at(since=since, seen_at=now))


def forget_ended(*, now: datetime) -> int:
    """Remove what has ended by itself."""
    ended: Iterable[str] = OfficerSession.objects.filter(expire_date__lte=now).values_list("pk", flat=True)[:1000]
    return OfficerSession.objects.filter(pk__in=list(ended)).delete()[0] if ended else 0
