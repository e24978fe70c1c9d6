"""pyABC's sequential Monte Carlo on the normal toy whose posterior is known by conjugacy. Prints one line of JSON.

Run:  .venv-peers/pyabc/bin/python bench/peers/pyabc_peer.py --particles 300 --rounds 6 --seen 1.3 --seed 1
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import time
from importlib.metadata import version

import numpy as np
import pyabc


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    for name, kind in (("particles", int), ("rounds", int), ("seen", float), ("seed", int)):
        arguments.add_argument(f"--{name}", type=kind, required=True)
    given = arguments.parse_args()
    np.random.seed(given.seed)  # pyABC draws from NumPy's global generator
    smc = pyabc.ABCSMC(
        simulated,
        pyabc.Distribution(mean=pyabc.RV("norm", 0.0, 2.0)),
        lambda one, other: abs(one["mean"] - other["mean"]),
        population_size=given.particles,
        eps=pyabc.MedianEpsilon(),
        sampler=pyabc.SingleCoreSampler(),
    )
    smc.new("sqlite://", {"mean": given.seen})
    began = time.process_time()
    history = smc.run(max_nr_populations=given.rounds)
    seconds = time.process_time() - began
    values, weights = history.get_distribution()
    mean = float(weights @ values["mean"].to_numpy())
    print(
        json.dumps(
            {
                "version": version("pyabc"),
                "mean": mean,
                "sd": math.sqrt(float(weights @ (values["mean"].to_numpy() - mean) ** 2)),
                "simulations": int(history.total_nr_simulations),
                "tolerance": float(history.get_all_populations()["epsilon"].iloc[-1]),
                "cpu_seconds": round(seconds, 4),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


def simulated(parameters: dict[str, float]) -> dict[str, float]:
    """The mean of ten observations of unit variance about the parameter."""
    return {"mean": parameters["mean"] + np.random.standard_normal() / math.sqrt(10)}


if __name__ == "__main__":
    main()
