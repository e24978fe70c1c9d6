"""How many cases to expect where and when, given who lives there: indirect standardisation over strata."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from epiengine.errors import EngineError
from epiengine.scan.tables import Float64, counts, finite, quantities, same_shape


def expected_counts(cases: ArrayLike, people: ArrayLike) -> Float64:
    """float64[n, t]: the expected cases, had every stratum (age group, sex, ...) everywhere and always the same rate.

    cases   int[g, n, t]: by stratum, location, interval
    people  float, same shape: population at risk or person-time (`person_days`)
    Each stratum's rate is all its cases over all its people; locations with more people of an affected stratum expect more.
    Raises EngineError for a stratum with cases and nobody in it.
    """
    found, at_risk = counts("cases", cases, dimensions=3), quantities("people", people, dimensions=3)
    same_shape("people", at_risk, leader="cases", shape=found.shape)
    ill, everybody = found.sum(axis=(1, 2)), at_risk.sum(axis=(1, 2))
    if (empty := (ill > 0) & (everybody == 0)).any():
        row = int(np.argmax(empty))
        raise EngineError("people", "nobody", f"somebody in a stratum that has {int(ill[row])} cases", row=row)
    rate = np.divide(ill, everybody, out=np.zeros(ill.size), where=everybody > 0)
    return np.asarray(np.einsum("gnt,g->nt", at_risk, rate))


def person_days(population: ArrayLike, days: ArrayLike, edges: ArrayLike) -> Float64:
    """float64[..., t]: the person-days lived between consecutive edges, when people were counted on a few days only.

    population  float[..., d]: how many there were at the beginning of each of these days
    days        float[d], rising: day numbers; a census of which the year alone is known counts as on 1 July, as in SaTScan
    edges       float[t+1], rising: the first day of each interval, and the day after the last
    Between two counts the number changes in a straight line; before the first and after the last it does not change.
    """
    when, borders = finite("days", days), finite("edges", edges)
    _rising("days", when, least=1)
    _rising("edges", borders, least=2)
    people = np.asarray(population, dtype=np.float64)
    if people.ndim < 1 or people.shape[-1] != when.size:
        raise EngineError("population", f"shape {people.shape}", f"a last dimension of {when.size}, one for each day")
    quantities("population", people.ravel(), dimensions=1)
    return np.asarray(people @ _weights(when, borders))


def _weights(when: Float64, borders: Float64) -> Float64:
    """float64[d, t]: how many days of each interval each count stands for; exact, as every piece is a straight line."""
    knots = np.unique(np.concatenate([when[(when > borders[0]) & (when < borders[-1])], borders]))
    height = np.stack([np.interp(knots, when, unit) for unit in np.eye(when.size)])
    area = np.cumsum(np.diff(knots) * (height[:, 1:] + height[:, :-1]) / 2, axis=1)
    up_to = np.concatenate([np.zeros((when.size, 1)), area], axis=1)[:, np.searchsorted(knots, borders)]
    return np.diff(up_to, axis=1)


def _rising(name: str, column: Float64, *, least: int) -> None:
    if column.size < least:
        raise EngineError(name, f"{column.size} rows", f"at least {least}")
    if (bad := np.diff(column) <= 0).any():
        row = int(np.argmax(bad)) + 1
        raise EngineError(name, float(column[row]), f"after the one before, {column[row - 1]:g}", row=row)
