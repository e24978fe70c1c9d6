"""With the people of which commune a commune's people mix: few from far away, more from large and near ones."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.simulate.population.communes import Communes
from epiengine.simulate.town import Float64

_ROUNDS: Final = 200
_CLOSE_ENOUGH: Final = 1e-12


def commuting(places: Communes, *, stay: float) -> Float64:
    """float64[c, c]: share of the contacts of a commune's people that are with the people of each commune; rows sum to 1.

    stay  share that stays within the commune when there is another one to go to. An assumption of the caller, not a finding.
    The rest goes where the radiation model sends it (Simini, González, Maritan and Barabási, Nature 2012, 484:96, equation 2), which has
    no parameter: from a commune of m people to one of n with s people between them, in proportion to m n / ((m+s)(m+n+s)). Without
    places, in proportion to n. The two ends of a contact agree: people[i] * share[i, j] = people[j] * share[j, i]; to bring that about
    the shares that stay move a little (Sinkhorn and Knopp 1967, symmetric form). To 1e-6 when a fifth or more stays; below that unlike
    communes may find no agreement, and then the rows still sum to 1.
    """
    people = places.population.astype(np.float64)
    if places.count == 1:
        return np.ones((1, 1))
    trips = _trips(people, places.place)
    np.fill_diagonal(trips, 0.0)
    trips *= (1.0 - stay) * people[:, None] / trips.sum(axis=1, keepdims=True)
    meetings = (trips + trips.T) / 2
    np.fill_diagonal(meetings, np.maximum(people - meetings.sum(axis=1), stay * people))
    balanced = _balanced(meetings, people)
    return np.asarray(balanced / balanced.sum(axis=1, keepdims=True))


def _trips(people: Float64, place: Float64 | None) -> Float64:
    if place is None:
        return np.repeat(people[None, :], people.size, axis=0)
    between = _people_between(people, place)
    here, there = people[:, None], people[None, :]
    return np.asarray(here * there / ((here + between) * (here + there + between)))


def _people_between(people: Float64, place: Float64) -> Float64:
    """float64[c, c]: people of other communes nearer to the first than the second is."""
    away = np.hypot(*(place[:, None, :] - place[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(away, -1.0)
    order = np.argsort(away, axis=1, kind="stable")
    passed = np.cumsum(people[order], axis=1) - people[order]
    between = np.empty_like(away)
    np.put_along_axis(between, order, passed - people[:, None], axis=1)
    return np.asarray(np.maximum(between, 0.0))


def _balanced(meetings: Float64, people: Float64) -> Float64:
    """The symmetric matrix nearest in shape whose rows sum to the people."""
    factor = np.ones(people.size)
    for _ in range(_ROUNDS):
        off = people / (factor * (meetings @ factor))
        factor *= np.sqrt(off)
        if float(np.abs(off - 1).max()) < _CLOSE_ENOUGH:
            break
    return np.asarray(factor[:, None] * meetings * factor[None, :])
