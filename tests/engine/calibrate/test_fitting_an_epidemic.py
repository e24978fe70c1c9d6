"""ABC-SMC on the engine itself: a transmission known to us and not to it is found again."""

from __future__ import annotations

import numpy as np
import pytest

from epiengine.calibrate import Prior, abc_smc, epidemic_model
from epiengine.jit import COMPILED
from epiengine.simulate import Plan, Run, seeds, simulate
from epiengine.simulate.diseases import INFLUENZA
from epiengine.simulate.population import build_population, communes


def by_week(run: Run) -> np.ndarray:
    """Square roots of the weekly onsets: counts of unlike size vary alike by them."""
    return np.sqrt(run.total("onsets").reshape(-1, 7).sum(axis=1))


@pytest.mark.skipif(not COMPILED, reason="a thousand epidemics take an hour without the compiler")
def test_a_transmission_known_to_us_is_found_again() -> None:
    town, start = build_population(communes([1_500]), seed=1), seeds(25)
    observed = by_week(simulate(town, INFLUENZA.scaled(1.5), Plan(()), start, seed=77, days=28))
    model = epidemic_model(
        town, [start], days=28, scenario_of=lambda values: (INFLUENZA.scaled(float(values[0])), Plan(())), summaries=by_week
    )
    found = abc_smc(model, [Prior.uniform("transmission", 0.5, 3.0)], observed, seed=6, particles=30, rounds=4)
    low, high = found.quantile([0.025, 0.975])[:, 0]
    assert low < 1.5 < high
    assert high - low < 1.2
