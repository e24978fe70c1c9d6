"""How many are infected in the end if nothing is done: one mixing population, or groups that meet by a next-generation matrix.

Kermack & McKendrick, Proc R Soc A 1927;115:700; with groups: Andreasen, Bull Math Biol 2011;73:2305; Diekmann, Heesterbeek & Roberts, J R Soc Interface 2010;7:873.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import lambertw

from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, real, reals, refuse_where

ROUNDS: Final = 10_000
SETTLED: Final = 1e-13


def final_size(r0: float, *, susceptible: float | None = None, seeded: float = 0.0) -> float:
    """The share of the susceptible who are infected in the end: z = 1 - exp(-r0 (susceptible z + seeded)), the largest root.

    r0           infections by one case if everybody were susceptible
    susceptible  the share of the population that can be infected at the start, all but the seeded by default;  seeded  the share infected from outside
    In closed form by Lambert's W. 0 below the threshold. Error below 1e-12. Raises EngineError for values out of range.
    """
    r0 = real("r0", r0, low=0.0, high=1e6)
    seeds = real("seeded", seeded, low=0.0, high=1.0)
    able = 1 - seeds if susceptible is None else real("susceptible", susceptible, low=0.0, high=1.0)
    if able + seeds > 1 + 1e-12:
        raise EngineError("seeded", seeds, f"at most what is not susceptible: {1 - able:g}")
    reach = r0 * able
    if reach == 0:
        return float(-np.expm1(-r0 * seeds))
    if reach <= 1 and seeds == 0:
        return 0.0
    size = 1 + float(lambertw(-reach * np.exp(-reach - r0 * seeds)).real) / reach
    # near the threshold W loses half of its digits: two steps of Newton's give them back
    for _ in range(2):
        size = float(_newton(np.array([[reach]]), np.array([r0 * seeds]), np.array([size]))[0])
    return float(np.clip(size, 0.0, 1.0))


def structured_final_size(
    next_generation: ArrayLike, population: ArrayLike, *, susceptible: ArrayLike | None = None, seeded: ArrayLike | None = None
) -> Float:
    """float64[g]: the share of the susceptible of each group who are infected in the end, the largest solution of

        z[i] = 1 - exp(-sum over j of next_generation[i, j] (susceptible[j] z[j] + seeded[j]) population[j] / population[i])

    next_generation  [g, g]: people of group i whom one case of group j would infect if everybody were susceptible
    population [g] above 0;  seeded [g] shares infected from outside, none by default;  susceptible [g] shares, all but the seeded by default
    Raises EngineError for wrong shapes and ranges.
    """
    people = reals("population", population, low=0.0)
    refuse_where("population", people, people <= 0, "above 0")
    matrix = _matrix(next_generation, groups=people.size)
    seeds = _shares("seeded", seeded, default=np.zeros(people.size))
    able = _shares("susceptible", susceptible, default=1 - seeds)
    refuse_where("seeded", seeds, able + seeds > 1 + 1e-12, "at most what is not susceptible")
    force = matrix * people[None, :] / people[:, None]
    if basic_reproduction_number(force * able[None, :]) <= 1 and not seeds.any():
        return np.zeros(people.size)
    return _largest_solution(force * able[None, :], force @ seeds)


def basic_reproduction_number(next_generation: ArrayLike) -> float:
    """R0: the largest eigenvalue of the next-generation matrix (its modulus; real and attained, the matrix being not negative)."""
    return float(np.abs(np.linalg.eigvals(_matrix(next_generation, groups=None))).max())


def next_generation_matrix(contacts: ArrayLike, *, r0: float, susceptibility: ArrayLike | None = None) -> Float:
    """float64[g, g]: infections of group i by one case of group j, proportional to contacts[j, i] (of one person of j, with people of i), scaled to this R0.

    susceptibility [g]: of a person of each group, relative; all equal by default. Raises EngineError if nobody meets anybody.
    """
    meetings = _matrix(contacts, groups=None)
    relative = np.ones(meetings.shape[0]) if susceptibility is None else reals("susceptibility", susceptibility, low=0.0)
    if relative.size != meetings.shape[0]:
        raise EngineError("susceptibility", f"{relative.size} groups", f"as many groups as contacts: {meetings.shape[0]}")
    shape = meetings.T * relative[:, None]
    if (scale := basic_reproduction_number(shape)) == 0:
        raise EngineError("contacts", "no chain of contacts", "a matrix by which an infection can return to a group")
    return np.asarray(shape * real("r0", r0, low=0.0) / scale)


def _largest_solution(force: Float, outside: Float) -> Float:
    """From everybody infected downwards: the iteration falls to the largest solution, Newton's step makes it quick near the threshold."""
    infected = np.ones(force.shape[0])
    for _ in range(ROUNDS):
        nearer = -np.expm1(-(force @ infected + outside))
        step = _newton(force, outside, nearer)
        # Newton's step from above stays above the largest solution; where it does not, the plain step is taken
        taken = step if bool(((step <= nearer) & (step >= 0)).all()) else nearer
        if np.abs(taken - infected).max() < SETTLED:
            return taken
        infected = taken
    return infected


def _newton(force: Float, outside: Float, infected: Float) -> Float:
    struck = -np.expm1(-(force @ infected + outside))
    slope = np.eye(infected.size) - (1 - struck)[:, None] * force
    try:
        return np.asarray(infected - np.linalg.solve(slope, infected - struck))
    except np.linalg.LinAlgError:
        return np.full_like(infected, np.nan)


def _matrix(values: ArrayLike, *, groups: int | None) -> Float:
    matrix = reals("next_generation", values, low=0.0, axes=(2,))
    size = matrix.shape[0] if groups is None else groups
    if size == 0 or matrix.shape != (size, size):
        raise EngineError("next_generation", f"shape {matrix.shape}", f"a square of {size or 'at least one'} groups")
    return matrix


def _shares(name: str, values: ArrayLike | None, *, default: Float) -> Float:
    shares = default if values is None else reals(name, values, low=0.0, high=1.0)
    if shares.size != default.size:
        raise EngineError(name, f"{shares.size} groups", f"as many groups as population: {default.size}")
    return shares
