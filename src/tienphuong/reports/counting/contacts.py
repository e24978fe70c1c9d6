"""Counting contacts by degree: found in all, found today, still under watch, watch completed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from tienphuong.core.policy import DiseasePolicy
from tienphuong.reports.counting.cases import Slice
from tienphuong.reports.cutoff import VIETNAM
from tienphuong.tracing.models import DegreeRecord, FollowUp, PendingLink
from tienphuong.tracing.terms import FollowUpState


@dataclass(frozen=True, slots=True)
class DegreeTally:
    """People of one degree: all, found in the day, under watch, watch completed (all = under watch + completed)."""

    total: int
    new: int
    watched: int
    completed: int
    by_area: Counter[str]


def degree_rows(part: Slice, *, degree: int) -> Any:
    """The believed degrees at the cut-off's moment of knowledge."""
    known = DegreeRecord.objects.filter(part.within(), disease=part.disease, degree=degree)
    return known.filter(known_from__lte=part.cutoff.known_at, known_to__gt=part.cutoff.known_at, reported_at__lte=part.cutoff.at)


def watch_ends_after(part: Slice, *, degree: int, policy: DiseasePolicy) -> Q | None:
    """Whose watch still goes on at the cut-off: counted from the latest exposure; who has none on record is watched.

    None where the pack lays down no length for this degree.
    """
    row = policy.quarantine_for(degree, on=part.cutoff.day)
    if row is None or not row.days:
        return None
    first_day = part.cutoff.day - timedelta(days=row.days)
    return Q(last_exposure=None) | Q(last_exposure__gte=datetime.combine(first_day, time(), VIETNAM))


def degree_tally(part: Slice, *, degree: int, policy: DiseasePolicy) -> DegreeTally:
    """The people of one degree."""
    rows = degree_rows(part, degree=degree)
    watched = watch_ends_after(part, degree=degree, policy=policy)
    counts = {"new": Count("pk", filter=Q(reported_at__gt=part.cutoff.since))}
    if watched is not None:
        counts["watched"] = Count("pk", filter=watched)
    by_area: Counter[str] = Counter()
    new = under_watch = 0
    for group in rows.values("area_path").annotate(number=Count("*"), **counts).order_by():
        by_area[group["area_path"]] += group["number"]
        new += group["new"]
        under_watch += group.get("watched", group["number"])
    total = by_area.total()
    return DegreeTally(total, new, under_watch, total - under_watch, by_area)


def latest_checks(part: Slice) -> Any:
    """The last word on each person checked on the day, as known at the cut-off: a person checked twice is one row."""
    rows = FollowUp.objects.filter(part.within("person__area_path"), disease=part.disease, day=part.cutoff.day)
    rows = rows.filter(recorded_at__lte=part.cutoff.known_at)
    age = Window(RowNumber(), partition_by=F("person_id"), order_by=[F("recorded_at").desc(), F("id").desc()])
    return rows.annotate(age=age).filter(age=1)


def follow_up_today(part: Slice) -> Counter[str]:
    """People checked on the day, by state; one taken back does not count."""
    states = latest_checks(part).values_list("state", flat=True)
    return Counter(state for state in states if state != FollowUpState.DUE)


def pending_rows(part: Slice) -> Any:
    """Contacts whose case was not in the base at the cut-off's moment of knowledge."""
    rows = PendingLink.objects.filter(part.within(), disease=part.disease, recorded_at__lte=part.cutoff.known_at).exclude(alias_key="")
    return rows.filter(Q(linked_at=None) | Q(linked_at__gt=part.cutoff.known_at))
