"""Imported infections as the kernels see them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from epiengine.arrays import Int64
from epiengine.errors import EngineError
from epiengine.simulate.start.start import Imports
from epiengine.simulate.town import Float64
from epiengine.simulate.worlds import World


class Arrivals(NamedTuple):
    """mean, first, last, variant: [k];  summed  float64[k, communes]: summed shares of the communes."""

    mean: Float64
    first: Int64
    last: Int64
    variant: Int64
    summed: Float64


def arrivals_of(imports: tuple[Imports, ...], world: World, *, variants: int) -> Arrivals:
    """The imports in numbers. Raises EngineError for a mean above 100, unknown variants and shares of other communes."""
    people = np.diff(world.commune_start).astype(np.float64)
    for at, told in enumerate(imports):
        if not 0 <= told.mean <= 100:
            raise EngineError(f"imports[{at}].mean", told.mean, "0 to 100 a day; more in several imports")
        if not 0 <= told.variant < variants:
            raise EngineError(f"imports[{at}].variant", told.variant, f"0 to {variants - 1}")
        if told.first > told.last:
            raise EngineError(f"imports[{at}].last", told.last, f"not before first: {told.first}")
        _check_share(f"imports[{at}].share", told.share, communes=people.size)
    shares = [np.array(told.share) if told.share else people for told in imports]
    return Arrivals(
        mean=np.array([told.mean for told in imports], dtype=np.float64),
        first=np.array([told.first for told in imports], dtype=np.int64),
        last=np.array([told.last for told in imports], dtype=np.int64),
        variant=np.array([told.variant for told in imports], dtype=np.int64),
        summed=np.array([np.cumsum(share / share.sum()) for share in shares]).reshape(-1, people.size),
    )


def _check_share(name: str, share: tuple[float, ...], *, communes: int) -> None:
    if not share:
        return
    if len(share) != communes:
        raise EngineError(name, f"{len(share)} communes", f"one share per commune: {communes}")
    for commune, one in enumerate(share):
        if not 0 <= one < float("inf"):
            raise EngineError(f"{name}[{commune}]", one, "0 or more")
    if sum(share) <= 0:
        raise EngineError(name, list(share), "not all 0")
