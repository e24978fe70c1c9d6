"""Imported infections as the kernels see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from epiengine.arrays import Int64
from epiengine.errors import EngineError
from epiengine.simulate.measures.measure import FOR_EVER, whole, within
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
    """The imports in numbers. Raises EngineError for a mean above 100, parts of days, unknown variants and shares of other communes."""
    if not isinstance(imports, Sequence):
        raise EngineError("imports", imports, "a tuple of Imports")
    people = np.diff(world.commune_start).astype(np.float64)
    for at, imported in enumerate(imports):
        _check(f"imports[{at}]", imported, variants=variants)
        _check_share(f"imports[{at}].share", imported.share, communes=people.size)
    shares = [np.array(imported.share) if imported.share else people for imported in imports]
    return Arrivals(
        mean=np.array([imported.mean for imported in imports], dtype=np.float64),
        first=np.array([imported.first for imported in imports], dtype=np.int64),
        last=np.array([imported.last for imported in imports], dtype=np.int64),
        variant=np.array([imported.variant for imported in imports], dtype=np.int64),
        summed=np.array([np.cumsum(share / share.sum()) for share in shares]).reshape(-1, people.size),
    )


def _check(name: str, imported: Imports, *, variants: int) -> None:
    if not isinstance(imported, Imports):
        raise EngineError(name, imported, "Imports")
    within(f"{name}.mean", imported.mean, 0, 100)
    whole(f"{name}.first", imported.first, -FOR_EVER, FOR_EVER)
    whole(f"{name}.last", imported.last, imported.first, FOR_EVER)
    whole(f"{name}.variant", imported.variant, 0, variants - 1)


def _check_share(name: str, share: tuple[float, ...], *, communes: int) -> None:
    if not isinstance(share, Sequence):
        raise EngineError(name, share, f"one share per commune: {communes}")
    if not share:
        return
    if len(share) != communes:
        raise EngineError(name, f"{len(share)} communes", f"one share per commune: {communes}")
    for commune, one in enumerate(share):
        within(f"{name}[{commune}]", one, 0, 1e9)
    if sum(share) <= 0:
        raise EngineError(name, list(share), "not all 0")
