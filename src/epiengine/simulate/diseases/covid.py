"""COVID-19: the virus of 2020 and the Delta variant of 2021, in people without immunity."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import Disease, Efficacy, Step, Vaccine
from epiengine.simulate.diseases.rates import rates
from epiengine.simulate.population.vietnam import PEOPLE_BY_AGE
from epiengine.simulate.town import Float64

_KERR = "Kerr et al. 2021, PLoS Comput Biol 17(7): e1009149, doi 10.1371/journal.pcbi.1009149, table 1"
_KANG = "Kang et al. 2022, Euro Surveill 27(10): 2100815, doi 10.2807/1560-7917.ES.2022.27.10.2100815"

#: Twice as infectious for the first 30% of the course, at most 4 days. Kerr et al. 2021, "Viral load".
PROFILE: Final = Step(ratio=2.0, share=0.3, most_days=4.0)


def _bands(by_decade: list[float]) -> Float64:
    """float64[16]: figures for 0-9, 10-19, ... 70-79 as five-year bands; the last two stand for 70-74 and 75 and over."""
    return np.repeat(np.array(by_decade), 2)


# Odds ratios of susceptibility: Zhang et al. 2020, Science 368:1481, as used by Kerr et al. 2021.
SUSCEPTIBILITY: Final = _bands([0.34, 0.67, 1.00, 1.00, 1.00, 1.00, 1.24, 1.47])

# Of all infected: symptoms, severe and critical disease (Verity et al. 2020, Lancet Infect Dis 20:669, by way of Ferguson et al. 2020,
# report 9, table 1), death (O'Driscoll et al. 2021, Nature 590:140); as collected by Kerr et al. 2021. The band 75 and older is the mean of
# the figures for 70-79 and 80-89.
_SYMPTOMS = _bands([0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85])
_SEVERE = _bands([0.00050, 0.00165, 0.00720, 0.02080, 0.03430, 0.07650, 0.13280, 0.20655])
_CRITICAL = _bands([0.00003, 0.00008, 0.00036, 0.00104, 0.00216, 0.00933, 0.03639, 0.08923])
_DEATH = _bands([0.00002, 0.00002, 0.00010, 0.00032, 0.00098, 0.00265, 0.00766, 0.02439])
for _column, _eighties in ((_SYMPTOMS, 0.90), (_SEVERE, 0.24570), (_CRITICAL, 0.17420), (_DEATH, 0.08292)):
    _column[-1] = (_column[-1] + _eighties) / 2

#: Infectiousness without symptoms against with: 0.58 (0.34-0.99), Byambasuren et al. 2020, JAMMI 5(4):223, doi 10.3138/jammi-2020-0030.
WITHOUT_SYMPTOMS: Final = 0.58

#: k of the number infected by one: 0.43 (0.29-0.67), Adam et al. 2020, Nat Med 26:1714, doi 10.1038/s41591-020-1092-0. Used for individual
#: infectiousness; the households and classes of a town spread the numbers a little further.
DISPERSION: Final = 0.43

#: Of infections over all ages of Viet Nam, by the table above.
_SHARE_WITH_SYMPTOMS = float(PEOPLE_BY_AGE @ _SYMPTOMS / PEOPLE_BY_AGE.sum())


def _days(presymptomatic: float, symptomatic: float, without: float) -> float:
    return _SHARE_WITH_SYMPTOMS * (presymptomatic + symptomatic) + (1 - _SHARE_WITH_SYMPTOMS) * WITHOUT_SYMPTOMS * without


def _covid(*, name: str, latent: Delay, presymptomatic: Delay, reproduction: float, attack: float, severity: float, source: str,
           vaccine: Vaccine | None = None) -> Disease:  # fmt: skip
    return Disease(
        name=name,
        transmission=rates(
            reproduction=reproduction,
            household_attack=attack,
            days=_days(presymptomatic.mean, 8.0, 8.0),
            dispersion=DISPERSION,
            susceptibility=SUSCEPTIBILITY,
        ),
        profile=PROFILE,
        latent=latent,
        presymptomatic=presymptomatic,
        asymptomatic_recovery=Delay.lognormal(8.0, 2.0, source=f"{_KERR}, after Wölfel et al. 2020, Nature 581:465"),
        mild_recovery=Delay.lognormal(8.0, 2.0, source=f"{_KERR}, after Wölfel et al. 2020, Nature 581:465"),
        to_severe=Delay.lognormal(6.6, 4.9, source=f"{_KERR}, after Linton et al. 2020 and Wang et al. 2020"),
        severe_recovery=Delay.lognormal(18.1, 6.3, source=f"{_KERR}, after Verity et al. 2020"),
        to_critical=Delay.lognormal(1.5, 2.0, source=f"{_KERR}, after Chen et al. 2020 and Wang et al. 2020"),
        critical_recovery=Delay.lognormal(18.1, 6.3, source=f"{_KERR}, after Verity et al. 2020"),
        to_death=Delay.lognormal(10.7, 4.8, source=f"{_KERR}, after Verity et al. 2020"),
        susceptibility=tuple(SUSCEPTIBILITY.tolist()),
        symptomatic=tuple(_SYMPTOMS.tolist()),
        severe=tuple(np.minimum(severity * _SEVERE / _SYMPTOMS, 0.9).tolist()),
        critical=tuple((_CRITICAL / _SEVERE).tolist()),
        fatal=tuple((_DEATH / _CRITICAL).tolist()),
        asymptomatic=WITHOUT_SYMPTOMS,
        dispersion=DISPERSION,
        vaccine=vaccine,
        source=source,
    )


#: Reproduction number 2.87 (2.39-3.44), Billah et al. 2020, PLoS ONE 15(11): e0242128; household attack 15.5% (13.2-18.2) up to April
#: 2020, Madewell et al. 2022, JAMA Netw Open 5(4): e229317.
COVID_2020: Final = _covid(
    name="COVID-19, 2020",
    latent=Delay.lognormal(4.5, 1.5, source=f"{_KERR}, after Lauer, Du and Nishiura 2020"),
    presymptomatic=Delay.lognormal(1.1, 0.9, source=f"{_KERR}, so that latent and presymptomatic make the incubation of Lauer et al. 2020"),
    reproduction=2.87,
    attack=0.155,
    severity=1.0,
    source="R: Billah et al. 2020, PLoS ONE 15(11): e0242128; household attack: Madewell et al. 2022, JAMA Netw Open 5(4): e229317",
)

#: ChAdOx1, of which most doses in Viet Nam in summer 2021 were. Infection 39 and 64% (Pattni et al. 2022, BMC Infect Dis 22:270); onward,
#: two doses, 24% (Eyre et al. 2022, NEJM 386:744; one dose: none, an assumption); severe from hospital admission, 71 and 92% (Stowe et al.
#: 2021, Public Health England): what is left of it in those infected all the same. No waning is assumed.
ASTRAZENECA_DELTA: Final = Vaccine(
    doses=(Efficacy(0.39, 0.0, 1 - 0.29 / 0.61), Efficacy(0.64, 0.24, 1 - 0.08 / 0.36)),
    takes=14,
    source="Pattni et al. 2022; Eyre et al. 2022; Stowe et al. 2021",
)

#: Reproduction number 5.08 (mean of five studies), Liu and Rocklöv 2021, J Travel Med 28(7): taab124; household attack 29.7% (23.0-37.3),
#: Madewell et al. 2022. Latent 3.9 and incubation 5.8 days on average, Kang et al. 2022; the standard deviations are an assumption: the
#: coefficients of variation of 2020. Admission to hospital 2.08 times as likely, Fisman and Tuite 2021, CMAJ 193: E1619.
COVID_DELTA: Final = _covid(
    name="COVID-19, Delta 2021",
    latent=Delay.lognormal(3.9, 1.3, source=f"{_KANG}: mean; standard deviation assumed"),
    presymptomatic=Delay.lognormal(1.9, 1.55, source=f"{_KANG}: difference of the means; standard deviation assumed"),
    reproduction=5.08,
    attack=0.297,
    severity=2.08,
    vaccine=ASTRAZENECA_DELTA,
    source="R: Liu and Rocklöv 2021, J Travel Med 28(7): taab124; household attack: Madewell et al. 2022, JAMA Netw Open 5(4): e229317",
)
