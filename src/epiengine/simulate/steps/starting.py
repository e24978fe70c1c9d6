"""Before day 0: the people of the start are put into the state in which they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from epiengine.arrays import Int32
from epiengine.jit import step
from epiengine.rng import Purpose, philox, whole
from epiengine.simulate.books import Books
from epiengine.simulate.calendars import Calendar, copied
from epiengine.simulate.delays import Int16
from epiengine.simulate.lanes import FRESH
from epiengine.simulate.marks import (
    CENTRE,
    CONFIRMED,
    FACILITY,
    HOME,
    IMMUNE,
    ISOLATED,
    LONG_AGO,
    UNTOUCHED,
    VARIANT_SHIFT,
    People,
    marks_of,
)
from epiengine.simulate.steps.confirming import isolate_until
from epiengine.simulate.steps.quarantining import quarantine_until
from epiengine.simulate.worlds import World

if TYPE_CHECKING:
    from epiengine.simulate.state import State

_START: Final = int(Purpose.START)


def place_start(state: State) -> None:
    """Infect, immunise and mark whom the start names, and so many more at random."""
    start, people = state.start, state.people
    people.infected_on[start.immune] = LONG_AGO
    people.marks[start.immune] |= np.uint16(IMMUNE)
    people.infected_on[start.infected] = start.infected_on
    people.marks[start.infected] |= (start.confirmed * CONFIRMED | start.variant.astype(np.int32) << VARIANT_SHIFT).astype(np.uint16)
    if people.doses.size:
        people.doses[start.dosed], people.dosed_on[start.dosed] = start.doses, start.dosed_on
    chosen = np.empty(start.at_random, dtype=np.int32)
    _choose_kernel(people.infected_on, state.seed, start.at_random_on, chosen)
    _place_known(state)
    _list_fresh(state, np.sort(np.concatenate([start.infected, chosen])))


def _place_known(state: State) -> None:
    """Isolate and quarantine whom the start tells so, under the two rows behind the plan."""
    start, case_row, contact_row = state.start, state.tables.start.size, state.tables.start.size + 1
    while state.desk.fill.shape[1] < 2 * start.infected.size + start.quarantined.size:
        state.desk = copied(state.desk, chunks=2 * state.desk.fill.shape[1])
    known = (state.world, state.people, state.desk, state.books)
    _isolate_kernel(*known, start.infected, start.isolated_until, case_row, FACILITY)
    _isolate_kernel(*known, start.infected, np.where(start.isolated_until > 0, 0, start.home_until).astype(np.int32), case_row, HOME)
    form = np.where(start.in_centre, CENTRE, 0).astype(np.int32)
    _quarantine_kernel(*known, start.quarantined, start.quarantine_until, form, contact_row)


@step
def _isolate_kernel(world: World, people: People, desk: Calendar, books: Books, person: Int32, until: Int32, row: int, place: int) -> None:
    for at in range(person.size):
        if until[at] > 0:
            isolate_until(people, desk, world, books, whole(person[at]), row, place, whole(until[at]))


@step
def _quarantine_kernel(
    world: World, people: People, desk: Calendar, books: Books, person: Int32, until: Int32, form: Int32, row: int
) -> None:
    for at in range(person.size):
        if until[at] > 0 and not marks_of(people, whole(person[at])) & (CONFIRMED | ISOLATED):
            quarantine_until(world, people, desk, books, whole(person[at]), row, whole(form[at]), whole(until[at]))


def _list_fresh(state: State, infected: Int32) -> None:
    lane = infected >> state.world.lane_bits
    for one in range(state.ahead.first.shape[0]):
        members = infected[lane == one]
        state.lanes.fresh[one, : members.size] = members
        state.lanes.number[one, FRESH] = members.size


@step
def _choose_kernel(infected_on: Int16, seed: int, day: int, chosen: Int32) -> None:
    """Infect people at random, each of the untouched with the same chance."""
    turn, people = 0, whole(infected_on.size)
    for at in range(chosen.size):
        while True:
            drawn, other, _, _ = philox(seed, _START, turn, 0, 0, 0)
            turn += 1
            person = (whole(drawn) * people + (whole(other) * people >> 32)) >> 32
            if infected_on[person] == UNTOUCHED:
                break
        infected_on[person] = day
        chosen[at] = person
