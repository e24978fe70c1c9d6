"""A user's own contacts: who meets whom in which layer, as compressed rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from epiengine.arrays import Int32, Int64, ids, same_length
from epiengine.errors import EngineError
from epiengine.simulate.town import Float64, UInt8

Float32 = NDArray[np.float32]

MOST_LAYERS: Final = 8


@dataclass(frozen=True, eq=False)
class Network:
    """n people and their contacts in L layers; a contact is listed at both of its ends.

    start            int64[n*L+1]: where the contacts of (person, layer) begin, at person*L + layer
    neighbour        int32[e]: who is met
    age              uint8[n]: age group of each person, 0 to 15: the disease's age effects are looked up by it
    rel_transmit     float32[n]: how infectious each person is, 1 for the ordinary
    rel_susceptible  float32[n]: how susceptible each person is, beyond their age
    names            the layers' names
    """

    start: Int64
    neighbour: Int32
    age: UInt8
    rel_transmit: Float32
    rel_susceptible: Float32
    names: tuple[str, ...]

    @property
    def people(self) -> int:
        return int(self.age.size)

    @property
    def communes(self) -> int:
        return 1

    @property
    def hamlets(self) -> int:
        return 1

    @property
    def layers(self) -> tuple[str, ...]:
        return self.names


def network(
    people: int,
    contacts: Sequence[tuple[ArrayLike, ArrayLike]],
    *,
    names: Sequence[str],
    age: ArrayLike | None = None,
    rel_transmit: ArrayLike | None = None,
    rel_susceptible: ArrayLike | None = None,
) -> Network:
    """The network of these contacts, each told once as a pair (a, b); of one layer after another.

    contacts  for each layer two int[k] columns of people 0..people-1. A pair given twice counts twice.
    Raises EngineError for people out of range, unequal columns, more than 8 layers, and factors that are negative or not numbers.
    """
    if not 1 <= len(contacts) <= MOST_LAYERS or len(contacts) != len(names):
        raise EngineError("contacts", f"{len(contacts)} layers, {len(names)} names", f"1 to {MOST_LAYERS} layers, each with its name")
    ends = [_pairs(name, pair, people=people) for name, pair in zip(names, contacts, strict=True)]
    rows = np.concatenate([np.concatenate([a, b]).astype(np.int64) * len(ends) + layer for layer, (a, b) in enumerate(ends)])
    others = np.concatenate([np.concatenate([b, a]) for a, b in ends])
    start = np.zeros(people * len(ends) + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=people * len(ends)), out=start[1:])
    return Network(
        start=start,
        neighbour=others[np.argsort(rows, kind="stable")].astype(np.int32),
        age=(np.zeros(people, dtype=np.int32) if age is None else ids("age", age, count=16)).astype(np.uint8),
        rel_transmit=_factors("rel_transmit", rel_transmit, people=people),
        rel_susceptible=_factors("rel_susceptible", rel_susceptible, people=people),
        names=tuple(names),
    )


def _pairs(name: str, pair: tuple[ArrayLike, ArrayLike], *, people: int) -> tuple[Int32, Int32]:
    a, b = ids(f"{name}.a", pair[0], count=people), ids(f"{name}.b", pair[1], count=people)
    same_length(a=a, b=b)
    return a, b


def _factors(name: str, given: ArrayLike | None, *, people: int) -> Float32:
    if given is None:
        return np.ones(people, dtype=np.float32)
    values: Float64 = np.asarray(given, dtype=np.float64)
    if values.shape != (people,):
        raise EngineError(name, f"shape {values.shape}", f"one factor per person: ({people},)")
    if bool((bad := ~(np.isfinite(values) & (values >= 0))).any()):
        row = int(np.argmax(bad))
        raise EngineError(name, float(values[row]), "a finite factor of 0 or more", row=row)
    return values.astype(np.float32)
