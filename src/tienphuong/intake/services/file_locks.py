"""An act on one file: nobody else reads, checks, writes or withdraws it meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from tienphuong.core.alone import Busy, alone
from tienphuong.core.turns import take_turn
from tienphuong.intake.models import IntakeFile

PATIENCE: Final = 25.0
"""Seconds that whoever wants to work on a file waits for another who does."""
_MINE: ContextVar[frozenset[UUID]] = ContextVar("files this thread works on", default=frozenset())


@contextmanager
def worked_on(file: IntakeFile, *, patience: float = PATIENCE) -> Iterator[None]:
    """The long work on one file is one process's at a time, over all its short transactions: it ends with the work, or with its process.

    Raises Busy where another is at it and does not end in time. Inside an open transaction nobody waits: the other may wait for that one.
    """
    if file.pk in _MINE.get():
        yield
        return
    with alone(_lock(file.pk), patience=0.0 if connection.in_atomic_block else patience):
        mine = _MINE.set(_MINE.get() | {file.pk})
        try:
            yield
        finally:
            _MINE.reset(mine)


def is_worked_on(file_id: UUID) -> bool:
    """Whether a process that lives is at a file now."""
    try:
        with alone(_lock(file_id)):
            return False
    except Busy:
        return True


def _lock(file_id: UUID) -> Path:
    return Path(settings.VAR) / "locks" / "files" / file_id.hex


@contextmanager
def locked(file: IntakeFile) -> Iterator[IntakeFile]:
    """Hold a file for one transaction, and say how it stands now: another officer may have got on with it since it was looked up.

    SQLite's writers queue at BEGIN already; PostgreSQL is told to hold the file's row.
    """
    with transaction.atomic():
        yield IntakeFile.objects.select_for_update(no_key=True).get(pk=file.pk)


@contextmanager
def locked_in_turn(file: IntakeFile) -> Iterator[IntakeFile]:
    """The same for an act that writes records too. The file comes first and the turn second, always: so no two wait for each other."""
    with locked(file) as now:
        take_turn()
        yield now
