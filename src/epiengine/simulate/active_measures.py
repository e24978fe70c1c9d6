"""What is in force today: the plan's measures, brought down to one table per question the steps ask."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.simulate.delays import Int16
from epiengine.simulate.measures.measure import CORDON
from epiengine.simulate.plan import Tables
from epiengine.simulate.town import Float64, UInt8
from epiengine.simulate.worlds import World

#: No measure of the kind is in force.
NOBODY: Final = -1
#: Which of the tables say anything today, so that the steps need not look.
CONTACTS_CUT, BORDERS_CUT, HAMLETS_LOCKED = range(3)


class ActiveMeasures(NamedTuple):
    """c communes, l layers, h hamlets. A measure is told by its place in the plan; NOBODY for none.

    multiplier      float64[2]: on all transmission, for calibration; and the key of the acceptance draws (see `advance`), 0 to 2^28
    says            int64[3]: see the names above
    contact         float64[c, l]: share of their contacts that people of a commune keep (stay-home orders, closures)
    border          float64[c, l]: share of their contacts with other communes that they keep (checkpoints)
    locked_until    int16[h]: the first day a cordoned hamlet is open again;  locked_by  uint8[h]: its cordon
    laboratory, isolation, tracing, quarantine, cordon   int32[c]: the measure in force, the first in the plan if there are several
    watch           int32[c]: the first cordon measure of the plan, in force or not: its cases are counted from the first day on
    in_force        uint8[m, c]: which of the plan's measures are in force where;  until  int32[m, c]: as long as a trigger holds them
    """

    multiplier: Float64
    is_active: Int64
    contact: Float64
    border: Float64
    locked_until: Int16
    locked_by: UInt8
    laboratory: Int32
    isolation: Int32
    tracing: Int32
    quarantine: Int32
    cordon: Int32
    watch: Int32
    in_force: UInt8
    until: Int32


def orders_of(world: World, tables: Tables) -> ActiveMeasures:
    """Nothing is in force."""
    measures = tables.start.size
    communes, hamlets = world.commune_start.size - 1, world.hamlet_commune.size
    return ActiveMeasures(
        multiplier=np.array([1.0, 0.0]),
        is_active=np.zeros(3, dtype=np.int64),
        contact=np.ones((communes, world.layers)),
        border=np.ones((communes, world.layers)),
        locked_until=np.zeros(hamlets, dtype=np.int16),
        locked_by=np.zeros(hamlets, dtype=np.uint8),
        laboratory=np.full(communes, NOBODY, dtype=np.int32),
        isolation=np.full(communes, NOBODY, dtype=np.int32),
        tracing=np.full(communes, NOBODY, dtype=np.int32),
        quarantine=np.full(communes, NOBODY, dtype=np.int32),
        cordon=np.full(communes, NOBODY, dtype=np.int32),
        watch=_watched(tables),
        in_force=np.zeros((measures, communes), dtype=np.uint8),
        until=np.full((measures, communes), -32768, dtype=np.int32),
    )


def _watched(tables: Tables) -> Int32:
    """int32[c]: the first cordon measure that is ever for the commune."""
    cordons = (tables.kind[: tables.start.size] == CORDON)[:, None] & (tables.area != 0)
    first = cordons.argmax(axis=0) if tables.start.size else np.zeros(tables.area.shape[1], dtype=np.int64)
    return np.where(cordons.any(axis=0), first, NOBODY).astype(np.int32)
