"""Step: the day is opened. Which measures are in force where, what they leave of contacts, and what the post has for today."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.active_measures import BORDERS_CUT, CONTACTS_CUT, NOBODY, ActiveMeasures
from epiengine.simulate.books import LOOK_BACK, TODAY, Books, tally_rows
from epiengine.simulate.day_view import DayView
from epiengine.simulate.measures.laboratory import BACKGROUND, CAPACITY, WITHOUT
from epiengine.simulate.measures.measure import BORDER, CAMPAIGN, CONTACT, CORDON, ISOLATION, QUARANTINE, TESTING, TRACING, VACCINATION
from epiengine.simulate.measures.tracing import HOURS
from epiengine.simulate.measures.vaccination import DOSES_PER_DAY
from epiengine.simulate.plan import AT_LEAST, EACH, LASTS, SERIES_COLUMN, WITHIN, Tables

_SEEK: Final = int(Purpose.SEEK)


@inner
def _clear_orders(orders: ActiveMeasures) -> None:
    orders.contact[:] = 1.0
    orders.border[:] = 1.0
    orders.is_active[CONTACTS_CUT] = orders.is_active[BORDERS_CUT] = 0
    for commune in range(orders.laboratory.size):
        orders.laboratory[commune] = orders.isolation[commune] = orders.tracing[commune] = NOBODY
        orders.quarantine[commune] = orders.cordon[commune] = NOBODY


@inner
def _lately(scene: DayView, measure: int, commune: int, today: int) -> float:
    """The trigger's series in a commune: summed over its days for a flow, as it is for a stock."""
    tables, books = scene.tables, scene.books
    series, found = int(tables.trigger[measure, SERIES_COLUMN]), 0
    if not tables.is_flow[series]:
        first, behind = tally_rows(scene.world, commune)
        for row in range(first, behind):
            found += books.tally[row, series]
        return float(found)
    for day in range(max(0, today - int(tables.trigger[measure, WITHIN])), today):
        found += books.history[day & (LOOK_BACK - 1), commune, series]
    return float(found)


@inner
def _pull_trigger(scene: DayView, measure: int, today: int) -> None:
    """Hold the measure in force, commune by commune or together, where its number is reached."""
    tables, orders = scene.tables, scene.orders
    communes = orders.until.shape[1]
    together = 0.0
    for commune in range(communes):
        if tables.area[measure, commune]:
            together += _lately(scene, measure, commune, today)
    for commune in range(communes):
        reached = _lately(scene, measure, commune, today) if tables.trigger[measure, EACH] else together
        if tables.area[measure, commune] and reached >= tables.trigger[measure, AT_LEAST]:
            orders.until[measure, commune] = today + int(tables.trigger[measure, LASTS])


@inner
def _decide(scene: DayView, measure: int, today: int) -> int:
    """Where the measure is in force today; the answer is in how many communes."""
    tables, orders = scene.tables, scene.orders
    in_time = tables.start[measure] <= today < tables.end[measure]
    triggered = tables.trigger[measure, SERIES_COLUMN] >= 0
    if triggered and today < tables.end[measure]:
        _pull_trigger(scene, measure, today)
    number = 0
    for commune in range(orders.in_force.shape[1]):
        occupied = orders.until[measure, commune] > today if triggered else True
        orders.in_force[measure, commune] = in_time and occupied and tables.area[measure, commune] != 0
        number += orders.in_force[measure, commune]
    return number


@inner
def _assign(orders: ActiveMeasures, kind: int, measure: int, commune: int) -> None:
    """The first measure of its kind is the one of the commune."""
    if kind == TESTING and orders.laboratory[commune] == NOBODY:
        orders.laboratory[commune] = measure
    elif kind == ISOLATION and orders.isolation[commune] == NOBODY:
        orders.isolation[commune] = measure
    elif kind == TRACING and orders.tracing[commune] == NOBODY:
        orders.tracing[commune] = measure
    elif kind == QUARANTINE and orders.quarantine[commune] == NOBODY:
        orders.quarantine[commune] = measure


@inner
def _apply(scene: DayView, measure: int, commune: int) -> None:
    """Bring the measure into the commune's orders of today."""
    world, tables, orders, books = scene.world, scene.tables, scene.orders, scene.books
    kind = tables.kind[measure]
    if kind in (CONTACT, BORDER):
        orders.is_active[CONTACTS_CUT if kind == CONTACT else BORDERS_CUT] = 1
        books.activity[0, measure, 0] += 1.0
        books.activity[0, measure, 1] += (world.commune_start[commune + 1] - world.commune_start[commune]) / 1000.0
        for layer in range(world.layers):
            if kind == CONTACT:
                orders.contact[commune, layer] *= tables.keeps[measure, 0, layer]
            else:
                orders.border[commune, layer] *= tables.keeps[measure, 0, layer]
    elif kind == CORDON:
        if orders.cordon[commune] == NOBODY:
            orders.cordon[commune] = measure
    else:
        _assign(orders, kind, measure, commune)


@inner
def _stock_up(tables: Tables, books: Books, measure: int, in_force: int) -> None:
    """Today's capacity. Hours that tracers worked too many yesterday are taken off."""
    kind, today = tables.kind[measure], 0.0
    if kind in (TESTING, CAMPAIGN):
        today = tables.number[measure, CAPACITY]
    elif kind == TRACING:
        today = tables.number[measure, HOURS] + min(books.left[measure, TODAY], 0.0)
    elif kind == VACCINATION:
        today = tables.number[measure, DOSES_PER_DAY]
    books.left[measure, TODAY] = today if in_force > 0 or kind == TRACING else 0.0


@inner
def _expect_uninfected(scene: DayView, today: int) -> None:
    """People without the disease who want a test today: they wait like everybody, but nobody needs to know who they are."""
    world, tables, orders = scene.world, scene.tables, scene.orders
    for commune in range(orders.laboratory.size):
        measure = orders.laboratory[commune]
        if measure == NOBODY:
            continue
        people = world.commune_start[commune + 1] - world.commune_start[commune]
        wanted = people * (tables.number[measure, BACKGROUND] + tables.number[measure, WITHOUT])
        if wanted > 0.0:
            drawn, _, _, _ = philox(scene.seed, _SEEK, commune, today, 1, 0)
            scene.books.waiting[measure] += np.floor(wanted + unit(drawn))


@inner
def open_day(scene: DayView, today: int) -> None:
    """Set the orders of the day. (What multiplies transmission has been set by who runs the days.)"""
    orders = scene.orders
    _clear_orders(orders)
    scene.lanes.number[:] = 0
    for measure in range(scene.tables.start.size):
        in_force = _decide(scene, measure, today)
        _stock_up(scene.tables, scene.books, measure, in_force)
        for commune in range(orders.in_force.shape[1]):
            if in_force and orders.in_force[measure, commune]:
                _apply(scene, measure, commune)
    _expect_uninfected(scene, today)
