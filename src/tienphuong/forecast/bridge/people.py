"""The people of a study as the engine builds them."""

from collections.abc import Sequence

import numpy as np

from epiengine.simulate import SyntheticPopulation
from epiengine.simulate.population import build_population, communes
from tienphuong.forecast.entries import CommuneEntry

# the town is the same whatever the seed of the runs: plans and replicates differ by what happens in it
TOWN_SEED = 1
KM_PER_DEGREE = 111.2


def town_of(communes_of: Sequence[CommuneEntry]) -> SyntheticPopulation:
    """The people of the communes."""
    households = [commune.household_sizes for commune in communes_of]
    place = None
    if all(commune.latitude is not None and commune.longitude is not None for commune in communes_of):
        degrees = np.array([(commune.longitude, commune.latitude) for commune in communes_of], dtype=np.float64)
        place = degrees * KM_PER_DEGREE * [np.cos(np.radians(degrees[:, 1].mean())), 1.0]
    known = communes([commune.population for commune in communes_of], households=households if all(households) else None, place=place)
    return build_population(known, seed=TOWN_SEED)
