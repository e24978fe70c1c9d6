"""The one door to numba: how a kernel is compiled, and how the compiler is left out.

With `EPIENGINE_NO_JIT=1` in the environment every kernel runs as the plain Python it is written in, so that a debugger,
a coverage tool or a reader sees the same code the machine runs. The engine's tests pass both ways:

    python -m pytest tests/engine
    EPIENGINE_NO_JIT=1 python -m pytest tests/engine

Hazard: a compiled kernel is renewed when its own file changes, not when a constant it imports does. Who changes such a constant
(the slot columns of `tracing/graph.py`) touches the files that use it, or empties their `__pycache__`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

COMPILED = os.environ.get("EPIENGINE_NO_JIT", "0") in ("", "0")


def jit(kernel: Callable[P, R]) -> Callable[P, R]:
    """The kernel as machine code: kept on disk between runs, and free of the interpreter lock while it works."""
    if not COMPILED:
        return kernel
    # imported here: numba costs half a second that a run without it need not pay
    import numba

    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(kernel))


def inner(part: Callable[P, R]) -> Callable[P, R]:
    """A part of kernels, called by kernels only: without the door from Python, which is half of what it costs to compile."""
    if not COMPILED:
        return part
    import numba

    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast("Callable[P, R]", numba.njit(**options)(part))


def both(question: Callable[P, R]) -> Callable[P, R]:
    """The function as it is, for whole arrays in Python, and compiled into any kernel that calls it."""
    if not COMPILED:
        return question
    from numba.extending import register_jitable

    return register_jitable(question)
