"""The epidemic day by day: who is infected, found, isolated and kept at home, in a town or on a user's own network."""

from epiengine.errors import EngineError
from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import ByDay, Disease, Efficacy, Step, Vaccine, Variant, Waning
from epiengine.simulate.network import Network, network
from epiengine.simulate.person import NO_GROUP, packed
from epiengine.simulate.series import RESOURCES, SERIES, Run, joined
from epiengine.simulate.start import Imports, Start, seeds
from epiengine.simulate.town import LAYERS, SCHOOL, WORK, Town, by_age, by_group

__all__ = [
    "LAYERS",
    "NO_GROUP",
    "RESOURCES",
    "SCHOOL",
    "SERIES",
    "WORK",
    "ByDay",
    "Delay",
    "Disease",
    "Efficacy",
    "EngineError",
    "Imports",
    "Network",
    "Run",
    "Start",
    "Step",
    "Town",
    "Vaccine",
    "Variant",
    "Waning",
    "by_age",
    "by_group",
    "joined",
    "network",
    "packed",
    "seeds",
]
