"""Step: the candidate transmissions that fall due today, and which of them infect.

A candidate was drawn at a rate that no day exceeds. It infects with the probability that today's rate has of that: the other is
susceptible (age, doses, earlier infection), and the two meet in spite of isolation, quarantine, cordons and orders.
"""

from __future__ import annotations

from typing import Any, Final

from epiengine.jit import inner, step
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.calendars import CHUNK, Calendar, clear
from epiengine.simulate.lanes import FRESH, Lanes
from epiengine.simulate.marks import CONFIRMED, UNTOUCHED, VARIANT, VARIANT_SHIFT, People, marks_of
from epiengine.simulate.model import INFECTION, Model
from epiengine.simulate.orders import Orders
from epiengine.simulate.person import age_band
from epiengine.simulate.plan import Tables
from epiengine.simulate.protection import reinfectable, shielded
from epiengine.simulate.restrictions import allowed
from epiengine.simulate.slots import transmission_slot
from epiengine.simulate.worlds import IS_TOWN, World

_ACCEPT: Final = int(Purpose.ACCEPT)
_27: Final = word(27)
_54: Final = word(54)
_57: Final = word(57)
_27_BITS: Final = word(2**27 - 1)
_3_BITS: Final = word(7)
_2_BITS: Final = word(3)


@inner
def _chance(
    world: World,
    model: Model,
    people: People,
    orders: Orders,
    tables: Tables,
    seed: int,
    today: int,
    giver: int,
    taker: int,
    layer: int,
    variant: int,
) -> float:
    """With which probability the candidate infects."""
    chance = model.susceptibility[whole(age_band(world.person[taker]))] / model.bound * orders.multiplier[0]
    if world.kind != IS_TOWN:
        chance *= world.rel_susceptible[taker]
    chance *= allowed(world, people, orders, tables, giver, taker, layer, today)
    chance *= shielded(model, people, taker, today, variant, INFECTION)
    return chance  # type: ignore[no-any-return]


@inner
def _infects(
    world: World, model: Model, people: People, orders: Orders, tables: Tables, seed: int, today: int, taker: int, candidate: Any
) -> bool:
    giver, layer = whole(candidate & _27_BITS), whole((candidate >> _54) & _3_BITS)
    variant = whole((candidate >> _57) & _2_BITS)
    chance = _chance(world, model, people, orders, tables, seed, today, giver, taker, layer, variant)
    if chance <= 0.0:
        return False
    if people.infected_on[taker] != UNTOUCHED:
        chance *= reinfectable(model, people, seed, taker, today, variant)
    if chance >= 1.0:
        return True
    drawn, _, _, _ = philox(seed, _ACCEPT, giver, taker, today, layer + 8 * int(orders.multiplier[1]))
    return unit(drawn) < chance


@inner
def infect(people: People, lanes: Lanes, lane: int, person: int, today: int, variant: int, infector: int) -> None:
    """Mark a person as infected today and put him on the lane's list."""
    people.infected_on[person] = today
    people.marks[person] = (marks_of(people, person) & (0xFFFF ^ (VARIANT | CONFIRMED))) | variant << VARIANT_SHIFT
    if people.infector.size > 0:
        people.infector[person] = infector
    lanes.fresh[lane, lanes.number[lane, FRESH]] = person
    lanes.number[lane, FRESH] += 1


@step
def transmit_lane(
    world: World,
    model: Model,
    people: People,
    orders: Orders,
    tables: Tables,
    ahead: Calendar,
    lanes: Lanes,
    lane: int,
    seed: int,
    today: int,
) -> None:
    """Decide today's candidates to people of the lane."""
    for_ever = model.protection.size == 0
    slot = transmission_slot(ahead, lane, today)
    for source in range(ahead.first.shape[0]):
        chunk = whole(ahead.first[source, slot])
        while chunk >= 0:
            for at in range(chunk * CHUNK, chunk * CHUNK + ahead.fill[source, chunk]):
                candidate = ahead.words[source, at]
                taker = whole((candidate >> _27) & _27_BITS)
                if for_ever and people.infected_on[taker] != UNTOUCHED:
                    continue
                if people.infected_on[taker] != today and _infects(world, model, people, orders, tables, seed, today, taker, candidate):
                    infect(people, lanes, lane, taker, today, whole((candidate >> _57) & _2_BITS), whole(candidate & _27_BITS))
            chunk = whole(ahead.after[source, chunk])


@step
def forget_candidates(ahead: Calendar, lane: int, today: int) -> None:
    """Give back the chunks in which this lane told today's candidates, when all lanes have read them."""
    for target in range(ahead.first.shape[0]):
        clear(ahead, lane, transmission_slot(ahead, target, today))
