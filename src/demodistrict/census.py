"""What the 2019 census says of a commune: people, households and how many households of each size."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

THANH_TRI = "020"
THANH_XUAN = "009"
# The only hamlet of the district that the published article names; every other hamlet gets a number.
NAMED_HAMLETS = {"00682": "Thọ Am"}
PEOPLE_PER_HAMLET = 1600


@dataclass(frozen=True)
class Commune:
    """One commune, ward or township as counted on 1/4/2019."""

    code: str
    name: str
    district: str
    population: int
    households: int
    size_counts: tuple[int, ...]

    @property
    def short(self) -> str:
        """The name without its unit word: Liên Ninh."""
        return self.name.removeprefix("Thị trấn ").removeprefix("Xã ").removeprefix("Phường ")

    @property
    def unit(self) -> str:
        """The unit word in small letters: xã, thị trấn or phường."""
        return self.name.removesuffix(self.short).strip().lower()

    @property
    def hamlet_word(self) -> str:
        """What people call the level below: thôn in a commune, tổ dân phố in a town."""
        return "thôn" if self.unit == "xã" else "tổ dân phố"

    @property
    def hamlets(self) -> tuple[str, ...]:
        """Names of the hamlets, named ones first."""
        count = max(2, round(self.population / PEOPLE_PER_HAMLET))
        named = [NAMED_HAMLETS[self.code]] if self.code in NAMED_HAMLETS else []
        return tuple(named + [str(number) for number in range(1, count + 1 - len(named))])

    def household_sizes(self) -> np.ndarray:
        """Size of every household, ascending; sums to the census population exactly."""
        sizes = np.repeat(np.arange(1, 8), self.size_counts)
        surplus = self.population - int(sizes.sum())
        large = np.flatnonzero(sizes == 7)
        # The census stops at "7 and more": what is left over goes to those households, the last ones getting more.
        extra = np.sort(np.bincount(np.arange(surplus) ** 2 % len(large), minlength=len(large))) if surplus > 0 else 0
        sizes[large] += extra
        return sizes


@cache
def communes(district_code: str) -> tuple[Commune, ...]:
    """The communes of a district in the order of their codes."""
    text = files("demodistrict").joinpath("census_2019.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(_commune(row) for row in rows if row["district_code"] == district_code)


def commune(code: str) -> Commune:
    """The commune of this census code."""
    return next(each for district in (THANH_TRI, THANH_XUAN) for each in communes(district) if each.code == code)


def _commune(row: dict[str, str]) -> Commune:
    sizes = tuple(int(row[f"size_{size}"]) for size in ("1", "2", "3", "4", "5", "6", "7plus"))
    return Commune(row["code"], row["name"], row["district"], int(row["population"]), int(row["households"]), sizes)
