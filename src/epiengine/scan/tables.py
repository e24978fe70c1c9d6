"""The gate of tables: counts and quantities in two or three dimensions, finite, not negative, of one shape."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.arrays import Int64
from epiengine.errors import EngineError

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
#: Counts in the smallest whole numbers that hold them; or what is expected.
Counts = NDArray[Any]
#: Whole numbers of 16 or 32 bits.
Whole = NDArray[np.signedinteger[Any]]

#: Single precision holds every whole number up to here; the bounds of the search count in parts of one up to 2^31.
MOST_CASES = 2**24


def quantities(name: str, values: ArrayLike, *, dimensions: int) -> Float64:
    """float64 of the values, each finite and at least 0; refuses another number of dimensions."""
    given = np.asarray(values)
    if given.ndim != dimensions:
        raise EngineError(name, f"{given.ndim} dimensions", f"{dimensions} dimensions")
    if given.size and given.dtype.kind not in "iufb":
        raise EngineError(name, str(given.dtype), "numbers")
    table = np.ascontiguousarray(given, dtype=np.float64)
    refuse_where(name, table, ~(np.isfinite(table) & (table >= 0)), "a finite number, at least 0")
    return table


def counts(name: str, values: ArrayLike, *, dimensions: int) -> Int64:
    """int64 of the values, each a whole number, at least 0, no more than 2^24 together."""
    table = quantities(name, values, dimensions=dimensions)
    refuse_where(name, table, table != np.floor(table), "a whole number, at least 0")
    if table.sum() > MOST_CASES:
        raise EngineError(name, f"{table.sum():.0f} together", f"at most {MOST_CASES} together")
    return table.astype(np.int64)


def finite(name: str, values: ArrayLike, *, low: float = -np.inf, high: float = np.inf) -> Float64:
    """float64[n] of finite numbers from low to high."""
    given = np.asarray(values)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iuf"):
        raise EngineError(name, f"{given.ndim} dimensions of {given.dtype}", "one dimension of numbers")
    column = np.ascontiguousarray(given, dtype=np.float64)
    refuse_where(name, column, ~(np.isfinite(column) & (column >= low) & (column <= high)), f"a number from {low:g} to {high:g}")
    return column


def share(name: str, value: float, *, high: float = 1.0) -> float:
    """The number itself, above 0 and at most high."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not 0 < value <= high:
        raise EngineError(name, value, f"above 0, at most {high:g}")
    return float(value)


def same_shape(name: str, table: NDArray[Any], *, leader: str, shape: tuple[int, ...]) -> None:
    """Refuses a table of another shape than the leading one."""
    if table.shape != shape:
        raise EngineError(name, f"shape {table.shape}", f"the shape of {leader}: {shape}")


def refuse_where(name: str, table: NDArray[Any], bad: NDArray[np.bool_], allowed: str) -> None:
    """Names the first row (flat, in the order of the memory) that is bad."""
    if bad.any():
        row = int(np.argmax(bad))
        raise EngineError(name, table.flat[row].item(), allowed, row=row)
