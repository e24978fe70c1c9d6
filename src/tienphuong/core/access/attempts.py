"""Guesses at a secret, counted before they are looked at: of a hundred at one moment no more pass than of a hundred in a row."""

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.crypto import salted_hmac

from tienphuong.core.access.terms import AttemptKind
from tienphuong.core.models import AttemptCount, User
from tienphuong.core.rules.attempts import BUDGETS, still_counted, wait_after

PLACES: Final = 4096
"""Addresses, browsers and names of nobody share so many places: enough that two seldom meet, and all that strangers can fill."""
_NOW: Final = timedelta(0)
_FORGIVEN: Final = (AttemptKind.ADDRESS, AttemptKind.POST)


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One thing that guesses are counted for."""

    kind: AttemptKind
    name: str


def of_account(user: User | None, *, username: str, kind: AttemptKind = AttemptKind.ACCOUNT) -> Subject:
    """An account, or the place of a name that nobody has: it waits like an account, so that a wait tells nothing."""
    return Subject(kind, str(user.pk) if user else _place(f"{kind}:{username.strip().lower()}"))


def of_device(user: User, *, device: str) -> Subject:
    """An account at a browser in which it has signed in before."""
    return Subject(AttemptKind.DEVICE, _place(f"{user.pk}:{device}"))


def of_address(address: str) -> Subject:
    """A network address; of an IPv6 address the network that one household is given."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return Subject(AttemptKind.ADDRESS, _place("?"))
    known = str(read) if read.version == 4 else str(ipaddress.ip_network((read, 64), strict=False))
    return Subject(AttemptKind.ADDRESS, _place(known))


OF_POST: Final = Subject(AttemptKind.POST, "*")


def _place(text: str) -> str:
    return f"~{int.from_bytes(salted_hmac('tienphuong.attempts', text, algorithm='sha256').digest()[:8]) % PLACES}"


def reserve(subjects: Sequence[Subject], *, now: datetime) -> timedelta:
    """How long this guess has to wait; zero: it is counted as wrong for every subject, and may be looked at.

    1 whoever has to wait is told so by reading alone: a storm of guesses writes nothing
    2 subjects that are new get their row; two that come at once get one
    3 the rows are locked in one order, and asked again
    4 each counts one more wrong guess and says how long the next one waits
    """
    if (wait := _wait(_rows(subjects), now=now)) > _NOW:
        return wait
    with transaction.atomic():
        AttemptCount.objects.bulk_create(
            [AttemptCount(kind=one.kind, subject=one.name, failed_at=now) for one in sorted(subjects)], ignore_conflicts=True
        )
        rows = list(_rows(subjects).select_for_update().order_by("kind", "subject"))
        if (wait := _wait(rows, now=now)) > _NOW:
            return wait
        for row in rows:
            _count(row, now=now)
    return _NOW


def _rows(subjects: Sequence[Subject]) -> QuerySet[AttemptCount]:
    asked = Q(pk__in=[])
    for one in subjects:
        asked |= Q(kind=one.kind, subject=one.name)
    return AttemptCount.objects.filter(asked)


def _wait(rows: Iterable[AttemptCount], *, now: datetime) -> timedelta:
    return max((row.blocked_until - now for row in rows if row.blocked_until), default=_NOW)


def _count(row: AttemptCount, *, now: datetime) -> None:
    budget = BUDGETS[AttemptKind(row.kind)]
    row.failures = still_counted(row.failures, failed_at=row.failed_at, now=now, budget=budget) + 1
    wait = wait_after(row.failures, budget=budget)
    row.failed_at, row.blocked_until = now, now + wait if wait else None
    row.save(update_fields=["failures", "failed_at", "blocked_until"])


def succeeded(subjects: Sequence[Subject]) -> None:
    """The guess was right: what was counted for one account is over; an address and the post get this one guess back."""
    own, shared = ([one for one in subjects if (one.kind in _FORGIVEN) is kind] for kind in (False, True))
    _rows(own).update(failures=0, blocked_until=None)
    _rows(shared).filter(failures__gt=0).update(failures=F("failures") - 1)
    for one in shared:
        _rows([one]).filter(failures__lt=BUDGETS[one.kind].free).update(blocked_until=None)


def wrong_guesses(subjects: Sequence[Subject]) -> int:
    """How many wrong guesses are counted for some subjects."""
    return sum(_rows(subjects).values_list("failures", flat=True))


def blocked(subject: Subject, *, now: datetime) -> bool:
    """Whether the next guess would have to wait."""
    return _wait(_rows([subject]), now=now) > _NOW


def release(user: User) -> bool:
    """Forget the wrong guesses at an account; False if there were none."""
    return bool(AttemptCount.objects.filter(subject=str(user.pk), failures__gt=0).update(failures=0, blocked_until=None))
