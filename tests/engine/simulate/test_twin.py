"""The engine beside its slow twin: the same law, so the same distribution of curves. Kolmogorov-Smirnov on three days of each."""

import numpy as np
import pytest
from scipy import stats
from tests.engine.simulate.naive_town import Naive, hazards
from tests.engine.simulate.places import town

from epiengine.jit import COMPILED
from epiengine.simulate import ByDay, Delay, Disease, Isolation, Quarantine, Testing, Tracing, network, seeds, simulate

RUNS = 400 if COMPILED else 60
DAYS, ASKED = 26, (9, 16, 25)
SLOPE = tuple(np.linspace(0.6, 1.4, 16))


def disease(**rates: float) -> Disease:
    return Disease(
        name="",
        transmission=rates,
        latent=Delay.lognormal(2.5, 1.0),
        presymptomatic=Delay.lognormal(1.1, 0.9),
        mild_recovery=Delay.lognormal(5, 2),
        asymptomatic_recovery=Delay.lognormal(6, 2),
        symptomatic=(0.6,) * 16,
        asymptomatic=0.5,
        dispersion=0.7,
        profile=ByDay((0.5, 1.5, 1.5, 1.0, 1.0, 0.5, 0.5, 0.2)),
        susceptibility=SLOPE,
    )


PLANS = {
    "none": (),
    "post": (
        Testing(with_symptoms=0.5, without=0.05, sensitivity=(1.0,), infectious_only=True, turnaround=1),
        Isolation(beds=0, days=100, prevents_home={"household": 0.5, "work": 0.9, "school": 0.9, "hamlet": 0.8, "community": 0.9}),
        Tracing(probability={"household": 1.0}, delay={}),
        Quarantine(
            places=0, days=7, test_days=(), prevents_home={"household": 0.4, "work": 0.9, "school": 0.9, "hamlet": 0.7, "community": 0.8}
        ),
    ),
}


@pytest.mark.parametrize("plan", PLANS)
def test_a_town_runs_as_its_twin(plan: str):
    world = town(96, communes=2, hamlet=24, household=4, group=8)
    law = disease(household=0.08, group=0.12, hamlet=0.06, community=0.1)
    compare(world, law, PLANS[plan], hazards(world, law))


def test_a_network_runs_as_its_twin():
    draw = np.random.default_rng(3)
    ends = [np.array([pair for pair in draw.integers(0, 80, (200, 2)) if pair[0] != pair[1]]).T for _ in range(2)]
    world = network(80, ends, names=["near", "far"])
    law = disease(near=0.09, far=0.02)
    met = np.zeros((2, 80, 80))
    for layer, (a, b) in enumerate(ends):
        # a pair met twice is met twice: two independent chances are not one of twice the size, so each goes once
        np.add.at(met[layer], (np.r_[a, b], np.r_[b, a]), 1)
    single = met <= 1
    keep = [np.array([single[layer, a, b] for a, b in zip(*ends[layer], strict=True)]) for layer in range(2)]
    world = network(80, [(ends[layer][0][keep[layer]], ends[layer][1][keep[layer]]) for layer in range(2)], names=["near", "far"])
    compare(world, law, (), np.where(single, met, 0) * np.array([0.09, 0.02])[:, None, None])


def compare(world, law: Disease, plan: tuple, hazard: np.ndarray) -> None:
    runs = [simulate(world, law, plan, seeds(4), seed=seed, days=DAYS) for seed in range(RUNS)]
    twins = [Naive(world, law, plan, 4, np.random.default_rng(seed), hazard).run(DAYS) for seed in range(RUNS)]
    for name, theirs in (("infections", [twin.infected for twin in twins]), ("confirmed", [twin.confirmed for twin in twins])):
        ours = np.array([np.cumsum(run.total(name)) for run in runs])
        for day in ASKED:
            found = stats.ks_2samp(ours[:, day], np.array(theirs)[:, day])
            assert found.pvalue > 0.001, (name, day, ours[:, day].mean(), np.mean(theirs, axis=0)[day])
