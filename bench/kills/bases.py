"""Where the post of the campaign keeps its data: a folder and, on PostgreSQL, a cluster of its own; both put back to how they began."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import psycopg

DATABASES = ("sqlite", "postgresql")
_KEY = "khoa-chi-dung-de-thu-ngat-0123456789"


class Base(Protocol):
    """What the driver does with a database."""

    def keep(self) -> None:
        """Everything as it is now is the beginning."""

    def restore(self) -> None:
        """Everything is as at the beginning. No connection of this process is open."""

    def whole(self) -> list[str]:
        """What is wrong with the database itself: broken pages, sessions and locks of processes that are gone."""


class Folder:
    """The post's folder: SQLite's database, files, keys, locks, the audit's queue."""

    def __init__(self, root: Path) -> None:
        self.var, self._kept = root / "var", root / "kept"

    def keep(self) -> None:
        """The folder is copied."""
        shutil.copytree(self.var, self._kept)

    def restore(self) -> None:
        """The copy takes the folder's place."""
        shutil.rmtree(self.var)
        shutil.copytree(self._kept, self.var)

    def whole(self) -> list[str]:
        """SQLite reads all its pages and indexes."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = [row[0] for row in cursor.fetchall()]
        return [] if found == ["ok"] else found


class Cluster(Folder):
    """The same with the database in a PostgreSQL that only this campaign uses."""

    def __init__(self, root: Path, server: psycopg.Connection) -> None:
        super().__init__(root)
        self._server = server
        server.execute("CREATE DATABASE post")

    def keep(self) -> None:
        """Folder and database are copied."""
        super().keep()
        self._copy("kept", "post")

    def restore(self) -> None:
        """The copies take their places; a session whose process was killed a moment ago is ended."""
        super().restore()
        self._copy("post", "kept")

    def whole(self) -> list[str]:
        """No session but ours is in the middle of something, and no lock is kept by one that is gone."""
        sessions = (
            "SELECT state, query FROM pg_stat_activity WHERE datname = 'post' AND state <> 'idle' AND backend_type = 'client backend'"
        )
        locks = "SELECT locktype, pid FROM pg_locks WHERE locktype = 'advisory'"
        return [str(row) for asked in (sessions, locks) for row in self._server.execute(asked).fetchall()]

    def _copy(self, to: str, of: str) -> None:
        self._server.execute(f"DROP DATABASE IF EXISTS {to} WITH (FORCE)")
        self._server.execute(f"CREATE DATABASE {to} TEMPLATE {of}")


@contextmanager
def throwaway_base(database: str) -> Iterator[Base]:
    """A new, empty base; the environment names it from here on, and it is gone when the block ends. Before Django is set up."""
    with tempfile.TemporaryDirectory(prefix="bench-kills-") as root:
        _settle_environment(Path(root) / "var")
        if database == "sqlite":
            yield Folder(Path(root))
            return
        from bench.postgres import newest_binaries, throwaway

        binaries = newest_binaries()
        if binaries is None:
            raise SystemExit("no PostgreSQL is installed here")
        with throwaway(binaries) as server:
            os.environ["DATABASE_URL"] = f"postgresql://bench@{server.info.host.replace('/', '%2F')}/post"
            yield Cluster(Path(root), server)


def _settle_environment(var: Path) -> None:
    with suppress(KeyError):
        del os.environ["DATABASE_URL"]
    var.mkdir()
    os.environ |= {"TIENPHUONG_VAR": str(var), "TIENPHUONG_KEY": _KEY, "TIENPHUONG_SECRET_KEY": _KEY}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tienphuong.config.settings"
