"""Building the people of a town, beside the slow twin of the engine's tests: lists of people, one after the other.

Run:  python -m bench.building          (about a minute, most of it the twin's; needs only what the engine needs)
      python -m bench.building --cpu    processor time instead of wall time: on a machine that others use as well
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from bench.harness import Comparison, record
from tests.engine.population import naive

from epiengine.simulate import SyntheticPopulation
from epiengine.simulate.population import Communes, build_population, communes

R = TypeVar("R")
SEED = 2021


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=20_000, help="of the town that both build")
    arguments.add_argument("--large", type=int, default=8_500_000, help="of the town that only ours builds")
    arguments.add_argument("--cpu", action="store_true")
    given = arguments.parse_args()
    clock = time.process_time if given.cpu else time.perf_counter
    places = district(given.people, count=6)
    first, _ = timed(lambda: build_population(places, seed=SEED), clock=clock)
    runs = [timed(lambda: build_population(places, seed=SEED), clock=clock) for _ in range(5)]
    town = runs[-1][1]
    peer, people = timed(lambda: by_hand(places, town.commute), clock=clock)
    check(town, people)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds, large = timed(lambda: build_population(district(given.large, count=580), seed=SEED), clock=clock)
    record(
        Comparison(
            name="building-town",
            what=f"a town of {town.people:,} people in 6 communes: households, ages, hamlets, classes, workplaces",
            ours=min(each for each, _ in runs),
            peer_name="naive twin (plain Python, one by one)",
            peer=peer,
            checked="household, age and group of every person equal",
            more={
                "clock": "processor time" if given.cpu else "wall time",
                "first call, s": round(first, 3),
                "large town, people": large.people,
                "large town, s": round(seconds, 3),
                "large town, bytes a person": round(large.bytes_per_person(), 1),
                "large town, peak MB above before": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - before,
            },
        )
    )


def district(people: int, *, count: int) -> Communes:
    """Communes of unlike size, thirty kilometres around, with the households and ages the engine knows."""
    rng = np.random.default_rng(SEED)
    share = rng.uniform(0.5, 1.5, count)
    return communes(np.floor(people * share / share.sum()).astype(int), place=rng.uniform(0, 60, (count, 2)))


def by_hand(places: Communes, commute: np.ndarray) -> list[naive.Person]:
    people = naive.people_of(places, SEED)
    naive.give_census_ages(people, places)
    classes = naive.give_classes(people, places.count, SEED)
    naive.give_workplaces(people, commute, SEED, classes)
    return people


def check(town: SyntheticPopulation, people: list[naive.Person]) -> None:
    mine = np.stack([town.household_size(), town.ages(), town.group()])
    theirs = np.array([[len(each.household), each.band, each.group] for each in people]).T
    if not np.array_equal(mine, theirs):
        raise SystemExit("the towns differ: no ratio is worth printing")


def timed(work: Callable[[], R], *, clock: Callable[[], float]) -> tuple[float, R]:
    start = clock()
    result = work()
    return clock() - start, result


if __name__ == "__main__":
    main()
