"""Clusters: Kulldorff's scan statistics in space and time, and Knox's test.

Locations and intervals are numbered from 0 by the caller; counts come as arrays by location, or by location and interval.
"""

from epiengine.errors import EngineError
from epiengine.scan.clusters import Cluster, Scan, recurrence_interval
from epiengine.scan.expected import expected_counts, person_days
from epiengine.scan.knox import Knox, knox
from epiengine.scan.models import scan_bernoulli, scan_permutation, scan_poisson
from epiengine.scan.places import EARTH_KM, Places, on_earth, on_plane
from epiengine.scan.score import log_likelihood_ratio
from epiengine.scan.trials import NullScores, Trials
from epiengine.scan.windows import Windows

__all__ = [
    "EARTH_KM",
    "Cluster",
    "EngineError",
    "Knox",
    "NullScores",
    "Places",
    "Scan",
    "Trials",
    "Windows",
    "expected_counts",
    "knox",
    "log_likelihood_ratio",
    "on_earth",
    "on_plane",
    "person_days",
    "recurrence_interval",
    "scan_bernoulli",
    "scan_permutation",
    "scan_poisson",
]
