"""The two ways of calibration on simulated epidemics: fit parameters to a whole period, or follow the counts day by day."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import number
from epiengine.calibrate.abc_smc import Model
from epiengine.calibrate.particle_filter import Followed, Mapper, Walk, particle_filter
from epiengine.errors import EngineError
from epiengine.simulate.disease import Disease
from epiengine.simulate.network import Network
from epiengine.simulate.plan import Plan
from epiengine.simulate.run import advance, begin, simulate
from epiengine.simulate.series import Run
from epiengine.simulate.start import Start
from epiengine.simulate.state import State, copy
from epiengine.simulate.town import Float64, SyntheticPopulation


def epidemic_model(
    world: SyntheticPopulation | Network,
    starts: Sequence[Start],
    *,
    days: int,
    scenario_of: Callable[[Float64], tuple[Disease, Plan]],
    summaries: Callable[[Run], ArrayLike],
) -> Model:
    """A model for `abc_smc`: parameters -> disease and plan -> a run -> summaries.

    starts  one is taken for each simulation, by its seed: what is not known of the start is part of what is not known
    told    the disease and the plan that these parameters mean, for instance `disease.scaled(values[0])`
    """

    def model(values: Float64, seed: int) -> Float64:
        disease, plan = scenario_of(values)
        run = simulate(world, disease, plan, starts[seed % len(starts)], seed=seed, days=days)
        return np.asarray(summaries(run), dtype=np.float64)

    return model


def follow(
    world: SyntheticPopulation | Network,
    disease: Disease,
    plan: Plan,
    starts: Sequence[Start],
    observed: ArrayLike,
    *,
    seed: int,
    copies: int = 100,
    series: str = "confirmed",
    reported: float = 1.0,
    dispersion: float = 10.0,
    walk: Walk | None = None,
    headroom: float = 3.0,
    mapper: Mapper = map,
) -> Followed[State]:
    """Copies of the epidemic that follow the daily counts, and the multiplier on transmission that they needed.

    observed    float64[d]: counts of the series, all communes together, from day 0; NaN where not counted
    series      which of `SERIES` is counted;  reported  the share of it that the counts hold, above 0
    dispersion  k of the negative binomial of a count about reported * series (at least 0.5): variance m + m^2 / k
    walk        of the multiplier, which never exceeds the headroom
    Each copy has its own seed and, after it was itself copied, its own draw key. The copies returned can be taken further by `advance`.
    """
    for name, value in (("reported", reported), ("dispersion", dispersion)):
        if not value > 0:
            raise EngineError(name, value, "above 0")
    moves = Walk() if walk is None else walk
    moves = Walk(moves.start, moves.spread, moves.step, min(moves.most, headroom))
    states = [
        begin(world, disease, plan, starts[each % len(starts)], seed=(number("seed", seed, low=0) + 7919 * each) % 2**32, headroom=headroom)
        for each in range(number("copies", copies, low=2))
    ]

    def one_day(state: State, multiplier: float, draw_key: int) -> float:
        return reported * float(advance(state, 1, multiplier=multiplier, draw_key=draw_key).total(series)[0])

    def likely(count: float, mean: float) -> float:
        return log_negative_binomial(count, max(mean, 0.5), dispersion)

    return particle_filter(states, observed, advance=one_day, copy=copy, log_likelihood=likely, walk=moves, seed=seed, mapper=mapper)


def log_negative_binomial(count: float, mean: float, dispersion: float) -> float:
    """Log probability of a count of this mean and variance mean + mean^2 / dispersion."""
    return (
        math.lgamma(count + dispersion)
        - math.lgamma(dispersion)
        - math.lgamma(count + 1)
        + dispersion * math.log(dispersion / (dispersion + mean))
        + count * math.log(mean / (dispersion + mean))
    )
