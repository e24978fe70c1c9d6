"""Thanh Trì, 24/8/2021: how many cases where and when; the published totals are met here and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from demodistrict.epidemic import Outbreak
from demodistrict.randomness import stream

EPOCH = date(2021, 4, 27)
CUT = date(2021, 8, 24)
LAST_DAY = date(2021, 9, 7)
LIEN_NINH, DUYEN_HA, YEN_MY = "00682", "00670", "00661"
# Published: 272 cases in 14 of 16 communes, Liên Ninh 136, 51 recovered. How the other 136 are spread is invented.
CASES = {
    LIEN_NINH: 136,
    "00643": 22,
    "00649": 18,
    "00664": 17,
    "00667": 15,
    "00673": 14,
    "00640": 11,
    "00646": 9,
    "00658": 8,
    "00655": 7,
    "00685": 6,
    "00679": 4,
    "00652": 3,
    "00676": 2,
}
RECOVERED = 51
_EARLY = (
    ("00643", date(2021, 4, 29), 6),
    ("00640", date(2021, 5, 9), 5),
    ("00658", date(2021, 5, 21), 4),
    ("00664", date(2021, 6, 17), 4),
    ("00649", date(2021, 7, 12), 4),
)


def outbreaks(seed: int) -> list[Outbreak]:
    """The clusters, early ones first, with the report day of every case until the last day."""
    rng = stream(seed, "plan")
    early = [Outbreak(code, 1, tuple(_tail(rng, first, size))) for code, first, size in _EARLY]
    left = CASES | {code: CASES[code] - size for code, _, size in _EARLY}
    late = [Outbreak(code, 0, tuple(_wave(rng, code, count) + _after(rng, code))) for code, count in left.items()]
    return [*early, *late, Outbreak(DUYEN_HA, 0, (date(2021, 8, 27),))]


def _tail(rng: np.random.Generator, first: date, size: int) -> list[date]:
    gaps = np.concatenate([[0], rng.integers(1, 5, size - 1)]).cumsum()
    return [first + timedelta(days=int(gap)) for gap in gaps]


def _wave(rng: np.random.Generator, code: str, count: int) -> list[date]:
    if count <= 0:
        return []
    start = date(2021, 8, 5) if code == LIEN_NINH else date(2021, 7, 24) + timedelta(days=int(rng.integers(0, 9)))
    length = (CUT - start).days
    growth = 0.16 if code == LIEN_NINH else 0.0
    weights = np.exp(growth * np.arange(length + 1))
    weights[-1] *= 0.7 if code == LIEN_NINH else 1
    days = rng.choice(length + 1, count - 1, p=weights / weights.sum())
    return sorted([start, *(start + timedelta(days=int(day)) for day in days)])


def _after(rng: np.random.Generator, code: str) -> list[date]:
    mean = 7.0 if code == LIEN_NINH else 3.0 * CASES[code] / 136
    days = []
    for ahead in range(1, (LAST_DAY - CUT).days + 1):
        days += [CUT + timedelta(days=ahead)] * int(rng.poisson(mean * 0.93**ahead))
    return days
