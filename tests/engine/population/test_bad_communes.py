"""What a table of communes may not say is refused with the field, the value and the row."""

from __future__ import annotations

import numpy as np
import pytest

from epiengine.errors import EngineError
from epiengine.simulate.population import build_population, communes


@pytest.mark.parametrize(
    ("name", "row", "given"),
    [
        ("population", 1, {"population": [100, 0]}),
        ("population", 0, {"population": [float("nan"), 5]}),
        ("population", 0, {"population": [10.5]}),
        ("population", None, {"population": []}),
        ("population", None, {"population": [2**27, 1]}),
        ("population", 1, {"population": [10, 10], "households": [[0, 5], [1, 5]]}),
        ("households", 0, {"population": [10], "households": [[-1, 2]]}),
        ("households", None, {"population": [10], "households": [[1], [2]]}),
        ("ages", None, {"population": [10], "ages": [1.0, 2.0]}),
        ("ages", 0, {"population": [10], "ages": [0.0] * 16}),
        ("ages", 1, {"population": [10, 10], "ages": [[1.0] * 16, [1.0] * 15 + [float("nan")]]}),
        ("place", 1, {"population": [10, 10], "place": [[0, 0], [0, float("inf")]]}),
        ("place", None, {"population": [10, 10], "place": [0, 0]}),
    ],
)
def test_an_impossible_commune_is_refused_by_name(name: str, row: int | None, given: dict) -> None:
    with pytest.raises(EngineError) as caught:
        communes(given.pop("population"), **given)
    assert (caught.value.name, caught.value.row) == (name, row)


@pytest.mark.parametrize(("name", "given"), [("stay", {"stay": -0.1}), ("in_hamlet", {"in_hamlet": 1.0}), ("seed", {"seed": -1})])
def test_an_impossible_share_or_seed_is_refused_by_name(name: str, given: dict) -> None:
    with pytest.raises(EngineError) as caught:
        build_population(communes([50]), **{"seed": 1, **given})
    assert caught.value.name == name


def test_people_beyond_the_open_class_live_in_its_households_and_then_in_houses_of_fifteen() -> None:
    few = communes([7 + 7 + 5], households=[[0] * 6 + [2]]).households[0]
    assert np.flatnonzero(few).tolist() == [8, 9]
    assert few @ np.arange(1, 16) == 19
    many = communes([7 + 8 + 15 + 4], households=[[0] * 6 + [1]]).households[0]
    assert (many[14], many[3]) == (2, 1)
    assert many @ np.arange(1, 16) == 34
