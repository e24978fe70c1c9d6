"""For whom a machine speaks: bearer tokens, of which the post keeps only the hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from tienphuong.core.models import ApiToken, User

# A fixed beginning, so that a secret that slipped into a log or a mail can be found and withdrawn.
BEGINNING = "tp_"
# A machine may ask every second; when it last asked is told to the minute, which spares the base a write per call.
NOTED_EVERY = timedelta(minutes=1)


def fresh_secret() -> str:
    """A secret of 256 random bits, told once to the machine it is for."""
    return BEGINNING + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept of a secret. Plain SHA-256: 256 random bits cannot be guessed, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def officer_of(secret: str, *, at: datetime) -> User | None:
    """The account a secret speaks for at a moment; None when it is unknown, withdrawn, over, or the account is closed."""
    valid = ApiToken.objects.filter(hash=hash_of(secret), withdrawn_at__isnull=True, expires_at__gt=at, user__is_active=True)
    token = valid.select_related("user").first()
    if token is None:
        return None
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - NOTED_EVERY)
    ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=at)
    return token.user
