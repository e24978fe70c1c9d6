"""Covasim (3.1.9 or 4.0.1, whichever environment runs this) on a network given as a file. Prints one line of JSON.

Run:  .venv-peers/covasim3/bin/python bench/peers/covasim_peer.py export var/covasim-50000.npz --people 50000
      .venv-peers/covasim4/bin/python bench/peers/covasim_peer.py run var/covasim-50000.npz --days 150 --seeds 1 20 --response

Settings: hybrid population with Covasim's own parameters, waning and rescaling off. The network and the ages are the file's; each seed draws
anew who is infected first, how infectious each person is, and everything that happens. Every sample keeps its own daily rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

import covasim as cv
import numpy as np

LAYERS = "hswc"
SERIES = ("new_infections", "new_diagnoses", "new_tests", "new_quarantined", "new_deaths", "n_infectious")
FOUR = cv.__version__.startswith("4")


def main() -> None:
    arguments = parse()
    answer = export(arguments) if arguments.task == "export" else runs(arguments)
    print(json.dumps({"version": cv.__version__, **answer}))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="task", required=True)
    make = commands.add_parser("export")
    make.add_argument("file", type=Path)
    make.add_argument("--people", type=int, required=True)
    make.add_argument("--seed", type=int, default=1)
    run = commands.add_parser("run")
    run.add_argument("file", type=Path)
    run.add_argument("--days", type=int, required=True)
    run.add_argument("--seeds", type=int, nargs=2, default=(1, 1), metavar=("FIRST", "LAST"))
    run.add_argument("--infected", type=int, help="infected on day 0; a thousandth of the people if not said")
    run.add_argument("--beta", type=float, default=0.016)
    run.add_argument("--response", action="store_true", help="test_prob(0.2, 0.002) and contact_tracing from day 1")
    run.add_argument("--exact-load", action="store_true", help="3.1.9 only: viral load without its slip of rounding")
    run.add_argument(
        "--quick-tracing", action="store_true", help="3.1.9 only: the same contacts, found by NumPy; never when time is measured"
    )
    return parser.parse_args()


def export(arguments: argparse.Namespace) -> dict[str, Any]:
    """Ages, and the edges of each layer once (first, second), of a hybrid population of Covasim 3."""
    sim = cv.Sim(pop_size=arguments.people, pop_type="hybrid", rand_seed=arguments.seed, verbose=0, rescale=False, use_waning=False)
    sim.initialize()
    edges = {f"{layer}{end}": np.asarray(sim.people.contacts[layer][f"p{end}"], dtype=np.int32) for layer in LAYERS for end in (1, 2)}
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(arguments.file, age=np.floor(sim.people.age).astype(np.uint8), **edges)
    return {"people": arguments.people, "edges": {layer: edges[f"{layer}1"].size for layer in LAYERS}}


def runs(arguments: argparse.Namespace) -> dict[str, Any]:
    """The daily rows of every seed, and the seconds of each run without its set-up."""
    stored = np.load(arguments.file)
    town = {name: stored[name] for name in stored.files}
    infected = arguments.infected or max(20, town["age"].size // 1000)
    if arguments.exact_load:
        cv.utils.compute_viral_load = exact_load
    if arguments.quick_tracing and not FOUR:
        cv.utils.find_contacts = quick_contacts
    compile_first(arguments)
    setup, seconds, cpu, rows = [], [], [], []
    for seed in range(arguments.seeds[0], arguments.seeds[1] + 1):
        made = time.process_time()
        sim = simulation(town, arguments, seed=seed, infected=infected)
        setup.append(round(time.process_time() - made, 4))
        wall, process = time.perf_counter(), time.process_time()
        sim.run()
        seconds.append(round(time.perf_counter() - wall, 4))
        cpu.append(round(time.process_time() - process, 4))
        rows.append([np.asarray(sim.results[name], dtype=float).astype(int).tolist() for name in SERIES])
    return {
        "people": town["age"].size,
        "infected": infected,
        "days": arguments.days,
        "beta": arguments.beta,
        "response": arguments.response,
        "exact_load": arguments.exact_load,
        "series": SERIES,
        "rows": rows,
        "setup_seconds": setup,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def compile_first(arguments: argparse.Namespace) -> None:
    """A short run of a small town of its own, so that compiling is not timed."""
    cv.Sim(pop_size=1000, pop_type="hybrid", n_days=10, verbose=0, rescale=False, use_waning=False, interventions=response(arguments)).run()


def response(arguments: argparse.Namespace) -> list[Any]:
    if not arguments.response:
        return []
    return [
        cv.test_prob(symp_prob=0.2, asymp_prob=0.002, start_day=1),
        cv.contact_tracing(trace_probs={"h": 1.0, "s": 0.5, "w": 0.5, "c": 0.2}, trace_time={"h": 0, "s": 1, "w": 1, "c": 2}, start_day=1),
    ]


def simulation(town: dict[str, Any], arguments: argparse.Namespace, *, seed: int, infected: int) -> cv.Sim:
    """A simulation of the file's people and network, set up and ready to run; day 0 is the first of `days`."""
    common = {
        "pop_size": town["age"].size,
        "pop_infected": infected,
        "pop_type": "hybrid",
        "n_days": arguments.days - 1,
        "beta": arguments.beta,
        "rand_seed": seed,
        "verbose": 0,
        "rescale": False,
        "use_waning": False,
        "interventions": response(arguments),
    }
    sim = cv.Sim(**common, **(four(town) if FOUR else {}))
    sim.initialize(**({} if FOUR else three(town)))
    require_same(sim, town)
    return sim


