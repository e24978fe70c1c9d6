"""Taking back what rows of a file said of contacts, isolation, checks and arrivals."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from tienphuong.core.any_of import AnyOf
from tienphuong.core.withdrawing import take_back
from tienphuong.tracing.models import Arrival, Contact, ExposureEvent, FollowUp, IsolationRecord, PendingLink, Referral


def take_contacts_back(rows: Collection[int], *, at: datetime, reason: str) -> set[int]:
    """Take back the contacts and the links that wait; the people at both ends."""
    ends = take_back(Contact, rows, at=at, columns=("source_id", "person_id"), withdrawn_reason=reason[:300])
    waiting = take_back(PendingLink, rows, at=at, columns=("person_id",))
    return {person for pair in (*ends, *waiting) for person in pair}


def take_watch_back(rows: Collection[int], *, at: datetime) -> set[int]:
    """Take back isolation, daily checks, arrivals and the events nobody was at any more; the people they were about."""
    taken_back = [take_back(kind, rows, at=at, columns=("person_id",)) for kind in (IsolationRecord, FollowUp, Arrival)]
    named = set(Contact.objects.filter(event__source_row__in=AnyOf(rows)).values_list("event_id", flat=True))
    ExposureEvent.objects.filter(source_row__in=AnyOf(rows)).exclude(pk__in=named).update(withdrawn_at=at)
    return {person for part in taken_back for (person,) in part}


def rows_of_contacts(people: Collection[int]) -> set[int]:
    """The rows that say with whom these people were, or that wait for one of them."""
    ends = Q(source_id__in=AnyOf(people)) | Q(person_id__in=AnyOf(people))
    taken_back = Contact.objects.filter(ends).values_list("source_row", flat=True)
    waiting = PendingLink.objects.filter(person_id__in=AnyOf(people)).values_list("source_row", flat=True)
    return {row for rows in (taken_back, waiting) for row in rows if row is not None}


def met_by(rows: Collection[int]) -> set[int]:
    """The people at both ends of the contacts these rows gave."""
    ends = Contact.objects.filter(source_row__in=AnyOf(rows)).values_list("source_id", "person_id")
    return {person for pair in ends for person in pair}


def watched_by_hand(people: Collection[int], *, since: datetime) -> set[int]:
    """Of these people, those an officer has checked, listed as a contact or as arrived, or handed over since."""
    by_hand = Q(source_row=None, recorded_at__gte=since)
    found: set[int] = set()
    for kind, end in (
        (FollowUp, "person_id"),
        (Arrival, "person_id"),
        (Referral, "person_id"),
        (Contact, "person_id"),
        (Contact, "source_id"),
    ):
        rows = kind.objects.filter(by_hand, **{f"{end}__in": AnyOf(people)})
        found |= set(rows.values_list(end, flat=True))
    return found
