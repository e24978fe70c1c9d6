"""The campaign of kills itself: a few kills on SQLite, so that its command goes on working."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow


def test_a_post_that_is_killed_ten_times_loses_and_doubles_nothing_and_does_not_hang(tmp_path):
    around = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    asked = ["--kills", "10", "--database", "sqlite", "--seed", "7", "--results", str(tmp_path)]
    done = subprocess.run([sys.executable, "-m", "bench.kills", *asked], cwd=ROOT, env=around, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((tmp_path / "kills-sqlite.json").read_text())
    assert summary["acts"]["all"]["kills"] >= 10 and summary["wrong"] == []
    assert (summary["acts"]["all"]["lost"], summary["acts"]["all"]["doubled"], summary["acts"]["all"]["stuck"]) == (0, 0, 0)
