"""Contacts, arrivals and follow-up as they are told to the post."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class EventEntry:
    """A place and a window of time where people were exposed."""

    place: str
    first: datetime | None = None
    last: datetime | None = None
    address: str = ""
    activity: str = ""
    setting: str = ""
    number_present: int | None = None


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One person's contact with a case (by its number) or with another person (by the post's number of them)."""

    disease: str
    reported_at: datetime
    kind: str = "other"
    relation: str = ""
    first: datetime | None = None
    last: datetime | None = None
    reported_degree: int | None = None
    alias_key: str = ""
    given_by: str = ""
    source_person: int | None = None
    original: str = ""
    event: EventEntry | None = None
    isolated_at: datetime | None = None
    source_row: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ArrivalEntry:
    """A person come from an affected area."""

    disease: str
    reported_at: datetime
    from_place: str
    from_area_id: int | None = None
    from_abroad: bool = False
    transport: str = ""
    arrived_on: date | None = None
    found_how: str = ""
    found_on: date | None = None
    found_by: str = ""
    source_row: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpEntry:
    """One day's check on one person."""

    disease: str
    reported_at: datetime
    day: date
    state: str
    temperature: Decimal | None = None
    symptoms: str = ""
    source_row: int | None = None
    reason: str = ""
