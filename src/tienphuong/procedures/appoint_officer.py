"""Mở tài khoản, giao nhiệm vụ, khóa tài khoản."""

from collections.abc import Iterator
from datetime import date, datetime

from tienphuong.core import audit, clock
from tienphuong.core.access.attempts import release
from tienphuong.core.access.officers import require_manages
from tienphuong.core.access.sessions import end
from tienphuong.core.access.terms import Permission, Role
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import Appointment, User
from tienphuong.core.passwords import password_refusal
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Area


def open_account(username: str, *, full_name: str, password: str | None, actor: Viewer, at: datetime, position: str = "") -> list[str]:
    """Open an account; returns why not, if not. Without a password nobody signs in with it until one is given (`reset_password`)."""
    actor.require(Permission.MANAGE_USERS)
    refusal = None if password is None else password_refusal(password, user=User(username=username, full_name=full_name))
    if refusal is not None:
        return [str(refusal)]
    with in_turn():
        if User.objects.filter(username=username).exists():
            return [sentence("tên đăng nhập {username} đã có người dùng", username=username)]
        user = User.objects.create_user(username, password, full_name=full_name, position=position)
        audit.record("account.opened", actor=actor, at=at, subject_kind="user", subject_id=user.pk, facts={"username": username})
    return []


def appoint(username: str, *, role: Role, area: Area, period: tuple[date, date | None], actor: Viewer, at: datetime) -> Appointment | None:
    """Give an officer a role at an area for a period; None if there is no such account. Giving it twice changes nothing."""
    actor.require(Permission.MANAGE_USERS)
    user = User.objects.filter(username=username).first()
    if user is None:
        return None
    with in_turn():
        key = {"user": user, "role": role, "area_path": area.path, "valid_from": period[0]}
        appointment, new = Appointment.objects.get_or_create(**key, defaults={"area_name": area.full_name[:120], "valid_to": period[1]})
        if new:
            facts = {"role": role, "area": area.code, "from": period[0].isoformat(), "to": period[1].isoformat() if period[1] else None}
            audit.record("officer.appointed", actor=actor, at=at, subject_kind="user", subject_id=user.pk, facts=facts)
    return appointment


def close_account(username: str, *, actor: Viewer, at: datetime) -> bool:
    """Nobody signs in with it any more; what the officer did stays under the name."""
    actor.require(Permission.MANAGE_USERS)
    with in_turn():
        user = User.objects.filter(username=username, is_active=True).first()
        closed = bool(user and User.objects.filter(pk=user.pk).update(is_active=False))
        if user and closed:
            end(user)
            audit.record("account.closed", actor=actor, at=at, subject_kind="user", facts={"username": username})
    return closed


def release_account(username: str, *, actor: Viewer, at: datetime) -> bool:
    """Let an officer guess again at once, whose account waits for wrong guesses; False if it has none."""
    actor.require(Permission.MANAGE_USERS)
    with in_turn():
        user = User.objects.filter(username=username).first()
        if user is not None:
            require_manages(actor, user, on=clock.local(at).date())
        released = user is not None and release(user)
        if user is not None and released:
            audit.record("sign_in.released", actor=actor, at=at, subject_kind="user", subject_id=user.pk, facts={"username": username})
    return released


def officers(*, on: date) -> Iterator[str]:
    """One line an account, with the appointments in force."""
    for user in User.objects.order_by("username"):
        current = Appointment.objects.in_force(on).filter(user=user)
        duties = "; ".join(f"{Role(a.role).label}, {a.area_name}" for a in current) or "chưa giao nhiệm vụ"
        yield f"{user.username:12} {'' if user.is_active else '(đã khóa) '}{user.full_name}: {duties}"
