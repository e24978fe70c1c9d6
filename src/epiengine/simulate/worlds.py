"""A town or a network as the kernels see it: one shape for both, so that one day loop serves both."""

from __future__ import annotations

from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.errors import EngineError
from epiengine.simulate.checks import checked_town
from epiengine.simulate.network import Float32, Network
from epiengine.simulate.person import BANDS, LARGEST_HOUSEHOLD, MOST_PEOPLE, NO_GROUP, UInt64, packed
from epiengine.simulate.town import Float64, SyntheticPopulation, UInt8

IS_TOWN, IS_NETWORK = 0, 1
MOST_LANES_BITS: Final = 6
SMALLEST_LANE_BITS: Final = 16


class World(NamedTuple):
    """The arrays of `SyntheticPopulation` (see there) and `Network` (see there); those of the other kind are empty.

    most_contacts   no case has more people in its lists than this many
    lane_bits       people whose numbers agree from this bit on are of one lane
    commute_*       alias tables of the rows of commute, mixing_* of mixing: see `alias_rows`
    activity        float64[16]: row sums of mixing
    """

    kind: int
    people: int
    lane_bits: int
    layers: int
    most_contacts: int
    person: UInt64
    hamlet_start: Int64
    hamlet_commune: Int32
    commune_start: Int64
    group_start: Int32
    group_member: Int32
    group_kind: UInt8
    age_start: Int64
    age_member: Int32
    commute_cut: Float32
    commute_other: Int32
    mixing_cut: Float32
    mixing_other: Int32
    activity: Float64
    edge_start: Int64
    neighbour: Int32
    rel_transmit: Float32
    rel_susceptible: Float32

    def lanes(self) -> int:
        """How many lanes there are."""
        return max(1, -(-self.people >> self.lane_bits))


#: The worlds that are still in use: an ensemble begins a thousand times in the same one, and checks it once.
_known: WeakKeyDictionary[SyntheticPopulation | Network, dict[int, World]] = WeakKeyDictionary()


def world_of(given: SyntheticPopulation | Network, *, lane_bits: int | None = None) -> World:
    """The world of a town or a network; its arrays are not to be changed afterwards. Lanes are a function of the number of people alone, never of the threads."""
    people = given.people
    if not 1 <= people <= MOST_PEOPLE:
        raise EngineError("world.people", people, f"1 to {MOST_PEOPLE}")
    bits = max(SMALLEST_LANE_BITS, (people - 1).bit_length() - MOST_LANES_BITS) if lane_bits is None else lane_bits
    known = _known.setdefault(given, {})
    if bits not in known:
        known[bits] = _network_world(given, bits) if isinstance(given, Network) else _town_world(checked_town(given), bits)
    return known[bits]


def _town_world(town: SyntheticPopulation, lane_bits: int) -> World:
    activity = town.mixing.sum(axis=1)
    commute_cut, commute_other = alias_rows(town.commute)
    mixing_cut, mixing_other = alias_rows(town.mixing)
    return World(
        kind=IS_TOWN,
        people=town.people,
        lane_bits=lane_bits,
        layers=len(town.layers),
        most_contacts=int(np.diff(town.group_start).max(initial=0) + np.diff(town.hamlet_start).max(initial=0)) + LARGEST_HOUSEHOLD,
        person=town.person,
        hamlet_start=town.hamlet_start,
        hamlet_commune=town.hamlet_commune,
        commune_start=town.commune_start,
        group_start=town.group_start,
        group_member=town.group_member,
        group_kind=town.group_kind,
        age_start=town.age_start,
        age_member=town.age_member,
        commute_cut=commute_cut,
        commute_other=commute_other,
        mixing_cut=mixing_cut,
        mixing_other=mixing_other,
        activity=activity,
        edge_start=np.zeros(1, dtype=np.int64),
        neighbour=np.empty(0, dtype=np.int32),
        rel_transmit=np.empty(0, dtype=np.float32),
        rel_susceptible=np.empty(0, dtype=np.float32),
    )


def _network_world(given: Network, lane_bits: int) -> World:
    people, layers = given.people, len(given.names)
    zeros = np.zeros(people, dtype=np.int64)
    ages = given.age.astype(np.int64)
    degree = given.start[layers::layers] - given.start[:-1:layers]
    start = np.zeros(BANDS + 1, dtype=np.int64)
    np.cumsum(np.bincount(ages, minlength=BANDS), out=start[1:])
    return World(
        kind=IS_NETWORK,
        people=people,
        lane_bits=lane_bits,
        layers=layers,
        most_contacts=int(degree.max(initial=0)),
        person=packed(ages, zeros, zeros + 1, zeros, zeros + NO_GROUP),
        hamlet_start=np.array([0, people], dtype=np.int64),
        hamlet_commune=np.zeros(1, dtype=np.int32),
        commune_start=np.array([0, people], dtype=np.int64),
        group_start=np.zeros(1, dtype=np.int32),
        group_member=np.empty(0, dtype=np.int32),
        group_kind=np.empty(0, dtype=np.uint8),
        age_start=start,
        age_member=np.argsort(ages, kind="stable").astype(np.int32),
        commute_cut=np.ones((1, 1), dtype=np.float32),
        commute_other=np.zeros((1, 1), dtype=np.int32),
        mixing_cut=np.ones((BANDS, BANDS), dtype=np.float32),
        mixing_other=np.zeros((BANDS, BANDS), dtype=np.int32),
        activity=np.ones(BANDS),
        edge_start=given.start,
        neighbour=given.neighbour,
        rel_transmit=given.rel_transmit,
        rel_susceptible=given.rel_susceptible,
    )


def alias_rows(rows: Float64) -> tuple[Float32, Int32]:
    """Each row's distribution as an alias table: column j keeps a draw with probability cut[j], else it becomes other[j].

    Walker 1977, built by Vose's method (1991). A row that sums to 0 draws evenly.
    """
    cut, other = np.ones(rows.shape, dtype=np.float32), np.tile(np.arange(rows.shape[1], dtype=np.int32), (rows.shape[0], 1))
    for row, shares in enumerate(rows):
        if shares.sum() > 0:
            _vose(shares * (shares.size / shares.sum()), cut[row], other[row])
    return cut, other


def _vose(scaled: Float64, cut: Float32, other: Int32) -> None:
    small = [int(at) for at in np.flatnonzero(scaled < 1)]
    large = [int(at) for at in np.flatnonzero(scaled >= 1)]
    left = scaled.copy()
    while small and large:
        poor, rich = small.pop(), large[-1]
        cut[poor], other[poor] = left[poor], rich
        left[rich] -= 1 - left[poor]
        if left[rich] < 1:
            small.append(large.pop())
