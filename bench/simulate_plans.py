"""What a district asks: 300,000 people from today's 272 cases, five plans, 200 replicates each, 60 days, on two cores.

Run:  PYTHONPATH=src:. .venv/bin/python -m bench.simulate_plans      (about a minute)

Wanted: 60 seconds. The comparison of plans goes through `epiengine.ensemble`, as the command line does, with its progress; a twentieth of
it is done again in one thread and must give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace

import numpy as np
from bench.harness import Comparison, record
from bench.simulate_worlds import all_measures, delta, town_of

from epiengine.ensemble import Ensemble, Setting, compare
from epiengine.simulate import Plan, Start, SyntheticPopulation
from epiengine.simulate.measures import Isolation, Quarantine, StayHome, Testing, Tracing

CASES, UNSEEN, QUARANTINED = 272, 600, 1_500
DAYS = 60
WANTED = 60.0
#: on the rates of `delta`: people who are already careful
TRANSMISSION = 0.4


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=300_000)
    arguments.add_argument("--replicates", type=int, default=200)
    asked = arguments.parse_args()
    town = town_of(asked.people)
    setting = Setting(world=town, disease=delta().scaled(TRANSMISSION), start=today(town), plans=plans(asked.people), days=DAYS, seed=2021)
    compare(replace(setting, days=10), replicates=1, on="serial")  # compile
    start = time.perf_counter()
    found = compare(setting, replicates=asked.replicates, on="threads", workers=2, progress=shown)
    seconds = time.perf_counter() - start
    again = compare(setting, replicates=max(1, asked.replicates // 20), on="serial")
    require_same(found, again)
    runs = len(setting.plans) * asked.replicates
    infections = found.daily("infections").sum(axis=2)
    record(
        Comparison(
            name="simulate-plans",
            what=f"{asked.people} people from {CASES} cases, {len(setting.plans)} plans x {asked.replicates} replicates x {DAYS} days, two threads, wall",
            ours=seconds,
            peer_name="wanted",
            peer=WANTED,
            checked=f"{again.totals.shape[1]} replicates of each plan the same bytes in one thread",
            more={
                "ms_per_run": round(seconds * 1e3 / runs, 2),
                "cores": os.cpu_count() or 1,
                **{f"median_infected_plan_{one}": int(np.median(infections[one])) for one in range(len(setting.plans))},
            },
        )
    )


def today(town: SyntheticPopulation) -> Start:
    """272 people known, found over the last two weeks and isolated for two; unseen infections; F1 in quarantine. Drawn once."""
    draw = np.random.default_rng(272)
    people = draw.choice(town.people, CASES + UNSEEN + QUARANTINED, replace=False).astype(np.int32)
    infected, quarantined = people[: CASES + UNSEEN], people[CASES + UNSEEN :]
    found = np.arange(infected.size) < CASES
    age = np.where(found, draw.integers(4, 18, infected.size), draw.integers(0, 12, infected.size)).astype(np.int32)
    return Start(
        infected=infected,
        infected_on=-age,
        confirmed=found,
        isolated_until=np.where(found, np.maximum(20 - age, 0), 0).astype(np.int32),
        quarantined=quarantined,
        quarantine_until=draw.integers(1, 14, QUARANTINED).astype(np.int32),
        in_centre=draw.random(QUARANTINED) < 0.6,
    )


def plans(people: int) -> tuple[Plan, ...]:
    """From isolation alone to everything: the questions a commander asks."""
    basic = (Testing(with_symptoms=0.3), Isolation(beds=1_000), Tracing(hours=400), Quarantine(places=1_416))
    return (
        basic,
        (*basic, StayHome(compliance=0.6)),
        (Testing(with_symptoms=0.5, capacity=people / 50), *basic[1:]),
        all_measures(people),
        all_measures(people, effort=3.0),
    )


def shown(done: int, of: int) -> None:
    if done % 50 == 0:
        print(f"\r{done} of {of} runs", end="", file=sys.stderr, flush=True)


def require_same(found: Ensemble, again: Ensemble) -> None:
    few = again.totals.shape[1]
    same = np.array_equal(found.totals[:, :few], again.totals) and np.array_equal(found.resources[:, :few], again.resources)
    if not same:
        raise SystemExit("two threads and one do not give the same bytes: no time is worth printing")


if __name__ == "__main__":
    main()
