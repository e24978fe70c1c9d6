"""N replicates of M plans, carried out somewhere, gathered here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from epiengine.arrays import number
from epiengine.ensemble.executors import executor
from epiengine.ensemble.outcome import Ensemble
from epiengine.ensemble.setting import Job, Setting, shapes
from epiengine.errors import EngineError

if TYPE_CHECKING:
    from distributed import Client

#: More than this is refused before anything runs: keep fewer series by commune, or fewer replicates.
MOST_BYTES: Final = 4 << 30


def compare(
    setting: Setting,
    *,
    replicates: int,
    on: str | Client = "threads",
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Ensemble:
    """Runs every plan `replicates` times and keeps all results; the same bytes wherever and in whatever order they were made.

    on        "serial", "threads", "processes", or a Dask client
    progress  told (runs done, runs in all) after each run, in the caller's thread
    Raises EngineError for counts below 1, an unknown executor, or results that would not fit into `most_bytes`.
    """
    replicates = number("replicates", replicates, low=1)
    carry_out = executor(on, workers=number("workers", workers, low=1))
    found = _room(setting, replicates=replicates, most_bytes=most_bytes)
    jobs = [Job(plan, replicate) for replicate, plan in product(range(replicates), range(len(setting.plans)))]
    for done, (job, result) in enumerate(carry_out(setting, jobs), 1):
        place = job.plan, job.replicate
        found.totals[place], found.local[place], found.resources[place] = result.totals, result.local, result.resources
        if progress is not None:
            progress(done, len(jobs))
    return found


def _room(setting: Setting, *, replicates: int, most_bytes: int) -> Ensemble:
    """An ensemble with a place for every result, or a refusal when it would be too large."""
    series, resources = shapes(setting)
    runs = (len(setting.plans), replicates, setting.days)
    kept = (setting.people.communes, len(setting.by_commune))
    size = int(np.prod(runs)) * (8 * series + 4 * int(np.prod(kept)) + 8 * resources)
    if size > most_bytes:
        raise EngineError("replicates", replicates, f"results of at most {most_bytes} bytes (these: {size}); keep fewer series by commune")
    return Ensemble(
        totals=np.zeros((*runs, series), dtype=np.int64),
        local=np.zeros((*runs, *kept), dtype=np.int32),
        resources=np.zeros((*runs, resources), dtype=np.int64),
        by_commune=setting.by_commune,
    )
