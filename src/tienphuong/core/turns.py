"""Acts take turns: what an act has read is still so when it writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

_TURN = 7015


@contextmanager
def in_turn() -> Iterator[None]:
    """One act: all of it or nothing, and no other act between what it reads and what it writes.

    Whatever an act decides by (who speaks for whom, what is believed, what was told before) it reads after it has begun. SQLite's IMMEDIATE
    transactions let one writer in at a time already; PostgreSQL is told, by one lock for all acts, so that no two wait for each other.
    """
    with transaction.atomic():
        take_turn()
        yield


def take_turn() -> None:
    """The turn for the transaction that is open, without a savepoint around what follows.

    Behind a savepoint SQLite keeps what each statement changes until the savepoint ends: two thousand updates took two seconds instead of none.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def let_others(*, patience: float = 1.0) -> None:
    """Between two parts of a long work: whoever waits to write goes first.

    PostgreSQL hands the turn on in the order it was asked for; on SQLite the long work stands back until nobody waits, or so many seconds.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.let_others(patience)  # type: ignore[attr-defined]  # core.sqlite's own


def at_once(work: Callable[[], object]) -> bool:
    """Do a short work in a turn of its own if nobody has the turn now; false, and nothing done, if somebody has.

    Inside an open transaction the work belongs to that one and waits for the turn like any act.
    """
    if connection.in_atomic_block:
        with in_turn():
            work()
        return True
    return _at_once_on_sqlite(work) if connection.vendor == "sqlite" else _at_once_on_postgresql(work)


def _at_once_on_sqlite(work: Callable[[], object]) -> bool:
    patience = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    try:
        _wait_at_most(0)
        with transaction.atomic():
            work()
    except OperationalError as fault:
        if "locked" not in str(fault):
            raise
        return False
    finally:
        _wait_at_most(patience)
    return True


def _wait_at_most(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")


def _at_once_on_postgresql(work: Callable[[], object]) -> bool:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
            (mine,) = cursor.fetchone()
        if mine:
            work()
    return bool(mine)
