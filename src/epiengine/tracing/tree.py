"""Who infected whom: offspring, generations, roots and the people who infected most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import Bool, Int32, ids, number, same_length
from epiengine.errors import EngineError


@dataclass(frozen=True, eq=False)
class TransmissionTree:
    """What the reported pairs (infector, infectee) say about n people; a person may have been given several infectors.

    infector, infectee  int32[p]: the pairs, each once, by infector and then infectee
    offspring           int32[n]: how many people name them as an infector
    generation          int32[n]: least number of pairs from a root; 0 for a root, -1 for who is in no pair or only behind a cycle
    roots               int32[r]: who infected somebody and was infected by nobody known, ascending
    contested           int32[c]: who has more than one infector, ascending
    unrooted            int32[u]: who is in a pair but behind no root, ascending: a cycle among the pairs, hence an error in the reports
    """

    infector: Int32
    infectee: Int32
    offspring: Int32
    generation: Int32
    roots: Int32
    contested: Int32
    unrooted: Int32


def transmission_tree(infector: ArrayLike, infectee: ArrayLike, *, people: int) -> TransmissionTree:
    """The tree that the pairs make; a pair reported twice counts once.

    infector, infectee  int[p]: ids 0..people-1. Raises EngineError for ids out of range and for a person who infects themselves.
    """
    people = number("people", people, low=0)
    givers, takers = _distinct_pairs(ids("infector", infector, count=people), ids("infectee", infectee, count=people))
    offspring = np.bincount(givers, minlength=people).astype(np.int32)
    infectors = np.bincount(takers, minlength=people)
    generation = _generations(givers, takers, roots=(offspring > 0) & (infectors == 0))
    return TransmissionTree(
        infector=givers,
        infectee=takers,
        offspring=offspring,
        generation=generation,
        roots=np.flatnonzero(generation == 0).astype(np.int32),
        contested=np.flatnonzero(infectors > 1).astype(np.int32),
        unrooted=np.flatnonzero((generation < 0) & (offspring + infectors > 0)).astype(np.int32),
    )


def top_infectors(tree: TransmissionTree, *, count: int) -> Int32:
    """int32[k <= count]: who infected most people, most first, then lowest id; nobody without offspring."""
    count = number("count", count, low=0)
    order = np.argsort(-tree.offspring, kind="stable")[:count]
    return order[tree.offspring[order] > 0].astype(np.int32)


def _generations(infector: Int32, infectee: Int32, *, roots: Bool) -> Int32:
    """One generation at a time, until a pass reaches nobody new."""
    generation = np.where(roots, 0, -1).astype(np.int32)
    frontier, depth = roots, 0
    while frontier.any():
        depth += 1
        heirs = infectee[frontier[infector]]
        frontier = np.zeros_like(roots)
        frontier[heirs[generation[heirs] < 0]] = True
        generation[frontier] = depth
    return generation


def _distinct_pairs(infector: Int32, infectee: Int32) -> tuple[Int32, Int32]:
    same_length(infector=infector, infectee=infectee)
    if bool((same := infector == infectee).any()):
        row = int(np.argmax(same))
        raise EngineError("infectee", int(infectee[row]), "somebody other than the infector", row=row)
    pairs = np.unique(np.stack([infector, infectee], axis=1), axis=0)
    return np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
