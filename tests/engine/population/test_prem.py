"""The contacts a built town makes possible, against the matrices of Prem et al. 2021 for Viet Nam, setting by setting.

The measure: the total difference of two matrices weighted by people, as a share of all contacts, after one factor for the level
(what share of the contacts would have to be moved to other ages is half of it). The matrices are compared in their reciprocal form,
because a town cannot be otherwise; how far they are from that themselves is tested too, as the floor of what could be reached.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from epiengine.jit import COMPILED
from epiengine.simulate import SCHOOL, WORK, SyntheticPopulation
from epiengine.simulate.population import IN_HAMLET, build_population, communes, elsewhere_meetings, group_meetings, household_meetings
from epiengine.simulate.population.contacts import AT_SCHOOL, AT_WORK, ELSEWHERE, reciprocal
from epiengine.simulate.population.vietnam import PEOPLE_BY_AGE

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "contact_matrices"
pytestmark = [
    pytest.mark.skipif(not FOLDER.exists(), reason="third-party data (contact matrices) is not in the repository"),
    pytest.mark.skipif(not COMPILED, reason="a town of 60,000 takes a minute without the compiler"),
]


def matrix(setting: str) -> np.ndarray:
    return np.loadtxt(FOLDER / f"prem_vietnam_contact_2020_{setting}_all.csv", delimiter=",", skiprows=1)


@pytest.fixture(scope="module")
def town() -> SyntheticPopulation:
    return build_population(communes([20_000, 40_000]), seed=11)


def difference(built: np.ndarray, wanted: np.ndarray) -> float:
    """Share of all contacts by which the two differ, after the level."""
    people = PEOPLE_BY_AGE[:, None] / PEOPLE_BY_AGE.sum()
    level = (people * wanted).sum() / (people * built).sum()
    return float((people * np.abs(level * built - wanted)).sum() / (people * wanted).sum())


@pytest.mark.parametrize(("setting", "shipped"), [("other", ELSEWHERE), ("work", AT_WORK)])
def test_the_figures_in_the_code_are_the_published_ones(setting: str, shipped: np.ndarray) -> None:
    assert np.abs(matrix(setting) - shipped).max() < 1e-5


def test_the_school_contacts_in_the_code_are_the_sums_of_the_published_ones() -> None:
    assert np.abs(matrix("school").sum(axis=1) - AT_SCHOOL).max() < 1e-5


@pytest.mark.parametrize(("setting", "floor"), [("home", 0.12), ("work", 0.20), ("school", 0.27), ("other", 0.16)])
def test_the_published_matrices_are_not_reciprocal_themselves(setting: str, floor: float) -> None:
    contacts = matrix(setting) * PEOPLE_BY_AGE[:, None]
    assert np.abs(contacts - contacts.T).sum() / (2 * contacts.sum()) == pytest.approx(floor, abs=0.006)


@pytest.mark.parametrize(("setting", "stated"), [("home", 0.22), ("school", 0.36), ("work", 0.25), ("other", 0.02)])
def test_a_town_reproduces_the_matrix_within_the_error_the_manual_states(town: SyntheticPopulation, setting: str, stated: float) -> None:
    built = {
        "home": lambda: household_meetings(town),
        "school": lambda: group_meetings(town, kind=SCHOOL),
        "work": lambda: group_meetings(town, kind=WORK),
        "other": lambda: elsewhere_meetings(town, in_hamlet=IN_HAMLET),
    }[setting]()
    assert difference(built, reciprocal(matrix(setting), PEOPLE_BY_AGE)) < stated


@pytest.mark.parametrize(("setting", "off"), [("home", 0.35), ("work", 0.98), ("school", 1.49), ("other", 0.58)])
def test_people_who_met_anybody_alike_would_be_further_off(setting: str, off: float) -> None:
    # so that the errors above mean something: proportionate mixing, the model without structure
    alike = np.ones((16, 1)) * PEOPLE_BY_AGE[None, :]
    assert difference(alike, reciprocal(matrix(setting), PEOPLE_BY_AGE)) == pytest.approx(off, abs=0.01)
