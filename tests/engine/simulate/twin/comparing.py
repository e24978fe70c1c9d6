"""Runs of the engine and of its slow twin as the same table of numbers, and the test that both follow one law."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy import stats
from tests.engine.simulate.naive_town import hazards
from tests.engine.simulate.twin.post import Post

from epiengine.simulate import RESOURCES, SERIES, Disease, Measure, Run, Start, SyntheticPopulation, simulate
from epiengine.simulate.series import FLOWS

#: Each number is asked by Kolmogorov-Smirnov and by a z test of the means, and refused below this probability. A scenario asks at most 45
#: numbers, so nine right scenarios are refused together with probability below 9 * 45 * 2 * 1e-5 = 0.8 %, were the seeds not fixed.
ALPHA = 1e-5


@dataclass(frozen=True)
class Scenario:
    """A place, a disease and a plan; `names` are series and resources; `wrong` are changes that must be seen."""

    town: SyntheticPopulation
    disease: Disease
    plan: tuple[Measure, ...]
    start: Start
    names: tuple[str, ...]
    days: int = 36
    wrong: dict[str, Callable[[Scenario], tuple[Disease, tuple[Measure, ...]]]] = field(default_factory=dict)


def of_engine(scenario: Scenario, disease: Disease, plan: tuple[Measure, ...], seeds: Iterable[int]) -> dict[str, np.ndarray]:
    runs = [simulate(scenario.town, disease, plan, scenario.start, seed=seed, days=scenario.days) for seed in seeds]
    return _numbers(scenario, [[_row_of_run(run, name) for name in scenario.names] for run in runs])


def of_twin(scenario: Scenario, seeds: Iterable[int]) -> dict[str, np.ndarray]:
    hazard = hazards(scenario.town, scenario.disease)
    told = (scenario.town, scenario.disease, scenario.plan, scenario.start)
    posts = [Post(*told, np.random.default_rng(seed), hazard).run(scenario.days) for seed in seeds]
    return _numbers(scenario, [[_row_of_post(post, name) for name in scenario.names] for post in posts])


def _row_of_run(run: Run, name: str) -> np.ndarray:
    """[day] of one name; "infections/1" is that of commune 1."""
    name, _, commune = name.partition("/")
    if commune:
        return run.series(name)[:, int(commune)]
    return run.total(name) if name in SERIES else run.resource(name)


def _row_of_post(post: Post, name: str) -> np.ndarray:
    name, _, commune = name.partition("/")
    where = [int(commune)] if commune else range(post.town.communes) if name in SERIES else ["all"]
    return np.array([sum(evening[name, each] for each in where) for evening in post.told])


def _numbers(scenario: Scenario, rows: list[list[np.ndarray]]) -> dict[str, np.ndarray]:
    """Of each name and run: the sum until half-time and until the end, and the peak."""
    table = np.array(rows, dtype=float)
    found = {}
    for at, name in enumerate(scenario.names):
        found[f"{name} until half-time"] = table[:, at, : scenario.days // 2].sum(axis=1)
        found[f"{name} in all"] = table[:, at].sum(axis=1)
        if name.partition("/")[0] not in FLOWS and name not in RESOURCES[-4:]:
            found[f"{name} at most"] = table[:, at].max(axis=1)
    return found


def unlike(ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]) -> dict[str, str]:
    """The numbers that do not follow one law, with both means."""
    return {
        name: f"{ours[name].mean():.2f} beside {theirs[name].mean():.2f}, p {_likely(ours[name], theirs[name]):.1e}"
        for name in ours
        if _likely(ours[name], theirs[name]) < ALPHA
    }


def _likely(a: np.ndarray, b: np.ndarray) -> float:
    """The smaller probability of the two tests; where neither varies, whether they are equal."""
    spread = np.sqrt(a.var() / a.size + b.var() / b.size)
    if spread == 0:
        return float(a[0] == b[0])
    return float(min(stats.ks_2samp(a, b, method="asymp").pvalue, 2 * stats.norm.sf(abs(a.mean() - b.mean()) / spread)))
