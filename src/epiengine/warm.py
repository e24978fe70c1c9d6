"""Compile every kernel that the application runs, once, so that nobody waits for it later: `python -m epiengine.warm` at set-up.

What is compiled is kept on disk until an engine source changes (see `cache.py`). The work is done in a place of a few people, in each of
the shapes in which the kernels are called: of a scan, those of fewer than 8,000 cases. Estimates compile their few small kernels when first asked.
"""

from __future__ import annotations

import numpy as np

from epiengine.scan import Trials, on_plane, scan_permutation
from epiengine.simulate import (
    Delay,
    Disease,
    Isolation,
    Network,
    Quarantine,
    Start,
    SyntheticPopulation,
    Testing,
    Tracing,
    advance,
    begin,
    network,
)
from epiengine.simulate.population import build_population, communes
from epiengine.tracing import Seeds, contact_graph, degrees, match_exposures, neighbourhood, recompute_local


def warm() -> None:
    """Run every kernel once."""
    place = communes(population=np.array([400, 300]), place=np.array([[0.0, 0.0], [1.0, 1.0]]))
    for world in (build_population(place, seed=1), network(4, [([0, 1], [1, 2])], names=["all"])):
        _warm_simulation(world)
    _warm_tracing()
    scan_permutation(np.eye(3, dtype=int), on_plane([0, 1, 2], [0, 0, 0]), trials=Trials(1))


def _warm_simulation(world: SyntheticPopulation | Network) -> None:
    day = Delay.fixed(1)
    disease = Disease(name="", transmission={world.layers[0]: 0.1}, latent=day, asymptomatic_recovery=day)
    start = Start(infected=np.array([0]), infected_on=np.array([0]), isolated_until=np.array([2]), at_random=1)
    plan = (Testing(), Isolation(prevents_facility={}, prevents_home={}), Tracing(probability={}, delay={}), _quarantine())
    state = begin(world, disease, plan, start, seed=1)
    advance(state, 2)
    advance(state, 2, threads=2)


def _quarantine() -> Quarantine:
    return Quarantine(prevents_centre={}, prevents_home={}, prevents_second={})


def _warm_tracing() -> None:
    graph = contact_graph(3, [0, 1], [1, 2], [0, 0], [5, 5])
    sources = Seeds.sources([0], [0])
    found = degrees(graph, sources, max_degree=2)
    neighbourhood(graph, 0, depth=1, limit=2)
    recompute_local(
        graph, [2], Seeds(found.improvements.person[:2], found.improvements.level[:2], found.improvements.since[:2]), max_degree=2
    )
    match_exposures([0, 0], [0, 1], [3, 4], [0, 1])


if __name__ == "__main__":
    warm()
