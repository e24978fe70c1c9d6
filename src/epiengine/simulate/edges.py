"""To whom an infected person of a user's network passes the infection on: geometric skipping over (contact x infectious day)."""

from __future__ import annotations

import math
from typing import Final

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.courses import day_weight, high_days
from epiengine.simulate.lanes import ENDS_ON, INFECTED_ON, INFECTIOUS_ON, Bench
from epiengine.simulate.model import Model
from epiengine.simulate.worlds import World

_EDGES: Final = int(Purpose.EDGES)
#: No daily probability above this is drawn (Covasim has no bound; with its parameters none comes near).
MOST_LIKELY: Final = 0.95


@inner
def _stretch(model: Model, lasting: int, which: int) -> tuple[int, int, float]:
    """First day, number of days and largest weight of a stretch of infectious days that are drawn together (two for a Step, else one)."""
    if not model.is_step:
        return 0, lasting, model.most_weight
    high = high_days(model, lasting)
    if which == 0:
        return 0, high, day_weight(model, lasting, 0)
    return high, lasting - high, day_weight(model, lasting, lasting - 1)


@inner
def _layer_of(world: World, person: int, edge: int, first: int) -> int:
    """The layer a contact of the person lies in, from `first` on."""
    layer = first
    while world.edge_start[person * world.layers + layer + 1] <= edge:
        layer += 1
    return layer


@inner
def _skip_edges(
    world: World, model: Model, bench: Bench, lane: int, row: int, person: int, seed: int, today: int, used: int, run: int, which: int
) -> int:
    """The candidates of one run of layers and one stretch of days."""
    days = bench.days[lane, row]
    infectious, lasting = days[INFECTIOUS_ON], days[ENDS_ON] - days[INFECTIOUS_ON]
    first, number, weight = _stretch(model, lasting, which)
    lowest, highest = model.runs[run, 0], model.runs[run, 1]
    low, high = world.edge_start[person * world.layers + lowest], world.edge_start[person * world.layers + highest + 1]
    rate = 0.0
    for layer in range(lowest, highest + 1):
        rate = max(rate, model.rate[layer])
    likely = min(bench.strength[lane, row] * rate * weight, MOST_LIKELY)
    contacts, at, turn = high - low, 0, 0
    if contacts * number <= 0 or likely <= 0.0:
        return used
    gap = 1.0 / math.log1p(-likely)
    while True:
        a, b, _, _ = philox(seed, _EDGES, person, days[INFECTED_ON], turn, run * 2 + which)
        turn += 1
        skipped = math.log(unit(a)) * gap
        if skipped >= contacts * number - at:
            return used
        at += int(skipped)
        day, edge = first + at // contacts, low + at % contacts
        layer = _layer_of(world, person, edge, lowest)
        at += 1
        # the rate of this layer and the weight of this day may be below the largest of the run
        share = model.rate[layer] * day_weight(model, lasting, day) / (rate * weight)
        if infectious + day > today and (share >= 1.0 or unit(b) < share):
            bench.giver[lane, used], bench.where[lane, used] = row, world.neighbour[edge]
            bench.due[lane, used], bench.layer[lane, used] = infectious + day, layer
            used += 1


@inner
def network_candidates(world: World, model: Model, bench: Bench, lane: int, row: int, person: int, seed: int, today: int, used: int) -> int:
    """Write the candidate transmissions of the bench's row behind the `used` ones; the answer is how many there are now.

    On each infectious day each contact is one with probability strength * rate * weight, independently.
    """
    stretches = 2 if model.is_step else 1
    for run in range(model.runs.shape[0]):
        for which in range(stretches):
            used = _skip_edges(world, model, bench, lane, row, person, seed, today, used, run, which)
    return used
