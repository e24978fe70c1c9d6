"""The gate for towns: arrays of the right type that agree with each other, or an `EngineError` that names the row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from epiengine.errors import EngineError
from epiengine.simulate.person import BANDS, MOST_HAMLETS, NO_GROUP, group_of, hamlet_of, household_place, household_size
from epiengine.simulate.town import WORK, Float64, SyntheticPopulation

_PIECE = 1 << 20
_TYPES = {
    "person": np.uint64,
    "hamlet_start": np.int64,
    "hamlet_commune": np.int32,
    "commune_start": np.int64,
    "group_start": np.int32,
    "group_member": np.int32,
    "group_kind": np.uint8,
    "age_start": np.int64,
    "age_member": np.int32,
    "commute": np.float64,
    "mixing": np.float64,
}


def checked_town(town: SyntheticPopulation) -> SyntheticPopulation:
    """The same town with every array contiguous and of its type. Raises EngineError for what does not fit together."""
    typed = replace(town, **{name: np.ascontiguousarray(getattr(town, name), dtype=kind) for name, kind in _TYPES.items()})
    people, communes, hamlets, groups = typed.people, typed.communes, typed.hamlets, typed.groups
    if not 1 <= hamlets < MOST_HAMLETS:
        raise EngineError("town.hamlet_commune", f"{hamlets} hamlets", f"1 to {MOST_HAMLETS - 1}")
    _starts("town.hamlet_start", typed.hamlet_start, rows=hamlets, last=people)
    _starts("town.commune_start", typed.commune_start, rows=communes, last=people)
    _starts("town.group_start", typed.group_start, rows=groups, last=typed.group_member.size)
    _starts("town.age_start", typed.age_start, rows=communes * BANDS, last=people)
    _within("town.hamlet_commune", typed.hamlet_commune, communes)
    _within("town.group_member", typed.group_member, people)
    _within("town.group_kind", typed.group_kind, WORK + 1)
    _within("town.age_member", typed.age_member, people)
    _shares("town.commute", typed.commute, size=communes)
    _shares("town.mixing", typed.mixing, size=BANDS)
    _refuse("town.commute", np.abs(typed.commute.sum(axis=1) - 1) > 1e-6, typed.commute.sum(axis=1), "rows that sum to 1")
    _people(typed)
    return typed


def _people(town: SyntheticPopulation) -> None:
    """Each word agrees with where its person stands; looked at in pieces, so that a large town needs no second one beside it."""
    for first in range(0, town.people, _PIECE):
        words = town.person[first : first + _PIECE]
        number: NDArray[np.int64] = np.arange(first, first + words.size)
        hamlet = np.searchsorted(town.hamlet_start, number, side="right") - 1
        _refuse("town.person", hamlet_of(words) != hamlet, words, "the hamlet in whose range the person stands", first=first)
        place, size, group = household_place(words), household_size(words), group_of(words)
        _refuse("town.person", (place >= size) | (place > number), words, "a place below the household's size, in the town", first=first)
        stray = (group != NO_GROUP) & (group >= town.groups)
        _refuse("town.person", stray, words, f"a group below {town.groups}, or none", first=first)


def _starts(name: str, start: NDArray[Any], *, rows: int, last: int) -> None:
    if start.shape != (rows + 1,):
        raise EngineError(name, f"shape {start.shape}", f"({rows + 1},)")
    if start[0] != 0 or start[-1] != last:
        raise EngineError(name, (int(start[0]), int(start[-1])), f"from 0 to {last}")
    _refuse(name, np.diff(start) < 0, start[1:], "numbers that do not fall")


def _within(name: str, values: NDArray[Any], count: int) -> None:
    _refuse(name, (values < 0) | (values >= count), values, f"0 to {count - 1}")


def _shares(name: str, table: Float64, *, size: int) -> None:
    if table.shape != (size, size):
        raise EngineError(name, f"shape {table.shape}", f"({size}, {size})")
    _refuse(name, ~(np.isfinite(table) & (table >= 0)).all(axis=1), table.sum(axis=1), "finite shares of 0 or more")


def _refuse(name: str, bad: Any, values: NDArray[Any], allowed: str, *, first: int = 0) -> None:
    if bool(bad.any()):
        row = int(np.argmax(bad))
        raise EngineError(name, values[row].item(), allowed, row=first + row)
