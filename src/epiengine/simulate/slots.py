"""Which slot of a calendar holds what: a ring of days for each kind of event."""

from __future__ import annotations

from epiengine.jit import inner
from epiengine.simulate.calendars import Calendar

# the calendar that lanes write to: for each target lane a ring of candidate transmissions, and behind them one of people who ask for a test


@inner
def transmission_slot(ahead: Calendar, target_lane: int, day: int) -> int:
    """Candidate transmissions to people of a lane that fall due on a day."""
    return target_lane * ahead.ring + (day & (ahead.ring - 1))


@inner
def seek_slot(ahead: Calendar, day: int) -> int:
    """People of the calendar's lane who may ask for a test on a day."""
    return transmission_slot(ahead, ahead.first.shape[0], day)
