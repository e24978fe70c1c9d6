"""Whom the people of a built town can meet, by age and setting: what the contact matrices of Prem et al. are compared with."""

from __future__ import annotations

import numpy as np

from epiengine.arrays import Int64
from epiengine.simulate.person import BANDS
from epiengine.simulate.town import Float64, SyntheticPopulation


def household_meetings(town: SyntheticPopulation) -> Float64:
    """float64[16, 16]: how many people of each age (columns) live with a person of each age (rows), on average."""
    first = np.flatnonzero(town.household_first() == np.arange(town.people))
    table = _ages_within(np.append(first, town.people), np.arange(town.people), town)
    return _per_person(table.T @ table - np.diag(table.sum(axis=0)), town)


def group_meetings(town: SyntheticPopulation, *, kind: int) -> Float64:
    """float64[16, 16]: with whom a person's one contact in their class (SCHOOL) or at their workplace (WORK) would be, by age.

    A row sums to the share of that age who have such a group: everybody in it is as likely to be met as any other.
    """
    table = _ages_within(town.group_start.astype(np.int64), town.group_member.astype(np.int64), town)[town.group_kind == kind]
    others = np.maximum(table.sum(axis=1, keepdims=True) - 1, 1)
    return _per_person(table.T @ (table / others) - np.diag((table / others).sum(axis=0)), town)


def elsewhere_meetings(town: SyntheticPopulation, *, in_hamlet: float) -> Float64:
    """float64[16, 16]: with whom one contact in hamlet or community would be; a row sums to the liveliness of the age.

    in_hamlet  share of these contacts that are made in the hamlet, as given to `build_population`
    """
    table = _ages_within(town.hamlet_start, np.arange(town.people), town)
    others = np.maximum(table.sum(axis=1, keepdims=True) - 1, 1)
    neighbours = _per_person(table.T @ (table / others) - np.diag((table / others).sum(axis=0)), town)
    return np.asarray(in_hamlet * neighbours + (1 - in_hamlet) * town.mixing)


def _ages_within(start: Int64, member: Int64, town: SyntheticPopulation) -> Float64:
    """float64[sets, 16]: how many of each age in each set of people."""
    sets = np.repeat(np.arange(start.size - 1), np.diff(start))
    counts = np.bincount(sets * BANDS + town.ages()[member], minlength=(start.size - 1) * BANDS)
    return counts.reshape(-1, BANDS).astype(np.float64)


def _per_person(pairs: Float64, town: SyntheticPopulation) -> Float64:
    return np.asarray(pairs / np.maximum(np.bincount(town.ages(), minlength=BANDS), 1)[:, None])
