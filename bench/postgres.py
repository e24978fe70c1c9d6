"""A throw-away PostgreSQL: its own directory, a unix socket only, gone when the block ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray

SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "2GB",
    "work_mem": "1GB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "16GB",
    "fsync": "off",
    "effective_cache_size": "6GB",
    "random_page_cost": "1.1",
}


def newest_binaries() -> Path | None:
    """Where initdb and pg_ctl are, if PostgreSQL is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


class Cluster:
    """A cluster in a folder of its own, which everybody of this machine who reaches it may use."""

    def __init__(self, binaries: Path, folder: str, settings: Mapping[str, str]) -> None:
        # PostgreSQL refuses to run as root
        self._before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._before:
            shutil.chown(folder, "postgres")
        self._binaries, self._folder = binaries, folder
        self._options = " ".join(f"-c {name}={value}" for name, value in settings.items()) + f" -k {folder}"
        self._run("initdb", "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def _run(self, program: str, *words: str) -> None:
        asked = [*self._before, str(self._binaries / program), "-D", f"{self._folder}/data", *words]
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        """Returns when it takes connections."""
        self._run("pg_ctl", "-o", self._options, "-l", f"{self._folder}/log", "-w", "start")

    def stop(self) -> None:
        """At once, as if it were killed; what it had promised it finds again in its log."""
        self._run("pg_ctl", "-m", "immediate", "stop")


@contextmanager
def running(binaries: Path, settings: Mapping[str, str]) -> Iterator[tuple[Cluster, str]]:
    """A new, empty cluster and the folder of its socket; gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as folder:
        cluster = Cluster(binaries, folder, settings)
        cluster.start()
        try:
            yield cluster, folder
        finally:
            cluster.stop()


@contextmanager
def throwaway(binaries: Path) -> Iterator[psycopg.Connection]:
    """A connection to a new, empty cluster with settings that favour it (memory for all data, no fsync)."""
    with (
        running(binaries, SETTINGS) as (_, folder),
        psycopg.connect(host=folder, user="bench", dbname="postgres", autocommit=True) as connection,
    ):
        yield connection


def copy_in(connection: psycopg.Connection, table: str, columns: Sequence[NDArray[np.int32]]) -> None:
    """Loads int32 columns with binary COPY, the fastest way in."""
    layout = [("count", ">i2"), *((f"{kind}{i}", ">i4") for i in range(len(columns)) for kind in ("length", "value"))]
    block = 1_000_000
    with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
        for start in range(0, columns[0].size, block):
            rows = np.empty(columns[0][start : start + block].size, dtype=layout)
            rows["count"] = len(columns)
            for i, column in enumerate(columns):
                rows[f"length{i}"], rows[f"value{i}"] = 4, column[start : start + block]
            copy.write(rows.tobytes())
        copy.write(b"\xff\xff")
