"""A town's people, built from census figures: ages, households, hamlets, school classes, workplaces, and how they mix."""

from epiengine.simulate.population.build import IN_HAMLET, STAY, build_population
from epiengine.simulate.population.communes import Communes, communes
from epiengine.simulate.population.meetings import elsewhere_meetings, group_meetings, household_meetings

__all__ = ["IN_HAMLET", "STAY", "Communes", "build_population", "communes", "elsewhere_meetings", "group_meetings", "household_meetings"]
