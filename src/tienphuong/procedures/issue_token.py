"""Cấp, thu hồi mã truy cập cho máy: a machine's leave to use the API in an account's name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.tokens import fresh_secret, hash_of
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import ApiToken, User
from tienphuong.core.models.tokens import LONGEST_NAME
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import in_turn

LONGEST = timedelta(days=366)


def issue_token(username: str, *, name: str, expires_at: datetime, actor: Viewer, at: datetime) -> str | Refusal:
    """The secret of a new token, told this once; or why none is given.

    1 the machine has a name of its own, and an end within a year
    2 the account is open
    3 the machine holds no other token: two secrets for one machine cannot both be withdrawn by its name
    4 audit: who gave which machine leave until when, never the secret
    """
    actor.require(Permission.MANAGE_USERS)
    refusal = _refusal(name, expires_at=expires_at, at=at)
    if refusal:
        return refusal
    with in_turn():
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            return Refusal(sentence("Không có tài khoản {username} đang mở", username=username), remedy="Xem: tienphuong users list.")
        if ApiToken.objects.filter(user=user, name=name, withdrawn_at__isnull=True).exists():
            return Refusal(
                sentence("Máy “{name}” đã có mã của tài khoản {username}", name=name, username=username),
                remedy="Thu hồi mã cũ trước, hoặc đặt tên khác.",
            )
        secret = fresh_secret()
        token = ApiToken.objects.create(user=user, name=name, hash=hash_of(secret), created_at=at, expires_at=expires_at)
        facts: dict[str, object] = {"username": username, "name": name, "expires_at": expires_at.isoformat()}
        audit.record("token.issued", actor=actor, at=at, subject_kind="token", subject_id=token.pk, facts=facts)
    return secret


def _refusal(name: str, *, expires_at: datetime, at: datetime) -> Refusal | None:
    """What is wrong with the name or the end of a token."""
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        return Refusal("Tên máy để trống hoặc quá dài", remedy=sentence("Ghi tên máy, nhiều nhất {most} ký tự.", most=LONGEST_NAME))
    if not at < expires_at <= at + LONGEST:
        return Refusal(
            sentence("Thời hạn {day:%d/%m/%Y} không dùng được", day=localtime(expires_at)),
            remedy=sentence("Chọn ngày sau hôm nay, không quá {day:%d/%m/%Y}.", day=localtime(at + LONGEST)),
        )
    return None


def withdraw_token(username: str, *, name: str, actor: Viewer, at: datetime) -> bool:
    """The machine may no longer ask, from its next call on; False if it held no token."""
    actor.require(Permission.MANAGE_USERS)
    with in_turn():
        token = ApiToken.objects.filter(user__username=username, name=name, withdrawn_at__isnull=True).first()
        if token is None:
            return False
        ApiToken.objects.filter(pk=token.pk).update(withdrawn_at=at)
        facts: dict[str, object] = {"username": username, "name": name}
        audit.record("token.withdrawn", actor=actor, at=at, subject_kind="token", subject_id=token.pk, facts=facts)
    return True


def tokens(*, at: datetime) -> Iterator[str]:
    """One line a token that still opens the door: whose, which machine, until when, when last used."""
    for token in (
        ApiToken.objects.filter(withdrawn_at__isnull=True, expires_at__gt=at).select_related("user").order_by("user__username", "name")
    ):
        used = f"{localtime(token.last_used_at):%d/%m/%Y}" if token.last_used_at else "chưa dùng"
        yield f"{token.user.username:12} {token.name}: đến {localtime(token.expires_at):%d/%m/%Y}, dùng lần cuối {used}"
