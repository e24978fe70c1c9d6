"""LASER's generic SEIR, well mixed within patches, no households and no measures. Prints one line of JSON.

Run:  NUMBA_NUM_THREADS=2 .venv-peers/laser/bin/python bench/peers/laser_peer.py --people 8500000 --patches 300 --days 180 --beta 0.3
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from importlib.metadata import version
from typing import Any

os.environ["TQDM_DISABLE"] = "1"

import geopandas
import numba
import numpy as np
from laser.core import PropertySet
from laser.core.distributions import gamma
from laser.generic import SEIR, Model
from shapely.geometry import box


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("people", "patches", "days", "infected"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--beta", type=float, required=True)
    arguments = parser.parse_args()
    model_of(arguments, people=10_000 * arguments.patches // 100).run()  # compile
    start = time.perf_counter()
    model = model_of(arguments, people=arguments.people)
    built, process = time.perf_counter(), time.process_time()
    model.run()
    done = time.perf_counter()
    answer = {
        "version": version("laser-generic"),
        "threads": numba.get_num_threads(),
        "attack": round(1 - float(model.nodes.S[-1].sum()) / arguments.people, 4),
        "build_seconds": round(built - start, 3),
        "seconds": round(done - built, 3),
        "cpu_seconds": round(time.process_time() - process, 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(answer) + "\n")


def model_of(arguments: argparse.Namespace, *, people: int) -> Any:
    """Patches on a square grid of 5 km, equal in people; latent 4.5 days, infectious 8 days on average."""
    patches = arguments.patches
    side = int(np.ceil(np.sqrt(patches)))
    boxes = [
        box(105 + (k % side) * 0.05, 20 + (k // side) * 0.05, 105.05 + (k % side) * 0.05, 20.05 + (k // side) * 0.05)
        for k in range(patches)
    ]
    each = np.full(patches, people // patches)
    each[: people % patches] += 1
    infected = np.full(patches, max(1, arguments.infected * people // arguments.people // patches))
    scenario = geopandas.GeoDataFrame(
        {"nodeid": np.arange(patches), "population": each, "S": each - infected, "E": 0 * each, "I": infected, "R": 0 * each},
        geometry=boxes,
        crs="EPSG:4326",
    )
    model = Model(scenario, PropertySet({"nticks": arguments.days, "beta": arguments.beta, "prng_seed": 1}))
    latent, infectious = gamma(shape=4.5, scale=1.0), gamma(shape=8.0, scale=1.0)
    model.components = [
        SEIR.Susceptible(model),
        SEIR.Exposed(model, latent, infectious),
        SEIR.Infectious(model, infectious),
        SEIR.Recovered(model),
        SEIR.Transmission(model, latent),
    ]
    return model


if __name__ == "__main__":
    main()
