"""Mpox as it passes in households and villages (clade I, before 1990): it dies out by itself, by chains of a few cases.

The outbreak of 2022 passed in sexual networks; neither these figures nor a town's layers describe it.
"""

from __future__ import annotations

from typing import Final

from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import Disease
from epiengine.simulate.diseases.rates import rates

_LLOYD_SMITH = "Lloyd-Smith et al. 2005, Nature 438:355, doi 10.1038/nature04153"
_GUZZETTA = "Guzzetta et al. 2022, Emerg Infect Dis 28(10):2078, doi 10.3201/eid2810.221126"

#: Mean 0.32 infected by one, k 0.58: Zaire, Lloyd-Smith et al. 2005. Household attack 8%: an assumption between the 3% of all close
#: contacts and the 11.7% of unvaccinated small children of the household (Jezek et al. 1988, Bull World Health Organ 66:465). Incubation:
#: gamma, shape 2.42, scale 3.75 (Guzzetta et al. 2022): mean 9.1, standard deviation 5.8. Infectious from the first symptoms until the
#: rash has healed, two to four weeks (World Health Organization): three. Severe disease is not modelled.
MPOX: Final = Disease(
    name="mpox",
    transmission=rates(reproduction=0.32, household_attack=0.08, days=21.0, dispersion=0.58),
    latent=Delay.gamma(9.1, 5.8, source=_GUZZETTA),
    asymptomatic_recovery=Delay.gamma(21.0, 4.0, source="World Health Organization: two to four weeks; the spread is an assumption"),
    mild_recovery=Delay.gamma(21.0, 4.0, source="World Health Organization: two to four weeks; the spread is an assumption"),
    symptomatic=(1.0,) * 16,
    dispersion=0.58,
    source=f"R and k: {_LLOYD_SMITH}; household attack: Jezek et al. 1988, Bull World Health Organ 66:465",
)
