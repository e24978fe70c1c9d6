"""The simulator on a population of its own: seconds at named attack rates with all measures on, threads, memory, growth; LASER beside it.

Run:  make peers && PYTHONPATH=src:. .venv/bin/python -m bench.simulate_town      (about four minutes, 4 GB)

8.5 million people in 300 communes, 180 days. A run is a pure function of its parameters, so the factors on transmission that make 1, 20 and
50 per cent infected are written down here; the attack rate of every run is printed, and refused when it is not the one named.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import time
from pathlib import Path

from bench.harness import Comparison, record
from bench.peers.environments import ask
from bench.simulate_worlds import all_measures, delta, town_of

from epiengine.simulate import Plan, Run, SyntheticPopulation, seeds, simulate

DAYS = 180
#: attack rate -> factor on transmission, with all measures on; and with none
FACTORS = {0.01: 0.265, 0.20: 0.36, 0.50: 0.77}
UNHINDERED = {0.50: 0.345}
NEAR = 0.25
FLOOR_NS = 170
LASER_BETA = 0.2


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=8_500_000)
    arguments.add_argument("--largest", type=int, default=30_000_000, help="of the towns that show how cost grows")
    asked = arguments.parse_args()
    simulate(town_of(30_000), delta(), all_measures(30_000), seeds(30), seed=1, days=30)  # compile
    start = time.perf_counter()
    town = town_of(asked.people)
    print(
        f"{town.people} people built in {time.perf_counter() - start:.1f} s, {town.bytes_per_person():.1f} bytes a person, {resident()} MB resident"
    )
    for attack, factor in FACTORS.items():
        threads(town, attack, factor)
    beside_laser(town)
    to_the_floor(town)
    del town
    growth(asked.largest)


def threads(town: SyntheticPopulation, attack: float, factor: float) -> None:
    """One thread and two: the same bytes, and how much faster."""
    plan = all_measures(town.people)
    alone, run = timed(town, plan, factor, threads=1)
    both, again = timed(town, plan, factor, threads=2)
    require_attack(run, town, attack)
    if (found := fingerprint(run)) != fingerprint(again):
        raise SystemExit("one thread and two do not give the same bytes")
    record(
        Comparison(
            name=f"simulate-town-{attack * 100:.0f}pc",
            what=f"{town.people} people, {DAYS} days, all measures on, {attack:.0%} infected: two threads beside one, wall seconds",
            ours=both,
            peer_name="one thread",
            peer=alone,
            checked=f"all series and resources the same bytes ({found})",
            more=told(run, town)
            | {"resident_mb": resident(), "peak_mb": peak(), "town_bytes_per_person": round(town.bytes_per_person(), 1)},
        )
    )


def beside_laser(town: SyntheticPopulation) -> None:
    """LASER's generic SEIR: no households, no classes, no measures; two threads each, both about half infected."""
    peer = ask(
        "laser",
        "laser_peer.py",
        *("--people", town.people, "--patches", town.communes, "--days", DAYS, "--infected", town.people // 1000, "--beta", LASER_BETA),
        threads=2,
    )
    seconds, run = timed(town, all_measures(town.people), FACTORS[0.50], threads=2)
    record(
        Comparison(
            name="simulate-town-laser",
            what=f"{town.people} people, {DAYS} days, two threads, wall seconds: ours with structure and all measures, LASER without either",
            ours=seconds,
            peer_name=f"LASER generic {peer['version']}",
            peer=peer["seconds"],
            checked=f"not the same model: attack {infected(run) / town.people:.3f} and {peer['attack']:.3f}",
            more=told(run, town) | {"peer_peak_mb": peer["peak_mb"], "peer_build_s": peer["build_seconds"]},
        )
    )


def to_the_floor(town: SyntheticPopulation) -> None:
    """Without measures: nanoseconds of one core for an infection, beside the least that memory and arithmetic would need."""
    for attack, factor in UNHINDERED.items():
        seconds, run = timed(town, (), factor, threads=1)
        require_attack(run, town, attack)
        record(
            Comparison(
                name="simulate-town-floor",
                what=f"{town.people} people, {DAYS} days, no measures, {attack:.0%} infected, one thread: nanoseconds per infection beside the computed floor",
                ours=seconds * 1e9 / infected(run),
                peer_name="15-25 ns a candidate, 80-100 ns an infection",
                peer=FLOOR_NS,
                unit="ns",
                checked="a floor, no answer to compare",
                more=told(run, town) | {"seconds": round(seconds, 3)},
            )
        )


def growth(largest: int) -> None:
    """The same epidemic in towns ten times as large: processor microseconds per infection."""
    costs = {}
    for people in (30_000, 300_000, 3_000_000, 30_000_000):
        if people > largest:
            break
        town = town_of(people)
        start = time.process_time()
        run = simulate(town, delta().scaled(FACTORS[0.20]), all_measures(people), seeds(people // 1000), seed=1, days=DAYS)
        seconds = time.process_time() - start
        costs[people] = seconds * 1e6 / infected(run)
        attack = infected(run) / people
        print(
            f"{people:>9} people: {seconds:.3f} s, attack {attack:.3f}, {costs[people]:.2f} us an infection, {resident()} MB resident",
            flush=True,
        )
    smallest, widest = min(costs), max(costs)
    record(
        Comparison(
            name="simulate-town-growth",
            what=f"all measures on, about 20% infected: processor microseconds per infection with {widest} people beside {smallest}",
            ours=costs[widest],
            peer_name=f"{smallest} people",
            peer=costs[smallest],
            unit="us",
            checked="the same plan and start, in proportion",
            more={f"us_per_infection_{people}": round(cost, 3) for people, cost in costs.items()} | {"peak_mb": peak()},
        )
    )


def timed(town: SyntheticPopulation, plan: Plan, factor: float, *, threads: int) -> tuple[float, Run]:
    """Wall seconds of the better of two runs, and the run."""
    disease, start = delta().scaled(factor), seeds(town.people // 1000)
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        run = simulate(town, disease, plan, start, seed=1, days=DAYS, threads=threads)
        seconds.append(time.perf_counter() - began)
    return min(seconds), run


def infected(run: Run) -> int:
    return int(run.total("infections").sum())


def told(run: Run, town: SyntheticPopulation) -> dict[str, float]:
    """What a reader needs to judge the work of a run."""
    return {
        "attack": round(infected(run) / town.people, 4),
        "tests": int(run.resource("tests").sum()),
        "quarantined": int(run.total("f1_new").sum()),
        "most_people_in_cordons": int(run.total("cordoned_people").max()),
        "doses": int(run.total("doses").sum()),
    }


def require_attack(run: Run, town: SyntheticPopulation, attack: float) -> None:
    found = infected(run) / town.people
    if abs(found / attack - 1) > NEAR:
        raise SystemExit(f"attack {found:.4f} is not the {attack} that is named: set FACTORS anew")


def fingerprint(run: Run) -> str:
    return hashlib.sha256(run.daily.tobytes() + run.resources.tobytes()).hexdigest()[:12]


def resident() -> int:
    """Megabytes in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() >> 20


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
