"""Counting contacts by degree: found in all, found today, still under watch, watch completed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from tienphuong.core.balances import Groups
from tienphuong.core.models.records import in_force_at
from tienphuong.core.policy import DiseasePolicy
from tienphuong.core.unindexed import Loose
from tienphuong.registry.services.identities import canonical_ids_at
from tienphuong.reports.counting.scopes import CountScope, grouped
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


def degree_rows(part: CountScope, *, degree: int) -> Any:
    """The believed degrees at the cut-off's moment of knowledge, for lists."""
    return part.as_of(DegreeRecord).filter(degree=degree, reported_at__lte=part.cutoff.at)


def watched_since(part: CountScope, *, degree: int, policy: DiseasePolicy) -> datetime | None:
    """The earliest last exposure whose quarantine still goes on at the cut-off; None where the pack lays down no length."""
    row = policy.quarantine_for(degree, on=part.cutoff.day)
    day0 = row.earliest_day0(part.cutoff.day) if row else None
    return datetime.combine(day0, time(), VIETNAM) if day0 else None


def watch_ends_after(part: CountScope, *, degree: int, policy: DiseasePolicy) -> Q | None:
    """Whose quarantine still goes on: counted from the latest exposure; who has none on record is watched. None: no length laid down."""
    since = watched_since(part, degree=degree, policy=policy)
    return None if since is None else Q(last_exposure=None) | Q(last_exposure__gte=since)


def degree_tallies(part: CountScope, *, policy: DiseasePolicy) -> dict[int, DegreeTally]:
    """The people of each degree that the disease's contacts are traced to."""
    deepest = policy.max_degree.value if policy.contacts_traced.value else 0
    areas: dict[int, Counter[str]] = {degree: Counter() for degree in range(1, deepest + 1)}
    for (path, degree), number in _standing(part).items():
        if degree in areas:
            areas[degree][path] += number
    found = part.recorded_since(DegreeRecord, since=part.cutoff.since).filter(
        reported_at__gt=part.cutoff.since, reported_at__lte=part.cutoff.at, degree__in=list(areas)
    )
    new = Counter(dict(found.values_list("degree").annotate(number=Count("*")).order_by()))
    return {degree: _tally(part, degree, own, new[degree], policy) for degree, own in areas.items()}


def _standing(part: CountScope) -> Groups:
    """People by area and degree; who was reported after the cut-off does not count in it."""
    tally = part.tally(DegreeRecord)
    if part.cutoff.known_at > part.cutoff.at:
        later = part.recorded_since(DegreeRecord, since=part.cutoff.at).filter(reported_at__gt=part.cutoff.at)
        tally.subtract(grouped(later, "degree"))
    return tally


def _tally(part: CountScope, degree: int, by_area: Counter[str], new: int, policy: DiseasePolicy) -> DegreeTally:
    total = by_area.total()
    since = watched_since(part, degree=degree, policy=policy)
    if since is None:
        return DegreeTally(total, new, total, 0, by_area)
    rows = part.selective(DegreeRecord).alias(reported=Loose(F("reported_at"))).filter(degree=degree, reported__lte=part.cutoff.at)
    # Two ranges of one index: joined by "or" they would be one walk through all of it.
    watched = rows.filter(last_exposure__gte=since).count() + rows.filter(last_exposure=None).count()
    return DegreeTally(total, new, watched, total - watched, by_area)


def latest_checks(part: CountScope) -> Any:
    """The last word on each person checked on the day, as known at the cut-off: a person checked twice is one row,
    also when they were checked under two records that stood for one person by then."""
    rows = FollowUp.everything.filter(part.within("person__area_path"), disease=part.disease, day=part.cutoff.day)
    rows = rows.filter(in_force_at(part.cutoff.known_at))
    age = Window(RowNumber(), partition_by=F("person_id"), order_by=[F("recorded_at").desc(), F("id").desc()])
    latest = rows.annotate(age=age).filter(age=1)
    canonical = canonical_ids_at(part.cutoff.known_at)
    return latest.exclude(pk__in=_checked_before(latest, canonical)) if canonical else latest


def _checked_before(checks: Any, canonical: Mapping[int, int]) -> list[UUID]:
    """Checks of merged people after which another of their records was checked."""
    counted: set[int] = set()
    before = []
    for check, person in checks.order_by("-recorded_at", "-id").values_list("pk", "person_id"):
        who = canonical.get(person, person)
        if who in counted:
            before.append(check)
        counted.add(who)
    return before


def follow_up_today(part: CountScope) -> Counter[str]:
    """People checked on the day, by state; one taken back does not count."""
    states = latest_checks(part).values_list("state", flat=True)
    return Counter(state for state in states if state != FollowUpState.DUE)


def pending_rows(part: CountScope) -> Any:
    """Contacts whose case was not in the base at the cut-off's moment of knowledge."""
    rows = PendingLink.everything.filter(part.within(), in_force_at(part.cutoff.known_at), disease=part.disease).exclude(alias_key="")
    return rows.filter(Q(linked_at=None) | Q(linked_at__gt=part.cutoff.known_at))
