"""The measures a plan is made of, one file each. A plan is a tuple of them, in the order in which they are asked."""

from epiengine.simulate.measures.checkpoints import Checkpoints
from epiengine.simulate.measures.closures import Closures
from epiengine.simulate.measures.cordons import Cordons
from epiengine.simulate.measures.isolation import Isolation
from epiengine.simulate.measures.laboratory import ALWAYS, PCR, Campaign, Testing
from epiengine.simulate.measures.measure import FOR_EVER, UNLIMITED, Measure, Trigger
from epiengine.simulate.measures.quarantine import Quarantine
from epiengine.simulate.measures.stay_home import StayHome
from epiengine.simulate.measures.tracing import Tracing
from epiengine.simulate.measures.vaccination import Vaccination

__all__ = [
    "ALWAYS",
    "FOR_EVER",
    "PCR",
    "UNLIMITED",
    "Campaign",
    "Checkpoints",
    "Closures",
    "Cordons",
    "Isolation",
    "Measure",
    "Quarantine",
    "StayHome",
    "Testing",
    "Tracing",
    "Trigger",
    "Vaccination",
]
