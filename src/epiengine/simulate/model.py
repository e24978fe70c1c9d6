"""A disease as the kernels see it: its tables."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from epiengine.errors import EngineError
from epiengine.simulate.delays import QUANTILES, Int16
from epiengine.simulate.disease import ByDay, Disease
from epiengine.simulate.network import Float32
from epiengine.simulate.town import Float64
from epiengine.simulate.worlds import IS_NETWORK, World

LATENT, PRESYMPTOMATIC, ASYMPTOMATIC, MILD, TO_SEVERE, SEVERE, TO_CRITICAL, CRITICAL, TO_DEATH = range(9)
TRANSMISSION, SEVERITY, ESCAPE = range(3)
INFECTION, ONWARD, SEVERE_DISEASE = range(3)
#: Protection is tabled for so many days since an infection or a dose; afterwards it keeps its last value.
REMEMBERED: Final = 1460
_GROUPED: Final = ("school", "work")


class Model(NamedTuple):
    """The disease on one world.

    rate            float64[layers]: transmission
    bound           what susceptibility, times a person's factor, cannot exceed;  headroom  what a multiplier for calibration cannot
    susceptibility, symptomatic, severe, critical, fatal   float64[16]
    delay           int16[9, 1024]: quantiles, see `Disease.delays`
    individual      float32[1024]: infectiousness of people, mean 1
    weight_sum      float64[days + 1]: summed profile by day (ByDay);  step  float64[4]: ratio, share, most_days, weight of a late day (Step); is_step says which
    most_weight     largest weight of a day
    variant         float64[variants, 3]: transmission, severity, escape
    protection      float64[REMEMBERED]: by days since the end of an infection; empty when it lasts for ever
    vaccine         float64[doses, 3, REMEMBERED]: efficacy by days since the dose; empty when there is none;  takes  days until a dose works
    runs            int64[r, 2]: on a network, layers first..last whose rates are near enough to be drawn together
    """

    rate: Float64
    bound: float
    headroom: float
    asymptomatic: float
    susceptibility: Float64
    symptomatic: Float64
    severe: Float64
    critical: Float64
    fatal: Float64
    delay: Int16
    individual: Float32
    is_step: bool
    weight_sum: Float64
    most_weight: float
    step: Float64
    variant: Float64
    protection: Float64
    vaccine: Float64
    takes: int
    runs: NDArray[np.int64]


def model_of(disease: Disease, world: World, *, layers: tuple[str, ...], headroom: float = 1.0) -> Model:
    """The tables of a disease for a world with these layers.

    headroom  the largest multiplier on transmission that will ever be asked for (see `advance`)
    Raises EngineError for a layer that the world does not have and for a headroom below 1.
    """
    if not 1.0 <= headroom <= 100.0:
        raise EngineError("headroom", headroom, "1 to 100")
    rate = _rates(disease, layers)
    is_step, weight_sum, most_weight, step = _profile(disease)
    susceptible = float(world.rel_susceptible.max(initial=0.0)) if world.kind == IS_NETWORK else 1.0
    return Model(
        rate=rate,
        bound=max(max(disease.susceptibility) * susceptible, 1e-12),
        headroom=headroom,
        asymptomatic=disease.asymptomatic,
        susceptibility=np.array(disease.susceptibility),
        symptomatic=np.array(disease.symptomatic),
        severe=np.array(disease.severe),
        critical=np.array(disease.critical),
        fatal=np.array(disease.fatal),
        delay=np.stack([delay.quantiles() for delay in disease.delays()]),
        individual=_individual(disease.dispersion),
        is_step=is_step,
        weight_sum=weight_sum,
        most_weight=most_weight,
        step=step,
        variant=np.array([(one.transmission, one.severity, one.escape) for one in disease.variants]),
        protection=_protection(disease),
        vaccine=_vaccine(disease),
        takes=0 if disease.vaccine is None else int(disease.vaccine.takes),
        runs=_runs(rate),
    )


def horizon(model: Model) -> int:
    """More days than anything that is drawn at infection can lie ahead, as a power of two."""
    longest = model.delay.max(axis=1).astype(int)
    severe = longest[TO_SEVERE] + max(longest[SEVERE], longest[TO_CRITICAL] + max(longest[CRITICAL], longest[TO_DEATH]))
    ill = longest[PRESYMPTOMATIC] + max(longest[MILD], severe)
    return 1 << int(max(longest[LATENT], 1) + max(longest[ASYMPTOMATIC], ill) + 2).bit_length()


def _rates(disease: Disease, layers: tuple[str, ...]) -> Float64:
    given = dict(disease.transmission)
    if "group" in given and "group" not in layers:
        both = given.pop("group")
        given = {**dict.fromkeys(_GROUPED, both), **given}
    for name in given:
        if name not in layers:
            raise EngineError("transmission", name, f"layers of the world: {', '.join(layers)}")
    return np.array([given.get(name, 0.0) for name in layers], dtype=np.float64)


@cache
def _individual(dispersion: float) -> Float32:
    """The mean of each 1,024th of a gamma distribution of mean 1: its share of all infectiousness, so that the mean is exact."""
    if math.isinf(dispersion):
        return np.ones(QUANTILES, dtype=np.float32)
    from scipy.special import gammainc, gammaincinv

    edges = gammaincinv(dispersion, np.arange(QUANTILES + 1) / QUANTILES)
    # the partial mean of a gamma is the distribution function of the gamma with one more in its shape
    share = np.diff(gammainc(dispersion + 1, edges))
    return np.asarray(share * QUANTILES, dtype=np.float32)


def _profile(disease: Disease) -> tuple[bool, Float64, float, Float64]:
    """is_step, weight_sum, most_weight, step."""
    profile = disease.profile
    if isinstance(profile, ByDay):
        summed = np.concatenate([[0.0], np.cumsum(profile.weight)])
        return False, summed, max(profile.weight), np.ones(4)
    low = 1 / (1 + profile.share * (profile.ratio - 1))
    return True, np.zeros(1), low * max(profile.ratio, 1.0), np.array([profile.ratio, profile.share, profile.most_days, low])


def _protection(disease: Disease) -> Float64:
    waning = disease.waning
    if waning is None:
        return np.empty(0)
    halves = np.arange(REMEMBERED) / waning.half_life
    return waning.floor + (waning.first - waning.floor) * np.exp2(-halves)


def _vaccine(disease: Disease) -> Float64:
    vaccine = disease.vaccine
    if vaccine is None:
        return np.empty((0, 3, REMEMBERED))
    since = np.arange(REMEMBERED) - vaccine.takes
    left = np.where(since >= 0, np.exp2(-np.maximum(since, 0) / vaccine.half_life), 0.0)
    return np.array([[left * one for one in (dose.infection, dose.onward, dose.severe)] for dose in vaccine.doses])


def _runs(rate: Float64) -> NDArray[np.int64]:
    """Neighbouring layers are drawn together while no rate is below a third of the run's largest."""
    runs: list[list[int]] = []
    for layer, value in enumerate(rate.tolist()):
        members = rate[runs[-1][0] : layer + 1] if runs else rate[:0]
        if runs and members.min() * 3 >= members.max() and value > 0:
            runs[-1][1] = layer
        elif value > 0:
            runs.append([layer, layer])
    return np.array(runs, dtype=np.int64).reshape(-1, 2)
