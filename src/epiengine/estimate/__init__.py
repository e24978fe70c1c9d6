"""What the case counts say: reproduction numbers, growth, delays, what is not yet reported, alarms, final sizes, and how good forecasts were.

Days are counted from 0; a figure that cannot be known is NaN and marked so in a `known` mask, never silently.
Equations and sources: docs/explanation/estimates.md.
"""

from epiengine.errors import EngineError
from epiengine.estimate.reproduction import Prior, Reproduction, infectivity, reproduction, sliding_windows
from epiengine.estimate.serial_interval import discretised_serial_interval, mean_interval, sd_interval
from epiengine.estimate.uncertain_interval import TruncatedNormal, reproduction_uncertain, sampled_serial_intervals
from epiengine.estimate.wallinga_teunis import CaseReproduction, wallinga_teunis

__all__ = [
    "CaseReproduction",
    "EngineError",
    "Prior",
    "Reproduction",
    "TruncatedNormal",
    "discretised_serial_interval",
    "infectivity",
    "mean_interval",
    "reproduction",
    "reproduction_uncertain",
    "sampled_serial_intervals",
    "sd_interval",
    "sliding_windows",
    "wallinga_teunis",
]
