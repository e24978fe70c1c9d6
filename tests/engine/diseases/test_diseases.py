"""Ready-made diseases: every figure sourced, the same as in the collection of published distributions, and R as asked in a built town."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from epiengine.errors import EngineError
from epiengine.jit import COMPILED
from epiengine.simulate import SCHOOL, WORK, Plan, SyntheticPopulation, advance, begin, seeds
from epiengine.simulate.disease import AT_ONCE, Disease
from epiengine.simulate.diseases import COVID_2020, COVID_DELTA, DISEASES, INFLUENZA, MEASLES, MPOX, rates
from epiengine.simulate.diseases.influenza import PROFILE, WITHOUT_SYMPTOMS
from epiengine.simulate.diseases.rates import AT_WORKPLACE, HOUSEMATES, IN_CLASS
from epiengine.simulate.population import build_population, communes
from epiengine.simulate.population.vietnam import HOUSEHOLDS_BY_SIZE, PEOPLE_BY_AGE

PARAMETERS = Path(__file__).parents[4] / "shared" / "data" / "epiparameter" / "parameters.json"


@pytest.mark.parametrize("disease", DISEASES.values(), ids=DISEASES.keys())
def test_every_disease_and_every_delay_names_its_source(disease: Disease) -> None:
    assert disease.source
    assert all(delay.source for delay in disease.delays() if delay != AT_ONCE)


@pytest.mark.parametrize("disease", DISEASES.values(), ids=DISEASES.keys())
def test_only_who_has_a_delay_takes_the_step(disease: Disease) -> None:
    assert (max(disease.severe) > 0) == (disease.to_severe != AT_ONCE)
    assert (max(disease.fatal) > 0) == (disease.to_death != AT_ONCE)


def published(disease: str, name: str, author: str) -> dict:
    if not PARAMETERS.exists():
        pytest.skip("third-party data (epiparameter) is not in the repository")
    found = [
        each
        for each in json.loads(PARAMETERS.read_text("utf-8"))
        if (each["disease"], each["epi_name"], each["citation"]["author"][0]["family"]) == (disease, name, author)
    ]
    return found[0]


@pytest.mark.parametrize(
    ("name", "delay", "shift"), [("Measles", MEASLES.latent, 1.0), ("Influenza", INFLUENZA.latent, 0.0)], ids=["measles", "influenza"]
)
def test_lognormal_incubations_are_those_of_lessler(name: str, delay, shift: float) -> None:
    statistics = published(name, "incubation period", "Lessler")["summary_statistics"]
    sigma = math.log(statistics["dispersion"])
    mean = statistics["median"] * math.exp(sigma**2 / 2)
    assert delay.mean == pytest.approx(mean - shift, abs=0.05)
    assert delay.sd == pytest.approx(mean * math.sqrt(math.expm1(sigma**2)), abs=0.05)


def test_the_gamma_incubation_of_mpox_is_that_of_guzzetta() -> None:
    told = published("Mpox", "incubation period", "Guzzetta")["probability_distribution"]["parameters"]
    assert MPOX.latent.mean == pytest.approx(told["shape"] * told["scale"], abs=0.05)
    assert MPOX.latent.sd == pytest.approx(math.sqrt(told["shape"]) * told["scale"], abs=0.05)
    offspring = published("Mpox", "offspring distribution", "Lloyd-Smith")["probability_distribution"]["parameters"]
    assert MPOX.dispersion == offspring["dispersion"]


def test_latent_and_presymptomatic_of_2020_make_the_incubation_of_lauer() -> None:
    told = published("COVID-19", "incubation period", "Lauer")["summary_statistics"]
    assert COVID_2020.latent.mean + COVID_2020.presymptomatic.mean == pytest.approx(told["mean"], abs=0.15)


def test_the_time_between_infections_of_influenza_is_that_of_lessler() -> None:
    told = published("Influenza", "generation time", "Lessler")["probability_distribution"]["parameters"]
    weight = np.array(PROFILE.weight)
    assert weight.sum() == pytest.approx(1)
    days = np.maximum(INFLUENZA.latent.quantiles(), 1).mean() + weight @ np.arange(weight.size)
    assert days == pytest.approx(told["scale"] * math.gamma(1 + 1 / told["shape"]), abs=0.15)


def test_infection_fatality_of_2020_is_that_of_odriscoll() -> None:
    # O'Driscoll et al. 2021, Nature 590:140: about one in a thousand of those of 40 to 49, two or three in a hundred of those of 70 to 79
    fatal = np.array(COVID_2020.symptomatic) * COVID_2020.severe * np.array(COVID_2020.critical) * COVID_2020.fatal
    assert fatal[8] == pytest.approx(0.00098)
    assert fatal[14] == pytest.approx(0.02439)
    assert (np.diff(fatal) >= 0).all()
    assert max(COVID_DELTA.severe) <= 0.9


def test_the_constants_of_contact_are_those_of_a_built_town() -> None:
    scale = 1 if COMPILED else 10
    town = build_population(communes([40_000 // scale]), seed=3)
    kind = np.where(town.group() < 0, -1, town.group_kind[np.maximum(town.group(), 0)])
    assert (kind == SCHOOL).mean() == pytest.approx(IN_CLASS, rel=0.03)
    assert (kind == WORK).mean() == pytest.approx(AT_WORKPLACE, rel=0.03)
    assert (town.household_size() - 1).mean() == pytest.approx(HOUSEMATES, rel=0.03)
    assert HOUSEHOLDS_BY_SIZE.sum() == 163_093


def infected_by_the_average(disease: Disease, town: SyntheticPopulation, *, days: float) -> float:
    """Whom a person drawn at random infects on average, told by counting each of their contacts."""
    rate, k = disease.transmission, disease.dispersion
    taken = float(PEOPLE_BY_AGE @ np.array(disease.susceptibility) / PEOPLE_BY_AGE.sum())
    kind = np.where(town.group() < 0, -1, town.group_kind[np.maximum(town.group(), 0)])
    pressure = rate["household"] * days * taken
    attack = 1 - math.exp(-pressure) if math.isinf(k) else 1 - (1 + pressure / k) ** -k
    everywhere = rate["hamlet"] + rate["community"] + rate["school"] * (kind == SCHOOL) + rate["work"] * (kind == WORK)
    return float((attack * (town.household_size() - 1) + days * taken * everywhere).mean())


@pytest.mark.parametrize(
    ("disease", "days", "wanted"),
    [(MEASLES, 9.0, 15.0), (INFLUENZA, 0.86 + 0.14 * WITHOUT_SYMPTOMS, 1.28), (MPOX, 21.0, 0.32), (COVID_2020, 0.644 * 9.1 + 0.356 * 0.58 * 8, 2.87)],
    ids=["measles", "influenza", "mpox", "covid"],
)  # fmt: skip
def test_in_a_built_town_the_average_person_infects_as_many_as_the_paper_says(disease: Disease, days: float, wanted: float) -> None:
    town = build_population(communes([40_000 if COMPILED else 4_000]), seed=3)
    assert infected_by_the_average(disease, town, days=days) == pytest.approx(wanted, rel=0.03)


@pytest.mark.skipif(not COMPILED, reason="a town of 100,000 takes minutes without the compiler")
@pytest.mark.parametrize(
    ("disease", "days", "reproduction", "attack"),
    [(MEASLES, 26, 15.0, 0.9), (COVID_2020, 22, 2.87, 0.155)],
    ids=["measles", "covid"],
)
def test_the_engine_infects_as_many_as_the_paper_says(disease: Disease, days: int, reproduction: float, attack: float) -> None:
    town = build_population(communes([100_000]), seed=3)
    infected, at_home, homes, first = 0, 0, 0, 0
    for seed in range(6):
        state = begin(town, disease, Plan(()), seeds(50), seed=seed, infectors=True)
        begun = np.flatnonzero(state.people.infected_on == 0)
        advance(state, days)
        infector = state.people.infector
        children = np.flatnonzero((infector >= 0) & np.isin(infector, begun))
        infected, first = infected + children.size, first + begun.size
        at_home += int((town.household_first()[children] == town.household_first()[infector[children]]).sum())
        homes += int((town.household_size()[begun] - 1).sum())
    # 300 first infected; the number infected by one of COVID-19 has k = 0.43, so its mean a standard error of 9%
    assert first == 300
    assert infected / first == pytest.approx(reproduction, rel=0.2)
    assert at_home / homes == pytest.approx(attack, rel=0.2)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("household_attack", {"reproduction": 2.0, "household_attack": 1.0, "days": 5.0}),
        ("household_attack", {"reproduction": 2.0, "household_attack": float("nan"), "days": 5.0}),
        ("reproduction", {"reproduction": 0.3, "household_attack": 0.5, "days": 5.0}),
        ("reproduction", {"reproduction": 3.0, "household_attack": 0.5, "days": 0.0}),
    ],
)
def test_impossible_figures_are_refused(name: str, given: dict) -> None:
    with pytest.raises(EngineError) as caught:
        rates(**given)
    assert caught.value.name == name
