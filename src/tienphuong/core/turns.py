"""Acts take turns: what an act has read is still so when it writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_TURN = 7015


@contextmanager
def in_turn() -> Iterator[None]:
    """One act: all of it or nothing, and no other act between what it reads and what it writes.

    Whatever an act decides by (who speaks for whom, what is believed, what was told before) it reads after it has begun. SQLite's IMMEDIATE
    transactions let one writer in at a time already; PostgreSQL is told, by one lock for all acts, so that no two wait for each other.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        yield
