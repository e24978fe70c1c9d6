"""From what papers tell (a reproduction number, a share of the household infected) to what the engine asks: rates by layer of a town."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from epiengine.errors import EngineError
from epiengine.simulate.population.build import IN_HAMLET
from epiengine.simulate.population.contacts import AT_SCHOOL, AT_WORK, ELSEWHERE
from epiengine.simulate.population.vietnam import ATTENDANCE, HOUSEHOLDS_BY_SIZE, PEOPLE_BY_AGE, SCHOOL_FROM
from epiengine.simulate.population.workplaces import WORKING
from epiengine.simulate.town import Float64

_SHARE: Final = PEOPLE_BY_AGE / PEOPLE_BY_AGE.sum()
_SIZES: Final = np.arange(1, HOUSEHOLDS_BY_SIZE.size + 1)

#: With how many others the average person lives: 27 communes of Hà Nội, census 2019, "7 and more" counted as 9.
HOUSEMATES: Final = float(HOUSEHOLDS_BY_SIZE @ (np.append(_SIZES[:-1], 9) * (np.append(_SIZES[:-1], 9) - 1.0)) / 569_269)


def _in_class() -> float:
    """Share of all people who are pupils or teach them, as the towns of this engine are built: two adults to about 33 children."""
    by_age = np.array([PEOPLE_BY_AGE[age // 5] / 5 for age in range(SCHOOL_FROM, SCHOOL_FROM + ATTENDANCE.size)])
    return float(by_age @ ATTENDANCE / PEOPLE_BY_AGE.sum() * (1 + 2 / 33))


#: Shares of all people who have a class and a workplace with somebody else in it (of those who would work 14% teach or end up alone).
IN_CLASS: Final = _in_class()
AT_WORKPLACE: Final = float(0.86 * _SHARE @ WORKING)


def rates(
    *, reproduction: float, household_attack: float, days: float, dispersion: float = math.inf, susceptibility: Float64 | None = None
) -> dict[str, float]:
    """Transmission by layer of a `SyntheticPopulation`, so that the average infected person infects `reproduction` others at the start.

    reproduction      others infected by one, where nobody is immune, all layers together
    household_attack  share of the other members of a household whom one infected member infects directly
    days              weighted infectious days of the average course: sum of the profile's weights times the relative infectiousness
    dispersion        k of the individual infectiousness: the household attack is 1 - (1 + h days / k)^-k, and 1 - exp(-h days) without
    susceptibility    float64[16] by age band, or None: all alike; the rates are raised so that the averages hold all the same
    Outside the household every contact a day of Prem et al. 2021 carries alike: school, work and elsewhere share what is left of the
    reproduction number as their contacts are shared (for classes and workplaces: among those who have one). An average of people, not of
    the typical infected (the dominant eigenvalue): that one is somewhat higher, the more so the more unlike people are.
    """
    if not 0 <= household_attack < 1:
        raise EngineError("household_attack", household_attack, "0 to below 1")
    outside = reproduction - household_attack * HOUSEMATES
    if not (outside >= 0 and days > 0):
        raise EngineError("reproduction", reproduction, f"at least what the household alone makes: {household_attack * HOUSEMATES:.3g}")
    taken = 1.0 if susceptibility is None else float(_SHARE @ susceptibility)
    contacts = [float(_SHARE @ each) for each in (AT_SCHOOL, AT_WORK.sum(axis=1), ELSEWHERE.sum(axis=1))]
    school, work, elsewhere = (outside * each / sum(contacts) / days / taken for each in contacts)
    return {
        "household": _pressure(household_attack, dispersion) / days / taken,
        "school": school / IN_CLASS,
        "work": work / AT_WORKPLACE,
        "hamlet": elsewhere * IN_HAMLET,
        "community": elsewhere * (1 - IN_HAMLET),
    }


def _pressure(attack: float, dispersion: float) -> float:
    """The mean number of infectious contacts that infects this share, when their number varies between people with this k."""
    if math.isinf(dispersion):
        return -math.log1p(-attack)
    return dispersion * math.expm1(-math.log1p(-attack) / dispersion)
