"""Đổi mật khẩu của mình; cấp lại mật khẩu một lần cho cán bộ khác."""

from datetime import datetime, timedelta
from uuid import UUID

from tienphuong.core import audit, clock
from tienphuong.core.access.officers import require_manages
from tienphuong.core.access.sessions import end
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import User
from tienphuong.core.passwords import one_time_password, password_refusal
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import in_turn

ONE_TIME = timedelta(hours=24)


def change_password(new: str, *, actor: Viewer, at: datetime, session: UUID | None = None) -> Refusal | None:
    """Give the officer's own account a new password; None when it has it. The page has seen that they know the old one.

    1 the rule of passwords, with the names of this officer
    2 it is not the one before: a password given by somebody else has to go
    3 the account has it, and owes no change any more; every session but the one at hand (`session`) ends
    4 audit, never the password
    """
    if actor.user_id is None:
        raise ValueError("the post itself has no password")
    user = User.objects.get(pk=actor.user_id)
    if user.check_password(new):
        return Refusal("Mật khẩu mới trùng với mật khẩu đang dùng", remedy="Chọn mật khẩu khác.")
    refusal = password_refusal(new, user=user)
    if refusal is not None:
        return refusal
    user.set_password(new)
    with in_turn():
        User.objects.filter(pk=user.pk).update(password=user.password, one_time_until=None)
        end(user, but=session)
        audit.record("password_change", actor=actor, at=at, subject_kind="user", subject_id=user.pk)
    return None


def reset_password(username: str, *, actor: Viewer, at: datetime, now: datetime, act_id: UUID | None = None) -> str | Refusal:
    """A password for one sign-in, told this once to hand to the officer; or why none is given. `now` is the machine's clock.

    1 the account is open
    2 the act was not done before: its password cannot be told again
    3 the account has the new password until this time tomorrow, and must change it at the next sign-in; its sessions end
    4 audit: who gave whom one, never the password
    """
    actor.require(Permission.MANAGE_USERS)
    secret = one_time_password()
    with in_turn():
        if audit.done(act_id, "password.reset"):
            return Refusal("Mật khẩu này đã cấp và chỉ hiện một lần", remedy="Cấp lại lần nữa nếu chưa chép được.")
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            return Refusal(sentence("Không có tài khoản {username} đang mở", username=username), remedy="Xem: tienphuong users list.")
        require_manages(actor, user, on=clock.local(at).date())
        user.set_password(secret)
        User.objects.filter(pk=user.pk).update(password=user.password, one_time_until=now + ONE_TIME)
        end(user)
        facts: dict[str, object] = {"username": username}
        audit.record("password.reset", actor=actor, at=at, subject_kind="user", subject_id=user.pk, facts=facts, act_id=act_id)
    return secret
