"""Kết thúc phiên đăng nhập: của mình, hoặc của cán bộ khác."""

from datetime import datetime
from uuid import UUID

from tienphuong.core import audit, clock
from tienphuong.core.access.officers import require_manages
from tienphuong.core.access.sessions import end
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import User
from tienphuong.core.turns import in_turn


def end_own_session(number: UUID, *, actor: Viewer, at: datetime) -> bool:
    """End one session of the officer's own; False if it has ended already. Its next request is a stranger's."""
    return _ended(_own(actor=actor), actor=actor, at=at, only=number) > 0


def end_other_sessions(keep: UUID | None, *, actor: Viewer, at: datetime) -> int:
    """End all sessions of the officer's own but the one they are in; says how many."""
    return _ended(_own(actor=actor), actor=actor, at=at, but=keep)


def end_sessions_of(officer_id: UUID, *, actor: Viewer, at: datetime, only: UUID | None = None) -> int:
    """End another officer's sessions, or one of them; says how many. For who manages every appointment of that officer."""
    officer = User.objects.get(pk=officer_id)
    require_manages(actor, officer, on=clock.local(at).date())
    return _ended(officer, actor=actor, at=at, only=only)


def _own(*, actor: Viewer) -> User:
    if actor.user_id is None:
        raise ValueError("the post itself signs in nowhere")
    return User.objects.get(pk=actor.user_id)


def _ended(officer: User, *, actor: Viewer, at: datetime, only: UUID | None = None, but: UUID | None = None) -> int:
    with in_turn():
        count = end(officer, only=only, but=but)
        if count:
            facts: dict[str, object] = {"username": officer.username, "sessions": count}
            audit.record("sessions.ended", actor=actor, at=at, subject_kind="user", subject_id=officer.pk, facts=facts)
    return count
