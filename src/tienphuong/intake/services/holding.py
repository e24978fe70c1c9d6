"""An act on one file: nobody else reads, checks, writes or withdraws it meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tienphuong.core.turns import take_turn
from tienphuong.intake.models import IntakeFile


@contextmanager
def held(file: IntakeFile) -> Iterator[IntakeFile]:
    """Hold a file for one transaction, and say how it stands now: another officer may have got on with it since it was looked up.

    SQLite's writers queue at BEGIN already; PostgreSQL is told to hold the file's row.
    """
    with transaction.atomic():
        yield IntakeFile.objects.select_for_update(no_key=True).get(pk=file.pk)


@contextmanager
def held_in_turn(file: IntakeFile) -> Iterator[IntakeFile]:
    """The same for an act that writes records too. The file comes first and the turn second, always: so no two wait for each other."""
    with held(file) as now:
        take_turn()
        yield now
