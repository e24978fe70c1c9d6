"""Step: the day is closed. What the diary holds for it joins the tally, and the day's row is written."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.books import DAY, LOOK_BACK, UNMET, Books, tally_rows
from epiengine.simulate.course_events import CRITICAL_NOW, DEATHS, IMPORTED, INFECTIONS, INFECTIOUS, ONSETS, SEVERE_NOW
from epiengine.simulate.day_view import DayView
from epiengine.simulate.plan import Tables
from epiengine.simulate.series import FLOWS, SERIES

_FLOWS: Final = len(FLOWS)
_INFECTIONS: Final = SERIES.index("infections")
_ONSETS: Final = SERIES.index("onsets")
_DEATHS: Final = SERIES.index("deaths")
_IMPORTED: Final = SERIES.index("imported")
_INFECTIOUS: Final = SERIES.index("infectious")
_SEVERE: Final = SERIES.index("severe")
_CRITICAL: Final = SERIES.index("critical")


@inner
def _read_diary(scene: DayView, today: int) -> None:
    """Take today's entries of every row into the tally and wipe them."""
    entries, tally = scene.diary.entry, scene.books.tally
    for row in range(tally.shape[0]):
        entry = entries[row, today & (entries.shape[1] - 1)]
        tally[row, _INFECTIONS] += entry[INFECTIONS]
        tally[row, _ONSETS] += entry[ONSETS]
        tally[row, _DEATHS] += entry[DEATHS]
        tally[row, _IMPORTED] += entry[IMPORTED]
        tally[row, _INFECTIOUS] += entry[INFECTIOUS]
        tally[row, _SEVERE] += entry[SEVERE_NOW]
        tally[row, _CRITICAL] += entry[CRITICAL_NOW]
        for what in range(entry.size):
            entry[what] = 0


@inner
def _write_series(scene: DayView, daily: Int32, today: int) -> None:
    """The day's row and its place in the history; flows begin anew."""
    history, tally = scene.books.history[today & (LOOK_BACK - 1)], scene.books.tally
    for commune in range(daily.shape[0]):
        first, behind = tally_rows(scene.world, commune)
        for series in range(daily.shape[1]):
            packed = 0
            for row in range(first, behind):
                packed += tally[row, series]
            daily[commune, series] = history[commune, series] = packed
    for row in range(tally.shape[0]):
        for series in range(_FLOWS):
            tally[row, series] = 0


@inner
def _count_occupied(books: Books) -> None:
    """Who is in a facility, a centre, at home or behind a cordon tonight has used a day of it."""
    for lane in range(books.occupied.shape[0]):
        for row in range(books.occupied.shape[1]):
            for place in range(books.occupied.shape[2]):
                books.activity[lane, row, place] += books.occupied[lane, row, place]


@inner
def _write_resources(tables: Tables, books: Books, resources: Int64) -> None:
    """What each measure did, times what it needs for it."""
    for resource in range(resources.size):
        used = 0.0
        for row in range(tables.needs.shape[0]):
            for activity in range(tables.needs.shape[1]):
                if tables.needs[row, activity, resource] != 0.0:
                    used += _done(books, row, activity) * tables.needs[row, activity, resource]
        resources[resource] = whole(np.rint(used))
    for lane in range(books.unmet.shape[0]):
        for at in range(books.unmet.shape[1]):
            resources[UNMET + at] += books.unmet[lane, at]


@inner
def _done(books: Books, measure: int, activity: int) -> float:
    """What a measure did today in all lanes."""
    done = 0.0
    for lane in range(books.activity.shape[0]):
        done += books.activity[lane, measure, activity]
    return done


@inner
def close_day(scene: DayView, today: int) -> None:
    """Write the day into `daily` and `resources`, keep it in the history, and begin the next."""
    books, page = scene.books, today - scene.first
    _read_diary(scene, today)
    _write_series(scene, scene.daily[page], today)
    _count_occupied(books)
    _write_resources(scene.tables, books, scene.resources[page])
    books.activity[:] = 0.0
    books.unmet[:] = 0
    books.clock[DAY] = today + 1
