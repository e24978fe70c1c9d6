"""Whether our mean daily curves are those of Covasim: both with their Monte Carlo error, day by day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from epiengine.simulate import Disease, Network, Plan, Run, seeds, simulate

Float64 = NDArray[np.float64]

#: Covasim's name of a daily series, and where ours is found
SERIES: Final = {
    "new_infections": "infections",
    "new_diagnoses": "confirmed",
    "new_quarantined": "f1_new",
    "new_deaths": "deaths",
    "new_tests": "tests",
    "n_infectious": "infectious",
}
#: Days on which fewer than this many are expected say nothing that a normal approximation could judge.
FEWEST: Final = 5.0


def reference(file: Path) -> dict[str, Any]:
    """What `bench.peers.reference` has stored."""
    stored: dict[str, Any] = json.loads(file.read_text())
    return stored


def curves(world: Network, disease: Disease, plan: Plan, *, infected: int, replicates: int, days: int) -> dict[str, Float64]:
    """float64[replicates, days] of each series, with seeds 1, 2, ...: the sums so far, but the number infectious as it stands."""
    runs = [simulate(world, disease, plan, seeds(infected), seed=seed, days=days) for seed in range(1, replicates + 1)]
    return {name: np.array([daily(run, name, infected=infected) for run in runs]) for name in SERIES}


def daily(run: Run, name: str, *, infected: int) -> Float64:
    """float64[days] of one series of one run, by Covasim's name and in its way of counting: the infected of the start are not new."""
    if name == "n_infectious":
        return run.total(SERIES[name]).astype(np.float64)
    told = run.resource("tests") if name == "new_tests" else run.total(SERIES[name])
    return np.cumsum(told) - (infected if name == "new_infections" else 0.0)


def z_scores(ours: Float64, theirs: dict[str, Any], *, runs: int) -> Float64:
    """float64[days]: difference of the two means over its standard error; 0 where both expect fewer than FEWEST."""
    mean, sd = np.array(theirs["mean"]), np.array(theirs["sd"])
    error = np.sqrt(ours.var(axis=0, ddof=1) / ours.shape[0] + sd**2 / runs)
    few = (np.maximum(mean, ours.mean(axis=0)) < FEWEST) | (error == 0)
    return np.where(few, 0.0, (ours.mean(axis=0) - mean) / np.where(few, 1.0, error))
