"""Contact tracing over arrays: degrees, their reasons, local recomputation, pictures, trees and meetings.

People, contacts and places are numbered from 0 by the caller; time is int32 minutes since 1970-01-01 UTC.
"""

from epiengine.arrays import EARLIEST, LATEST
from epiengine.errors import EngineError
from epiengine.tracing.degree import Chain, Degrees, chain_to, degrees
from epiengine.tracing.exposure import Meetings, match_exposures
from epiengine.tracing.graph import ContactGraph, contact_graph
from epiengine.tracing.levels import Improvements, Seeds
from epiengine.tracing.local import LocalDegrees, affected, boundary, recompute_local
from epiengine.tracing.surroundings import Neighbourhood, neighbourhood
from epiengine.tracing.tree import TransmissionTree, top_infectors, transmission_tree

__all__ = [
    "EARLIEST",
    "LATEST",
    "Chain",
    "ContactGraph",
    "Degrees",
    "EngineError",
    "Improvements",
    "LocalDegrees",
    "Meetings",
    "Neighbourhood",
    "Seeds",
    "TransmissionTree",
    "affected",
    "boundary",
    "chain_to",
    "contact_graph",
    "degrees",
    "match_exposures",
    "neighbourhood",
    "recompute_local",
    "top_infectors",
    "transmission_tree",
]
