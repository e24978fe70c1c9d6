"""What all runs of an ensemble share, and what one of them is told: a plan and the number of a replicate, never an array."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from epiengine.arrays import Int32, Int64, number
from epiengine.errors import EngineError
from epiengine.simulate import RESOURCES, SERIES, Disease, Network, Plan, Start, SyntheticPopulation, simulate

World = SyntheticPopulation | Network


@dataclass(frozen=True, eq=False)
class Setting:
    """The world, the disease, where it starts, and the plans compared in it.

    world      the people, or a function without arguments that builds them: a recipe travels to another machine as a few bytes
    start      the state of day 0, or a function of the world and a replicate's seed that draws it (infections nobody has seen yet differ)
    plans      one Plan per column of the comparison
    days       days simulated, >= 1
    seed       of the whole ensemble; replicate r has the same seed under every plan: common random numbers, so that two plans differ
               only by what they do
    by_commune names of SERIES that are kept by commune; all are kept as totals
    factors    on all transmission, one a replicate and over again: draws of a posterior; empty for 1
    """

    world: World | Callable[[], World]
    disease: Disease
    start: Start | Callable[[World, int], Start]
    plans: tuple[Plan, ...]
    days: int
    seed: int = 1
    by_commune: tuple[str, ...] = ("infections", "confirmed")
    factors: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        number("days", self.days, low=1)
        number("seed", self.seed, low=0)
        if not self.plans:
            raise EngineError("plans", 0, "at least one plan")
        for row, name in enumerate(self.by_commune):
            if name not in SERIES:
                raise EngineError("by_commune", name, f"one of {', '.join(SERIES)}", row=row)

    @cached_property
    def people(self) -> World:
        """The world, built once in each process that asks."""
        return self.world() if callable(self.world) else self.world

    @cached_property
    def kept(self) -> Int64:
        """int64[k]: the columns of SERIES kept by commune."""
        return np.array([SERIES.index(name) for name in self.by_commune], dtype=np.int64)

    def disease_for(self, replicate: int) -> Disease:
        """The disease as this replicate supposes it, the same under every plan."""
        return self.disease.scaled(self.factors[replicate % len(self.factors)]) if self.factors else self.disease

    def begins(self, seed: int) -> Start:
        """The state of day 0 of the replicate with this seed."""
        return self.start(self.people, seed) if callable(self.start) else self.start


@dataclass(frozen=True, slots=True)
class Job:
    """One run: which plan, which replicate."""

    plan: int
    replicate: int


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """What one run leaves behind.

    totals     int64[days, series]            sums over communes
    local      int32[days, communes, kept]    the series kept by commune
    resources  int64[days, resources]         what the measures used
    """

    totals: Int64
    local: Int32
    resources: Int64


def replicate_seed(seed: int, replicate: int) -> int:
    """The seed of one replicate, the same under every plan; 31 bits drawn from the ensemble's seed by NumPy's SeedSequence."""
    return int(np.random.SeedSequence([seed, replicate]).generate_state(1)[0] >> np.uint32(1))


def run_one(setting: Setting, job: Job) -> Result:
    """Simulates one replicate of one plan: a pure function of its arguments, wherever it runs."""
    seed = replicate_seed(setting.seed, job.replicate)
    run = simulate(
        setting.people, setting.disease_for(job.replicate), setting.plans[job.plan], setting.begins(seed), seed=seed, days=setting.days
    )
    return Result(
        totals=run.daily.sum(axis=1, dtype=np.int64),
        local=np.ascontiguousarray(run.daily[:, :, setting.kept]),
        resources=run.resources,
    )


def shapes(setting: Setting) -> tuple[int, int]:
    """How many series and resources a result has: columns of its totals and of its resources."""
    return len(SERIES), len(RESOURCES)
