"""Before day 0: the people of the start are put into the state in which they are told."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.arrays import Int32
from epiengine.jit import step
from epiengine.rng import Purpose, philox, whole
from epiengine.simulate.calendars import copied
from epiengine.simulate.course_events import commune_of
from epiengine.simulate.day_view import DayView
from epiengine.simulate.delays import Int16
from epiengine.simulate.lanes import FRESH
from epiengine.simulate.marks import (
    CENTRE,
    CONFIRMED,
    FACILITY,
    HOME,
    IMMUNE,
    IMMUNE_AT_START,
    ISOLATED,
    NEVER_INFECTED,
    VARIANT_SHIFT,
    marks_of,
)
from epiengine.simulate.measures.measure import ISOLATION, QUARANTINE
from epiengine.simulate.person import hamlet_of
from epiengine.simulate.plan import SERIES_COLUMN
from epiengine.simulate.state import State
from epiengine.simulate.steps.confirming import isolate_until
from epiengine.simulate.steps.quarantining import quarantine_until
from epiengine.simulate.steps.vaccinating import call_next_dose

_START: Final = int(Purpose.START)


def place_start(state: State) -> None:
    """Infect, immunise and mark whom the start names, and so many more at random."""
    start, people = state.start, state.people
    people.infected_on[start.immune] = IMMUNE_AT_START
    people.marks[start.immune] |= np.uint16(IMMUNE)
    people.infected_on[start.infected] = start.infected_on
    people.marks[start.infected] |= (start.confirmed * CONFIRMED | start.variant.astype(np.int32) << VARIANT_SHIFT).astype(np.uint16)
    if people.doses.size:
        people.doses[start.dosed], people.dosed_on[start.dosed] = start.doses, start.dosed_on
    chosen = np.empty(start.at_random, dtype=np.int32)
    _choose_kernel(people.infected_on, state.seed, start.at_random_on, chosen)
    _place_known(state)
    _call_dosed(state)
    _list_fresh(state, np.sort(np.concatenate([start.infected, chosen])))


def _place_known(state: State) -> None:
    """Isolate and quarantine whom the start tells so: in the beds and places of the plan, or else under the two rows behind it."""
    start, rows = state.start, state.tables.start.size
    case_row = _until_of(state, ISOLATION, start.infected, otherwise=rows)
    contact_row = _until_of(state, QUARANTINE, start.quarantined, otherwise=rows + 1)
    if (words := 2 * start.infected.size + start.quarantined.size) > state.person_events.fill.shape[1]:
        state.person_events = copied(state.person_events, chunks=words)
    scene = state.scene()
    _isolate_kernel(scene, start.infected, start.isolated_until, case_row, FACILITY)
    _isolate_kernel(scene, start.infected, np.where(start.isolated_until > 0, 0, start.home_until).astype(np.int32), case_row, HOME)
    form = np.where(start.in_centre, CENTRE, 0).astype(np.int32)
    _quarantine_kernel(scene, start.quarantined, start.quarantine_until, form, contact_row)


def _until_of(state: State, kind: int, person: Int32, *, otherwise: int) -> Int32:
    """int32[k]: the plan's first measure of the kind that is in force on day 0 where each person lives."""
    tables = state.tables
    commune = state.world.hamlet_commune[hamlet_of(state.world.person[person]).astype(np.int64)]
    row = np.full(person.size, otherwise, dtype=np.int32)
    for measure in reversed(range(tables.start.size)):
        waits = tables.trigger[measure, SERIES_COLUMN] >= 0
        if tables.kind[measure] == kind and not waits and tables.start[measure] <= 0 < tables.end[measure]:
            row[tables.area[measure, commune] != 0] = measure
    return row


@step
def _isolate_kernel(scene: DayView, person: Int32, until: Int32, row: Int32, place: int) -> None:
    for at in range(person.size):
        if until[at] > 0:
            commune = commune_of(scene.world, whole(person[at]))
            isolate_until(scene, whole(person[at]), commune, whole(row[at]), place, whole(until[at]))


@step
def _quarantine_kernel(scene: DayView, person: Int32, until: Int32, form: Int32, row: Int32) -> None:
    for at in range(person.size):
        if until[at] > 0 and not marks_of(scene.people, whole(person[at])) & (CONFIRMED | ISOLATED):
            commune = commune_of(scene.world, whole(person[at]))
            quarantine_until(scene, whole(person[at]), commune, whole(row[at]), whole(form[at]), whole(until[at]))


def _call_dosed(state: State) -> None:
    """Whom the start tells as dosed is called for their next dose."""
    if state.people.dosed_on.size:
        state.area_events = copied(state.area_events, chunks=state.start.dosed.size)
        _call_kernel(state.scene(), state.start.dosed)


@step
def _call_kernel(scene: DayView, person: Int32) -> None:
    for at in range(person.size):
        call_next_dose(scene, whole(person[at]), commune_of(scene.world, whole(person[at])))


def _list_fresh(state: State, infected: Int32) -> None:
    lane = infected >> state.world.lane_bits
    for one in range(state.world.lanes()):
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
            if infected_on[person] == NEVER_INFECTED:
                break
        infected_on[person] = day
        chosen[at] = person
