"""Quyết định giá trị mâu thuẫn: a later list contradicts a record; an officer keeps the value in force, or takes the list's."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.registry.models import Contradiction
from tienphuong.registry.services.contradictions import reopen, settle


def keep_values(found: Sequence[Contradiction], *, actor: Viewer, at: datetime, reason: str = "") -> list[Contradiction]:
    """Giữ giá trị đang có: says of which; those somebody decided before are left as they are."""
    return _settle(found, take=False, actor=actor, at=at, reason=reason)


def take_values(found: Sequence[Contradiction], *, actor: Viewer, at: datetime, reason: str = "") -> list[Contradiction]:
    """Lấy giá trị của danh sách: the record says from now on what the row says; the value it said before is kept beside."""
    return _settle(found, take=True, actor=actor, at=at, reason=reason)


def take_decisions_back(found: Sequence[Contradiction], *, actor: Viewer, at: datetime) -> list[Contradiction]:
    """Hoàn tác: the value before is in force again and the question open; not where another value came into force since."""
    done = []
    for one in found:
        actor.require(Permission.DECIDE_MATCH, one.area_path)
        with transaction.atomic():
            if reopen(one):
                _record("contradiction.reopened", one, actor=actor, at=at)
                done.append(one)
    return done


def _settle(found: Sequence[Contradiction], *, take: bool, actor: Viewer, at: datetime, reason: str) -> list[Contradiction]:
    """Each in a transaction of its own: the value, and the audit entry that says from what to what."""
    done = []
    for one in found:
        actor.require(Permission.DECIDE_MATCH, one.area_path)
        with transaction.atomic():
            if settle(one, take=take, at=at, by=actor.user_id, reason=reason):
                _record("contradiction.taken" if take else "contradiction.kept", one, actor=actor, at=at, reason=reason)
                done.append(one)
    return done


def _record(act: str, one: Contradiction, *, actor: Viewer, at: datetime, reason: str = "") -> None:
    facts: dict[str, object] = {"person": str(one.person.uid), "aspect": one.aspect, "held": one.held, "other": one.told, "reason": reason}
    audit.record(act, actor=actor, at=at, subject_kind="contradiction", subject_id=one.pk, facts=facts)
