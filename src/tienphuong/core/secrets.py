"""The secrets of a post, each in a file of its own that only its owner may read."""

import os
import secrets
from pathlib import Path

from tienphuong.core import durable

SHORTEST = 32
"""Characters; a secret made here has 64."""


class KeyFault(RuntimeError):
    """A secret that is missing, broken or another post's: one sentence with what to do."""


def kept(path: Path) -> str:
    """The secret in a file; empty where there is no file.

    Raises KeyFault for a file that cannot be read or is too short to be a secret.
    """
    try:
        secret = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as fault:
        raise KeyFault(f"không đọc được tệp khóa {path} ({type(fault).__name__}). Chép lại tệp từ bản lưu rồi chạy lại.") from fault
    return strong(secret, source=f"tệp khóa {path}")


def strong(secret: str, *, source: str, shortest: int = SHORTEST) -> str:
    """The secret if it is long enough to be one; raises KeyFault."""
    if len(secret) < shortest:
        raise KeyFault(f"{source} chỉ có {len(secret)} ký tự, khóa phải có ít nhất {shortest}. Chép lại khóa từ bản lưu rồi chạy lại.")
    return secret


def made_once(path: Path) -> str:
    """The secret in a file, made if there is none; of two processes that make it at once, one wins and both have its secret."""
    if secret := kept(path):
        return secret
    durable.made(path.parent)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _write(fresh, secrets.token_urlsafe(48))
        os.link(fresh, path)  # never over a file that is there
        durable.settle(path.parent)
    except FileExistsError:
        pass
    finally:
        fresh.unlink(missing_ok=True)
    return kept(path)


def _write(path: Path, secret: str) -> None:
    """Written whole and on the disk before it gets its name: half a key opens nothing."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
