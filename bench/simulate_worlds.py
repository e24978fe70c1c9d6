"""The town, the disease and the plans that the simulator's benchmarks share."""

from __future__ import annotations

import numpy as np

from epiengine.simulate import Disease, Plan, SyntheticPopulation
from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import ByDay, Efficacy, Vaccine
from epiengine.simulate.measures import (
    Campaign,
    Checkpoints,
    Closures,
    Cordons,
    Isolation,
    Quarantine,
    StayHome,
    Testing,
    Tracing,
    Trigger,
    Vaccination,
)
from epiengine.simulate.population import build_population, communes

PEOPLE_PER_COMMUNE = 28_000


def town_of(people: int) -> SyntheticPopulation:
    """Communes of about 28,000 people, 5 km from one to the next; everything else is the engine's own for Viet Nam."""
    count = max(1, people // PEOPLE_PER_COMMUNE)
    each = np.full(count, people // count)
    each[: people % count] += 1
    side = int(np.ceil(np.sqrt(count)))
    place = np.array([(5.0 * (one % side), 5.0 * (one // side)) for one in range(count)])
    return build_population(communes(each, place=place), seed=2021)


def delta() -> Disease:
    """COVID-19 with figures near those of 2021; a benchmark needs the right kinds of work, not a forecast."""
    by_age = (0.40, 0.38, 0.79, 0.79, 0.86, 0.86, 0.80, 0.80, 0.82, 0.82, 0.88, 0.88, 0.74, 0.74, 0.74, 0.74)
    symptomatic = (0.28, 0.28, 0.21, 0.21, 0.26, 0.26, 0.33, 0.33, 0.40, 0.40, 0.49, 0.49, 0.63, 0.63, 0.69, 0.69)
    severe = tuple(0.002 * 1.45**band for band in range(16))
    return Disease(
        name="like Delta",
        transmission={"household": 0.12, "school": 0.25, "work": 0.25, "hamlet": 0.12, "community": 0.35},
        profile=ByDay((0.6, 1.2, 1.6, 1.6, 1.4, 1.2, 1.0, 0.8, 0.6, 0.4, 0.3, 0.2, 0.1)),
        dispersion=0.45,
        susceptibility=by_age,
        symptomatic=symptomatic,
        severe=severe,
        critical=(0.25,) * 16,
        fatal=(0.5,) * 16,
        asymptomatic=0.5,
        latent=Delay.lognormal(3.7, 1.6),
        presymptomatic=Delay.lognormal(1.9, 1.0),
        asymptomatic_recovery=Delay.lognormal(8.0, 2.0),
        mild_recovery=Delay.lognormal(8.0, 2.0),
        to_severe=Delay.lognormal(6.6, 4.9),
        severe_recovery=Delay.lognormal(18.1, 6.3),
        to_critical=Delay.lognormal(1.5, 2.0),
        critical_recovery=Delay.lognormal(18.1, 6.3),
        to_death=Delay.lognormal(10.7, 4.8),
        vaccine=Vaccine(doses=(Efficacy(0.36, 0.3, 0.7), Efficacy(0.79, 0.5, 0.94)), takes=14, half_life=180.0),
    )


def all_measures(people: int, *, effort: float = 1.0) -> Plan:
    """Every kind of measure, its capacities in proportion to the people; effort scales beds, places, tests and tracers."""
    hundredth = people / 100 * effort
    many = Trigger(at_least=20, within=7, lasts=14)
    return (
        Testing(with_symptoms=0.3, background=0.0005, capacity=0.4 * hundredth, turnaround=1),
        Isolation(beds=0.4 * hundredth),
        Tracing(hours=0.5 * hundredth),
        Quarantine(places=0.4 * hundredth),
        Cordons(cases=3, within=14, lasts=14),
        Campaign(in_cordons=True, capacity=0.4 * hundredth),
        StayHome(trigger=many, compliance=0.5),
        Closures(trigger=many),
        Checkpoints(trigger=many),
        Vaccination(per_day=0.1 * hundredth, acceptance=0.8),
    )
