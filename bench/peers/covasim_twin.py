"""Covasim's model in our words: the same people, network, disease and response, for parity tests and for the race.

Figures are Covasim's own defaults (Kerr et al. 2021, PLoS Comput Biol 17(7) e1009149, tables 1 and 2; `parameters.py` of 3.1.9 and 4.0.1, which
agree). Its ten age groups take the places of our first ten bands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from epiengine.simulate import Disease, Network, network
from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import Step
from epiengine.simulate.measures import ALWAYS, Isolation, Measure, Quarantine, Testing, Tracing

#: our names of Covasim's layers h, s, w, c
LAYERS: Final = {"h": "household", "s": "school", "w": "work", "c": "community"}
BETA: Final = 0.016
BETA_LAYER: Final = {"h": 3.0, "s": 0.6, "w": 0.6, "c": 0.3}
AGE_FROM: Final = tuple(range(0, 100, 10))
SUSCEPTIBILITY: Final = (0.34, 0.67, 1.0, 1.0, 1.0, 1.0, 1.24, 1.47, 1.47, 1.47)
# of everybody infected; Covasim divides each by the one before to make it conditional
SYMPTOMATIC: Final = (0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.90)
SEVERE: Final = (0.00050, 0.00165, 0.00720, 0.02080, 0.03430, 0.07650, 0.13280, 0.20655, 0.24570, 0.24570)
CRITICAL: Final = (0.00003, 0.00008, 0.00036, 0.00104, 0.00216, 0.00933, 0.03639, 0.08923, 0.17420, 0.17420)
FATAL: Final = (0.00002, 0.00002, 0.00010, 0.00032, 0.00098, 0.00265, 0.00766, 0.02439, 0.08292, 0.16190)


def covasim_network(file: Path) -> Network:
    """The exported people and contacts (`covasim_peer.py export`)."""
    with np.load(file) as stored:
        age = np.digitize(stored["age"], AGE_FROM) - 1
        return network(
            age.size,
            [(stored[f"{layer}1"], stored[f"{layer}2"]) for layer in LAYERS],
            names=tuple(LAYERS.values()),
            age=age.astype(np.int32),
        )


def covasim_disease(*, beta: float = BETA) -> Disease:
    """COVID-19 as Covasim has it, waning off."""
    return Disease(
        name="COVID-19 of Covasim",
        transmission={LAYERS[layer]: beta * factor for layer, factor in BETA_LAYER.items()},
        profile=Step(ratio=2.0, share=0.3, most_days=4.0),
        dispersion=0.45,
        susceptibility=_bands(SUSCEPTIBILITY),
        symptomatic=_bands(SYMPTOMATIC),
        severe=_bands(_given(SEVERE, SYMPTOMATIC)),
        critical=_bands(_given(CRITICAL, SEVERE)),
        fatal=_bands(_given(FATAL, CRITICAL)),
        latent=Delay.lognormal(4.5, 1.5),
        presymptomatic=Delay.lognormal(1.1, 0.9),
        asymptomatic_recovery=Delay.lognormal(8.0, 2.0),
        mild_recovery=Delay.lognormal(8.0, 2.0),
        to_severe=Delay.lognormal(6.6, 4.9),
        severe_recovery=Delay.lognormal(18.1, 6.3),
        to_critical=Delay.lognormal(1.5, 2.0),
        critical_recovery=Delay.lognormal(18.1, 6.3),
        to_death=Delay.lognormal(10.7, 4.8),
    )


def covasim_response() -> tuple[Measure, ...]:
    """test_prob(0.2, 0.002) and contact_tracing(h 1, s .5, w .5, c .2 after 0, 1, 1, 2 days) from day 1, with iso_factor and quar_factor.

    Quarantine ends 14 days after the case's result, however late the contact is told; the uninfected are tested too.
    """
    isolated = {"household": 0.7, "school": 0.9, "work": 0.9, "community": 0.9}
    quarantined = {"household": 0.4, "school": 0.8, "work": 0.8, "community": 0.8}
    return (
        Testing(start=1, with_symptoms=0.2, without=0.002, sensitivity=ALWAYS, infectious_only=True, turnaround=0),
        Isolation(days=0, until_recovered=True, prevents_facility=isolated, prevents_home=isolated),
        Tracing(
            start=1,
            probability={"household": 1.0, "school": 0.5, "work": 0.5, "community": 0.2},
            delay={"household": 0, "school": 1, "work": 1, "community": 2},
        ),
        Quarantine(
            start=1,
            days=14,
            from_confirmation=True,
            spares_recovered=True,
            test_days=(),
            prevents_centre=quarantined,
            prevents_home=quarantined,
            prevents_second=quarantined,
        ),
    )


def _bands(ten: tuple[float, ...]) -> tuple[float, ...]:
    return ten + (ten[-1],) * (16 - len(ten))


def _given(rarer: tuple[float, ...], commoner: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(one / of for one, of in zip(rarer, commoner, strict=True))
