"""Is each part of the post ready for work? Words and numbers of the machine; nothing of anybody's records."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection

from tienphuong.core import clock, keys
from tienphuong.core.alone import is_locked

LEAST_FREE: Final = 500 * 2**20
"""Bytes below which the disk counts as full soon."""
_SILENT: Final = timedelta(minutes=3)
_BEHIND: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the post, and why it is not ready (empty: it is)."""

    name: str
    why: str = ""


def parts() -> list[Part]:
    """Every part with its own readiness. Where the database does not answer, what is asked of it is not known either."""
    asked: dict[str, Callable[[], str]] = {"database": _database, "key": _key, "clock": _clock, "worker": _worker, "disk": _disk}
    return [Part(name, _asked(why)) for name, why in asked.items()]


def _asked(why: Callable[[], str]) -> str:
    try:
        return why()
    except DatabaseError:
        return "database away"
    except OSError as fault:
        return fault.strerror or "fault"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _key() -> str:
    """The key that is in use is the one the data was sealed with."""
    if not settings.IDENTITY_KEY:
        return "missing"
    return "" if keys.is_of_this_database() else "of another database"


def _clock() -> str:
    """The clockwork has been at it a moment ago, and the machine's clock was not set back."""
    marked, now = clock.marked_at(), clock.machine_now()
    if clock.behind() > _BEHIND:
        return "behind the records"
    return "" if marked is not None and abs(now - marked) < _SILENT else "stopped"


def _worker() -> str:
    """The worker of lists holds its lock as long as it lives."""
    lock = Path(settings.VAR) / "locks" / "worker-default"
    return "" if lock.exists() and is_locked(lock) else "stopped"


def _disk() -> str:
    """There is room, and the folder may be written."""
    if not os.access(settings.VAR, os.W_OK):
        return "read-only"
    return "" if shutil.disk_usage(settings.VAR).free >= LEAST_FREE else "nearly full"
