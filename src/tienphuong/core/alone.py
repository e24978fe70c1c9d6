"""Processes that depend on each other: a lock that ends with the process that holds it, and a process that ends with its parent."""

import ctypes
import fcntl
import os
import signal
import sys
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


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


def end_with_parent() -> None:
    """Ask the kernel to end this process when the one that started it ends, even by SIGKILL; only Linux can."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
