"""Counting people come from affected areas and from abroad."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from tienphuong.core.models.records import in_force_at
from tienphuong.core.policy import DiseasePolicy
from tienphuong.core.policy.terms import Subject
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.tracing.models import Arrival


@dataclass(frozen=True, slots=True)
class ArrivalTally:
    """Arrivals of one kind: all = under watch + completed."""

    total: int
    new: int
    watched: int
    completed: int
    by_found_how: Counter[str]


def arrival_rows(part: CountScope, *, from_abroad: bool) -> Any:
    """The arrivals known at the cut-off."""
    rows = Arrival.everything.filter(part.within(), disease=part.disease, from_abroad=from_abroad)
    return rows.filter(in_force_at(part.cutoff.known_at), reported_at__lte=part.cutoff.at)


def arrival_tally(part: CountScope, *, from_abroad: bool, policy: DiseasePolicy) -> ArrivalTally:
    """The arrivals of one kind, and whose watch goes on."""
    subject = Subject.ARRIVAL if from_abroad else Subject.AFFECTED_AREA
    row = policy.quarantine_for(None, on=part.cutoff.day, arrival=subject)
    day0 = row.earliest_day0(part.cutoff.day) if row else None
    watched = Q(arrived_on=None) | Q(arrived_on__gte=day0) if day0 else Q()
    rows = arrival_rows(part, from_abroad=from_abroad)
    counts = rows.aggregate(
        total=Count("pk"), new=Count("pk", filter=Q(reported_at__gt=part.cutoff.since)), watched=Count("pk", filter=watched)
    )
    how = Counter(dict(rows.values_list("found_how").annotate(number=Count("*")).order_by()))
    return ArrivalTally(counts["total"], counts["new"], counts["watched"], counts["total"] - counts["watched"], how)
