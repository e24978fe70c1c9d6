"""Processes that depend on each other: a lock that ends with the process that holds it, and a process that ends with its parent."""

import ctypes
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_LOOK: Final = 0.05
"""Seconds between two looks at a lock that another holds."""


class Busy(RuntimeError):
    """Another process holds the lock; the message is what it wrote there."""


def hold(path: Path, *, note: str = "", wait: bool = False) -> int:
    """Lock a file until this process ends, and write in it who holds it; the number of the open file.

    Raises Busy where another process holds it and `wait` is false.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        holder = os.read(lock, 500).decode(errors="replace").strip()
        os.close(lock)
        raise Busy(holder) from None
    os.ftruncate(lock, 0)
    os.write(lock, note.encode())
    return lock


@contextmanager
def alone(path: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock for one piece of work: the kernel gives it back when the work or its process ends, however that ends.

    Raises Busy where another holds it and does not end within so many seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = _taken(path, until=time.monotonic() + patience)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)  # while it is held: whoever waits for it sees that its file is gone, and takes a new one
        os.close(lock)


def _taken(path: Path, *, until: float) -> int:
    while (lock := _tried(path)) is None:
        if time.monotonic() >= until:
            raise Busy(path.name)
        time.sleep(_LOOK)
    return lock


def _tried(path: Path) -> int | None:
    """The lock, if it is free and its file is still the one that others find."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.stat().st_ino == os.fstat(lock).st_ino:
            return lock
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(lock)
    return None


def is_locked(path: Path) -> bool:
    """Whether a process holds the lock of a file; looking takes it from nobody."""
    looked = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(looked, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(looked)
    return False


def end_with_parent() -> None:
    """Ask the kernel to end this process when the one that started it ends, even by SIGKILL; only Linux can."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
