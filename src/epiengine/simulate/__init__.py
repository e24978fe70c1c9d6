"""The epidemic day by day: who is infected, found, isolated and kept at home, in a town or on a user's own network."""

from epiengine.errors import EngineError
from epiengine.simulate.network import Network, network
from epiengine.simulate.person import NO_GROUP, packed
from epiengine.simulate.town import LAYERS, SCHOOL, WORK, Town, by_age, by_group

__all__ = ["LAYERS", "NO_GROUP", "SCHOOL", "WORK", "EngineError", "Network", "Town", "by_age", "by_group", "network", "packed"]
