"""Codes that prove a second time who an officer is: those of an authenticator app, and those on paper. Each is taken once."""

import base64
import hmac
import secrets
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tienphuong.core.access.terms import FactorKind
from tienphuong.core.identity_cipher import finding_hash, seal_bytes, unseal_bytes
from tienphuong.core.models import RecoveryCode, SecurityKey, TotpSecret, User

STEP: Final = 30
"""Seconds a code of an app stands (RFC 6238; every app takes it for granted, as six figures and SHA-1)."""
_DRIFT: Final = (0, -1, 1)
"""Steps a telephone's clock may be away."""
RECOVERY: Final = 10
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
ISSUER: Final = "Tien Phuong"


def fresh_secret() -> bytes:
    """160 random bits, as RFC 4226 asks."""
    return secrets.token_bytes(20)


def app_address(secret: bytes, *, username: str) -> str:
    """What the picture for the telephone says."""
    return _totp(secret).get_provisioning_uri(username, ISSUER)


def typed_secret(secret: bytes) -> str:
    """The secret for who types it into the app: groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def step_of(code: str, *, secret: bytes, now: datetime) -> int | None:
    """The step whose code this is, now or one before or after; None for a wrong one."""
    here = int(now.timestamp()) // STEP
    typed = code.encode()
    matching = [step for step in (here + away for away in _DRIFT) if hmac.compare_digest(_totp(secret).generate(step * STEP), typed)]
    return matching[0] if matching else None


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), STEP)


def keep_secret(user: User, *, secret: bytes, at: datetime, step: int) -> None:
    """Keep a secret in place of the one before; the code that proved it is used up."""
    TotpSecret.objects.update_or_create(user=user, defaults={"sealed": seal_bytes(secret), "added_at": at, "last_step": step})


def taken_code(user: User, *, typed: str, now: datetime) -> FactorKind | None:
    """Take a code of the app or of the paper; None for a wrong one and one that was taken before.

    Of two that bring the same code at one moment the database lets one update its row.
    """
    code = "".join(typed.split()).replace("-", "").lower()
    if len(code) == 6 and code.isascii() and code.isdecimal():
        return FactorKind.TOTP if _app_code(user, code=code, now=now) else None
    used = RecoveryCode.objects.filter(user=user, hash=_hash(user, code), used_at=None).update(used_at=now)
    return FactorKind.RECOVERY if used else None


def _app_code(user: User, *, code: str, now: datetime) -> bool:
    row = TotpSecret.objects.filter(user=user).first()
    step = step_of(code, secret=unseal_bytes(row.sealed), now=now) if row else None
    return step is not None and bool(TotpSecret.objects.filter(user=user, last_step__lt=step).update(last_step=step))


def fresh_recovery_codes(user: User) -> list[str]:
    """Ten new codes for paper, told this once; the old ones open nothing any more."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, hash=_hash(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _hash(user: User, code: str) -> str:
    """Fifty random bits need a key, else who has the table tries them all."""
    return finding_hash(f"recovery:{user.pk}", code)


def recovery_codes_left(user: User) -> int:
    """How many codes on paper still open."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def has_app(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return TotpSecret.objects.filter(user=user).exists()


def has_factor(user: User) -> bool:
    """Whether the officer can prove a second time who they are, and so is asked to."""
    return has_app(user) or SecurityKey.objects.filter(user=user).exists()


def forget_app(user: User) -> int:
    """The app opens nothing any more."""
    return TotpSecret.objects.filter(user=user).delete()[0]


def forget_factors(user: User) -> int:
    """Everything by which the officer proved a second time who they are is worth nothing any more."""
    return sum(model.objects.filter(user=user).delete()[0] for model in (TotpSecret, SecurityKey, RecoveryCode))
