"""One process at a time: a lock that ends with the process that holds it, however that ends."""

import fcntl
import os
from pathlib import Path


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
