"""Random tables of communes: small, uneven, with large households and odd ages."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from epiengine.jit import COMPILED
from epiengine.simulate.population import Communes, communes
from epiengine.simulate.population.vietnam import HOUSEHOLDS_BY_SIZE

#: The sizes of the figures of this file are small enough for kernels that run as plain Python.
SCALE = 1 if COMPILED else 8


@st.composite
def tables(draw: st.DrawFn, *, most_people: int = 1600) -> Communes:
    count = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(st.integers(0, 12), min_size=7, max_size=7), min_size=count, max_size=count))
    households = np.array(rows)
    over = np.array(draw(st.lists(st.integers(0, 40), min_size=count, max_size=count)))
    population = np.clip(households @ np.arange(1, 8) + over, 1, most_people)
    ages = draw(st.lists(st.floats(0.01, 1), min_size=16, max_size=16))
    place = draw(st.one_of(st.none(), st.just(np.random.default_rng(count).uniform(0, 20, (count, 2)))))
    return communes(population, households=households, ages=ages, place=place)


def district(people: int, *, count: int = 5, seed: int = 3) -> Communes:
    """Communes of unlike size with the households of the census and Viet Nam's ages."""
    rng = np.random.default_rng(seed)
    share = rng.uniform(0.5, 1.5, count)
    population = np.floor(people * share / share.sum()).astype(int)
    households = np.floor(population[:, None] * HOUSEHOLDS_BY_SIZE / 569_269).astype(int)
    return communes(population, households=households, place=rng.uniform(0, 12, (count, 2)))
