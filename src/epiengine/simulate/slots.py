"""Which slot of a calendar holds what: a ring of days for each kind of event, and queues."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.simulate.calendars import Calendar

# What lanes keep of their own people, by day. SEEK who may ask for a test; SAMPLE an F1's test; RESULT a positive; CASE_OUT and CONTACT_OUT
# the end of isolation and of quarantine.
SEEK, SAMPLE, RESULT, CASE_OUT, CONTACT_OUT = range(5)
KINDS: Final = 5
# Area events: what falls due for hamlets, and the campaigns that wait. FORGET a hamlet's case grows old; OPENING a cordon's end; ROUND a cordoned hamlet's samples; DOSE somebody's
# turn to have one.
FORGET, OPENING, ROUND, DOSE = range(4)
AREA_EVENT_KINDS: Final = 4


def lane_slots(lanes: int, ring: int, measures: int) -> int:
    """How many slots a lane has: candidates and orders for each lane, its own people's days, and a queue for each measure."""
    return (2 * lanes + KINDS) * ring + measures


def area_event_slots(ring: int, measures: int) -> int:
    """How many slots the area events have."""
    return AREA_EVENT_KINDS * ring + measures


@inner
def transmission_slot(person_events: Calendar, target: int, day: int) -> int:
    """Candidate transmissions to people of a lane that fall due on a day."""
    return target * person_events.ring + (day & (person_events.ring - 1))


@inner
def order_slot(person_events: Calendar, target: int, day: int) -> int:
    """Contacts of a lane who were found and will be ordered into quarantine on a day."""
    return transmission_slot(person_events, person_events.first.shape[0] + target, day)


@inner
def own_slot(person_events: Calendar, kind: int, day: int) -> int:
    """What of this kind falls due on a day for people of the calendar's lane."""
    return transmission_slot(person_events, 2 * person_events.first.shape[0] + kind, day)


@inner
def queue_slot(person_events: Calendar, measure: int) -> int:
    """Who of the lane waits for a measure: for a test, for tracing, for a place."""
    return (2 * person_events.first.shape[0] + KINDS) * person_events.ring + measure  # type: ignore[no-any-return]


@inner
def area_event_slot(area_events: Calendar, kind: int, day: int) -> int:
    """What of this kind falls due for areas on a day."""
    return kind * area_events.ring + (day & (area_events.ring - 1))


@inner
def area_event_queue(area_events: Calendar, measure: int) -> int:
    """Hamlets that wait for a campaign, people who wait for a dose."""
    return AREA_EVENT_KINDS * area_events.ring + measure
