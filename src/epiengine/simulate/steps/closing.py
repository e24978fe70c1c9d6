"""Step: the day is closed. What the diary holds for it joins the tally, and the day's row is written."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner, step
from epiengine.rng import whole
from epiengine.simulate.books import DAY, LOOK_BACK, UNMET, Books
from epiengine.simulate.diary import CRITICAL_NOW, DEATHS, IMPORTED, INFECTIONS, INFECTIOUS, ONSETS, SEVERE_NOW, Diary
from epiengine.simulate.plan import Tables
from epiengine.simulate.series import FLOWS, SERIES
from epiengine.simulate.worlds import World

_FLOWS: Final = len(FLOWS)
_INFECTIONS: Final = SERIES.index("infections")
_ONSETS: Final = SERIES.index("onsets")
_DEATHS: Final = SERIES.index("deaths")
_IMPORTED: Final = SERIES.index("imported")
_INFECTIOUS: Final = SERIES.index("infectious")
_SEVERE: Final = SERIES.index("severe")
_CRITICAL: Final = SERIES.index("critical")


@inner
def _read_diary(world: World, diary: Diary, tally: Int64, today: int) -> None:
    """Take today's entries of every row into the tally and wipe them."""
    ring = diary.entry.shape[1] - 1
    for commune in range(tally.shape[0]):
        begin, end = world.commune_start[commune], world.commune_start[commune + 1]
        if begin == end:
            continue
        for lane in range(begin >> world.lane_bits, ((end - 1) >> world.lane_bits) + 1):
            entry = diary.entry[commune + lane, today & ring]
            tally[commune, _INFECTIONS] += entry[INFECTIONS]
            tally[commune, _ONSETS] += entry[ONSETS]
            tally[commune, _DEATHS] += entry[DEATHS]
            tally[commune, _IMPORTED] += entry[IMPORTED]
            tally[commune, _INFECTIOUS] += entry[INFECTIOUS]
            tally[commune, _SEVERE] += entry[SEVERE_NOW]
            tally[commune, _CRITICAL] += entry[CRITICAL_NOW]
            for what in range(entry.size):
                entry[what] = 0


@inner
def _write_series(books: Books, daily: Int32, today: int) -> None:
    """The day's row and its place in the history; flows begin anew."""
    for commune in range(daily.shape[0]):
        for series in range(daily.shape[1]):
            told = books.tally[commune, series]
            daily[commune, series] = books.history[today & (LOOK_BACK - 1), commune, series] = told
            if series < _FLOWS:
                books.tally[commune, series] = 0


@inner
def _count_held(tables: Tables, books: Books) -> None:
    """Who is in a facility, a centre, at home or behind a cordon tonight has used a day of it."""
    for row in range(tables.kind.size):
        for place in range(books.held.shape[1]):
            books.activity[row, place] += books.held[row, place]


@inner
def _write_resources(tables: Tables, books: Books, resources: Int64) -> None:
    """What each measure did, times what it needs for it."""
    for resource in range(resources.size):
        used = 0.0
        for row in range(tables.needs.shape[0]):
            for activity in range(tables.needs.shape[1]):
                used += books.activity[row, activity] * tables.needs[row, activity, resource]
        resources[resource] = whole(np.rint(used))
    for at in range(books.unmet.size):
        resources[UNMET + at] += books.unmet[at]


@step
def close_day(world: World, tables: Tables, diary: Diary, books: Books, daily: Int32, resources: Int64) -> None:
    """Write the day into `daily` (communes x series) and `resources`, keep it in the history, and begin the next."""
    today = books.clock[DAY]
    _read_diary(world, diary, books.tally, today)
    _write_series(books, daily, today)
    _count_held(tables, books)
    _write_resources(tables, books, resources)
    books.activity[:] = 0.0
    books.unmet[:] = 0
    books.clock[DAY] = today + 1
