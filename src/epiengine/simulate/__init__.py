"""The epidemic day by day: who is infected, found, isolated and kept at home, in a town or on a user's own network."""

from epiengine.errors import EngineError
from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import ByDay, Disease, Efficacy, Step, Vaccine, Variant, Waning
from epiengine.simulate.measures import (
    ALWAYS,
    FOR_EVER,
    PCR,
    UNLIMITED,
    Campaign,
    Checkpoints,
    Closures,
    Cordons,
    Isolation,
    Measure,
    Quarantine,
    StayHome,
    Testing,
    Tracing,
    Trigger,
    Vaccination,
)
from epiengine.simulate.network import Network, network
from epiengine.simulate.person import NO_GROUP, packed
from epiengine.simulate.plan import Plan
from epiengine.simulate.run import advance, begin, simulate
from epiengine.simulate.series import RESOURCES, SERIES, Run, joined
from epiengine.simulate.start import Imports, Start, seeds
from epiengine.simulate.state import State, copy
from epiengine.simulate.town import LAYERS, SCHOOL, WORK, SyntheticPopulation, by_age, by_group

__all__ = [
    "ALWAYS",
    "FOR_EVER",
    "LAYERS",
    "NO_GROUP",
    "PCR",
    "RESOURCES",
    "SCHOOL",
    "SERIES",
    "UNLIMITED",
    "WORK",
    "ByDay",
    "Campaign",
    "Checkpoints",
    "Closures",
    "Cordons",
    "Delay",
    "Disease",
    "Efficacy",
    "EngineError",
    "Imports",
    "Isolation",
    "Measure",
    "Network",
    "Plan",
    "Quarantine",
    "Run",
    "Start",
    "State",
    "StayHome",
    "Step",
    "SyntheticPopulation",
    "Testing",
    "Tracing",
    "Trigger",
    "Vaccination",
    "Vaccine",
    "Variant",
    "Waning",
    "advance",
    "begin",
    "by_age",
    "by_group",
    "copy",
    "joined",
    "network",
    "packed",
    "seeds",
    "simulate",
]
