"""This morning's state: the known are where they are said to be, every draw belongs to its replicate, nonsense is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from epiengine.errors import EngineError
from epiengine.simulate import SyntheticPopulation
from epiengine.simulate.delays import Delay
from epiengine.simulate.diseases import COVID_DELTA
from epiengine.simulate.population import build_population, communes
from epiengine.simulate.start import UNKNOWN, LineList, Start, back_calculated, from_line_list, starts

TO_DETECTION = Delay.gamma(3.0, 2.0)


@pytest.fixture(scope="module")
def town() -> SyntheticPopulation:
    return build_population(communes([2_000, 1_500, 2_500]), seed=2)


@pytest.fixture(scope="module")
def told() -> LineList:
    rng = np.random.default_rng(9)
    cases = 40
    detected = -rng.integers(1, 20, cases)
    commune = rng.integers(0, 3, cases)
    onset = np.where(rng.random(cases) < 0.8, detected - rng.integers(0, 5, cases), UNKNOWN)
    return LineList(
        detected=detected,
        commune=commune,
        onset=onset,
        isolated_until=detected + 14,
        household=np.where(np.arange(cases) < 12, np.arange(cases) // 3 + 100, UNKNOWN),
        contact_until=rng.integers(1, 14, 90),
        contact_commune=commune[np.arange(90) % cases],
        contact_of=np.arange(90) % cases,
        contact_in_centre=rng.random(90) < 0.7,
        dosed=[[300, 100, 0], [0, 0, 0], [0, 50, 20]],
    )


def begun(town: SyntheticPopulation, told: LineList, *, replicate: int = 0, **given: object) -> Start:
    start = from_line_list(told, town, COVID_DELTA, to_detection=TO_DETECTION, seed=5, replicate=replicate, **given)  # type: ignore[arg-type]
    return start.checked(people=town.people)


def test_the_known_cases_are_confirmed_isolated_and_live_where_they_are_said_to(town: SyntheticPopulation, told: LineList) -> None:
    start = begun(town, told)
    cases = np.asarray(told.detected).size
    assert start.confirmed.sum() == cases
    assert start.confirmed[:cases].all()
    assert np.array_equal(town.commune()[start.infected[:cases]], told.commune)
    assert np.array_equal(start.isolated_until[:cases], np.maximum(np.asarray(told.isolated_until), 0))
    assert (start.isolated_until[cases:] == 0).all()
    assert (start.infected_on[:cases] < np.asarray(told.detected)).all()


def test_a_case_is_infected_an_incubation_before_its_onset(town: SyntheticPopulation) -> None:
    many = LineList(detected=np.full(600, -10), commune=np.zeros(600, dtype=int), onset=np.full(600, -12))
    start = begun(town, many, unseen=False)
    incubation = -12 - start.infected_on
    mean = np.maximum(COVID_DELTA.latent.quantiles(), 1).mean() + COVID_DELTA.presymptomatic.quantiles().mean()
    assert incubation.min() >= 1
    assert incubation.mean() == pytest.approx(mean, abs=0.4)


def test_cases_of_one_household_live_together_if_it_has_room(town: SyntheticPopulation) -> None:
    rows = np.repeat(np.arange(30), 2)
    start = begun(town, LineList(detected=np.full(60, -3), commune=rows % 3, household=rows), unseen=False)
    home = town.household_first()[start.infected].reshape(30, 2)
    roomy = town.household_size()[start.infected[::2]] >= 2
    assert (home[:, 0] == home[:, 1])[roomy].all()
    assert roomy.mean() > 0.7


def test_hamlet_and_age_are_kept_where_told(town: SyntheticPopulation) -> None:
    hamlet = np.array([3, 3, 5])
    start = begun(town, LineList(detected=[-1] * 3, commune=town.hamlet_commune[hamlet], hamlet=hamlet), unseen=False)
    assert np.array_equal(town.hamlet()[start.infected], hamlet)
    old = begun(town, LineList(detected=[-1] * 3, commune=[0, 1, 2], age=[15, 2, 7]), unseen=False)
    assert town.ages()[old.infected].tolist() == [15, 2, 7]


def test_contacts_are_first_the_household_and_then_the_hamlet_of_their_case(town: SyntheticPopulation, told: LineList) -> None:
    start = begun(town, told)
    case = start.infected[np.asarray(told.contact_of)]
    assert (town.hamlet()[start.quarantined] == town.hamlet()[case]).all()
    assert (town.household_first()[start.quarantined] == town.household_first()[case]).mean() > 0.5
    assert np.array_equal(start.quarantine_until, told.contact_until)
    assert not np.isin(start.quarantined, start.infected[start.confirmed]).any()


def test_some_of_the_unseen_are_in_the_households_of_cases(town: SyntheticPopulation, told: LineList) -> None:
    start = begun(town, told, ascertained=0.5)
    known, hidden = start.infected[start.confirmed], start.infected[~start.confirmed]
    assert hidden.size > 20
    shared = np.isin(town.household_first()[hidden], town.household_first()[known]).mean()
    assert 0.1 < shared < 0.6


def test_doses_are_given_to_as_many_as_told_and_to_adults_first(town: SyntheticPopulation, told: LineList) -> None:
    start = begun(town, told)
    commune = town.commune()[start.dosed]
    found = [[int(((commune == c) & (start.doses == d)).sum()) for d in (1, 2, 3)] for c in range(3)]
    assert found == [[300, 100, 0], [0, 0, 0], [0, 50, 20]]
    assert town.ages()[start.dosed].min() >= 4


def test_a_replicate_is_drawn_alike_whatever_else_is_drawn(town: SyntheticPopulation, told: LineList) -> None:
    one = starts(told, town, COVID_DELTA, to_detection=TO_DETECTION, seed=5, replicates=[0, 1, 2])
    again = begun(town, told, replicate=2)
    assert np.array_equal(one[2].infected, again.infected)
    assert np.array_equal(one[2].infected_on, again.infected_on)
    assert not np.array_equal(one[0].infected, one[1].infected)


def test_what_is_back_calculated_can_be_looked_at_first(town: SyntheticPopulation, told: LineList) -> None:
    found = back_calculated(told, town, COVID_DELTA, to_detection=TO_DETECTION)
    assert found.observed[0] == pytest.approx(1)
    assert found.observed[-1] == pytest.approx(0)
    assert np.isfinite(found.growth).all()


@pytest.mark.parametrize(
    ("name", "row", "change"),
    [
        ("detected", 0, {"detected": [0] + [-1] * 39}),
        ("commune", 1, {"commune": [0, 3] + [0] * 38}),
        ("commune", None, {"commune": [0]}),
        ("onset", 0, {"onset": [-400] + [-1] * 39}),
        ("onset", None, {"onset": [-1]}),
        ("hamlet", 0, {"hamlet": [10_000] + [UNKNOWN] * 39}),
        ("contact_until", 0, {"contact_until": [-1] + [3] * 89}),
        ("contact_of", 0, {"contact_of": [40] + [0] * 89}),
        ("dosed", None, {"dosed": [[1, 2, 3]]}),
        ("dosed", 0, {"dosed": [[3000, 0, 0], [0, 0, 0], [0, 0, 0]]}),
    ],
)
def test_what_cannot_be_is_refused_by_name(town: SyntheticPopulation, told: LineList, name: str, row: int | None, change: dict) -> None:
    with pytest.raises(EngineError) as caught:
        begun(town, replace(told, **change))
    assert (caught.value.name, caught.value.row) == (name, row)


def test_a_hamlet_of_another_commune_and_an_impossible_ascertainment_are_refused(town: SyntheticPopulation, told: LineList) -> None:
    elsewhere = LineList(detected=[-1], commune=[0], hamlet=[town.hamlets - 1])
    with pytest.raises(EngineError) as caught:
        begun(town, elsewhere)
    assert (caught.value.name, caught.value.row) == ("hamlet", 0)
    for share in (0.0, 1.1, float("nan")):
        with pytest.raises(EngineError) as caught:
            begun(town, told, ascertained=share)
        assert caught.value.name == "ascertained"


def test_more_cases_than_people_are_refused() -> None:
    tiny = build_population(communes([5]), seed=1)
    with pytest.raises(EngineError):
        from_line_list(LineList(detected=[-1] * 6, commune=[0] * 6), tiny, COVID_DELTA, to_detection=TO_DETECTION, seed=1)
