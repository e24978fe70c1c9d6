"""The state of this morning from the line list: the known cases placed, the unseen drawn, one draw for each replicate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from epiengine.arrays import Int32, number
from epiengine.errors import EngineError
from epiengine.rng import Purpose
from epiengine.simulate.delays import Delay
from epiengine.simulate.disease import Disease
from epiengine.simulate.start.back_calculation import Infections, day_table, delay_days, infections_of
from epiengine.simulate.start.line_list import UNKNOWN, Known, LineList, checked
from epiengine.simulate.start.placing import Places, cases_placed, contacts_placed, unseen_placed
from epiengine.simulate.start.start import EARLIEST_DAY, Start
from epiengine.simulate.town import SyntheticPopulation, UInt8

#: How far back a forgotten infection can still matter.
LOOK_BACK: Final = 90

#: The adults doses are given to, first band; an assumption for cases where the list does not say to whom.
DOSED_FROM: Final = 4


def back_calculated(listed: LineList, town: SyntheticPopulation, disease: Disease, *, to_detection: Delay) -> Infections:
    """The infections behind the detections of a line list: the same for all replicates, so it can be looked at before they are drawn.

    to_detection  from the first symptoms to the positive result; see `epiengine.estimate` for how to fit it
    """
    delay = delay_days(disease.latent, disease.presymptomatic, to_detection, at_least=1)
    return infections_of(checked(listed, town).detected, delay=delay, days=LOOK_BACK)


def from_line_list(
    listed: LineList,
    town: SyntheticPopulation,
    disease: Disease,
    *,
    to_detection: Delay,
    seed: int,
    replicate: int = 0,
    ascertained: float = 1.0,
    unseen: bool = True,
    infections: Infections | None = None,
) -> Start:
    """The start of a simulation from what is known this morning; another draw of what is not for every replicate.

    ascertained  share of all infections that is ever detected, above 0 to 1
    unseen       whether to add infections that are not known yet (see `back_calculation`)
    infections   what `back_calculated` gave for this line list, when there are many replicates; None: calculated here
    Known cases are infected an incubation before their onset, or before their detection less its delay; every case is confirmed. All
    draws come from one Philox generator keyed by (seed, Purpose.START) and counted by the replicate: they depend on nothing else.
    """
    if not 0 < ascertained <= 1:
        raise EngineError("ascertained", ascertained, "above 0, at most 1")
    known = checked(listed, town)
    chance = _chance(number("seed", seed, low=0), number("replicate", replicate, low=0))
    cases = cases_placed(known, Places(town, chance))
    infected_on = _infected_on(known, disease, to_detection, chance)
    contacts = contacts_placed(known, cases, Places(town, chance, taken=cases))
    hidden = hidden_on = np.empty(0, dtype=np.int32)
    if unseen:
        found = back_calculated(listed, town, disease, to_detection=to_detection) if infections is None else infections
        hidden, hidden_on = _hidden(found, known, cases, town, chance, ascertained=ascertained)
    dosed, doses = _dosed(known, town, chance)
    return Start(
        infected=np.concatenate([cases, hidden]),
        infected_on=np.concatenate([infected_on, hidden_on]),
        confirmed=np.arange(cases.size + hidden.size) < cases.size,
        isolated_until=_padded(np.maximum(known.isolated_until, 0), hidden.size),
        home_until=_padded(np.maximum(known.home_until, 0), hidden.size),
        quarantined=contacts,
        quarantine_until=known.contact_until,
        in_centre=known.contact_in_centre,
        dosed=dosed,
        doses=doses,
        dosed_on=np.full(dosed.size, known.dosed_on, dtype=np.int32),
    )


def starts(
    listed: LineList,
    town: SyntheticPopulation,
    disease: Disease,
    *,
    to_detection: Delay,
    seed: int,
    replicates: Sequence[int],
    ascertained: float = 1.0,
) -> list[Start]:
    """One start for each of these replicates; the same as `from_line_list` of each, back-calculated once."""
    found = back_calculated(listed, town, disease, to_detection=to_detection)
    return [
        from_line_list(
            listed, town, disease, to_detection=to_detection, seed=seed, replicate=each, ascertained=ascertained, infections=found
        )
        for each in replicates
    ]


def _hidden(
    found: Infections, known: Known, cases: Int32, town: SyntheticPopulation, chance: np.random.Generator, *, ascertained: float
) -> tuple[Int32, Int32]:
    """(who, on which day) of a draw of the unseen; they may be among the contacts in quarantine: many are."""
    drawn = found.unseen(chance, ascertained=ascertained)
    days = np.repeat(np.arange(-drawn.size, 0, dtype=np.int32), drawn)
    return unseen_placed(days.size, known, cases, Places(town, chance, taken=cases)), days


def _chance(seed: int, replicate: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=np.array([seed, Purpose.START], dtype=np.uint64), counter=[0, 0, 0, replicate]))


def _infected_on(known: Known, disease: Disease, to_detection: Delay, chance: np.random.Generator) -> Int32:
    """int32[k]: a draw of the day each case was infected, at the latest the day before its detection."""
    draws = chance.integers(0, 1024, size=(3, known.cases))
    latent, presymptomatic, detection = (
        day_table(each)[draw].astype(np.int64)
        for each, draw in zip((disease.latent, disease.presymptomatic, to_detection), draws, strict=True)
    )
    onset = np.where(known.onset == UNKNOWN, known.detected - detection, known.onset)
    infected = onset - np.maximum(latent, 1) - presymptomatic
    return np.asarray(np.clip(infected, EARLIEST_DAY, known.detected - 1), dtype=np.int32)


def _dosed(known: Known, town: SyntheticPopulation, chance: np.random.Generator) -> tuple[Int32, UInt8]:
    """Who had how many doses: adults of each commune in random order, those with most doses first."""
    people, doses = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    age = town.ages()
    for commune in np.flatnonzero(known.dosed.sum(axis=1)).tolist():
        here = np.arange(town.commune_start[commune], town.commune_start[commune + 1])
        order = here[np.argsort(chance.random(here.size) + (age[here] < DOSED_FROM))]
        counts = known.dosed[commune][::-1]
        people.append(order[: int(counts.sum())])
        doses.append(np.repeat([3, 2, 1], counts))
    return np.concatenate(people).astype(np.int32), np.concatenate(doses).astype(np.uint8)


def _padded(values: Int32, more: int) -> Int32:
    return np.concatenate([values, np.zeros(more, dtype=np.int32)])
