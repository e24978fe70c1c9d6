"""The one door to numba: how a kernel is compiled, and how the compiler is left out.

With `EPIENGINE_NO_JIT=1` in the environment every kernel runs as the plain Python it is written in, so that a debugger,
a coverage tool or a reader sees the same code the machine runs. The engine's tests pass both ways:

    python -m pytest tests/engine
    EPIENGINE_NO_JIT=1 python -m pytest tests/engine

A compiled kernel is kept on disk, and renewed when its file or any engine file that it imports has changed: see `cache.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast

from epiengine.cache import use_stamps

P = ParamSpec("P")
R = TypeVar("R")

COMPILED = os.environ.get("EPIENGINE_NO_JIT", "0") in ("", "0")


@cache
def _numba() -> Any:
    # imported here: numba costs half a second that a run without it need not pay
    import numba

    use_stamps()
    return numba


def jit(kernel: Callable[P, R]) -> Callable[P, R]:
    """The kernel as machine code: kept on disk between runs, and free of the interpreter lock while it works."""
    if not COMPILED:
        return kernel
    return cast("Callable[P, R]", _numba().njit(cache=True, nogil=True)(kernel))


def inner(part: Callable[P, R]) -> Callable[P, R]:
    """A part of kernels, called by kernels only: without the door from Python, which is half of what it costs to compile.

    Hazard: called from Python all the same, compiled, it ends the process. What Python calls is `jit`.
    """
    if not COMPILED:
        return part
    options: dict[str, Any] = {
        "cache": True,
        "nogil": True,
        "error_model": "numpy",
        "forceinline": True,
        "no_cpython_wrapper": True,
        "no_cfunc_wrapper": True,
        "_nrt": False,
    }
    return cast("Callable[P, R]", _numba().njit(**options)(part))


def step(kernel: Callable[P, R]) -> Callable[P, R]:
    """A kernel that allocates nothing and is told everything in tuples of arrays: compiled without counting references to them.

    Numba counts each array that is taken out of a tuple, and the counting costs more than the work.
    """
    if not COMPILED:
        return kernel
    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    return cast("Callable[P, R]", _numba().njit(**options)(kernel))


def both(question: Callable[P, R]) -> Callable[P, R]:
    """The function as it is, for whole arrays in Python, and compiled into any kernel that calls it."""
    if not COMPILED:
        return question
    from numba.extending import register_jitable

    return register_jitable(question)
