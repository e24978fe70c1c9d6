"""Which slot of a calendar holds what: a ring of days for each kind of event, and queues."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.simulate.calendars import Calendar

# What lanes keep of their own people, by day. SEEK who may ask for a test; SAMPLE an F1's test; RESULT a positive; CASE_OUT and CONTACT_OUT
# the end of isolation and of quarantine.
SEEK, SAMPLE, RESULT, CASE_OUT, CONTACT_OUT = range(5)
KINDS: Final = 5
# The desk: what falls due for hamlets, and the campaigns that wait. FORGET a hamlet's case grows old; OPENING a cordon's end; ROUND a cordoned hamlet's samples; DOSE somebody's
# turn to have one.
FORGET, OPENING, ROUND, DOSE = range(4)
DESK_KINDS: Final = 4


def lane_slots(lanes: int, ring: int, measures: int) -> int:
    """How many slots a lane has: candidates and orders for each lane, its own people's days, and a queue for each measure."""
    return (2 * lanes + KINDS) * ring + measures


def desk_slots(ring: int, measures: int) -> int:
    """How many slots the desk has."""
    return DESK_KINDS * ring + measures


@inner
def transmission_slot(ahead: Calendar, target: int, day: int) -> int:
    """Candidate transmissions to people of a lane that fall due on a day."""
    return target * ahead.ring + (day & (ahead.ring - 1))


@inner
def order_slot(ahead: Calendar, target: int, day: int) -> int:
    """Contacts of a lane who were found and will be ordered into quarantine on a day."""
    return transmission_slot(ahead, ahead.first.shape[0] + target, day)


@inner
def own_slot(ahead: Calendar, kind: int, day: int) -> int:
    """What of this kind falls due on a day for people of the calendar's lane."""
    return transmission_slot(ahead, 2 * ahead.first.shape[0] + kind, day)


@inner
def queue_slot(ahead: Calendar, measure: int) -> int:
    """Who of the lane waits for a measure: for a test, for tracing, for a place."""
    return (2 * ahead.first.shape[0] + KINDS) * ahead.ring + measure  # type: ignore[no-any-return]


@inner
def desk_slot(desk: Calendar, kind: int, day: int) -> int:
    """What of this kind falls due at the desk on a day."""
    return kind * desk.ring + (day & (desk.ring - 1))


@inner
def desk_queue(desk: Calendar, measure: int) -> int:
    """Hamlets that wait for a campaign, people who wait for a dose."""
    return DESK_KINDS * desk.ring + measure
