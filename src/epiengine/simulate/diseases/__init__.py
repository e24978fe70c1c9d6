"""Ready-made diseases. Every figure has its source beside it; what is assumed says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from epiengine.simulate.disease import Disease
from epiengine.simulate.diseases.covid import COVID_2020, COVID_DELTA
from epiengine.simulate.diseases.influenza import INFLUENZA
from epiengine.simulate.diseases.measles import MEASLES
from epiengine.simulate.diseases.mpox import MPOX
from epiengine.simulate.diseases.rates import rates

#: The names a plan may call them by.
DISEASES: Final[Mapping[str, Disease]] = {
    "covid-19-2020": COVID_2020,
    "covid-19-delta": COVID_DELTA,
    "measles": MEASLES,
    "influenza": INFLUENZA,
    "mpox": MPOX,
}

__all__ = ["COVID_2020", "COVID_DELTA", "DISEASES", "INFLUENZA", "MEASLES", "MPOX", "rates"]
