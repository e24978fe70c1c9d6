"""Ensembles: many replicates of several plans, anywhere, with the same answer; and what they say together."""

from epiengine.ensemble.comparison import compare
from epiengine.ensemble.outcome import BANDS, Ensemble, Overrun, difference, overrun, quantiles
from epiengine.ensemble.setting import Setting, replicate_seed

__all__ = ["BANDS", "Ensemble", "Overrun", "Setting", "compare", "difference", "overrun", "quantiles", "replicate_seed"]
