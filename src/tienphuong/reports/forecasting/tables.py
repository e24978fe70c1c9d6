"""The figures of a comparison as tables for other programs: Parquet and CSV, one row a figure, quantiles as columns."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

from tienphuong.forecast.outcomes import Comparison, Float64

TABLES = ("daily", "needs", "communes", "plans")
FORMATS = ("parquet", "csv")


def write_tables(found: Comparison, folder: Path) -> list[Path]:
    """Writes daily, needs, communes and plans, each as .parquet and .csv."""
    written = [folder / f"{name}.{kind}" for name in TABLES for kind in FORMATS]
    for path in written:
        write_table(found, path)
    return written


def write_table(found: Comparison, path: Path) -> None:
    """Writes the table that the file is named after, in the format of its ending."""
    table = _table(found, path.stem)
    parquet.write_table(table, path) if path.suffix == ".parquet" else csv.write_csv(table, path)


def _table(found: Comparison, name: str) -> pa.Table:
    match name:
        case "daily":
            return _by_day(found, found.daily)
        case "needs":
            return _by_day(found, found.needs)
        case "communes":
            return _by_commune(found)
        case "plans":
            return _plans(found)
    raise KeyError(name)


def _by_day(found: Comparison, figures: Mapping[Any, Float64]) -> pa.Table:
    """plan, date, figure, and a column a quantile."""
    plans, days = len(found.plans), len(found.dates)
    one = {"plan": np.repeat(np.array(found.plans, dtype=object), days), "date": list(found.dates) * plans}
    parts = [
        pa.table({**one, "figure": [str(word)] * (plans * days), **_levels(found, levels.reshape(len(found.levels), -1))})
        for word, levels in figures.items()
    ]
    return pa.concat_tables(parts)


def _by_commune(found: Comparison) -> pa.Table:
    plans, communes = len(found.plans), len(found.communes_of)
    one = {
        "plan": np.repeat(np.array(found.plans, dtype=object), communes),
        "code": [commune.code for commune in found.communes_of] * plans,
        "commune": [commune.name for commune in found.communes_of] * plans,
    }
    parts = [
        pa.table({**one, "figure": [str(word)] * (plans * communes), **_levels(found, levels.reshape(len(found.levels), -1))})
        for word, levels in found.communes.items()
    ]
    return pa.concat_tables(parts)


def _plans(found: Comparison) -> pa.Table:
    """The totals of each plan over the whole time, and for each capacity how surely and when it is exceeded."""
    rows = list(_plan_rows(found))
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def _plan_rows(found: Comparison) -> Iterator[dict[str, Any]]:
    for plan, name in enumerate(found.plans):
        for word, levels in (*found.totals.items(), *found.used.items()):
            yield {"plan": name, "figure": str(word), **_levels_of(found, levels[:, plan])}
        for over in found.overruns:
            figure = {"plan": name, "figure": f"first_day_over:{over.capacity.series}", "probability": float(over.probability[plan])}
            yield {**figure, **_levels_of(found, over.first_day[:, plan])}


def _levels(found: Comparison, levels: Float64) -> dict[str, Float64]:
    return {f"q{round(level * 100):02d}": levels[row] for row, level in enumerate(found.levels)}


def _levels_of(found: Comparison, levels: Float64) -> dict[str, float | None]:
    return {name: None if np.isnan(value) else float(value) for name, value in _levels(found, levels).items()}
