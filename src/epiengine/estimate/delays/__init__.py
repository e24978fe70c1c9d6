"""Delays between two events of a case: the laws, and their fit to dates that are censored and truncated."""

from epiengine.estimate.delays.families import FAMILIES, DelayLaw, delay_law
from epiengine.estimate.delays.fit import DelayFit, Figure, fit_delay

__all__ = ["FAMILIES", "DelayFit", "DelayLaw", "Figure", "delay_law", "fit_delay"]
