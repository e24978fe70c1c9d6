"""Security keys (WebAuthn): what a browser is asked to do with one, and whether what it answers was signed by it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from tienphuong.core.models import SecurityKey, User

_NAME: Final = "Tiền Phương"
# The password has been typed already: a touch is asked for, no PIN.
_TOUCH: Final = UserVerificationRequirement.DISCOURAGED


def _server(host: str) -> Fido2Server:
    """Keys are bound to the name of the post's host; a page of another name gets no signature out of them."""
    return Fido2Server(PublicKeyCredentialRpEntity(name=_NAME, id=host))


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser's parse…OptionsFromJSON takes."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(options)))["publicKey"]
    return plain


def asked_to_make(user: User, *, host: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked when a key is added, and the state to keep until it answers."""
    who = PublicKeyCredentialUserEntity(id=UUID(str(user.pk)).bytes, name=user.username, display_name=user.full_name)
    options, state = _server(host).register_begin(who, _of(user), user_verification=_TOUCH)
    return _plain(options), state


def made(answer: str, *, state: Mapping[str, Any], host: str) -> AuthenticatorData | None:
    """What a new key attested; None for what this state did not ask for, of another page, or of no key at all."""
    try:
        return _server(host).register_complete(dict(state), json.loads(answer))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_key(user: User, *, attested: AuthenticatorData, name: str, at: datetime) -> bool:
    """Keep the public half; False if the post has this key."""
    public = attested.credential_data
    if public is None:
        return False
    kept = {"user": user, "name": name, "public": bytes(public), "uses": attested.counter, "added_at": at}
    return SecurityKey.objects.get_or_create(credential=websafe_encode(public.credential_id), defaults=kept)[1]


def asked_to_sign(user: User, *, host: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What the browser is asked at sign-in, and the state to keep; None for an officer without a key."""
    keys = _of(user)
    if not keys:
        return None
    options, state = _server(host).authenticate_begin(keys, user_verification=_TOUCH)
    return _plain(options), state


def signed(user: User, answer: str, *, state: Mapping[str, Any], host: str, now: datetime) -> bool:
    """Whether one of the officer's keys signed what was asked. A key's own count that does not go up is that of a copy."""
    try:
        fields = json.loads(answer)
        used = _server(host).authenticate_complete(dict(state), _of(user), fields)
        uses = AuthenticationResponse.from_dict(fields).response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    going_up = Q(uses__lt=uses) if uses else Q(uses=0)  # many keys count nothing
    rows = SecurityKey.objects.filter(going_up, credential=websafe_encode(used.credential_id))
    return bool(rows.update(uses=uses, used_at=now))


def keys_of(user: User) -> list[SecurityKey]:
    """The officer's keys, the first added first."""
    return list(SecurityKey.objects.filter(user=user).order_by("added_at", "pk"))


def _of(user: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.public)) for key in keys_of(user)]
