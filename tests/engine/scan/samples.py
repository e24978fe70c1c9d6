"""SaTScan's sample data, read into arrays. The results they are compared with stand in the .out.txt files beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from epiengine.scan import Places, expected_counts, on_earth, on_plane, person_days

FOLDER = Path(__file__).resolve().parents[4] / "shared/data/scan"
present = pytest.mark.skipif(not FOLDER.exists(), reason="SaTScan's samples are not in ../shared/data/scan")


@dataclass(frozen=True)
class Sample:
    names: list[str]
    places: Places
    cases: np.ndarray
    other: np.ndarray | None = None  # controls, or expected counts

    def named(self, locations: np.ndarray) -> list[str]:
        return [self.names[row] for row in locations]


def rows(name: str) -> list[list[str]]:
    return [line.split() for line in (FOLDER / name).read_text().splitlines() if line.strip()]


def new_mexico() -> Sample:
    """Brain cancer 1973-1991 by county, year, age and sex; censuses of 1973, 1982 and 1991."""
    names, coordinates = places("nm.geo")
    population = rows("nm.pop")
    stratum = {key: number for number, key in enumerate(sorted({(row[3], row[4]) for row in population}))}
    years = sorted({1900 + int(row[1]) for row in population})
    cases = np.zeros((len(stratum), len(names), 19), dtype=int)
    for county, count, year, *key in rows("nm.cas"):
        cases[stratum[tuple(key)], names.index(county), int(year) - 1973] += int(count)
    people = np.zeros((len(stratum), len(names), len(years)))
    for county, year, count, *key in population:
        people[stratum[tuple(key)], names.index(county), years.index(1900 + int(year))] += float(count)
    days = person_days(
        people, [date(year, 7, 1).toordinal() for year in years], [date(year, 1, 1).toordinal() for year in range(1973, 1993)]
    )
    return Sample(names, on_earth(*coordinates), cases.sum(axis=0), expected_counts(cases, days))


def new_york() -> Sample:
    """Emergency visits for fever by postal code and day, 1 to 24 November 2001."""
    names, coordinates = places("NYCfever.geo")
    cases = np.zeros((len(names), 24), dtype=int)
    for code, count, day in rows("NYCfever.cas"):
        cases[names.index(code), int(day.split("/")[2]) - 1] += int(count)
    return Sample(names, on_earth(*coordinates), cases)


def humberside() -> Sample:
    """Childhood leukaemia and lymphoma, cases and controls."""
    names, coordinates = places("NHumberside.geo")
    cases, controls = (np.array([int(row[1]) for row in rows(f"NHumberside.{kind}")]) for kind in ("cas", "ctl"))
    return Sample(names, on_plane(*coordinates), cases, controls)


def places(name: str) -> tuple[list[str], np.ndarray]:
    table = rows(name)
    return [row[0] for row in table], np.array([[float(value) for value in row[1:3]] for row in table]).T