def three(town: dict[str, Any]) -> dict[str, Any]:
    contacts = {layer: {"p1": town[f"{layer}1"], "p2": town[f"{layer}2"]} for layer in LAYERS}
    n = town["age"].size
    return {"popdict": {"uid": np.arange(n), "age": town["age"].astype(float), "sex": np.zeros(n), "contacts": contacts}}


def four(town: dict[str, Any]) -> dict[str, Any]:
    """Version 4 takes networks, and people whose ages are told before the first infections are drawn."""
    people = cv.People(town["age"].size)
    people.states["age"].default = lambda size: town["age"].astype(float)[:size]
    layers = [layer_of(town, name) for name in LAYERS]
    return {"people": people, "networks": layers}


def layer_of(town: dict[str, Any], name: str) -> Any:
    first, second = town[f"{name}1"].astype(int), town[f"{name}2"].astype(int)
    return cv.Layer(p1=first, p2=second, beta=np.ones(first.size), name=name, label=name)


def require_same(sim: cv.Sim, town: dict[str, Any]) -> None:
    """That the simulation really has the ages and edges of the file."""
    assert np.array_equal(np.floor(np.asarray(sim.people.age)), town["age"])
    for name in LAYERS:
        layer = sim.networks[name].edges if FOUR else sim.people.contacts[name]
        assert np.array_equal(np.asarray(layer["p1"]), town[f"{name}1"]) and np.array_equal(np.asarray(layer["p2"]), town[f"{name}2"])


def exact_load(t: int, start: Any, recovered: Any, dead: Any, frac_time: float, load_ratio: float, high_cap: float) -> Any:
    """compute_viral_load of 3.1.9 in double precision.

    3.1.9 compares a double with a fraction rounded to single precision, which makes the high load last one day longer
    for about half of the durations; 4.0.1 has corrected it.
    """
    start = start.astype(float)
    total = np.where(np.isnan(dead), recovered, dead) - start
    high = np.minimum(0.3 * total, float(high_cap))
    day = t - start
    mean = 1 + 0.3 * (float(load_ratio) - 1)
    load = np.where(day < np.round(high, 9), float(load_ratio), 1.0) / mean
    load[~((day >= 0) & (day < total))] = 0
    return load.astype(np.float32)


def quick_contacts(first: Any, second: Any, found: Any) -> set[int]:
    """find_contacts of 3.1.9 without its loop over all edges: everybody who shares an edge with one of `found`."""
    among = np.zeros(max(first.max(initial=0), second.max(initial=0), found.max(initial=0)) + 1, dtype=bool)
    among[found] = True
    return set(np.concatenate([second[among[first]], first[among[second]]]).tolist())


if __name__ == "__main__":
    main()
