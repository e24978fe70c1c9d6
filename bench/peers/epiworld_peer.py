"""epiworldpy's network model with quarantine, isolation and tracing, on edges given as a file. Prints one line of JSON.

Run:  .venv-peers/epiworld/bin/python bench/peers/epiworld_peer.py var/graph.npz --days 180 --beta 0.01 --seeds 1 8
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import epiworldpy
import numpy as np


def main() -> None:
    arguments = parse()
    stored = np.load(arguments.file)
    model = built(stored, arguments)
    seconds, cpu, infected, flagged = [], [], [], []
    for seed in range(arguments.seeds[0], arguments.seeds[1] + 1):
        wall, process = time.perf_counter(), time.process_time()
        model.run(arguments.days, seed)
        seconds.append(round(time.perf_counter() - wall, 4))
        cpu.append(round(time.process_time() - process, 4))
        history = counted(model)
        infected.append((stored["people"].item() - history["Susceptible"] - history["Quarantined Susceptible"]).tolist())
        flagged.append(int(history["Quarantined Susceptible"].max()))
    print(
        json.dumps(
            {
                "version": version("epiworldpy"),
                "cumulative": infected,
                "most_in_quarantine": flagged,
                "seconds": seconds,
                "cpu_seconds": cpu,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--days", type=int, required=True)
    parser.add_argument("--beta", type=float, required=True)
    parser.add_argument("--prevalence", type=float, required=True)
    parser.add_argument("--incubation", type=float, required=True)
    parser.add_argument("--recovery", type=float, required=True)
    parser.add_argument("--undetected", type=float, required=True)
    parser.add_argument("--period", type=int, required=True)
    parser.add_argument("--traced", type=float, required=True)
    parser.add_argument("--seeds", type=int, nargs=2, default=(1, 1), metavar=("FIRST", "LAST"))
    return parser.parse_args()


def built(stored: Any, arguments: argparse.Namespace) -> Any:
    """The model with its people and ties; everybody is willing, nobody goes to hospital."""
    model = epiworldpy.epimodels.ModelSEIRNetworkQuarantine(
        vname="virus",
        prevalence=arguments.prevalence,
        transmission_rate=arguments.beta,
        avg_incubation_days=arguments.incubation,
        recovery_rate=arguments.recovery,
        hospitalization_rate=0.0,
        hospitalization_period=7,
        days_undetected=arguments.undetected,
        quarantine_period=arguments.period,
        quarantine_willingness=1.0,
        isolation_willingness=1.0,
        isolation_period=arguments.period,
        contact_tracing_success_rate=arguments.traced,
        contact_tracing_days_prior=arguments.days,
    )
    model.agents_from_edgelist(stored["a"].tolist(), stored["b"].tolist(), int(stored["people"]), False)
    model.verbose_off()
    return model


def counted(model: Any) -> dict[str, Any]:
    """How many are in each state on each day: rows come day by day, the states always in one order."""
    states = model.get_states()
    counts = np.array(model.get_db().get_hist_total()["counts"]).reshape(-1, len(states))
    return {state: counts[:, k] for k, state in enumerate(states)}


if __name__ == "__main__":
    main()
