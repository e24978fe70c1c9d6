"""The simulator beside epiworldpy, the other installable simulator that only touches who is near an infection: isolation, quarantine, tracing.

Run:  make peers && PYTHONPATH=src:. .venv/bin/python -m bench.simulate_epiworld      (about two minutes, 2 GB)

One random graph of 300,000 people with 34 contacts each, 180 days. The two models are near, not the same (see bench/README.md), so our
transmission is set so that our mean attack rate is that of the peer's runs; the time is that of our run that ends nearest to it.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from bench.harness import Comparison, record
from bench.peers.environments import ROOT, ask

from epiengine.simulate import Disease, Network, network, seeds, simulate
from epiengine.simulate.delays import Delay
from epiengine.simulate.measures import ALWAYS, Isolation, Measure, Quarantine, Testing, Tracing

DEGREE = 34
DAYS = 180
PREVALENCE = 0.001
INCUBATION, RECOVERY, UNDETECTED, PERIOD, TRACED = 4.5, 1 / 8, 4.0, 14, 0.7
#: the peer's transmission per contact and day: 1 and 2 per cent infected
ROWS = {"1pc": 0.0145, "2pc": 0.0165}
PEER_RUNS, OUR_RUNS = 3, 60


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=300_000)
    people = arguments.parse_args().people
    file, world = graph(people)
    attack_of(world, beta=0.01, seed=1)  # compile
    for name, beta in ROWS.items():
        race(name, beta, file, world)


def graph(people: int) -> tuple[Path, Network]:
    """Contacts at random, nobody with themselves; kept as a file for the peer."""
    draw = np.random.default_rng(2021)
    a, b = draw.integers(0, people, (2, people * DEGREE // 2)).astype(np.int32)
    a, b = a[a != b], b[a != b]
    file = ROOT / "var" / f"graph-{people}.npz"
    file.parent.mkdir(exist_ok=True)
    np.savez(file, a=a, b=b, people=people)
    return file, network(people, [(a, b)], names=("contact",))


def disease(*, beta: float) -> Disease:
    """SEIR as the peer has it: both stages end with the same probability every day."""
    return Disease(
        name="SEIR", transmission={"contact": beta}, latent=Delay.geometric(INCUBATION), asymptomatic_recovery=Delay.geometric(1 / RECOVERY)
    )


def response() -> tuple[Measure, ...]:
    """Every infectious person is found with 1/4 a day, isolated wholly, and 0.7 of their contacts are quarantined wholly."""
    wholly = {"contact": 1.0}
    return (
        Testing(with_symptoms=1 / UNDETECTED, without=1 / UNDETECTED, sensitivity=ALWAYS, infectious_only=True, turnaround=0),
        Isolation(days=0, until_recovered=True, prevents_facility=wholly, prevents_home=wholly),
        Tracing(probability={"contact": TRACED}, delay={"contact": 0}),
        Quarantine(days=PERIOD, spares_recovered=True, test_days=(), prevents_centre=wholly, prevents_home=wholly, prevents_second=wholly),
    )


def race(name: str, beta: float, file: Path, world: Network) -> None:
    settings = {"incubation": INCUBATION, "recovery": RECOVERY, "undetected": UNDETECTED, "period": PERIOD, "traced": TRACED}
    options = [word for key, value in settings.items() for word in (f"--{key}", value)]
    asked = (file, "--days", DAYS, "--beta", beta, "--prevalence", PREVALENCE, "--seeds", 1, PEER_RUNS, *options)
    peer = ask("epiworld", "epiworld_peer.py", *asked)
    attacks = np.array([counts[-1] for counts in peer["cumulative"]]) / world.people
    middle = int(np.argsort(attacks)[PEER_RUNS // 2])
    ours = beta_for(float(attacks.mean()), world)
    found = np.array([attack_of(world, beta=ours, seed=seed)[1] for seed in range(1, OUR_RUNS + 1)])
    seed = 1 + int(np.abs(found - attacks[middle]).argmin())
    if abs(found[seed - 1] / attacks[middle] - 1) > 0.05:
        raise SystemExit(f"{name}: no run of ours ends near {attacks[middle]:.4f}")
    seconds = min(attack_of(world, beta=ours, seed=seed)[0] for _ in range(5))
    record(
        Comparison(
            name=f"simulate-epiworld-{name}",
            what=f"isolation, quarantine, tracing on a random graph: {world.people} people of {DEGREE} contacts, {DAYS} days, one thread, processor seconds",
            ours=seconds,
            peer_name=f"epiworldpy {peer['version']}",
            peer=peer["cpu_seconds"][middle],
            checked=f"attack {found[seed - 1]:.4f} and {attacks[middle]:.4f}",
            more={
                "ours_attack": round(float(found[seed - 1]), 5),
                "peer_attack": round(float(attacks[middle]), 5),
                "ours_attack_mean": round(float(found.mean()), 5),
                "peer_attack_mean": round(float(attacks.mean()), 5),
                "ours_beta": round(ours, 6),
                "peer_beta": beta,
                "peer_most_in_quarantine": peer["most_in_quarantine"][middle],
                "peer_peak_mb": peer["peak_mb"],
            },
        )
    )


def attack_of(world: Network, *, beta: float, seed: int) -> tuple[float, float]:
    """Processor seconds of one run, and the share of people infected by its end."""
    infected = int(world.people * PREVALENCE)
    start = time.process_time()
    run = simulate(world, disease(beta=beta), response(), seeds(infected), seed=seed, days=DAYS)
    seconds = time.process_time() - start
    return seconds, float(run.total("infections").sum()) / world.people


def beta_for(attack: float, world: Network) -> float:
    """The transmission at which our mean attack over a few seeds is this."""
    low, high = 0.0, 0.1
    for _ in range(12):
        middle = (low + high) / 2
        found = np.mean([attack_of(world, beta=middle, seed=seed)[1] for seed in range(1, 9)])
        low, high = (middle, high) if found < attack else (low, middle)
    return (low + high) / 2


if __name__ == "__main__":
    main()
