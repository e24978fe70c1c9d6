"""Rt of 10,000 communes over a year, beside the slow twin of the engine's tests, commune by commune.

Run:  python -m bench.estimating          (about two minutes, most of them the twin's; needs only what the engine needs)
      python -m bench.estimating --cpu    processor time instead of wall time: on a machine that others use as well
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from bench.harness import Comparison, record
from scipy.special import gammaincinv
from tests.engine.estimate import naive

from epiengine.estimate import Reproduction, discretised_serial_interval, reproduction, sliding_windows
from epiengine.estimate.gates import Float

LEVELS = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
R = TypeVar("R")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--communes", type=int, default=10_000)
    arguments.add_argument("--days", type=int, default=365)
    arguments.add_argument("--cpu", action="store_true")
    given = arguments.parse_args()
    clock = time.process_time if given.cpu else time.perf_counter
    cases = epidemics(given.communes, given.days, seed=2021)
    weights = discretised_serial_interval(mean=5.0, sd=2.5, days=30)
    reproduction(cases[:2], weights)  # compile
    runs = [timed(lambda: reproduction(cases, weights, levels=LEVELS), clock=clock) for _ in range(5)]
    ours, found = min(seconds for seconds, _ in runs), runs[-1][1]
    first = runs[0][0]
    peer, expected = timed(lambda: twin(cases, weights), clock=clock)
    record(compare(cases, found, expected, ours=ours, peer=peer, first=first, clock="processor time" if given.cpu else "wall time"))


def epidemics(communes: int, days: int, *, seed: int) -> np.ndarray:
    """int64[communes, days]: communes with two waves each, from nearly nothing to hundreds of cases a day."""
    rng = np.random.default_rng(seed)
    peak, width = rng.uniform(0, days, (2, communes, 1)), rng.uniform(10, 40, (2, communes, 1))
    waves = np.exp(-(((np.arange(days) - peak) / width) ** 2)).sum(axis=0)
    return rng.poisson(rng.lognormal(1.5, 1.5, (communes, 1)) * waves)


def twin(cases: np.ndarray, weights: Float) -> np.ndarray:
    """float64[2 + q, communes, m]: sums in plain Python day by day (as the tests' twin), then scipy's gamma quantiles of one commune at once."""
    start, end = sliding_windows(cases.shape[1])
    interval = weights.tolist()
    mean_interval = sum(k * w for k, w in enumerate(interval))
    windows = list(zip(start.tolist(), end.tolist(), strict=True))
    found = np.empty((2 + len(LEVELS), cases.shape[0], start.size))
    for commune, series in enumerate(cases.tolist()):
        force = naive.infectivity(series, interval)
        shape = 1 + np.array([sum(series[first : last + 1]) for first, last in windows], dtype=float)
        scale = 1 / (1 / 5 + np.array([sum(force[first : last + 1]) for first, last in windows]))
        found[0, commune], found[1, commune] = shape * scale, np.sqrt(shape) * scale
        found[2:, commune] = gammaincinv(shape, np.array(LEVELS)[:, None]) * scale
    found[..., end + 1 <= mean_interval] = np.nan
    return found


def timed(work: Callable[[], R], *, clock: Callable[[], float]) -> tuple[float, R]:
    start = clock()
    result = work()
    return clock() - start, result


def compare(
    cases: np.ndarray, found: Reproduction, expected: np.ndarray, *, ours: float, peer: float, first: float, clock: str
) -> Comparison:
    ours_all = np.concatenate([found.mean[None], found.sd[None], found.quantile])
    if not np.allclose(ours_all, expected, rtol=1e-9, atol=0, equal_nan=True):
        raise SystemExit("the answers differ: no ratio is worth printing")
    communes, days = cases.shape
    return Comparison(
        name="estimating-rt",
        what=f"Rt of {communes} communes x {days} days, every 7 days, mean, sd and 7 quantiles: arrays in, arrays out, compiled before",
        ours=ours,
        peer_name="slow twin: sums in plain Python, scipy gamma quantiles commune by commune",
        peer=peer,
        checked=f"all {ours_all.size} figures equal to 1e-9",
        more={
            "clock": clock,
            "threads": 1,
            "first_run_s": first,
            "windows": found.start.size * communes,
            "cases": int(cases.sum()),
            "most_cases_a_day": int(cases.max()),
            "ns_per_window": ours / (found.start.size * communes) * 1e9,
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    )


if __name__ == "__main__":
    main()
