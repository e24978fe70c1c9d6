"""With whom an infected person of a town has infectious contact: index arithmetic instead of a list of contacts."""

from __future__ import annotations

import math
from typing import Any, Final

from epiengine.jit import inner, jit
from epiengine.machine import prefetch
from epiengine.rng import Purpose, philox, unit, whole
from epiengine.simulate.courses import infectious_day, total_weight
from epiengine.simulate.lanes import ENDS_ON, INFECTED_ON, INFECTIOUS_ON, MOST_CANDIDATES, Scratch, in_person_in, layer_in, packed_layer
from epiengine.simulate.marks import People
from epiengine.simulate.model import Model
from epiengine.simulate.person import BANDS, NO_GROUP, age_band, group_of, hamlet_of, household_place, household_size
from epiengine.simulate.town import COMMUNITY, HAMLET, HOUSEHOLD, SCHOOL_LAYER, WORK_LAYER
from epiengine.simulate.worlds import World

_CONTACTS: Final = int(Purpose.CONTACTS)
_CANDIDATE: Final = int(Purpose.CANDIDATE)
_LARGEST_MEAN: Final = 600.0


@jit
def poisson(mean: float, at: float) -> int:
    """The Poisson number whose distribution function first reaches `at` (0 to 1), at most MOST_CANDIDATES."""
    chance = math.exp(-min(mean, _LARGEST_MEAN))
    number, reached = 0, chance
    while at > reached and number < MOST_CANDIDATES:
        number += 1
        chance *= min(mean, _LARGEST_MEAN) / number
        reached += chance
    return number


@inner
def set_reach(world: World, model: Model, scratch: Scratch, lane: int, person: int, who: Any) -> float:
    """Fill the scratch with whom they can meet, layer by layer; the answer is the summed rate."""
    base, size, cut = scratch.base[lane], scratch.size[lane], scratch.cut[lane]
    size[HOUSEHOLD] = whole(household_size(who)) - 1
    base[HOUSEHOLD] = person - whole(household_place(who))
    total = model.rate[HOUSEHOLD] * size[HOUSEHOLD]
    cut[HOUSEHOLD] = cut[SCHOOL_LAYER] = total
    group = whole(group_of(who))
    if group != NO_GROUP:
        layer = SCHOOL_LAYER + whole(world.group_kind[group])
        base[layer] = world.group_start[group]
        size[layer] = world.group_start[group + 1] - world.group_start[group]
        total += model.rate[layer]
        if layer == SCHOOL_LAYER:
            cut[SCHOOL_LAYER] = total
    cut[WORK_LAYER] = total
    hamlet = whole(hamlet_of(who))
    base[HAMLET] = world.hamlet_start[hamlet]
    size[HAMLET] = world.hamlet_start[hamlet + 1] - world.hamlet_start[hamlet]
    cut[HAMLET] = cut[WORK_LAYER] + model.rate[HAMLET]
    cut[COMMUNITY] = cut[HAMLET] + model.rate[COMMUNITY] * world.activity[whole(age_band(who))]
    return cut[COMMUNITY]  # type: ignore[no-any-return]


@inner
def _alias(cut: Any, other: Any, at: float) -> int:
    """A column of an alias row for this number in (0, 1)."""
    scaled = at * cut.size
    column = min(int(scaled), cut.size - 1)
    return column if scaled - column < cut[column] else whole(other[column])  # type: ignore[no-any-return]


@inner
def _choose_in_community(world: World, who: Any, at_commune: float, at_age: float, at_person: float) -> tuple[int, float, bool]:
    """Where to look for somebody of the community: a place in the list of an age, or (True) the person; -1 where nobody lives. Between
    them what is left of the last draw."""
    home = whole(world.hamlet_commune[whole(hamlet_of(who))])
    commune = _alias(world.commute_cut[home], world.commute_other[home], at_commune)
    age = whole(age_band(who))
    row = commune * BANDS + _alias(world.mixing_cut[age], world.mixing_other[age], at_age)
    first, number = world.age_start[row], world.age_start[row + 1] - world.age_start[row]
    if number > 0:
        return first + int(at_person * number), at_person * number - int(at_person * number), False
    # nobody of that age there: anybody there
    first, number = world.commune_start[commune], world.commune_start[commune + 1] - world.commune_start[commune]
    return (first + int(at_person * number) if number > 0 else -1), at_person * number - int(at_person * number), True


@inner
def town_candidates(
    world: World, model: Model, scratch: Scratch, lane: int, row: int, person: int, seed: int, today: int, used: int
) -> int:
    """Write the candidate transmissions of the scratch's row behind the `used` ones; the answer is how many there are now.

    Their number is Poisson with mean strength * summed rate * summed weight of the infectious days; each has a layer by the rates, a day
    by the weights and a person of the layer. (Household: the other members. Group, hamlet, community: evenly, themselves included.)
    """
    who, days = scratch.person[lane, row], scratch.days[lane, row]
    base, size, cut = scratch.base[lane], scratch.size[lane], scratch.cut[lane]
    infected_on, infectious, lasting = days[INFECTED_ON], days[INFECTIOUS_ON], days[ENDS_ON] - days[INFECTIOUS_ON]
    summed = set_reach(world, model, scratch, lane, person, who)
    drawn, _, _, _ = philox(seed, _CONTACTS, person, infected_on, 0, 0)
    number = poisson(scratch.strength[lane, row] * summed * total_weight(model, lasting), unit(drawn))
    for turn in range(number):
        a, b, c, d = philox(seed, _CANDIDATE, person, infected_on, turn, 0)
        due = infectious + infectious_day(model, lasting, unit(b))
        if due <= today:
            continue
        at = unit(a) * summed
        layer = int(at >= cut[HOUSEHOLD]) + int(at >= cut[SCHOOL_LAYER]) + int(at >= cut[WORK_LAYER]) + int(at >= cut[HAMLET])
        # what is left of a draw when a place has been taken by it is even again
        place = unit(c) * size[layer]
        where, uniform, in_person = base[layer] + int(place), place - int(place), False
        if layer == COMMUNITY:
            where, uniform, in_person = _choose_in_community(world, who, unit(d), (at - cut[HAMLET]) / (summed - cut[HAMLET]), unit(c))
            if where < 0:
                continue
            prefetch(world.age_member, where)
        elif layer == HOUSEHOLD:
            where += where >= person
        elif layer != HAMLET:
            prefetch(world.group_member, where)
        scratch.infectors[lane, used], scratch.where[lane, used] = row, where
        scratch.due[lane, used], scratch.layer[lane, used], scratch.uniform[lane, used] = (
            due,
            packed_layer(layer, int(in_person), turn),
            uniform,
        )
        used += 1
    return used


@inner
def look_up(world: World, people: People, scratch: Scratch, lane: int, used: int) -> None:
    """Turn every place in a list of the scratch's candidates into the person who stands there, and ask for what is known of them."""
    where, layers = scratch.where[lane], scratch.layer[lane]
    for at in range(used):
        layer_word = whole(layers[at])
        layer = layer_in(layer_word)
        if layer == COMMUNITY and not in_person_in(layer_word):
            where[at] = world.age_member[where[at]]
        elif layer in (SCHOOL_LAYER, WORK_LAYER):
            where[at] = world.group_member[where[at]]
        prefetch(people.infected_on, where[at])
        prefetch(world.person, where[at])
