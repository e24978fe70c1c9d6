"""Thêm, bỏ lớp xác thực thứ hai của mình; bỏ của cán bộ khác khi mất máy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tienphuong.core import audit, clock
from tienphuong.core.access import codes
from tienphuong.core.access.before_work import needs_second_factor
from tienphuong.core.access.officers import require_manages
from tienphuong.core.access.security_keys import keep_key, made
from tienphuong.core.access.sessions import end
from tienphuong.core.access.terms import FactorKind
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import SecurityKey, User
from tienphuong.core.refusal import Refusal
from tienphuong.core.turns import in_turn


def add_app(secret: bytes, *, typed: str, actor: Viewer, at: datetime, now: datetime, session: UUID | None = None) -> list[str] | Refusal:
    """Let the officer's authenticator app prove who they are; the codes for paper, told this once, or why not. `now` is the machine's clock.

    1 the app shows a code of this very secret: both clocks agree
    2 the secret is kept, sealed, in place of one before; the code that proved it is used up
    3 the first factor brings ten codes for paper
    4 the other sessions end: they were opened without it
    5 audit, never the secret
    """
    user = _own(actor=actor)
    step = codes.step_of("".join(typed.split()), secret=secret, now=now)
    if step is None:
        return Refusal("Mã không đúng", remedy="Chờ mã kế tiếp trong ứng dụng rồi nhập lại; xem giờ của điện thoại có đúng không.")
    with in_turn():
        first = not codes.has_factor(user)
        codes.keep_secret(user, secret=secret, at=at, step=step)
        return _added(user, FactorKind.TOTP, first=first, actor=actor, at=at, session=session)


def _added(user: User, kind: FactorKind, *, first: bool, actor: Viewer, at: datetime, session: UUID | None) -> list[str]:
    paper = codes.fresh_recovery_codes(user) if first else []
    end(user, but=session)
    audit.record("factor.added", actor=actor, at=at, subject_kind="user", subject_id=user.pk, facts={"factor": kind.value})
    return paper


def add_key(
    answer: str, *, state: Mapping[str, Any], host: str, name: str, actor: Viewer, at: datetime, session: UUID | None = None
) -> list[str] | Refusal:
    """Let a security key prove who the officer is; the codes for paper if it is the first factor, or why not. The steps are those of `add_app`."""
    user = _own(actor=actor)
    attested = made(answer, state=state, host=host)
    if attested is None:
        return Refusal("Khóa bảo mật chưa trả lời đúng", remedy="Cắm lại khóa rồi thử lần nữa.")
    with in_turn():
        first = not codes.has_factor(user)
        if not keep_key(user, attested=attested, name=name.strip()[:60] or FactorKind.KEY.label, at=at):
            return Refusal("Khóa bảo mật này đã được thêm", remedy="Dùng một khóa khác.")
        return _added(user, FactorKind.KEY, first=first, actor=actor, at=at, session=session)


def remove_key(number: UUID, *, actor: Viewer, at: datetime) -> Refusal | None:
    """The key proves nothing any more; refused where it is the last factor of an officer whose role needs one."""
    user = _own(actor=actor)
    with in_turn():
        others = codes.has_app(user) or SecurityKey.objects.filter(user=user).exclude(pk=number).exists()
        if refusal := _last_one(actor=actor, others=others):
            return refusal
        if SecurityKey.objects.filter(user=user, pk=number).delete()[0]:
            facts: dict[str, object] = {"factor": FactorKind.KEY.value}
            audit.record("factor.removed", actor=actor, at=at, subject_kind="user", subject_id=user.pk, facts=facts)
    return None


def remove_app(*, actor: Viewer, at: datetime) -> Refusal | None:
    """The app proves nothing any more; refused where it is the last factor of an officer whose role needs one."""
    user = _own(actor=actor)
    with in_turn():
        if refusal := _last_one(actor=actor, others=SecurityKey.objects.filter(user=user).exists()):
            return refusal
        if codes.forget_app(user):
            audit.record(
                "factor.removed", actor=actor, at=at, subject_kind="user", subject_id=user.pk, facts={"factor": FactorKind.TOTP.value}
            )
    return None


def _last_one(*, actor: Viewer, others: bool) -> Refusal | None:
    if others or not needs_second_factor(actor):
        return None
    return Refusal("Vai trò của tài khoản này phải có lớp xác thực thứ hai", remedy="Thêm cách khác trước, rồi mới bỏ cách này.")


def renew_recovery_codes(*, actor: Viewer, at: datetime) -> list[str]:
    """Ten new codes for paper, told this once; the old ones are void."""
    user = _own(actor=actor)
    with in_turn():
        paper = codes.fresh_recovery_codes(user)
        audit.record("factor.codes_renewed", actor=actor, at=at, subject_kind="user", subject_id=user.pk)
    return paper


def remove_factors_of(officer_id: UUID, *, actor: Viewer, at: datetime) -> bool:
    """For an officer who lost telephone, key and paper: all factors are void and all sessions end; a role that needs one sets it up anew.

    False if there were none. For who manages every appointment of that officer, who has seen that it is they who ask.
    """
    officer = User.objects.get(pk=officer_id)
    require_manages(actor, officer, on=clock.local(at).date())
    with in_turn():
        removed = codes.forget_factors(officer)
        end(officer)
        if removed:
            facts: dict[str, object] = {"username": officer.username}
            audit.record("factor.removed", actor=actor, at=at, subject_kind="user", subject_id=officer.pk, facts=facts)
    return bool(removed)


def _own(*, actor: Viewer) -> User:
    if actor.user_id is None:
        raise ValueError("the post itself proves nothing to itself")
    return User.objects.get(pk=actor.user_id)
