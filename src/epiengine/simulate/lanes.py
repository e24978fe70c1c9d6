"""Lanes: fixed parts of the people, each worked on by one thread at a time, with its list of newly infected and its workbench."""

from __future__ import annotations

from mmap import mmap
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner
from epiengine.simulate.calendars import APART
from epiengine.simulate.model import LATENT, Model
from epiengine.simulate.person import UInt64
from epiengine.simulate.town import Float64
from epiengine.simulate.worlds import IS_NETWORK, World

#: People whose infections are drawn together.
GROUP: Final = 64
#: Candidate transmissions of one infection in a town; a Poisson number above is cut off (its mean is held below 600).
MOST_CANDIDATES: Final = 1000
# columns of `number`
FRESH, DONE, PASSED = range(3)
INFECTED_ON, PATH_TAKEN, INFECTIOUS_ON, ONSET_ON, SEVERE_ON, CRITICAL_ON, ENDS_ON, SEEKS_ON = range(8)
# of a candidate's told layer
_LAYERS: Final = 7
_IN_PERSON_BIT: Final = 3
_TURN_SHIFT: Final = 4
_TURNS: Final = 31


class Lanes(NamedTuple):
    """fresh   int32[p, people of a lane]: the newly infected
    number  int64[p+1, APART]: how many they are, how many of them are drawn already, and the last step of the day that the lane has done; the
            last row is that of a piece of work beside the lanes (see `day.py`)
    """

    fresh: Int32
    number: Int64


class Scratch(NamedTuple):
    """What one lane has in its hands, for one group of newly infected at a time.

    person    uint64[p, GROUP]; days int64[p, GROUP, 8]: see the names above; strength float64[p, GROUP]: infectious contacts per unit rate
    base, size, cut   [p, APART]: by layer, of the one whose candidates are drawn, where the others of each layer begin, how many they are, and the
              summed rates up to it
    day, most, density [p, APART]: of a network's sections, see `edges.py`
    infectors, where, due, layer, uniform   [p, k]: a candidate transmission: by which of the group, to whom (at first: where to look), when, by which
              layer (`packed_layer`); and an even number in (0, 1) for how susceptible the other must be
    """

    person: UInt64
    days: Int64
    strength: Float64
    base: Int64
    size: Int64
    cut: Float64
    day: Int64
    most: Float64
    density: Float64
    infectors: Int32
    where: Int64
    due: Int32
    layer: NDArray[np.int16]
    uniform: Float64


def lanes_of(world: World) -> Lanes:
    """No newly infected."""
    lanes = world.lanes()
    most = min(world.people, 1 << world.lane_bits)
    return Lanes(fresh=_untouched(lanes, most), number=np.zeros((lanes + 1, APART), dtype=np.int64))


def _untouched(rows: int, columns: int) -> Int32:
    """int32[rows, columns] in small pages: of each row little is ever written to, and large pages, which NumPy asks for, would take it all."""
    return np.frombuffer(mmap(-1, max(1, rows * columns) * 4), dtype=np.int32)[: rows * columns].reshape(rows, columns)


def most_candidates(world: World, model: Model) -> int:
    """How many candidate transmissions one infection can have."""
    if world.kind != IS_NETWORK:
        return MOST_CANDIDATES
    return max(1, world.most_contacts * int(model.delay[LATENT + 1 :].max(axis=1).astype(int).sum()))


def bench_of(world: World, model: Model) -> Scratch:
    """An empty one; a group ends early when its candidates would not fit."""
    lanes = world.lanes()
    room = min(most_candidates(world, model), 1 << 22) + GROUP * 32
    return Scratch(
        person=np.empty((lanes, GROUP), dtype=np.uint64),
        days=np.empty((lanes, GROUP, 8), dtype=np.int64),
        strength=np.empty((lanes, GROUP), dtype=np.float64),
        base=np.zeros((lanes, APART), dtype=np.int64),
        size=np.zeros((lanes, APART), dtype=np.int64),
        cut=np.zeros((lanes, APART), dtype=np.float64),
        day=np.zeros((lanes, APART), dtype=np.int64),
        most=np.zeros((lanes, APART), dtype=np.float64),
        density=np.zeros((lanes, APART), dtype=np.float64),
        infectors=np.empty((lanes, room), dtype=np.int32),
        where=np.empty((lanes, room), dtype=np.int64),
        due=np.empty((lanes, room), dtype=np.int32),
        layer=np.empty((lanes, room), dtype=np.int16),
        uniform=np.empty((lanes, room), dtype=np.float64),
    )


@inner
def packed_layer(layer: int, in_person: int, turn: int) -> int:
    """A candidate's layer, whether its `where` is a person already, and which of the infector's draws it was (five bits of it)."""
    return layer | in_person << _IN_PERSON_BIT | (turn & _TURNS) << _TURN_SHIFT


@inner
def layer_in(packed: int) -> int:
    return packed & _LAYERS


@inner
def in_person_in(packed: int) -> int:
    return packed >> _IN_PERSON_BIT & 1


@inner
def turn_in(packed: int) -> int:
    return packed >> _TURN_SHIFT
