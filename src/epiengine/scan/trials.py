"""Monte Carlo: how often chance alone finds as much (Dwass 1957; Besag & Clifford 1991; Abrams, Kulldorff & Kleinman 2010)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from epiengine.arrays import number
from epiengine.scan.tables import Float64

#: Scores that differ by less are equal: the same cylinder may be summed up in another order.
SAME: Final = 1e-9
#: As many as are searched side by side: two of the widest vectors of 16-bit numbers.
_BATCH: Final = 64
_EULER: Final = 0.5772156649015329


@dataclass(frozen=True)
class Trials:
    """How many random data sets to search, and how.

    replicates  0 for none;  seed  0 or more: the same seed gives the same result, however many threads
    stop_after  stop at the replicate in which the most likely cluster is equalled for this many-th time (SaTScan: 50); None: never
    threads     how many replicates are searched at the same time
    """

    replicates: int = 999
    seed: int = 0
    stop_after: int | None = None
    threads: int = 1

    def checked(self) -> Trials:
        """The same, validated."""
        number("replicates", self.replicates, low=0)
        number("seed", self.seed, low=0)
        number("threads", self.threads, low=1, high=1024)
        if self.stop_after is not None:
            number("stop_after", self.stop_after, low=1)
        return self


@dataclass(frozen=True, eq=False)
class NullScores:
    """The greatest score of each random data set, float64[r], in the order of the replicates.

    stopped  whether the replicates ended early because the most likely cluster had been equalled often enough
    """

    score: Float64
    stopped: bool

    def p_value(self, score: float) -> float:
        """How often chance finds a score at least as great; 1 when nothing was drawn.

        (1 + times) / (1 + replicates), Dwass 1957. Stopped early: times / replicates, Besag & Clifford 1991, equation 2.
        """
        times = int((self.score >= score - SAME).sum())
        return times / self.score.size if self.stopped else (1 + times) / (1 + self.score.size)

    def gumbel_p_value(self, score: float) -> float | None:
        """The same from a Gumbel distribution with the mean and the variance of the replicates; None with fewer than two."""
        if self.score.size < 2 or not (spread := float(self.score.std(ddof=1))) > 0:
            return None
        scale = spread * np.sqrt(6) / np.pi
        return float(-np.expm1(-np.exp(-(score - (self.score.mean() - _EULER * scale)) / scale)))


def null_scores(peaks: Callable[[range], Float64], trials: Trials, *, score: float) -> NullScores:
    """Runs the replicates in batches on a pool of threads, each taking the next batch when it is free; `peaks` searches a range of them.

    score  of the most likely cluster, for stopping early. The batches do not depend on the number of threads.
    """
    starts = range(0, trials.replicates, _BATCH)
    batches = [range(start, min(start + _BATCH, trials.replicates)) for start in starts]
    found = np.empty(0)
    with ThreadPoolExecutor(trials.threads) as pool:
        for batch in pool.map(peaks, batches):
            found = np.concatenate([found, batch])
            if (end := _enough(found, trials, score)) is not None:
                pool.shutdown(cancel_futures=True)
                return NullScores(found[:end], stopped=True)
    return NullScores(found, stopped=False)


def _enough(found: Float64, trials: Trials, score: float) -> int | None:
    """After how many replicates the cluster has been equalled often enough."""
    equalled = np.flatnonzero(found >= score - SAME)
    if trials.stop_after is None or equalled.size < trials.stop_after:
        return None
    return int(equalled[trials.stop_after - 1]) + 1
