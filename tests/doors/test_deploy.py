"""The unit of systemd says nothing that systemd does not know."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "deploy" / "tienphuong.service"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_unit_is_one(tmp_path):
    unit = tmp_path / UNIT.name
    words = UNIT.read_text(encoding="utf-8")
    started = next(line for line in words.splitlines() if line.startswith("ExecStart="))
    unit.write_text(words.replace(started, f"ExecStart={sys.executable} -c pass"), encoding="utf-8")
    looked = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    if "Failed to" in looked.stderr:
        pytest.skip(looked.stderr.splitlines()[0])
    assert [line for line in looked.stderr.splitlines() if unit.name in line] == []
