"""The gate of the estimators: real numbers, finite and in range, or an `EngineError` that names the row."""

from __future__ import annotations

from typing import Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.arrays import Bool, Int64
from epiengine.errors import EngineError

Float = NDArray[np.float64]

#: Above this a double no longer holds every whole number, and counts would be added wrongly without a sign of it.
MOST: Final = 2.0**53


def reals(name: str, values: ArrayLike, *, low: float = -np.inf, high: float = np.inf, axes: tuple[int, ...] = (1,)) -> Float:
    """float64 of the values, each finite and from `low` to `high`, with one of the numbers of axes allowed."""
    given = np.asarray(values)
    if given.ndim not in axes:
        raise EngineError(name, f"{given.ndim} dimensions", " or ".join(str(count) for count in axes))
    if given.size and given.dtype.kind not in "iufb":
        raise EngineError(name, str(given.dtype), "numbers")
    taken = np.ascontiguousarray(given, dtype=np.float64).reshape(given.shape)
    refuse_where(name, taken, ~(np.isfinite(taken) & (taken >= low) & (taken <= high)), f"a finite number{_from_to(low, high)}")
    return taken


def counts(name: str, values: ArrayLike, *, axes: tuple[int, ...] = (1,)) -> Float:
    """float64 of numbers of cases: not negative, not necessarily whole (a nowcast is not), at least one day."""
    given = reals(name, values, low=0.0, high=MOST, axes=axes)
    if given.size == 0:
        raise EngineError(name, "no value", "at least one")
    return given


def whole_counts(name: str, values: ArrayLike, *, axes: tuple[int, ...] = (1,)) -> Int64:
    """int64 of numbers of cases that must be whole."""
    given = counts(name, values, axes=axes)
    refuse_where(name, given, given != np.floor(given), "a whole number")
    return given.astype(np.int64)


def real(name: str, value: float, *, low: float = -np.inf, high: float = np.inf, above: float | None = None) -> float:
    """The number itself: finite, from `low` to `high`, and greater than `above` where that is given."""
    least = low if above is None else above
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise EngineError(name, value, f"a number{_from_to(least, high)}")
    if not np.isfinite(value) or not low <= value <= high or (above is not None and value <= above):
        raise EngineError(name, value, f"a finite number{_from_to(low, high) if above is None else f' above {above:g}'}")
    return float(value)


def probabilities(name: str, values: ArrayLike) -> Float:
    """float64[q] of levels strictly between 0 and 1, ascending."""
    given = reals(name, values, low=0.0, high=1.0)
    refuse_where(name, given, (given <= 0) | (given >= 1), "between 0 and 1, both excluded")
    refuse_where(name, given, np.concatenate([[False], np.diff(given) <= 0]) if given.size else given > 0, "ascending")
    return given


def one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """The word itself, if it is one of those allowed."""
    if value not in allowed:
        raise EngineError(name, value, ", ".join(allowed))
    return value


def refuse_where(name: str, values: Float | Int64, bad: Bool, allowed: str) -> None:
    """Raises EngineError for the first value marked bad; the row counts along the flattened array."""
    if bad.any():
        row = int(np.argmax(bad.ravel()))
        raise EngineError(name, cast("float", values.ravel()[row].item()), allowed, row=row)


def _from_to(low: float, high: float) -> str:
    if np.isfinite(high):
        return f" from {low:g} to {high:g}"
    return f" of at least {low:g}" if np.isfinite(low) else ""
