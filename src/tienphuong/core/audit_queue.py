"""Entries of the audit that wait for their place in the chain: on disk before the page is shown, so that none is lost and no page waits."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from tienphuong.core import durable

_WAITING: Final = "waiting.jsonl"


def put(entry: Mapping[str, Any]) -> None:
    """Append one entry; it has reached the disk when this returns."""
    with _locked():
        file = _folder() / _WAITING
        new = not file.exists()
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
            out.write(json.dumps(entry, ensure_ascii=False, default=str).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
        if new:
            durable.settle(file.parent)


def taken() -> Iterator[dict[str, Any]]:
    """The entries that wait, oldest first, for the transaction that is open: they leave the disk when it is committed, and stay if it is not.

    A process that ends between the two leaves them; each entry has its own id, by which it is written once.
    """
    folder = _folder()
    if not any(folder.iterdir()):
        return
    with _locked():
        if (folder / _WAITING).exists():
            (folder / _WAITING).rename(folder / f"taken-{uuid4().hex}.jsonl")
        files = sorted(folder.glob("taken-*.jsonl"), key=lambda path: path.stat().st_mtime_ns)
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        transaction.on_commit(lambda file=file: file.unlink(missing_ok=True))
        yield from map(json.loads, lines)


def waiting() -> int:
    """How many entries wait on disk."""
    return sum(file.read_bytes().count(b"\n") for file in _folder().glob("*.jsonl"))


def _folder() -> Path:
    """The folder of this post's database."""
    name = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    return durable.made(Path(settings.VAR) / "audit" / name)


@contextmanager
def _locked() -> Iterator[None]:
    """Nobody else appends to the queue or takes it away meanwhile."""
    lock = os.open(_folder().with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
