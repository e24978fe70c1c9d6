"""What the data could have been by chance alone: one random data set for each number of a replicate.

Each replicate draws from its own Philox stream (Salmon et al. 2011), keyed by the seed and counted by the replicate, so what it
holds depends on neither the order nor the number of threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from epiengine.arrays import Int64
from epiengine.scan.tables import Float64


class NullModel(Protocol):
    """A null hypothesis that can be drawn from."""

    def draw(self, stream: np.random.Generator) -> Int64:
        """int64[s * t]: the cases of one random data set, by site and interval."""


def stream(seed: int, replicate: int) -> np.random.Generator:
    """The random numbers of one replicate."""
    return np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 0, replicate]))


@dataclass(frozen=True, eq=False)
class PoissonNull:
    """Poisson, given the number of cases: each falls into a cell in proportion to what is expected there.

    cases  how many;  edges  float64[s * t]: the expected, summed up to and with each cell
    """

    cases: int
    edges: Float64

    def draw(self, stream: np.random.Generator) -> Int64:
        fallen = np.sort(stream.random(self.cases)) * self.edges[-1]
        # a draw that rounds up to the very end belongs to the last cell
        cell = np.minimum(np.searchsorted(self.edges, fallen, side="right"), self.edges.size - 1)
        return np.bincount(cell, minlength=self.edges.size)


@dataclass(frozen=True, eq=False)
class Labelled:
    """Bernoulli: which of the people are the cases.

    people  int64[s * t]: cases and controls;  cases  how many of them are cases
    """

    people: Int64
    cases: int

    def draw(self, stream: np.random.Generator) -> Int64:
        return np.asarray(stream.multivariate_hypergeometric(self.people, self.cases, method="marginals"))


@dataclass(frozen=True, eq=False)
class Permuted:
    """Space-time permutation: the cases keep their sites, and exchange their times within each stratum.

    site, time  int64[c]: the cases, stratum after stratum;  strata  int64[g+1]: where each begins;  shape  sites and intervals
    """

    site: Int64
    time: Int64
    strata: Int64
    shape: tuple[int, int]

    def draw(self, stream: np.random.Generator) -> Int64:
        times = np.concatenate([stream.permutation(part) for part in np.split(self.time, self.strata[1:-1])])
        return np.bincount(self.site * self.shape[1] + times, minlength=self.shape[0] * self.shape[1])
