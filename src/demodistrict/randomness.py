"""Where chance comes from: one named stream per purpose, so that adding a list never changes the people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np

T = TypeVar("T")
Stream = np.random.Generator


def stream(seed: int, *labels: str) -> Stream:
    """The random stream of this seed and purpose; the same labels always give the same numbers."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *(crc32(label.encode()) for label in labels)])))


def pick(rng: Stream, items: Sequence[T]) -> T:
    """One of the items, each as likely as the other."""
    return items[int(rng.integers(len(items)))]


def chance(rng: Stream, probability: float) -> bool:
    """True with this probability."""
    return bool(rng.random() < probability)
