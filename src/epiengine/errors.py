"""What the engine says when it is given something it cannot compute with."""

from __future__ import annotations


class EngineError(ValueError):
    """Which input is wrong, what it holds, and what it may hold.

    `name` is the parameter, `row` the position in the array (None when the whole parameter is meant),
    `value` what was found and `allowed` the range in words. Nothing has been computed or changed.
    """

    def __init__(self, name: str, value: object, allowed: str, *, row: int | None = None) -> None:
        self.name, self.value, self.allowed, self.row = name, value, allowed, row
        where = name if row is None else f"{name}[{row}]"
        super().__init__(f"{where} = {value!r}; allowed: {allowed}")
