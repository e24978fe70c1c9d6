"""Several officers at one moment: acts in threads, each with a connection of its own, on a base that is no part of a test's transaction."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

from django.db import DEFAULT_DB_ALIAS, connections


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act came to, in their order: its answer, or what it raised."""
    came: list[object] = [None] * len(acts)
    ready = Barrier(len(acts))

    def officer(number: int, act: Callable[[], object]) -> None:
        ready.wait()
        try:
            came[number] = act()
        except Exception as fault:
            came[number] = fault
        finally:
            connections.close_all()

    threads = [Thread(target=officer, args=each) for each in enumerate(acts)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads take turns often: what can come between two statements does
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    return came


def faults(came: Sequence[object]) -> list[Exception]:
    """Of what acts came to, what they raised."""
    return [one for one in came if isinstance(one, Exception)]


@contextmanager
def base_of_many(folder: Path) -> Iterator[None]:
    """Let the test's base be one that several connections open: of SQLite a file, as a post has it, not memory that they share."""
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor != "sqlite":
        yield
        return
    file, name = folder / "post.sqlite3", own.settings_dict["NAME"]
    with own.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    own.settings_dict["NAME"] = str(file)
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    # A base just copied has no write-ahead log yet; two that open it first at one moment would both want to make it.
    connections[DEFAULT_DB_ALIAS].ensure_connection()
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        own.settings_dict["NAME"] = name
        connections[DEFAULT_DB_ALIAS] = own
