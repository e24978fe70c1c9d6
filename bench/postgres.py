"""A throw-away PostgreSQL: its own directory, a unix socket only, gone when the block ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
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


@contextmanager
def throwaway(binaries: Path) -> Iterator[psycopg.Connection]:
    """A connection to a new, empty cluster with settings that favour it (memory for all data, no fsync)."""
    # PostgreSQL refuses to run as root
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as folder:
        if user:
            shutil.chown(folder, "postgres")
        data, quiet = f"{folder}/data", {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
        subprocess.run([*user, binaries / "initdb", "-D", data, "-U", "bench", "-A", "trust"], **quiet)
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()) + f" -k {folder}"
        subprocess.run([*user, binaries / "pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start"], **quiet)
        try:
            with psycopg.connect(host=folder, user="bench", dbname="postgres", autocommit=True) as connection:
                yield connection
        finally:
            subprocess.run([*user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)


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
