"""Random data sets, drawn and searched: the link between what chance may do and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from epiengine.scan.chance import Chance, stream
from epiengine.scan.circles import Circles
from epiengine.scan.score import Total
from epiengine.scan.search import compact, peaks
from epiengine.scan.tables import Float64
from epiengine.scan.windows import Span


@dataclass(eq=False)
class RandomPeaks:
    """The greatest scores of random data sets: call it with a range of replicates for float64[r].

    expected  float64[s, t];  floor  what most peaks exceed: guessed at first, learned with every batch. The scores do not depend on it,
              so that threads may share it as it comes.
    """

    chance: Chance
    seed: int
    expected: Float64
    circles: Circles
    span: Span
    total: Total
    floor: float

    def __call__(self, replicates: range) -> Float64:
        begin = self.span.begin  # what lies before every window is left away
        drawn = [self.chance.draw(stream(self.seed, one)).reshape(self.expected.shape)[:, begin:] for one in replicates]
        sets, expected = compact(np.stack(drawn)), np.ascontiguousarray(self.expected[:, begin:])
        found = peaks(sets, expected, self.circles, self.span.after(begin), self.total, floor=self.floor)
        self.floor = max(1.0, min(self.floor, 0.97 * float(found.min())))
        return found
