"""Random data sets, drawn and searched: the link between what chance may do and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from epiengine.scan.chance import NullModel, stream
from epiengine.scan.cylinders import Ground
from epiengine.scan.search import peaks, side_by_side
from epiengine.scan.tables import Float64


@dataclass(frozen=True, eq=False)
class RandomPeaks:
    """The greatest scores of random data sets: call it with a range of replicates for float64[r].

    ground  of the data: what lies before every window is left away
    """

    chance: NullModel
    seed: int
    ground: Ground

    def __call__(self, replicates: range) -> Float64:
        expected, begin = self.ground.expected, self.ground.span.begin
        drawn = (self.chance.draw(stream(self.seed, one)).reshape(expected.shape)[:, begin:] for one in replicates)
        later = self.ground._replace(expected=np.ascontiguousarray(expected[:, begin:]), span=self.ground.span.after(begin))
        return peaks(side_by_side(drawn), later)
