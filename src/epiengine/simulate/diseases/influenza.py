"""Seasonal influenza, whose reproduction number already counts the immunity people have."""

from __future__ import annotations

from typing import Final

from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import ByDay, Disease
from epiengine.simulate.diseases.rates import rates

_LESSLER = "Lessler et al. 2009, Lancet Infect Dis 9:291, doi 10.1016/S1473-3099(09)70069-6"
_LAU = "Lau et al. 2010, J Infect Dis 201:1509, doi 10.1086/652241"

#: Share of the infectiousness on the first, second... day. Most of it in the first two to three days after onset and 1 to 8% before (Lau et
#: al. 2010); the exact shares are an assumption, chosen so that the mean time from infection to infection is the 2.8 days of Lessler et al.
#: 2009, NEJM 361:2628 (Weibull, shape 2.36, scale 3.18).
PROFILE: Final = ByDay((0.36, 0.30, 0.18, 0.09, 0.05, 0.02))

#: 14% without symptoms, and those shed little (Lau et al. 2010); a third as infectious is an assumption.
WITH_SYMPTOMS: Final = 0.86
WITHOUT_SYMPTOMS: Final = 0.33

#: Reproduction number 1.28, median of 47 estimates for seasonal influenza (Biggerstaff et al. 2014, BMC Infect Dis 14:480); household
#: attack 13% (Cauchemez et al. 2009, NEJM 361:2619: acute respiratory illness, pandemic of 2009). Incubation: median 1.4 days, dispersion
#: 1.51: mean 1.52, standard deviation 0.65. Severe disease is not modelled: no source by age for Viet Nam.
INFLUENZA: Final = Disease(
    name="seasonal influenza",
    transmission=rates(reproduction=1.28, household_attack=0.13, days=WITH_SYMPTOMS + (1 - WITH_SYMPTOMS) * WITHOUT_SYMPTOMS),
    profile=PROFILE,
    latent=Delay.lognormal(
        1.52, 0.65, source=f"{_LESSLER}, influenza A: incubation, as hardly any infectiousness comes before onset ({_LAU})"
    ),
    asymptomatic_recovery=Delay.fixed(6, source=f"{_LAU}: little shedding after five days"),
    mild_recovery=Delay.fixed(6, source=f"{_LAU}: little shedding after five days"),
    symptomatic=(WITH_SYMPTOMS,) * 16,
    asymptomatic=WITHOUT_SYMPTOMS,
    source="R: Biggerstaff et al. 2014, BMC Infect Dis 14:480; household attack: Cauchemez et al. 2009, NEJM 361:2619",
)
