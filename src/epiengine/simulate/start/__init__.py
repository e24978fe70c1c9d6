"""How a simulation begins: the infected, the isolated, the quarantined, the vaccinated and the immune of day 0."""

from epiengine.simulate.start.back_calculation import Infections, delay_days, infections_of
from epiengine.simulate.start.line_list import UNKNOWN, LineList
from epiengine.simulate.start.start import Imports, Start, check_variants, seeds
from epiengine.simulate.start.today import back_calculated, from_line_list, starts

__all__ = [
    "UNKNOWN",
    "Imports",
    "Infections",
    "LineList",
    "Start",
    "back_calculated",
    "check_variants",
    "delay_days",
    "from_line_list",
    "infections_of",
    "seeds",
    "starts",
]
