"""The peers live in environments of their own (`make peers`): Covasim 3 and 4 cannot share one. Each is driven as a script that prints JSON."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / ".venv-peers"


def python_of(environment: str) -> Path:
    """The interpreter of an environment, or the line that makes it."""
    python = ENVIRONMENTS / environment / "bin" / "python"
    if not python.exists():
        raise SystemExit(f"{environment} is not installed: make peers")
    return python


def ask(environment: str, script: str, *arguments: object, threads: int = 1) -> dict[str, Any]:
    """What the peer's script printed: its last line, read as JSON. Libraries under the peer may use `threads` threads."""
    called = [str(python_of(environment)), "-W", "ignore", str(Path(__file__).with_name(script)), *map(str, arguments)]
    caps = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), str(threads))
    done = subprocess.run(called, capture_output=True, text=True, env=os.environ | caps, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"{script} in {environment} failed:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
