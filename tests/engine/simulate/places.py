"""Small places for the simulation's tests: towns by a rule, complete graphs, diseases of the textbook."""

from __future__ import annotations

import numpy as np

from epiengine.simulate import NO_GROUP, Delay, Disease, Network, SyntheticPopulation, by_age, by_group, network, packed

NOWHERE = {"household": 0.0, "school": 0.0, "work": 0.0, "hamlet": 0.0, "community": 0.0}


def town(
    people: int, *, communes: int = 2, hamlet: int = 60, household: int = 4, group: int = 10, home: float = 0.7, seed: int = 1
) -> SyntheticPopulation:
    """Households of one size, hamlets of another; every other person in a group; `home` is the share of contacts in the own commune."""
    draw = np.random.default_rng(seed)
    number = np.arange(people)
    border = np.linspace(0, people, communes + 1).astype(np.int64) // household * household
    border[-1] = people
    commune = np.searchsorted(border, number, side="right") - 1
    inside = number - border[commune]
    place = inside % household
    size = np.minimum(household, (border[commune + 1] - border[commune]) - (inside - place))
    first = np.flatnonzero((inside % (hamlet // household * household)) == 0)
    hamlets = np.searchsorted(first, number, side="right") - 1
    ages = draw.integers(0, 16, people).astype(np.int32)
    groups = max(people // (2 * group), 1)
    among = np.where(draw.random(people) < 0.5, draw.integers(0, groups, people), -1).astype(np.int32)
    group_start, group_member = by_group(among, groups=groups)
    commute = np.full((communes, communes), (1 - home) / max(communes - 1, 1)) if communes > 1 else np.ones((1, 1))
    if communes > 1:
        np.fill_diagonal(commute, home)
    age_start, age_member = by_age(ages, commune.astype(np.int32), communes=communes)
    return SyntheticPopulation(
        person=packed(ages, place, size, hamlets, np.where(among < 0, NO_GROUP, among)),
        hamlet_start=np.append(first, people).astype(np.int64),
        hamlet_commune=commune[first].astype(np.int32),
        commune_start=border,
        group_start=group_start,
        group_member=group_member,
        group_kind=(np.arange(groups) % 2).astype(np.uint8),
        age_start=age_start,
        age_member=age_member,
        commute=commute,
        mixing=np.full((16, 16), 1 / 16),
    )


def well_mixed(people: int) -> SyntheticPopulation:
    """One commune in which everybody meets everybody alike (with all contacts in the community layer)."""
    return town(people, communes=1, household=1, hamlet=1_000_000, group=people)


def complete(people: int) -> Network:
    """Everybody knows everybody."""
    a, b = np.triu_indices(people, 1)
    return network(people, [(a, b)], names=["all"])


def textbook(*, rates: dict[str, float], latent: float = 2, lasting: float = 5, **more: object) -> Disease:
    """Everybody without symptoms, fixed stages."""
    return Disease(
        name="textbook",
        transmission=rates,
        latent=Delay.fixed(latent),
        asymptomatic_recovery=Delay.fixed(lasting),
        **more,  # type: ignore[arg-type]
    )


def illness(*, rates: dict[str, float], **more: object) -> Disease:
    """With symptoms, severe courses and deaths; the figures are of the proof of the design, for tests of the engine only."""
    known: dict[str, object] = {
        "presymptomatic": Delay.lognormal(1.1, 0.9),
        "mild_recovery": Delay.lognormal(8, 2),
        "to_severe": Delay.lognormal(6.6, 4.9),
        "severe_recovery": Delay.lognormal(18.1, 6.3),
        "to_critical": Delay.lognormal(1.5, 2.0),
        "critical_recovery": Delay.lognormal(18.1, 6.3),
        "to_death": Delay.lognormal(10.7, 4.8),
        "symptomatic": tuple(np.linspace(0.5, 0.9, 16)),
        "severe": tuple(np.linspace(0.005, 0.25, 16)),
        "critical": (0.3,) * 16,
        "fatal": (0.5,) * 16,
        "susceptibility": tuple(np.linspace(0.5, 1.3, 16)),
        "asymptomatic": 0.6,
        "dispersion": 0.45,
    }
    return Disease(
        name="illness",
        transmission=rates,
        latent=Delay.lognormal(4.5, 1.5),
        asymptomatic_recovery=Delay.lognormal(8, 2),
        **{**known, **more},  # type: ignore[arg-type]
    )
