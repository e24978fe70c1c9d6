"""Which slot of a calendar holds what: a ring of days for each kind of event."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.simulate.calendars import Calendar

# The desk: what falls due there on a day. SAMPLE an F1's test; RESULT a positive; ORDER a contact who was found; CASE_OUT and CONTACT_OUT
# the end of isolation and quarantine; FORGET a hamlet's case grows old; OPENING a cordon's end; ROUND a cordoned hamlet's samples.
SAMPLE, RESULT, ORDER, CASE_OUT, CONTACT_OUT, FORGET, OPENING, ROUND = range(8)
KINDS: Final = 8

# the calendar that lanes write to: for each target lane a ring of candidate transmissions, and behind them one of people who ask for a test


@inner
def transmission_slot(ahead: Calendar, target_lane: int, day: int) -> int:
    """Candidate transmissions to people of a lane that fall due on a day."""
    return target_lane * ahead.ring + (day & (ahead.ring - 1))


@inner
def seek_slot(ahead: Calendar, day: int) -> int:
    """People of the calendar's lane who may ask for a test on a day."""
    return transmission_slot(ahead, ahead.first.shape[0], day)


@inner
def desk_slot(desk: Calendar, kind: int, day: int) -> int:
    """What of this kind falls due at the desk on a day."""
    return kind * desk.ring + (day & (desk.ring - 1))


@inner
def queue_slot(desk: Calendar, measure: int) -> int:
    """Who or what waits for a measure: for a test, for tracing, for a campaign to come."""
    return KINDS * desk.ring + measure
