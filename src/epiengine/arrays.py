"""The gate every array passes: whole numbers, in range, of one length, or an `EngineError` that names the row."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.errors import EngineError

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

#: Time is int32 minutes since 1970-01-01 UTC (years -2113 to 6053). The two ends stand for "unknown" or "open".
EARLIEST: Final = -(2**31)
LATEST: Final = 2**31 - 1


def whole_numbers(name: str, values: ArrayLike, *, low: int, high: int) -> Int32:
    """int32[m] of the values, each of them a whole number from `low` to `high`; not copied when it already is one."""
    given = np.asarray(values)
    if given.ndim != 1:
        raise EngineError(name, f"{given.ndim} dimensions", "one dimension")
    if given.size and given.dtype.kind not in "iuf":
        raise EngineError(name, str(given.dtype), "whole numbers")
    if given.size and (given.dtype.kind == "f" or not (low <= int(given.min()) and int(given.max()) <= high)):
        # a comparison with NaN is false, so NaN falls out here too
        _refuse_first(name, given, ~((given >= low) & (given <= high) & (given == np.floor(given))), f"a whole number from {low} to {high}")
    return np.ascontiguousarray(given, dtype=np.int32)


def minutes(name: str, values: ArrayLike) -> Int32:
    """int32[m] of points in time, in minutes since 1970-01-01 UTC."""
    return whole_numbers(name, values, low=EARLIEST, high=LATEST)


def ids(name: str, values: ArrayLike, *, count: int) -> Int32:
    """int32[m] of ids from 0 to count - 1."""
    return whole_numbers(name, values, low=0, high=count - 1)


def number(name: str, value: int, *, low: int, high: int = LATEST) -> int:
    """The whole number itself, from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
        raise EngineError(name, value, f"a whole number from {low} to {high}")
    return int(value)


def same_length(**columns: NDArray[Any]) -> int:
    """The length that all the named columns share."""
    (name, leading), *others = columns.items()
    for other, column in others:
        if column.size != leading.size:
            raise EngineError(other, f"{column.size} rows", f"as many rows as {name}: {leading.size}")
    return int(leading.size)


def in_order(first_name: str, last_name: str, first: Int32, last: Int32) -> None:
    """Refuses an interval that ends before it begins."""
    if first.size and bool((bad := first > last).any()):
        row = int(np.argmax(bad))
        raise EngineError(last_name, int(last[row]), f"not before {first_name}: at least {int(first[row])}", row=row)


def _refuse_first(name: str, values: NDArray[Any], bad: Bool, allowed: str) -> None:
    if bad.any():
        row = int(np.argmax(bad))
        raise EngineError(name, values[row].item(), allowed, row=row)
