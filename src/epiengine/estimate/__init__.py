"""What the case counts say: reproduction numbers, growth, delays, what is not yet reported, alarms, final sizes, and how good forecasts were.

Days are counted from 0; a figure that cannot be known is NaN and marked so in a `known` mask, never silently.
Equations, sources and limits: docs/explanation/estimates.md. Alarms are in `epiengine.estimate.alarms`, delay laws in `epiengine.estimate.delays`.
"""

from epiengine.errors import EngineError
from epiengine.estimate.clusters import (
    Control,
    cluster_size_probability,
    containment_probability,
    emergence_probability,
    epidemic_probability,
    extinction_probability,
)
from epiengine.estimate.delays import DelayFit, DelayLaw, Figure, delay_law, fit_delay
from epiengine.estimate.final_size import basic_reproduction_number, final_size, next_generation_matrix, structured_final_size
from epiengine.estimate.growth import Growth, growth, reproduction_of_growth
from epiengine.estimate.nowcast import Nowcast, Triangle, nowcast, reporting_triangle
from epiengine.estimate.offspring import Offspring, fit_offspring, share_caused_by_top, share_in_events_of, share_of_cases_causing
from epiengine.estimate.reproduction import Prior, Reproduction, infectivity, reproduction, sliding_windows
from epiengine.estimate.scores import IntervalScore, interval_coverage, interval_score, quantile_coverage, weighted_interval_score
from epiengine.estimate.serial_interval import discretised_serial_interval, mean_interval, sd_interval
from epiengine.estimate.uncertain_interval import TruncatedNormal, reproduction_uncertain, sampled_serial_intervals
from epiengine.estimate.wallinga_teunis import CaseReproduction, wallinga_teunis

__all__ = [
    "CaseReproduction",
    "Control",
    "DelayFit",
    "DelayLaw",
    "EngineError",
    "Figure",
    "Growth",
    "IntervalScore",
    "Nowcast",
    "Offspring",
    "Prior",
    "Reproduction",
    "Triangle",
    "TruncatedNormal",
    "basic_reproduction_number",
    "cluster_size_probability",
    "containment_probability",
    "delay_law",
    "discretised_serial_interval",
    "emergence_probability",
    "epidemic_probability",
    "extinction_probability",
    "final_size",
    "fit_delay",
    "fit_offspring",
    "growth",
    "infectivity",
    "interval_coverage",
    "interval_score",
    "mean_interval",
    "next_generation_matrix",
    "nowcast",
    "quantile_coverage",
    "reporting_triangle",
    "reproduction",
    "reproduction_of_growth",
    "reproduction_uncertain",
    "sampled_serial_intervals",
    "sd_interval",
    "share_caused_by_top",
    "share_in_events_of",
    "share_of_cases_causing",
    "sliding_windows",
    "structured_final_size",
    "wallinga_teunis",
    "weighted_interval_score",
]
