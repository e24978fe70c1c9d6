"""Output of R packages, read from the shared data; a test that needs it is skipped with its reason where the folder is absent."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file below the shared data."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"third-party data {name} is not beside the repository")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name: str, key: str) -> np.ndarray:
    """One column as numbers; NA becomes NaN."""
    return np.array([np.nan if row[key] == "NA" else float(row[key]) for row in rows(name)])


def epiestim(outbreak: str) -> tuple[np.ndarray, np.ndarray]:
    """The daily cases and the published serial interval of Flu2009 or SARS2003."""
    cases = column(f"epiestim/{outbreak}__incidence.csv", "I" if outbreak == "Flu2009" else "value")
    return cases, column(f"epiestim/{outbreak}__si_distr.csv", "value")
