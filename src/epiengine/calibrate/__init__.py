"""Calibration: parameters from a whole period by ABC-SMC, and the course of transmission day by day by a particle filter."""

from epiengine.calibrate.abc_smc import abc_smc
from epiengine.calibrate.following import epidemic_model, follow, log_negative_binomial
from epiengine.calibrate.particle_filter import Followed, Walk, particle_filter, resampled
from epiengine.calibrate.posterior import Posterior, Round, effective_size, weighted_quantile
from epiengine.calibrate.priors import Prior

__all__ = [
    "Followed",
    "Posterior",
    "Prior",
    "Round",
    "Walk",
    "abc_smc",
    "effective_size",
    "epidemic_model",
    "follow",
    "log_negative_binomial",
    "particle_filter",
    "resampled",
    "weighted_quantile",
]
