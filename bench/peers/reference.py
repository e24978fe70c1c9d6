"""Mean curves of Covasim on one network, the reference of our parity tests.

Run:  python -m bench.peers.reference 5000      (about ten minutes of processor time; 50000: a quarter of an hour)

Writes tests/engine/simulate/covasim/<people>.json: for each version, with and without testing and tracing, the mean and the standard
deviation over the seeds of every daily series, cumulated. The single runs are kept in var/covasim. The network of 5000 people lies beside it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from bench.peers.environments import ROOT, ask

CODE = "covasim_peer.py"
KEPT = ROOT / "tests" / "engine" / "simulate" / "covasim"
RAW = ROOT / "var" / "covasim"

#: people -> days, seeds, infected on day 0
SIZES = {5_000: (120, 100, 50), 50_000: (150, 20, 50)}

#: name -> environment and options; "exact" is 3.1.9 with its slip of rounding in the viral load put right
PEERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "4.0.1": ("covasim4", ()),
    "3.1.9": ("covasim3", ("--quick-tracing",)),
    "3.1.9 exact": ("covasim3", ("--quick-tracing", "--exact-load")),
}
PLANS: dict[str, tuple[str, ...]] = {"none": (), "response": ("--response",)}
#: what the slip is worth is seen without measures; with them it drowns in the spread of the runs
LEFT_OUT = ("response", "3.1.9 exact")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("people", type=int, choices=SIZES)
    people = arguments.parse_args().people
    days, seeds, infected = SIZES[people]
    network = exported(people)
    kept: dict[str, Any] = {"people": people, "days": days, "seeds": seeds, "infected": infected, "beta": 0.016, "curves": {}}
    kept["source"] = "Covasim (MIT licence, github.com/starsimhub/covasim), hybrid population of 3.1.9 with seed 1"
    kept["command"] = f"python -m bench.peers.reference {people}"
    for plan in PLANS:
        for peer in (one for one in PEERS if (plan, one) != LEFT_OUT):
            asked = ("--days", days, "--seeds", 1, seeds, "--infected", infected, *PLANS[plan], *PEERS[peer][1])
            raw = answer(f"{people}-{plan}-{peer.replace(' ', '-')}", PEERS[peer][0], network, *asked)
            kept["curves"].setdefault(plan, {})[peer] = summary(raw)
            print(plan, peer, "cumulative infections at the end", kept["curves"][plan][peer]["new_infections"]["mean"][-1], flush=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{people}.json").write_text(json.dumps(kept) + "\n")


def exported(people: int) -> Path:
    """The network file; made by Covasim 3 when there is none yet."""
    network = (KEPT if people <= 5_000 else RAW) / f"{people}.npz"
    if not network.exists():
        ask("covasim3", CODE, "export", network, "--people", people)
    return network


def answer(name: str, environment: str, network: Path, *asked: object) -> dict[str, Any]:
    """The runs of one peer and plan, from var/covasim when they were made before."""
    stored = RAW / f"{name}.json"
    if not stored.exists():
        RAW.mkdir(parents=True, exist_ok=True)
        stored.write_text(json.dumps(ask(environment, CODE, "run", network, *asked)))
    raw: dict[str, Any] = json.loads(stored.read_text())
    return raw


def summary(raw: dict[str, Any]) -> dict[str, dict[str, list[float]]]:
    """Mean and standard deviation over seeds, day by day: of the sums so far, but of `n_infectious` as it stands."""
    rows = np.array(raw["rows"], dtype=np.float64)
    rows[:, :-1] = rows[:, :-1].cumsum(axis=2)
    return {
        name: {"mean": rows[:, k].mean(0).round(3).tolist(), "sd": rows[:, k].std(0, ddof=1).round(3).tolist()}
        for k, name in enumerate(raw["series"])
    }


if __name__ == "__main__":
    main()
