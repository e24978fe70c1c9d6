"""A plan as the kernels see it: each of its measures a row of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Int64
from epiengine.errors import EngineError
from epiengine.simulate.measures.cordons import LASTS as LASTING
from epiengine.simulate.measures.cordons import WITHIN as WITHIN_DAYS
from epiengine.simulate.measures.isolation import DAYS, Isolation
from epiengine.simulate.measures.laboratory import WITH_SYMPTOMS, WITHOUT
from epiengine.simulate.measures.measure import (
    ACTIVITIES,
    CORDON,
    ISOLATION,
    NUMBERS,
    PLACES,
    QUARANTINE,
    ROUNDS,
    SENSITIVE_DAYS,
    TESTING,
    VACCINATION,
    Measure,
    Row,
)
from epiengine.simulate.measures.quarantine import DAYS_OF_F1, DAYS_OF_F2, Quarantine
from epiengine.simulate.measures.vaccination import INTERVAL
from epiengine.simulate.seeking import Seeking
from epiengine.simulate.series import FLOWS, RESOURCES, SERIES
from epiengine.simulate.town import Float64, UInt8

Plan = tuple[Measure, ...]

# whom the start tells as isolated or quarantined is kept from these contacts until a measure of the plan takes over
_ALL: Final = {"*": 1.0}
_MOST: Final = {"*": 0.8}
_AT_START: Final = Isolation(prevents_facility=_ALL, prevents_home=_MOST)

MOST_MEASURES: Final = 200
NO_ROUND: Final = -1
_GROUPED: Final = ("school", "work")
#: Where each kind tells days that lie ahead.
_LENGTHS: Final = {
    ISOLATION: (DAYS,),
    QUARANTINE: (DAYS_OF_F1, DAYS_OF_F2),
    CORDON: (WITHIN_DAYS, LASTING),
    VACCINATION: (INTERVAL,),
}
# columns of a trigger; -1 in the first for a measure without one
SERIES_COLUMN, AT_LEAST, WITHIN, EACH, LASTS = range(5)


class Tables(NamedTuple):
    """m measures in the order of the plan, and behind them the two rows for people whom the start puts into isolation and quarantine.

    kind         int64[m+2];  start, end  int64[m]
    area         uint8[m, communes]
    trigger      float64[m, 5]: see the names above;  is_flow  uint8[series]
    keeps        float64[m+2, 3, layers]: share of contacts that remains; what the three are is told in the measure's file
    number       float64[m+2, 12]: by the column names of the measure's file
    sensitivity  float64[m+2, 64]: by days since infection
    trace        float64[m+2, layers, 2]: probability, delay
    rounds       int64[m+2, 8]: days, NO_ROUND behind the last
    needs        float64[m+2, 3, resources]: for a unit of each activity
    """

    kind: Int64
    start: Int64
    end: Int64
    area: UInt8
    trigger: Float64
    is_flow: UInt8
    keeps: Float64
    number: Float64
    sensitivity: Float64
    trace: Float64
    rounds: NDArray[np.int64]
    needs: Float64


def tables_of(plan: Plan, *, layers: tuple[str, ...], communes: int) -> Tables:
    """The plan in numbers. Measures of strength 0 are left out. Raises EngineError for unknown layers, communes, too many measures."""
    measures = [measure for measure in plan if measure.strength > 0]
    if len(measures) > MOST_MEASURES:
        raise EngineError("plan", f"{len(measures)} measures", f"at most {MOST_MEASURES}")
    rows = [measure.row() for measure in measures] + [
        _AT_START.row(),
        Quarantine(prevents_centre=_ALL, prevents_home=_MOST, prevents_second=_MOST).row(),
    ]
    return Tables(
        kind=np.array([row.kind for row in rows], dtype=np.int64),
        start=np.array([measure.start for measure in measures], dtype=np.int64),
        end=np.array([measure.end for measure in measures], dtype=np.int64),
        area=_areas(measures, communes=communes),
        trigger=np.array([_trigger(measure) for measure in measures], dtype=np.float64).reshape(-1, 5),
        is_flow=np.array([name in FLOWS for name in SERIES], dtype=np.uint8),
        keeps=np.array([_keeps(row, layers) for row in rows]),
        number=np.array([_padded(row.numbers, NUMBERS, 0.0) for row in rows], dtype=np.float64),
        sensitivity=np.array([_padded(row.sensitivity, SENSITIVE_DAYS, row.sensitivity[-1]) for row in rows], dtype=np.float64),
        trace=np.array([_traced(row, layers) for row in rows], dtype=np.float64),
        rounds=np.array([_padded(row.rounds, ROUNDS, NO_ROUND) for row in rows], dtype=np.int64),
        needs=np.array([_needs(row) for row in rows]),
    )


def seeking_of(tables: Tables) -> Seeking:
    """The largest daily probabilities of being tested that the plan ever has."""
    rows = tables.number[tables.kind == TESTING]
    return Seeking(float(rows[:, WITH_SYMPTOMS].max(initial=0.0)), float(rows[:, WITHOUT].max(initial=0.0)))


def farthest(tables: Tables) -> int:
    """More days than any measure looks ahead."""
    days = [30, int(tables.rounds.max(initial=0))]
    for kind, columns in _LENGTHS.items():
        days += [int(tables.number[tables.kind == kind, column].max(initial=0)) for column in columns]
    return max(days) + int(tables.trace[:, :, 1].max(initial=0)) + 2


def by_layer(name: str, given: Mapping[str, float], layers: tuple[str, ...], *, default: float) -> list[float]:
    """One number per layer; "group" stands for school and work where there is no such layer, "*" for every layer that is not named."""
    given_settings = dict(given)
    default = given_settings.pop("*", default)
    if "group" in given_settings and "group" not in layers:
        given_settings = {**dict.fromkeys(_GROUPED, given_settings.pop("group")), **given_settings}
    if stray := [layer for layer in given_settings if layer not in layers]:
        raise EngineError(name, stray[0], f"layers of the world: {', '.join(layers)}")
    return [given_settings.get(layer, default) for layer in layers]


def _areas(measures: list[Measure], *, communes: int) -> UInt8:
    area = np.zeros((len(measures), communes), dtype=np.uint8)
    for at, measure in enumerate(measures):
        for commune in measure.communes:
            if not 0 <= commune < communes:
                raise EngineError(f"plan[{at}].communes", commune, f"0 to {communes - 1}")
            area[at, commune] = 1
        if not measure.communes:
            area[at] = 1
    return area


def _trigger(measure: Measure) -> tuple[float, ...]:
    given_settings = measure.trigger
    if given_settings is None:
        return (-1.0, 0.0, 0.0, 0.0, 0.0)
    return (SERIES.index(given_settings.series), given_settings.at_least, given_settings.within, given_settings.each, given_settings.lasts)


def _keeps(row: Row, layers: tuple[str, ...]) -> Float64:
    kept = np.ones((PLACES, len(layers)))
    for place, shares in enumerate(row.keeps):
        kept[place] = by_layer("prevents", shares, layers, default=1.0)
    return kept


def _traced(row: Row, layers: tuple[str, ...]) -> list[tuple[float, float]]:
    probability = by_layer("probability", {layer: one[0] for layer, one in row.trace.items()}, layers, default=0.0)
    delay = by_layer("delay", {layer: float(one[1]) for layer, one in row.trace.items()}, layers, default=0.0)
    return list(zip(probability, delay, strict=True))


def _needs(row: Row) -> Float64:
    needs = np.zeros((ACTIVITIES, len(RESOURCES)))
    for activity, amounts in enumerate(row.needs):
        for resource, amount in amounts.items():
            needs[activity, RESOURCES.index(resource)] += amount
    return needs


def _padded(values: tuple[float, ...], size: int, filling: float) -> list[float]:
    return list(values) + [filling] * (size - len(values))
