"""A kernel on disk is the kernel of the sources it was made from, those of other files too."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import epiengine
from epiengine.cache import imported, stamp
from epiengine.jit import COMPILED

HOME = Path(epiengine.__file__).parent

CALL = "import numpy as np; from epiengine.probe import outer; print(outer(np.ones(3)))"


def reached(path: Path) -> set[Path]:
    seen, waiting = set(), [path]
    while waiting:
        if (one := waiting.pop()) not in seen:
            seen.add(one)
            waiting.extend(imported(one))
    return seen


def test_a_stamp_reaches_over_imports():
    day = HOME / "simulate" / "day.py"
    assert HOME / "simulate" / "steps" / "tracing.py" in imported(day)
    assert {HOME / "jit.py", HOME / "simulate" / "person.py"} <= reached(day)
    assert HOME / "simulate" / "start" / "today.py" not in reached(day)
    assert stamp(day) != stamp(HOME / "tracing" / "levels.py")


@pytest.mark.skipif(not COMPILED, reason="nothing is kept on disk without the compiler")
def test_a_changed_callee_in_another_file_renews_its_callers(tmp_path: Path):
    package = tmp_path / "epiengine"
    package.mkdir()
    for name in ("__init__.py", "jit.py", "cache.py"):
        shutil.copy(HOME / name, package / name)
    (package / "probe.py").write_text(
        "from epiengine.jit import jit\nfrom epiengine.callee import part\n\n@jit\ndef outer(x):\n    return part(x) + 1.0\n"
    )

    def answer(body: str) -> str:
        (package / "callee.py").write_text(f"from epiengine.jit import inner\n\n@inner\ndef part(x):\n    return {body}\n")
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-c", CALL], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert answer("x[0]") == "2.0"
    assert answer("x[0] * 9.0") == "10.0"


@pytest.mark.skipif(not COMPILED, reason="nothing is kept on disk without the compiler")
def test_an_index_that_names_a_module_that_is_gone_is_no_index(tmp_path: Path):
    package = tmp_path / "epiengine"
    package.mkdir()
    for name in ("__init__.py", "jit.py", "cache.py"):
        shutil.copy(HOME / name, package / name)

    def answer(module: str) -> str:
        (package / f"{module}.py").write_text("from typing import Any, NamedTuple\n\nclass Pair(NamedTuple):\n    x: Any\n")
        (package / "probe.py").write_text("from epiengine.jit import jit\n\n@jit\ndef outer(pair):\n    return pair.x[0] + 1.0\n")
        call = f"import numpy as np; from epiengine.{module} import Pair; from epiengine.probe import outer; print(outer(Pair(np.ones(3))))"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-c", call], env=environment, capture_output=True, text=True, check=False)
        (package / f"{module}.py").unlink()
        return done.stdout.strip() or done.stderr[-200:]

    assert answer("pairs") == "2.0"
    assert answer("couples") == "2.0"
