"""Clusters: 580 communes, 90 days, 999 random data sets, space-time permutation, beside NumPy looking at every cylinder.

Run:  python -m bench.scanning          (a minute or two; --replicates for a short try)
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from bench.harness import Comparison, record

from epiengine.scan import Places, Trials, Windows, on_earth, scan_permutation
from epiengine.scan.chance import Permuted, stream
from epiengine.scan.circles import circles
from epiengine.scan.tables import Float64

R = TypeVar("R")
SEED = 2021


@dataclass(frozen=True, eq=False)
class World:
    """Cases by commune and day on a square of 110 km: communes of uneven size, a wave, nothing that clusters."""

    places: Places
    cases: np.ndarray

    @property
    def expected(self) -> Float64:
        return np.outer(self.cases.sum(axis=1), self.cases.sum(axis=0)) / self.cases.sum()

    @property
    def chance(self) -> Permuted:
        site, day = (np.repeat(index, self.cases[self.cases > 0]) for index in np.nonzero(self.cases))
        return Permuted(site, day, np.array([0, site.size]), self.cases.shape)


def world(communes: int, days: int, cases: int) -> World:
    random = np.random.default_rng(SEED)
    places = on_earth(20.5 + random.random(communes), 105.3 + random.random(communes))
    size, wave = random.lognormal(size=communes), 1 + np.sin(np.arange(days) / 15) ** 2
    weights = np.outer(size, wave)
    return World(places, random.multinomial(cases, (weights / weights.sum()).ravel()).reshape(communes, days))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--replicates", type=int, default=999)
    arguments.add_argument("--cases", type=int, default=4_000)
    given = arguments.parse_args()
    some = world(580, 90, given.cases)
    scan_permutation(
        some.cases[:20], on_earth(some.places.point[:20, 2] / 100, some.places.point[:20, 1] / 100), trials=Trials(2)
    )  # compile
    compare("prospective", some, Windows(prospective=True), replicates=given.replicates, peers=2)
    compare("retrospective", some, Windows(), replicates=given.replicates, peers=1)


def compare(name: str, some: World, windows: Windows, *, replicates: int, peers: int) -> None:
    """Ours in full; the peer on the data and a few of the same random data sets, and its time for one of them times their number."""
    ours, wall, found = cpu(lambda: scan_permutation(some.cases, some.places, windows=windows, trials=Trials(replicates, seed=SEED)))
    _, on_two, again = cpu(
        lambda: scan_permutation(some.cases, some.places, windows=windows, trials=Trials(replicates, seed=SEED, threads=2))
    )
    np.testing.assert_array_equal(found.null.score, again.null.score)
    drawn = [some.chance.draw(stream(SEED, one)).reshape(some.cases.shape) for one in range(peers)]
    peer, _, theirs = cpu(lambda: [every_cylinder(one, some, windows) for one in [some.cases, *drawn]])
    np.testing.assert_allclose([found.clusters[0].score, *found.null.score[:peers]], theirs, atol=1e-9)
    what = f"space-time permutation, {name}, 580 communes x 90 days, {some.cases.sum()} cases, {replicates} replicates: processor time, one thread"
    checked = f"greatest scores of the data and of {peers} random data sets equal to 1e-9; the peer's time is {1 + peers} data sets, scaled to {1 + replicates}"
    more = {
        "ours_wall_s": wall,
        "ours_wall_s_two_threads": on_two,
        "peer_measured_s": peer,
        "peer_data_sets": 1 + peers,
        "cases": int(some.cases.sum()),
    }
    record(
        Comparison(
            name=f"scanning-{name}",
            what=what,
            ours=ours,
            peer_name="NumPy, every cylinder",
            peer=peer / (1 + peers) * (1 + replicates),
            checked=checked,
            more=more | {"cylinders": cylinders(some, windows), "ours_ms_a_replicate": 1e3 * ours / (1 + replicates)},
        )
    )


def cpu(work: Callable[[], R]) -> tuple[float, float, R]:
    """Processor seconds of the whole process, wall seconds, and the result: neighbours on the machine disturb the first less."""
    wall, start = time.perf_counter(), time.process_time()
    result = work()
    return time.process_time() - start, time.perf_counter() - wall, result


def every_cylinder(cases: np.ndarray, some: World, windows: Windows) -> float:
    """The greatest score, as one writes it with NumPy: for each centre, all circles and all windows at once."""
    around = circles(some.places, some.expected.sum(axis=1), windows)
    first, last = window_bounds(windows, days=cases.shape[1])
    total, best = float(cases.sum()), 0.0
    for begin, end in zip(around.offsets[:-1], around.offsets[1:], strict=True):
        member = around.member[begin:end]
        observed, expected = (windowed(table[member], first, last) for table in (cases, some.expected))
        best = max(best, greatest(observed, expected, total))
    return best


def windowed(table: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """[k, w]: each circle's sum in each window."""
    sums = np.cumsum(np.cumsum(table, axis=0), axis=1)
    sums = np.concatenate([np.zeros((sums.shape[0], 1)), sums], axis=1)
    return sums[:, last + 1] - sums[:, first]


def greatest(c: np.ndarray, mu: np.ndarray, total: float) -> float:
    some = (c > mu) & (c >= 2)
    c, mu = c[some], mu[some]
    rest = total - c
    return float((c * np.log(c / mu) + rest * np.log(rest / (total - mu))).max(initial=0.0))


def window_bounds(windows: Windows, *, days: int) -> tuple[np.ndarray, np.ndarray]:
    span = windows.alive(days)
    pairs = [(first, last) for last in range(span.first_end, days) for first in range(max(0, last + 1 - span.longest), last + 1)]
    first, last = np.array(pairs).T
    return first, last


def cylinders(some: World, windows: Windows) -> int:
    around = circles(some.places, some.expected.sum(axis=1), windows)
    return int(around.member.size) * window_bounds(windows, days=some.cases.shape[1])[0].size


if __name__ == "__main__":
    main()
