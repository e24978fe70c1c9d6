"""The course of one infection: a pure function of (seed, person, day infected), so it is drawn anew wherever it is needed and never stored.

Only which way it takes (its path: three bits) is kept, because that depends on doses and variant at the time.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from epiengine.jit import inner, jit
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.model import (
    ASYMPTOMATIC,
    CRITICAL,
    LATENT,
    MILD,
    PRESYMPTOMATIC,
    SEVERE,
    TO_CRITICAL,
    TO_DEATH,
    TO_SEVERE,
    Model,
)

NEVER: Final = 1 << 30
WITHOUT_SYMPTOMS, MILD_PATH, SEVERE_PATH, CRITICAL_PATH, FATAL_PATH = range(5)
_COURSE: Final = int(Purpose.COURSE)
_2: Final = word(2)
_12: Final = word(12)
_22: Final = word(22)
_TEN_BITS: Final = word(1023)


class Course(NamedTuple):
    """Days on which a person becomes infectious, ill, severely ill, critical; and on which it ends, with recovery or death."""

    infectious: int
    onset: int
    severe: int
    critical: int
    end: int


@jit
def path_of(model: Model, seed: int, person: int, day: int, age: int, severity: float) -> int:
    """Which way an infection of that day takes; `severity` multiplies the probability of severe disease (variant, vaccine)."""
    a, b, c, d = philox(seed, _COURSE, person, day, 0, 0)
    if unit(a) >= model.symptomatic[age]:
        return WITHOUT_SYMPTOMS
    if unit(b) >= model.severe[age] * severity:
        return MILD_PATH
    if unit(c) >= model.critical[age]:
        return SEVERE_PATH
    return CRITICAL_PATH if unit(d) >= model.fatal[age] else FATAL_PATH


@jit
def course_of(model: Model, seed: int, person: int, day: int, path: int) -> Course:
    """Its days. Who is infected today is infectious tomorrow at the earliest."""
    a, b, c, _ = philox(seed, _COURSE, person, day, 1, 0)
    delay = model.delay
    infectious = day + max(1, whole(delay[LATENT, _upper(a)]))
    if path == WITHOUT_SYMPTOMS:
        return Course(infectious, NEVER, NEVER, NEVER, infectious + whole(delay[ASYMPTOMATIC, _middle(a)]))
    onset = infectious + whole(delay[PRESYMPTOMATIC, _middle(a)])
    if path == MILD_PATH:
        return Course(infectious, onset, NEVER, NEVER, onset + whole(delay[MILD, _lower(a)]))
    severe = onset + whole(delay[TO_SEVERE, _upper(b)])
    if path == SEVERE_PATH:
        return Course(infectious, onset, severe, NEVER, severe + whole(delay[SEVERE, _middle(b)]))
    critical = severe + whole(delay[TO_CRITICAL, _lower(b)])
    last = delay[TO_DEATH, _middle(c)] if path == FATAL_PATH else delay[CRITICAL, _upper(c)]
    return Course(infectious, onset, severe, critical, critical + whole(last))


@jit
def total_weight(model: Model, days: int) -> float:
    """Summed infectiousness of somebody who is infectious for so many days."""
    if days <= 0:
        return 0.0
    if not model.is_step:
        return model.weight_sum[min(days, model.weight_sum.size - 1)]  # type: ignore[no-any-return]
    high = high_days(model, days)
    return model.step[3] * (high * model.step[0] + (days - high))  # type: ignore[no-any-return]


@inner
def high_days(model: Model, days: int) -> int:
    """How many of the infectious days are of the high kind (Step): those that begin within the share, or within its longest."""
    return min(days, int(np.ceil(min(model.step[1] * days, model.step[2]))))


@jit
def infectious_day(model: Model, days: int, at: float) -> int:
    """Which infectious day (0, 1...) lies at this share (0 to 1) of the summed infectiousness."""
    if model.is_step:
        high = high_days(model, days)
        share = high * model.step[0] / (high * model.step[0] + (days - high))
        if at < share:
            return int(at / share * high)
        return min(days - 1, high + int((at - share) / (1.0 - share) * (days - high)))
    summed = model.weight_sum
    wanted = at * summed[min(days, summed.size - 1)]
    low, high = 0, min(days, summed.size - 1) - 1
    while low < high:
        middle = (low + high) // 2
        if summed[middle + 1] > wanted:
            high = middle
        else:
            low = middle + 1
    return low


@jit
def day_weight(model: Model, days: int, which: int) -> float:
    """Infectiousness on one infectious day (0, 1...)."""
    if model.is_step:
        return model.step[3] * (model.step[0] if which < high_days(model, days) else 1.0)  # type: ignore[no-any-return]
    if which + 1 >= model.weight_sum.size:
        return 0.0
    return model.weight_sum[which + 1] - model.weight_sum[which]  # type: ignore[no-any-return]


@inner
def _upper(drawn: Any) -> Any:
    return drawn >> _22


@inner
def _middle(drawn: Any) -> Any:
    return (drawn >> _12) & _TEN_BITS


@inner
def _lower(drawn: Any) -> Any:
    return (drawn >> _2) & _TEN_BITS
