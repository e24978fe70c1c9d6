"""How a simulation begins: the infected, the isolated, the quarantined, the vaccinated and the immune of day 0."""

from epiengine.simulate.start.start import Imports, Start, seeds

__all__ = ["Imports", "Start", "seeds"]
