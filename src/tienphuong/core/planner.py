"""Keeping the database's planner informed while many rows are written.

PostgreSQL chooses how to read a table by what it last counted there, and counts by itself only about once a minute and
never inside a transaction. A batch that has just written thousands of people into an empty table and reads them again would
be planned for an empty table, in quadratic time. SQLite needs nothing of the kind.
"""

from typing import Final
from weakref import WeakKeyDictionary

from django.db import connection, models
from django.db.transaction import Atomic

LEAST: Final = 50  # rows; joined three times over, even 300 that count as none take minutes
SHARE: Final = 0.5  # of the rows known so far; after less than this the old count still plans well

_written: WeakKeyDictionary[Atomic, dict[str, int]] = WeakKeyDictionary()


def wrote(model: type[models.Model], rows: int) -> None:
    """Count rows written to a table in this transaction; let the planner look again when they are many beside what it knows."""
    if connection.vendor != "postgresql" or not connection.atomic_blocks:
        return
    table = model._meta.db_table
    counts = _written.setdefault(connection.atomic_blocks[0], {})
    counts[table] = counts.get(table, 0) + rows
    if counts[table] >= LEAST and counts[table] >= SHARE * _known(table):
        counts[table] = 0
        _look_again(table)


def _known(table: str) -> float:
    """How many rows the planner believes that a table has; -1 where it never looked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [connection.ops.quote_name(table)])
        return float(cursor.fetchone()[0])


def _look_again(table: str) -> None:
    """Sample the table. Where somebody else is sampling it, it is left to them: waiting here could be waiting in a circle."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {connection.ops.quote_name(table)}")
