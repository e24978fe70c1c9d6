"""Degrees F0..Fn: the least number of infectious-window-respecting contacts from an active confirmed case, and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import LATEST, Int8, Int32, ids, minutes, number, same_length, whole_numbers
from epiengine.errors import EngineError
from epiengine.tracing.graph import ContactGraph
from epiengine.tracing.levels import Improvements, Seeds, spread

DEEPEST: Final = 7


@dataclass(frozen=True, eq=False)
class Degrees:
    """The degree of each of n people, and the last hop by which they were first reached.

    degree        int8[n]: 0 for a source, -1 for nobody's contact within max_degree
    via_contact   int32[n]: index of the contact of the last hop; -1 for a seed and for degree -1
    via_person    int32[n]: who was at its other end; -1 likewise
    since         int32[n]: minute from which they could be infectious, as first reached; LATEST where the degree is -1
    improvements  every strict improvement of that minute at this and later levels: the rows to keep for `recompute_local`
    """

    degree: Int8
    via_contact: Int32
    via_person: Int32
    since: Int32
    improvements: Improvements


@dataclass(frozen=True, eq=False)
class Chain:
    """One person's degree told as a chain of k hops, from the seed to them.

    person   int32[k+1]; empty when they have no degree
    contact  int32[k]: contact[i] leads from person[i] to person[i+1]
    since    int32[k+1]: minute from which each could be infectious on this walk; it never falls along the chain
    """

    person: Int32
    contact: Int32
    since: Int32


def degrees(graph: ContactGraph, seeds: Seeds, until: ArrayLike | None = None, *, max_degree: int, latent_minutes: int = 0) -> Degrees:
    """How many contacts away from an active confirmed case everybody is.

    seeds           sources at level 0, each with the minute their infectious window opens; rows above max_degree have no effect
    until           int[n]: minute from which each person is isolated, LATEST or None if they are not; a window that closes before it
                    opens passes nothing on, and its owner still has their degree
    max_degree      1 to 7
    latent_minutes  from being infected to being infectious; times saturate at LATEST

    A contact carries from u to v when its closed interval meets u's window [since, until]; v is then infectious from
    max(first, since of u) + latent_minutes. A source is a person like any other: a walk may pass through them before their own
    window opens, if another source reached them earlier. Ties: earliest minute, then lowest contact index.
    Raises EngineError for ids or levels out of range and for arrays of the wrong length. Time O(max_degree * (n + m)), most often far less.
    """
    max_degree, latent = limits(max_degree, latent_minutes)
    found = spread(graph, checked(seeds, graph), windows(until, graph), max_degree=max_degree, latent=latent)
    return first_reached(found, people=graph.people)


def chain_to(result: Degrees, person: int) -> Chain:
    """By which contacts the person has their degree: exactly as many as the degree says, when the seeds were of level 0.

    Each hop is looked up at its own level, because the walk that reached them may use a later, earlier-arriving, walk to the one
    before them. Raises EngineError when there is no such person.
    """
    number("person", person, low=0, high=result.degree.size - 1)
    found, level, at = result.improvements, int(result.degree[person]), person
    rows: list[int] = []
    while level >= 0 and at >= 0:
        row = found.row(at, level=level)
        if row is None:
            raise EngineError("person", at, f"somebody with an improvement at level {level}")
        rows.append(row)
        at, level = int(found.via_person[row]), level - 1
    rows.reverse()
    return Chain(person=found.person[rows], contact=found.via_contact[rows[1:]], since=found.since[rows])


def first_reached(found: Improvements, *, people: int) -> Degrees:
    """Degrees from the improvements: of each person's rows the one of the lowest level."""
    degree = np.full(people, -1, dtype=np.int8)
    via_contact, via_person = np.full(people, -1, dtype=np.int32), np.full(people, -1, dtype=np.int32)
    since = np.full(people, LATEST, dtype=np.int32)
    bounds = np.searchsorted(found.level, np.arange(DEEPEST + 2))
    for low, high in pairwise(bounds):
        rows = low + np.flatnonzero(degree[found.person[low:high]] < 0)
        person = found.person[rows]
        degree[person], since[person] = found.level[rows], found.since[rows]
        via_contact[person], via_person[person] = found.via_contact[rows], found.via_person[rows]
    return Degrees(degree=degree, via_contact=via_contact, via_person=via_person, since=since, improvements=found)


def limits(max_degree: int, latent_minutes: int) -> tuple[int, int]:
    """Both limits, validated."""
    return number("max_degree", max_degree, low=1, high=DEEPEST), number("latent_minutes", latent_minutes, low=0)


def windows(until: ArrayLike | None, graph: ContactGraph) -> Int32:
    """int32[n]: when each person's window closes; LATEST for all when not given."""
    if until is None:
        return np.full(graph.people, LATEST, dtype=np.int32)
    closes = minutes("until", until)
    if closes.size != graph.people:
        raise EngineError("until", f"{closes.size} rows", f"one row per person: {graph.people}")
    return closes


def checked(seeds: Seeds, graph: ContactGraph) -> Seeds:
    """The seeds, validated against the graph."""
    person = ids("seeds.person", seeds.person, count=graph.people)
    level = whole_numbers("seeds.level", seeds.level, low=0, high=DEEPEST).astype(np.int8)
    since = minutes("seeds.since", seeds.since)
    same_length(person=person, level=level, since=since)
    return Seeds(person=person, level=level, since=since)
