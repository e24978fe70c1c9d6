"""A long content sealed in pieces with the post's key: pieces that are changed, missing, exchanged or cut off at the end are no content."""

import hashlib
import io
import os
from collections.abc import Iterator
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MAGIC: Final = b"TIENPHUONG-1\n"
PIECE: Final = 1 << 20
_SALT, _LENGTH = 16, 4


class NotWhole(ValueError):
    """The content was changed or cut, or is sealed with another key."""


def _cipher(salt: bytes) -> AESGCM:
    """A key of its own for each content, so that the number of a piece serves as its nonce."""
    return AESGCM(hashlib.blake2b(settings.IDENTITY_KEY.encode(), digest_size=32, salt=salt, person=b"tp-back").digest())


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


class Sealing(io.RawIOBase):
    """A file to write into; what is written lies sealed in `out` when this is closed."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._rest, self._number = out, bytearray(), 0
        salt = os.urandom(_SALT)
        self._cipher = _cipher(salt)
        out.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._rest += content
        while len(self._rest) > PIECE:
            self._piece(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]
        return memoryview(content).nbytes

    def close(self) -> None:
        if not self.closed:
            self._piece(bytes(self._rest), last=True)
        super().close()

    def _piece(self, content: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), content, None)
        self._out.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self._number += 1


class Unsealing(io.RawIOBase):
    """A file to read from what `Sealing` wrote; raises NotWhole as soon as a piece is not what was written."""

    def __init__(self, source: IO[bytes]) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise NotWhole("không phải bản lưu của Tiền Phương")
        self._pieces, self._rest = _pieces(source, _cipher(source.read(_SALT))), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        part, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(part)] = part
        return len(part)


def _pieces(source: IO[bytes], cipher: AESGCM) -> Iterator[bytes]:
    number, length = 0, source.read(_LENGTH)
    while length:
        sealed, following = source.read(int.from_bytes(length, "big")), source.read(_LENGTH)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, None)
        except InvalidTag:
            raise NotWhole("bản lưu bị sửa, bị cắt, hoặc niêm bằng khóa khác") from None
        number, length = number + 1, following
