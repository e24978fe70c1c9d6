"""The communes a town is built from: how many people, in households of what size, of what age, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from epiengine.arrays import Int64
from epiengine.errors import EngineError
from epiengine.simulate.person import BANDS, LARGEST_HOUSEHOLD, MOST_PEOPLE
from epiengine.simulate.population.vietnam import HOUSEHOLDS_BY_SIZE, PEOPLE_BY_AGE
from epiengine.simulate.town import Float64

#: Columns of `Communes.households`: households of 1, 2, ..., 15 people.
SIZES: Final[Int64] = np.arange(1, LARGEST_HOUSEHOLD + 1)


@dataclass(frozen=True, eq=False)
class Communes:
    """c communes, every one with people in it.

    population  int64[c]
    households  int64[c, 15]: how many households of 1, 2, ..., 15 people; times their size they make the population exactly
    ages        float64[c, 16]: share of each five-year band, the last one open; rows sum to 1
    place       float64[c, 2] or None: east and north of the middle of each, kilometres, from any origin
    """

    population: Int64
    households: Int64
    ages: Float64
    place: Float64 | None

    @property
    def count(self) -> int:
        return int(self.population.size)


def communes(
    population: ArrayLike, *, households: ArrayLike | None = None, ages: ArrayLike | None = None, place: ArrayLike | None = None
) -> Communes:
    """The communes of these census figures.

    population  int[c], at least 1 each
    households  number[c, k]: how many households of 1, ..., k-1, and of k and more people, k up to 15. People the counts leave over
                live in the households of the open class, as evenly as can be, and beyond 15 to a household in households of their
                own (a dormitory, a barracks). None: the sizes of 27 communes of Hà Nội, census 2019.
    ages        number[c, 16] or number[16]: people or shares by five-year band. None: Viet Nam 2020.
    place       number[c, 2]: kilometres east and north; None when unknown, then distance plays no part
    Raises EngineError for empty communes, more people in households than in the commune, NaN, and shapes that do not fit.
    """
    people = _counts("population", population, dimensions=1, low=1)
    if not people.size >= 1 or int(people.sum()) > MOST_PEOPLE:
        raise EngineError("population", int(people.sum()), f"at least one commune and at most {MOST_PEOPLE} people together")
    counts = _usual_households(people) if households is None else _counts("households", households, dimensions=2, low=0)
    if counts.shape[0] != people.size or not 1 <= counts.shape[1] <= LARGEST_HOUSEHOLD:
        raise EngineError("households", counts.shape, f"one row per commune ({people.size}) and 1 to {LARGEST_HOUSEHOLD} sizes")
    return Communes(
        population=people,
        households=_all_housed(counts, people),
        ages=_shares(PEOPLE_BY_AGE if ages is None else ages, count=people.size),
        place=None if place is None else _places(place, count=people.size),
    )


def _counts(name: str, values: ArrayLike, *, dimensions: int, low: int) -> Int64:
    given = np.asarray(values)
    if given.ndim != dimensions or given.dtype.kind not in "iuf":
        raise EngineError(name, f"{given.ndim} dimensions of {given.dtype}", f"numbers in {dimensions} dimensions")
    if bool((bad := ~((given >= low) & (given <= MOST_PEOPLE) & (given == np.floor(given)))).any()):
        row = int(np.argwhere(bad)[0, 0])
        raise EngineError(name, given[row].tolist(), f"whole numbers from {low} to {MOST_PEOPLE}", row=row)
    return given.astype(np.int64)


def _usual_households(people: Int64) -> Int64:
    """As many households of each size as the 27 communes have for their people, rounded down: what is left over is housed later."""
    sizes = np.arange(1, HOUSEHOLDS_BY_SIZE.size + 1)
    per_person = HOUSEHOLDS_BY_SIZE / 569_269  # the census population of the 27 communes, more than sizes times counts
    counts = np.floor(people[:, None] * per_person).astype(np.int64)
    return np.where((counts @ sizes <= people)[:, None], counts, 0)


def _all_housed(counts: Int64, people: Int64) -> Int64:
    """int64[c, 15]: the households with everybody in one."""
    left = people - counts @ np.arange(1, counts.shape[1] + 1)
    if bool((left < 0).any()):
        row = int(np.argmax(left < 0))
        raise EngineError("population", int(people[row]), f"at least the people of its households: {int((people - left)[row])}", row=row)
    housed = np.zeros((people.size, LARGEST_HOUSEHOLD), dtype=np.int64)
    housed[:, : counts.shape[1]] = counts
    for row in np.flatnonzero(left).tolist():
        _house(housed[row], int(left[row]), smallest=counts.shape[1])
    return housed


def _house(housed: Int64, left: int, *, smallest: int) -> None:
    """Finds room for those left over: in the households of the open class, then in new ones of 15 and one of the rest."""
    large = int(housed[smallest - 1])
    grown = min(left, large * (LARGEST_HOUSEHOLD - smallest))
    if grown:
        each, more = divmod(grown, large)
        housed[smallest - 1] = 0
        housed[smallest - 1 + each] += large - more
        if more:
            housed[smallest + each] += more
    full, rest = divmod(left - grown, LARGEST_HOUSEHOLD)
    housed[-1] += full
    if rest:
        housed[rest - 1] += 1


def _shares(values: ArrayLike, *, count: int) -> Float64:
    given = np.asarray(values, dtype=np.float64)
    if given.shape not in ((BANDS,), (count, BANDS)):
        raise EngineError("ages", given.shape, f"({BANDS},) or ({count}, {BANDS})")
    table = np.broadcast_to(given, (count, BANDS))
    if bool((bad := ~(np.isfinite(table).all(axis=1) & (table >= 0).all(axis=1) & (table.sum(axis=1) > 0))).any()):
        row = int(np.argmax(bad))
        raise EngineError("ages", table[row].tolist(), "people or shares of 0 or more, not all of them 0", row=row)
    return np.asarray(table / table.sum(axis=1, keepdims=True))


def _places(values: ArrayLike, *, count: int) -> Float64:
    given = np.asarray(values, dtype=np.float64)
    if given.shape != (count, 2):
        raise EngineError("place", given.shape, f"({count}, 2)")
    if bool((bad := ~np.isfinite(given).all(axis=1)).any()):
        row = int(np.argmax(bad))
        raise EngineError("place", given[row].tolist(), "kilometres east and north", row=row)
    return given
