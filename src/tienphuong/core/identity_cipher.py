"""Identity numbers, and whatever holds them, at rest: AES-256-GCM for reading back, a keyed BLAKE2b for finding equal ones."""

import base64
import hashlib
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tienphuong.core.secrets import KeyFault


@cache
def _keys() -> tuple[AESGCM, bytes]:
    """One secret, two keys: what finds a number cannot decrypt it."""
    if not settings.IDENTITY_KEY:
        raise KeyFault("sở chỉ huy này chưa có khóa. Chạy “tienphuong serve” hoặc “make demo” một lần để lập cơ sở dữ liệu.")
    secret = settings.IDENTITY_KEY.encode()
    sealing = hashlib.blake2b(secret, digest_size=32, person=b"tp-seal").digest()
    finding = hashlib.blake2b(secret, digest_size=32, person=b"tp-find").digest()
    return AESGCM(sealing), finding


def seal(value: str) -> bytes:
    """The number as ciphertext: 12 bytes of nonce, then the sealed text."""
    return seal_bytes(value.encode())


def unseal(sealed: bytes) -> str:
    """The number a ciphertext holds; raises InvalidTag when the key is another post's."""
    return unseal_bytes(sealed).decode()


def seal_bytes(content: bytes) -> bytes:
    """Any content as ciphertext: 12 bytes of nonce, then the sealed content with its mark of 16 bytes."""
    nonce = os.urandom(12)
    return nonce + _keys()[0].encrypt(nonce, content, None)


def unseal_bytes(sealed: bytes) -> bytes:
    """The content of a ciphertext; raises InvalidTag when it was changed or the key is another post's."""
    view = memoryview(sealed)
    return _keys()[0].decrypt(view[:12], view[12:], None)


def finding_hash(kind: str, value: str) -> str:
    """A keyed hash, equal for equal numbers of one kind, useless without the post's key."""
    digest = hashlib.blake2b(f"{kind}:{value}".encode(), digest_size=18, key=_keys()[1]).digest()
    return base64.urlsafe_b64encode(digest).decode()
