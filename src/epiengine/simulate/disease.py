"""A disease: how it passes from one to the next, what course it takes, and what protects."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from epiengine.errors import EngineError
from epiengine.simulate.delays import Delay
from epiengine.simulate.person import BANDS

MOST_VARIANTS = 4
MOST_DOSES = 3
AT_ONCE = Delay.fixed(0)
ONES = (1.0,) * BANDS
NONE = (0.0,) * BANDS


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
                     In a Town: household, with each other member; school, work, hamlet, community, with all of them together.
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
    waning           None: one infection protects for ever
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
        for layer, rate in self.transmission.items():
            _within(f"transmission.{layer}", rate, 0.0, 1000.0)
        _by_age("susceptibility", self.susceptibility, 100.0)
        for name in ("symptomatic", "severe", "critical", "fatal"):
            _by_age(name, getattr(self, name), 1.0)
        _within("asymptomatic", self.asymptomatic, 0.0, 10.0)
        if not self.dispersion >= 0.01:
            raise EngineError("dispersion", self.dispersion, "0.01 or more; inf for none")
        _checked_profile(self.profile)
        _checked_protection(self.waning, self.variants, self.vaccine)

    def delays(self) -> tuple[Delay, ...]:
        """The nine delays, in the order of the engine's table."""
        return (
            self.latent,
            self.presymptomatic,
            self.asymptomatic_recovery,
            self.mild_recovery,
            self.to_severe,
            self.severe_recovery,
            self.to_critical,
            self.critical_recovery,
            self.to_death,
        )

    def scaled(self, factor: float) -> Disease:
        """The same disease with every transmission rate multiplied."""
        _within("factor", factor, 0.0, 1e6)
        return replace(self, transmission={layer: rate * factor for layer, rate in self.transmission.items()})


def _within(name: str, value: float, low: float, high: float) -> None:
    # a comparison with NaN is false, so NaN falls out here too
    if not low <= value <= high:
        raise EngineError(name, value, f"{low:g} to {high:g}")


def _by_age(name: str, values: Sequence[float], high: float) -> None:
    if len(values) != BANDS:
        raise EngineError(name, f"{len(values)} age bands", f"{BANDS} age bands")
    for band, value in enumerate(values):
        _within(f"{name}[{band}]", value, 0.0, high)


def _checked_profile(profile: ByDay | Step) -> None:
    if isinstance(profile, Step):
        _within("profile.ratio", profile.ratio, 0.0, 100.0)
        _within("profile.share", profile.share, 0.0, 1.0)
        _within("profile.most_days", profile.most_days, 0.0, 365.0)
        return
    if not 1 <= len(profile.weight) <= 365:
        raise EngineError("profile.weight", f"{len(profile.weight)} days", "1 to 365 days")
    for day, weight in enumerate(profile.weight):
        _within(f"profile.weight[{day}]", weight, 0.0, 1000.0)


def _checked_protection(waning: Waning | None, variants: tuple[Variant, ...], vaccine: Vaccine | None) -> None:
    if waning is not None:
        _within("waning.half_life", waning.half_life, 1e-6, math.inf)
        _within("waning.first", waning.first, 0.0, 1.0)
        _within("waning.floor", waning.floor, 0.0, waning.first)
    if not 1 <= len(variants) <= MOST_VARIANTS:
        raise EngineError("variants", f"{len(variants)} variants", f"1 to {MOST_VARIANTS}")
    for variant in variants:
        _within(f"variants.{variant.name}.transmission", variant.transmission, 0.0, 100.0)
        _within(f"variants.{variant.name}.severity", variant.severity, 0.0, 100.0)
        _within(f"variants.{variant.name}.escape", variant.escape, 0.0, 1.0)
    if vaccine is not None:
        _checked_vaccine(vaccine)


def _checked_vaccine(vaccine: Vaccine) -> None:
    if not 1 <= len(vaccine.doses) <= MOST_DOSES:
        raise EngineError("vaccine.doses", f"{len(vaccine.doses)} doses", f"1 to {MOST_DOSES}")
    _within("vaccine.takes", vaccine.takes, 0, 365)
    _within("vaccine.half_life", vaccine.half_life, 1e-6, math.inf)
    for number, dose in enumerate(vaccine.doses, 1):
        for name in ("infection", "onward", "severe"):
            _within(f"vaccine.doses[{number}].{name}", getattr(dose, name), 0.0, 1.0)
