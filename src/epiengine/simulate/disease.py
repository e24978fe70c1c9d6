"""A disease: how it passes from one to the next, what course it takes, and what protects."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import UnionType

import numpy as np

from epiengine.errors import EngineError
from epiengine.simulate.delays import Delay
from epiengine.simulate.measures.measure import whole, within
from epiengine.simulate.person import BANDS

MOST_VARIANTS = 4
MOST_DOSES = 3
AT_ONCE = Delay.fixed(0)
ONES = (1.0,) * BANDS
NONE = (0.0,) * BANDS
#: The order of the engine's table of delays.
DELAYS = (
    *("latent", "presymptomatic", "asymptomatic_recovery", "mild_recovery"),
    *("to_severe", "severe_recovery", "to_critical", "critical_recovery", "to_death"),
)


@dataclass(frozen=True)
class ByDay:
    """Infectiousness by day since a person became infectious: weight[0] on the first day, nothing after the last."""

    weight: tuple[float, ...]


EVERY_DAY = ByDay((1.0,) * 365)


@dataclass(frozen=True)
class Step:
    """High at first and low afterwards, as Covasim's viral load (Kerr et al. 2021, PLoS Comput Biol 17(7) e1009149, "Viral load").

    The first `share` of a person's infectious days, at most `most_days`, weigh `ratio` times the later ones; the weights are so scaled
    that an uncapped course has mean 1.
    """

    ratio: float = 2.0
    share: float = 0.3
    most_days: float = 4.0


@dataclass(frozen=True)
class Waning:
    """How the protection by an infection falls: floor + (first - floor) * 2^(-days / half_life), from the end of the infection on."""

    half_life: float
    first: float = 1.0
    floor: float = 0.0


@dataclass(frozen=True)
class Variant:
    """How a variant differs: factors on transmission and on the probability of severe disease, and the share of people's immunity
    (by infection or vaccine) that it escapes."""

    name: str
    transmission: float = 1.0
    severity: float = 1.0
    escape: float = 0.0


@dataclass(frozen=True)
class Efficacy:
    """By how much a dose lowers the risk of being infected, of passing it on if infected, and of severe disease if infected."""

    infection: float
    onward: float
    severe: float


@dataclass(frozen=True)
class Vaccine:
    """What the first, second and third dose protect from; each works from `takes` days on and then loses half every `half_life` days."""

    doses: tuple[Efficacy, ...]
    takes: int = 14
    half_life: float = math.inf
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Disease:
    """Everything the engine knows of a disease. Age effects are tuples of 16, by five-year band.

    transmission     by layer name: infectious contacts on a day of weight 1 of somebody of ordinary infectiousness, if all were susceptible.
                     In a synthetic population: household, with each other member; school, work, hamlet, community, with all of them together.
                     On a Network: probability of passing it on to one contact on one day.
                     "group" stands for school and work alike; a layer that is not named passes nothing on.
    profile          weight of each infectious day: ByDay or Step
    susceptibility   factor on being infected by an infectious contact
    symptomatic      probability of symptoms; severe  of those with symptoms; critical  of those severe; fatal  of those critical
    latent           infection to infectious (at least 1 day); presymptomatic  infectious to symptoms
    asymptomatic_recovery, mild_recovery    infectious, symptoms to recovered
    to_severe, severe_recovery              symptoms to severe, severe to recovered
    to_critical, critical_recovery, to_death  severe to critical, critical to recovered or to death
    asymptomatic     infectiousness of who never has symptoms, relative to the others
    dispersion       k of the individual infectiousness, gamma distributed with mean 1 (Lloyd-Smith et al. 2005, Nature 438:355); inf: all alike
    waning           None: one infection protects for ever, from every variant
    """

    name: str
    transmission: Mapping[str, float]
    latent: Delay
    asymptomatic_recovery: Delay
    profile: ByDay | Step = EVERY_DAY
    presymptomatic: Delay = AT_ONCE
    mild_recovery: Delay = AT_ONCE
    to_severe: Delay = AT_ONCE
    severe_recovery: Delay = AT_ONCE
    to_critical: Delay = AT_ONCE
    critical_recovery: Delay = AT_ONCE
    to_death: Delay = AT_ONCE
    susceptibility: tuple[float, ...] = ONES
    symptomatic: tuple[float, ...] = NONE
    severe: tuple[float, ...] = NONE
    critical: tuple[float, ...] = NONE
    fatal: tuple[float, ...] = NONE
    asymptomatic: float = 1.0
    dispersion: float = math.inf
    waning: Waning | None = None
    variants: tuple[Variant, ...] = (Variant("wild"),)
    vaccine: Vaccine | None = None
    source: str = ""

    def __post_init__(self) -> None:
        _of_kind("transmission", self.transmission, Mapping, "a number for each layer name")
        for layer, rate in self.transmission.items():
            within(f"transmission.{layer}", rate, 0.0, 1000.0)
        for name in DELAYS:
            _of_kind(name, getattr(self, name), Delay, "a Delay")
        _by_age("susceptibility", self.susceptibility, 100.0)
        for name in ("symptomatic", "severe", "critical", "fatal"):
            _by_age(name, getattr(self, name), 1.0)
        within("asymptomatic", self.asymptomatic, 0.0, 10.0)
        within("dispersion", self.dispersion, 0.01, math.inf)
        _checked_profile(self.profile)
        _checked_protection(self.waning, self.variants, self.vaccine)

    def delays(self) -> tuple[Delay, ...]:
        """The nine delays, in the order of the engine's table."""
        return tuple(getattr(self, name) for name in DELAYS)

    def scaled(self, factor: float) -> Disease:
        """The same disease with every transmission rate multiplied."""
        within("factor", factor, 0.0, 1e6)
        return replace(self, transmission={layer: rate * factor for layer, rate in self.transmission.items()})


