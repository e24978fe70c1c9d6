"""The load campaign runs: a short load on a small base, every acknowledged write in it once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench.load.drive import Done, schedule
from bench.load.report import measured, spread
from bench.load.work import Ask

HOUSE = Path(__file__).parents[2]


def test_requests_are_due_at_their_rate_whatever_becomes_of_them():
    reads, writes = (iter([Ask(kind, "")] * 100) for kind in ("read", "write"))
    due = list(schedule(reads, writes, read_rate=4, write_rate=1, seconds=2))
    assert [(at, ask.kind) for at, ask in due][:5] == [(0.0, "read"), (0.25, "read"), (0.5, "write"), (0.5, "read"), (0.75, "read")]
    assert len(due) == 10


def test_what_waited_is_counted_from_when_it_was_due_and_a_refusal_is_no_answer():
    waited, refused = Done(Ask("board", "/"), 0.0, 1.5, 1.6, 200), Done(Ask("board", "/"), 0.5, 0.0, 0.1, 500, "500 ")
    line = measured([waited, refused], [0.002], seconds=2)["kinds"]["board"]
    assert (line["count"], line["errors"], line["rate"], line["p95_ms"]) == (2, 1, 0.5, 1600.0)
    assert spread([n / 1000 for n in range(1, 101)])["p95_ms"] == 96.0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")
def test_a_short_load_on_a_small_base_loses_nothing(tmp_path):
    environment = os.environ | {"TIENPHUONG_VAR": str(tmp_path), "PYTHONPATH": f"{HOUSE / 'src'}{os.pathsep}{HOUSE}", "DATABASE_URL": ""}
    words = ["--minutes", "0.1", "--sessions", "2", "--reads", "4", "--writes", "1", "--size", "1000", "--no-record"]
    done = subprocess.run([sys.executable, "-m", "bench.load", *words], env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    assert re.search(r"acknowledged: 6 writes, once 6, lost 0, doubled 0", done.stdout), done.stdout
    assert "no error: held" in done.stdout
