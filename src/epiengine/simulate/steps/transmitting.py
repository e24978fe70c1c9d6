"""Step: the candidate transmissions that fall due today, and which of them infect.

A candidate was drawn at a rate that no day exceeds. It infects with the probability that today's rate has of that: the other is
susceptible (doses, earlier infection; their age was thought of when it was drawn), and the two meet in spite of isolation, quarantine,
cordons and orders.
"""

from __future__ import annotations

from typing import Any, Final

from epiengine.jit import inner
from epiengine.machine import prefetch
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.calendars import END, clear, following, start
from epiengine.simulate.day_view import FORESIGHT, DayView, lane_count
from epiengine.simulate.lanes import FRESH
from epiengine.simulate.marks import CONFIRMED, NEVER_INFECTED, VARIANT, VARIANT_SHIFT, marks_of
from epiengine.simulate.model import INFECTION
from epiengine.simulate.protection import protected, reinfectable
from epiengine.simulate.restrictions import allowed
from epiengine.simulate.slots import transmission_slot

_ACCEPT: Final = int(Purpose.ACCEPT)
_27: Final = word(27)
_54: Final = word(54)
_57: Final = word(57)
_59: Final = word(59)
_27_BITS: Final = word(2**27 - 1)
_3_BITS: Final = word(7)
_2_BITS: Final = word(3)
#: Bits of a day.
_TURN_SHIFT: Final = 16


@inner
def candidate_word(infectors: int, taker: int, layer: int, variant: int, turn: int) -> Any:
    """A candidate transmission in 64 bits; `turn` keeps two of one pair on one day apart."""
    return word(infectors | taker << 27 | layer << 54 | variant << 57) | word(turn) << _59


@inner
def _foresee(scene: DayView, source: int, at: int) -> None:
    """Ask for the rows of who meets in a few words' time."""
    words = scene.person_events.words[source]
    later = words[min(at + FORESIGHT, words.size - 1)]
    infectors, taker = whole(later & _27_BITS), whole((later >> _27) & _27_BITS)
    prefetch(scene.people.infected_on, taker)
    prefetch(scene.people.infected_on, infectors)
    if scene.orders.is_active.any():
        prefetch(scene.world.person, taker)
        prefetch(scene.world.person, infectors)


@inner
def _chance(scene: DayView, today: int, infectors: int, taker: int, layer: int, variant: int) -> float:
    """With which probability the candidate infects."""
    model, people, orders = scene.model, scene.people, scene.orders
    chance = orders.multiplier[0] / model.headroom * allowed(scene.world, people, orders, scene.tables, infectors, taker, layer, today)
    return chance * protected(model, people, taker, today, variant, INFECTION)  # type: ignore[no-any-return]


@inner
def _infects(scene: DayView, today: int, taker: int, candidate: Any) -> bool:
    infectors, layer = whole(candidate & _27_BITS), whole((candidate >> _54) & _3_BITS)
    variant = whole((candidate >> _57) & _2_BITS)
    chance = _chance(scene, today, infectors, taker, layer, variant)
    if chance <= 0.0:
        return False
    if scene.people.infected_on[taker] != NEVER_INFECTED:
        chance *= reinfectable(scene.model, scene.people, scene.seed, taker, today, variant)
    if chance >= 1.0:
        return True
    moment = today | whole(candidate >> _59) << _TURN_SHIFT
    drawn, _, _, _ = philox(scene.seed, _ACCEPT, infectors, taker, moment, layer + 8 * int(scene.orders.multiplier[1]))
    return unit(drawn) < chance


@inner
def infect(scene: DayView, lane: int, person: int, today: int, variant: int, infector: int) -> None:
    """Mark a person as infected today and put them on the lane's list."""
    people, lanes = scene.people, scene.lanes
    people.infected_on[person] = today
    people.marks[person] = (marks_of(people, person) & (0xFFFF ^ (VARIANT | CONFIRMED))) | variant << VARIANT_SHIFT
    if people.infector.size > 0:
        people.infector[person] = infector
    lanes.fresh[lane, lanes.number[lane, FRESH]] = person
    lanes.number[lane, FRESH] += 1


@inner
def transmit_lane(scene: DayView, lane: int, today: int) -> None:
    """Decide today's candidates to people of the lane."""
    person_events, infected_on = scene.person_events, scene.people.infected_on
    for_ever = scene.model.protection.size == 0
    slot = transmission_slot(person_events, lane, today)
    for source in range(lane_count(scene)):
        at = start(person_events, source, slot)
        while at != END:
            _foresee(scene, source, at)
            candidate = person_events.words[source, at]
            taker = whole((candidate >> _27) & _27_BITS)
            can_be = infected_on[taker] == NEVER_INFECTED if for_ever else infected_on[taker] != today
            if can_be and _infects(scene, today, taker, candidate):
                infect(scene, lane, taker, today, whole((candidate >> _57) & _2_BITS), whole(candidate & _27_BITS))
            at = following(person_events, source, at)


@inner
def forget_candidates(scene: DayView, lane: int, today: int) -> None:
    """Give back the chunks in which this lane told today's candidates, when all lanes have read them."""
    for target in range(lane_count(scene)):
        clear(scene.person_events, lane, transmission_slot(scene.person_events, target, today))