def _of_kind(name: str, value: object, kind: type | UnionType, allowed: str) -> None:
    if not isinstance(value, kind):
        raise EngineError(name, value, allowed)


def _so_many(name: str, values: object, *, fewest: int, most: int, of: str) -> None:
    allowed = f"{most} {of}" if fewest == most else f"{fewest} to {most} {of}"
    if not isinstance(values, Sequence | np.ndarray):
        raise EngineError(name, values, allowed)
    if not fewest <= len(values) <= most:
        raise EngineError(name, f"{len(values)} {of}", allowed)


def _by_age(name: str, values: Sequence[float], high: float) -> None:
    _so_many(name, values, fewest=BANDS, most=BANDS, of="age bands")
    for band, value in enumerate(values):
        within(f"{name}[{band}]", value, 0.0, high)


def _checked_profile(profile: ByDay | Step) -> None:
    _of_kind("profile", profile, ByDay | Step, "ByDay or Step")
    if isinstance(profile, Step):
        within("profile.ratio", profile.ratio, 0.0, 100.0)
        within("profile.share", profile.share, 0.0, 1.0)
        within("profile.most_days", profile.most_days, 0.0, 365.0)
        return
    _so_many("profile.weight", profile.weight, fewest=1, most=365, of="days")
    for day, weight in enumerate(profile.weight):
        within(f"profile.weight[{day}]", weight, 0.0, 1000.0)


def _checked_protection(waning: Waning | None, variants: tuple[Variant, ...], vaccine: Vaccine | None) -> None:
    _of_kind("waning", waning, Waning | None, "Waning, or None")
    if waning is not None:
        within("waning.half_life", waning.half_life, 1e-6, math.inf)
        within("waning.first", waning.first, 0.0, 1.0)
        within("waning.floor", waning.floor, 0.0, waning.first)
    _so_many("variants", variants, fewest=1, most=MOST_VARIANTS, of="variants")
    for at, variant in enumerate(variants):
        _of_kind(f"variants[{at}]", variant, Variant, "a Variant")
        within(f"variants.{variant.name}.transmission", variant.transmission, 0.0, 100.0)
        within(f"variants.{variant.name}.severity", variant.severity, 0.0, 100.0)
        within(f"variants.{variant.name}.escape", variant.escape, 0.0, 1.0)
    _of_kind("vaccine", vaccine, Vaccine | None, "a Vaccine, or None")
    if vaccine is not None:
        _checked_vaccine(vaccine)


def _checked_vaccine(vaccine: Vaccine) -> None:
    _so_many("vaccine.doses", vaccine.doses, fewest=1, most=MOST_DOSES, of="doses")
    whole("vaccine.takes", vaccine.takes, 0, 365)
    within("vaccine.half_life", vaccine.half_life, 1e-6, math.inf)
    for number, dose in enumerate(vaccine.doses, 1):
        _of_kind(f"vaccine.doses[{number}]", dose, Efficacy, "an Efficacy")
        for name in ("infection", "onward", "severe"):
            within(f"vaccine.doses[{number}].{name}", getattr(dose, name), 0.0, 1.0)
