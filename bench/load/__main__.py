"""Several officers on one post for minutes: reads and writes at a fixed rate over a base of district size.

Run with: python -m bench.load [--minutes 10] [--sessions 8] [--reads 20] [--writes 5] [--size 45000] [--database sqlite|postgresql] [--restart].
The base is made once under TIENPHUONG_VAR (SQLite); each run works on a copy of it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench.load import report
from bench.load.browser import Browser
from bench.load.drive import Done, drive, one_after_another, schedule
from bench.load.post import Memory, free_port, memory, processor, served, surroundings
from bench.load.work import reads, writes
from bench.postgres import Cluster, newest_binaries, running

AWAY_FOR = 5.0


def main() -> int:
    """The run, its report; 1 if an error came or a write is missing."""
    chosen = options().parse_args()
    load = [round(one, 2) for one in os.getloadavg()]
    with tempfile.TemporaryDirectory(prefix="bench-load-") as folder, database(chosen, Path(folder)) as (var, url, cluster):
        found = run(chosen, Path(folder), var=var, url=url, cluster=cluster) | {"load": load}
    report.printed(found)
    if not chosen.no_record:
        report.kept(found, database=chosen.database)
    return 0 if found["held"]["no error"] and found["held"]["nothing lost or doubled"] else 1


def options() -> argparse.ArgumentParser:
    """What may be chosen."""
    parser = argparse.ArgumentParser(prog="bench.load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--sessions", type=int, default=8)
    parser.add_argument("--reads", type=float, default=20, help="a second")
    parser.add_argument("--writes", type=float, default=5, help="a second")
    parser.add_argument("--size", type=int, default=45_000, help="cases; 45000 is a district")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument(
        "--restart", action="store_true", help="stop PostgreSQL at once in the middle, and start it again five seconds later"
    )
    parser.add_argument("--no-record", action="store_true", help="print only; bench/results stays as it is")
    return parser


@contextmanager
def database(chosen: argparse.Namespace, folder: Path) -> Iterator[tuple[Path, str, Cluster | None]]:
    """The folder of a prepared post's data, the address of its database (none: SQLite in that folder), and the cluster."""
    var, plan = folder / "var", folder / "plan.json"
    if chosen.database == "sqlite":
        base = Path(os.environ.get("TIENPHUONG_VAR", "var")).resolve() / f"bench-load-{chosen.size}"
        prepare(chosen, base, "", plan)
        shutil.copytree(base, var)
        yield var, "", None
        return
    binaries, port = newest_binaries(), free_port()
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed here")
    with running(binaries, {"listen_addresses": "127.0.0.1", "port": str(port)}) as (cluster, _):
        url = f"postgresql://bench@127.0.0.1:{port}/postgres"
        prepare(chosen, var, url, plan)
        yield var, url, cluster


def prepare(chosen: argparse.Namespace, var: Path, url: str, plan: Path) -> None:
    """The base, if it is not there, and what will be asked of it."""
    acts = int(chosen.writes * chosen.minutes * 60) + 1
    measured = ("prepare", str(plan), str(chosen.size), str(chosen.sessions), str(acts))
    subprocess.run([sys.executable, "-m", "bench.load.base", *measured], check=True, env=surroundings(var, database=url))


def run(chosen: argparse.Namespace, folder: Path, *, var: Path, url: str, cluster: Cluster | None) -> dict[str, Any]:
    """Serve, sign in, the floor, the load; then stop serving and look into the base."""
    plan, samples, seconds = json.loads((folder / "plan.json").read_text()), list[tuple[float, Memory]](), chosen.minutes * 60
    outage = Outage(cluster if chosen.restart else None, at=seconds / 2)
    with served(var, database=url, log=folder / "log") as (port, pid):
        browsers = signed_in(plan, port)
        floor = one_after_another(browsers[0], "/health/", number=int((chosen.reads + chosen.writes) * seconds))
        asked = schedule(reads(plan, browsers[0]), writes(plan), read_rate=chosen.reads, write_rate=chosen.writes, seconds=seconds)
        samples.append((0.0, memory(pid)))
        used = processor(pid)
        done = drive(browsers, asked, beside=partial(beside, pid, samples, outage))
        used = processor(pid) - used
    found = report.measured(done, floor, seconds=seconds) | {"memory": report.held_memory(samples), "faults": report.faults(done)}
    found["processor_ms"] = round(used * 1000 / len(done), 1)
    found |= outage.measured(done) | {"in_the_base": in_the_base(done, folder, var=var, url=url)}
    return found | {"held": report.judged(found, rates=chosen.reads + chosen.writes)}


def signed_in(plan: dict[str, Any], port: int) -> list[Browser]:
    """A browser for each officer."""
    found = [Browser(port) for _ in plan["officers"]]
    for browser, name in zip(found, plan["officers"], strict=True):
        browser.sign_in(name, plan["password"])
    return found


def beside(pid: int, samples: list[tuple[float, Memory]], outage: Outage, gone: float) -> None:
    """What is done beside the load: the memory is looked at, and the database is stopped when it is time."""
    samples.append((gone, memory(pid)))
    outage.look(gone)


class Outage:
    """The database is stopped at once in the middle of the run and started again."""

    def __init__(self, cluster: Cluster | None, *, at: float) -> None:
        self._cluster, self._at, self.back = cluster, at, 0.0

    def look(self, gone: float) -> None:
        """Once, when it is time."""
        if self._cluster is None or gone < self._at or self.back:
            return
        began = time.monotonic()
        self._cluster.stop()
        threading.Event().wait(AWAY_FOR)
        self._cluster.start()
        self.back = gone + time.monotonic() - began

    def measured(self, done: Sequence[Done]) -> dict[str, Any]:
        """What became of the requests that were due after its return."""
        if not self.back:
            return {}
        after = [one for one in done if one.due > self.back]
        return {
            "after_return": {
                "count": len(after),
                "errors": sum(bool(one.fault) for one in after),
                "seconds_away": round(self.back - self._at, 1),
            }
        }


def in_the_base(done: Sequence[Done], folder: Path, *, var: Path, url: str) -> dict[str, dict[str, int]]:
    """Each acknowledged write has to be there once; another one, at most once."""
    asked: Callable[[bool], list[str | int]] = lambda well: [one.ask.key for one in done if one.ask.said is not None and one.well is well]  # noqa: E731
    file = folder / "writes.json"
    file.write_text(json.dumps({"acknowledged": asked(True), "refused": asked(False)}))
    subprocess.run([sys.executable, "-m", "bench.load.base", "check", str(file)], check=True, env=surroundings(var, database=url))
    counted: dict[str, dict[str, int]] = json.loads(file.read_text())
    return counted


if __name__ == "__main__":
    sys.exit(main())
