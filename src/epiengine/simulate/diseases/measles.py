"""Measles in people without immunity. Who is immune (by vaccine or by age) is told in the `Start`."""

from __future__ import annotations

from typing import Final

from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import Disease, Efficacy, Vaccine
from epiengine.simulate.diseases.rates import rates

_LESSLER = "Lessler et al. 2009, Lancet Infect Dis 9:291, doi 10.1016/S1473-3099(09)70069-6"
_PINK_BOOK = "Centers for Disease Control and Prevention, Epidemiology and Prevention of Vaccine-Preventable Diseases (Pink Book), measles"

#: Infectious from four days before the rash to four after (Pink Book): nine days. That the first of them is the day before the first
#: symptoms, three days before the rash, is an assumption.
INFECTIOUS_DAYS: Final = 9.0

#: Reproduction number 15, the middle of the customary 12 to 18 (Guerra et al. 2017, Lancet Infect Dis 17(12): e420, who find estimates from
#: 3.7 to 203); household attack 90% (Pink Book). Incubation: median 12.5 days, dispersion 1.23: mean 12.8, standard deviation 2.7. One in
#: five is admitted to hospital, one to three in a thousand die (Pink Book): two, through one critical in twenty admitted (an assumption).
MEASLES: Final = Disease(
    name="measles",
    transmission=rates(reproduction=15.0, household_attack=0.9, days=INFECTIOUS_DAYS),
    latent=Delay.lognormal(11.8, 2.7, source=f"{_LESSLER}: incubation less one day"),
    presymptomatic=Delay.fixed(1, source="assumption; infectious four days before the rash: " + _PINK_BOOK),
    asymptomatic_recovery=Delay.fixed(INFECTIOUS_DAYS, source=_PINK_BOOK),
    mild_recovery=Delay.fixed(INFECTIOUS_DAYS - 1, source=_PINK_BOOK),
    to_severe=Delay.fixed(4, source="assumption: a day after the rash"),
    severe_recovery=Delay.fixed(7, source="assumption"),
    to_critical=Delay.fixed(2, source="assumption"),
    critical_recovery=Delay.fixed(10, source="assumption"),
    to_death=Delay.fixed(7, source="assumption"),
    symptomatic=(1.0,) * 16,
    severe=(0.2,) * 16,
    critical=(0.05,) * 16,
    fatal=(0.2,) * 16,
    vaccine=Vaccine(
        doses=(Efficacy(0.93, 0.0, 0.0), Efficacy(0.97, 0.0, 0.0)),
        takes=14,
        source=f"{_PINK_BOOK}: 93% after one dose, 97% after two; onward and severe, if infected all the same: none, an assumption",
    ),
    source=f"R: Guerra et al. 2017, Lancet Infect Dis 17(12): e420; household attack, severity: {_PINK_BOOK}",
)
