"""To whom an infected person of a user's network passes the infection on: skipping over (contact x infectious day).

A cell is a contact on an infectious day; it is a candidate with probability p, all cells independently. That is so when points are strewn
over a line on which each cell has the length -log(1 - p), one for each unit on average, and a cell is one if a point falls into it. The gaps
between points are exponential, so cells that are none cost nothing. All cells of a person lie on one line: in sections of the same p.
"""

from __future__ import annotations

import math
from typing import Final

from epiengine.jit import inner, jit
from epiengine.machine import prefetch
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.courses import day_weight, high_days
from epiengine.simulate.lanes import ENDS_ON, INFECTED_ON, INFECTIOUS_ON, Scratch, packed_layer
from epiengine.simulate.marks import People
from epiengine.simulate.model import Model
from epiengine.simulate.worlds import World

_EDGES: Final = int(Purpose.EDGES)
#: No daily probability above this is drawn (Covasim has no bound; with its parameters none comes near).
MOST_LIKELY: Final = 0.95
#: Below this a few terms of the series are exact to double precision.
_SMALL: Final = 0.1


@jit
def cell_length(likely: float) -> float:
    """-log(1 - p), by 2 artanh(p / (2 - p)) for a small p: a third of the logarithm's time."""
    if likely > _SMALL:
        return -math.log1p(-likely)
    z = likely / (2.0 - likely)
    square = z * z
    return 2.0 * z * (1.0 + square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square * (1 / 9 + square / 11)))))


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
def _highest_rate(model: Model, run: int) -> float:
    rate = 0.0
    for layer in range(model.runs[run, 0], model.runs[run, 1] + 1):
        rate = max(rate, model.rate[layer])
    return rate


@inner
def _lay_line(world: World, model: Model, scratch: Scratch, lane: int, row: int, person: int) -> int:
    """Fill the scratch with the sections of the person's line, one for each run of layers and stretch of days; the answer is how many there are.

    base first contact, size contacts, day first day of the stretch, most the rate that no cell exceeds, density cells in a unit, cut end.
    """
    base, size, day, most = scratch.base[lane], scratch.size[lane], scratch.day[lane], scratch.most[lane]
    lasting, section, reached = scratch.days[lane, row, ENDS_ON] - scratch.days[lane, row, INFECTIOUS_ON], 0, 0.0
    for run in range(model.runs.shape[0]):
        low = world.edge_start[person * world.layers + model.runs[run, 0]]
        contacts = world.edge_start[person * world.layers + model.runs[run, 1] + 1] - low
        rate = _highest_rate(model, run)
        for which in range(2 if model.is_step else 1):
            first, number, weight = _stretch(model, lasting, which)
            base[section], size[section], day[section], most[section] = low, contacts, first, rate * weight
            length = cell_length(min(scratch.strength[lane, row] * rate * weight, MOST_LIKELY))
            scratch.density[lane, section] = 1.0 / length if length > 0.0 else 0.0
            reached += contacts * max(number, 0) * length
            scratch.cut[lane, section] = reached
            section += 1
    return section


@inner
def _layer_of(world: World, person: int, edge: int, first: int) -> int:
    """The layer a contact of the person lies in, from `first` on."""
    layer = first
    while world.edge_start[person * world.layers + layer + 1] <= edge:
        layer += 1
    return layer


@inner
def _write_cell(
    world: World,
    model: Model,
    scratch: Scratch,
    lane: int,
    row: int,
    person: int,
    section: int,
    cell: int,
    today: int,
    at: float,
    turn: int,
    used: int,
) -> int:
    """Write a cell of a section as a candidate if it is as likely as the section's most; the answer is how many candidates there are now."""
    days, contacts = scratch.days[lane, row], scratch.size[lane, section]
    day, edge = scratch.day[lane, section] + cell // contacts, scratch.base[lane, section] + cell % contacts
    layer = _layer_of(world, person, edge, model.runs[section // 2 if model.is_step else section, 0])
    lasting = days[ENDS_ON] - days[INFECTIOUS_ON]
    share = model.rate[layer] * day_weight(model, lasting, day) / scratch.most[lane, section]
    if days[INFECTIOUS_ON] + day > today and at < share:
        scratch.infectors[lane, used], scratch.where[lane, used], scratch.uniform[lane, used] = row, edge, at / share
        scratch.due[lane, used], scratch.layer[lane, used] = days[INFECTIOUS_ON] + day, packed_layer(layer, 0, turn)
        prefetch(world.neighbour, edge)
        used += 1
    return used


@inner
def network_candidates(
    world: World, model: Model, scratch: Scratch, lane: int, row: int, person: int, seed: int, today: int, used: int
) -> int:
    """Write the candidate transmissions of the scratch's row behind the `used` ones; the answer is how many there are now.

    On each infectious day each contact is one with probability strength * rate * weight, independently.
    """
    end, density, infected_on = scratch.cut[lane], scratch.density[lane], scratch.days[lane, row, INFECTED_ON]
    sections, section, begin, at, turn = _lay_line(world, model, scratch, lane, row, person), 0, 0.0, 0.0, 0
    while True:
        a, b, _, _ = philox(seed, _EDGES, person, infected_on, turn, 0)
        turn += 1
        at -= math.log(unit(a))
        while section < sections and at >= end[section]:
            begin = end[section]
            section += 1
        if section == sections:
            return used
        last = int((end[section] - begin) * density[section] + 0.5) - 1
        cell = min(int((at - begin) * density[section]), last)
        # the next point is looked for behind this cell: where it lies does not depend on what lies before
        at = begin + (cell + 1) / density[section]
        used = _write_cell(world, model, scratch, lane, row, person, section, cell, today, unit(b), turn, used)


@inner
def look_up_contacts(world: World, people: People, scratch: Scratch, lane: int, used: int) -> None:
    """Turn every contact of the scratch's candidates into the person, and ask for what is known of them."""
    where = scratch.where[lane]
    for at in range(used):
        where[at] = world.neighbour[where[at]]
        prefetch(people.infected_on, where[at])
        prefetch(world.person, where[at])
        prefetch(world.rel_susceptible, where[at])
