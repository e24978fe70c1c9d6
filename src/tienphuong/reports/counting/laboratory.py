"""Counting samples: taken, negative, positive, waiting. Samples are not persons, and pending time is a first-class number."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from tienphuong.cases.models import LabResult, Sample
from tienphuong.cases.terms import LabOutcome
from tienphuong.reports.counting.cases import Slice


@dataclass(frozen=True, slots=True)
class SampleTally:
    """Samples of one group: all = negative + positive + inconclusive + pending."""

    total: int
    new: int
    negative: int
    positive: int
    inconclusive: int
    pending: int


def sample_tallies(part: Slice) -> dict[str, SampleTally]:
    """Samples by why they were taken ('' where no list says)."""
    cutoff = part.cutoff
    results = LabResult.objects.filter(sample=OuterRef("pk"), recorded_at__lte=cutoff.known_at, reported_at__lte=cutoff.at)
    positive = Exists(results.filter(result=LabOutcome.POSITIVE))
    negative = Exists(results.filter(result=LabOutcome.NEGATIVE))
    unclear = Exists(results.filter(result=LabOutcome.INCONCLUSIVE))
    rows = Sample.objects.filter(part.within(), disease=part.disease, recorded_at__lte=cutoff.known_at, reported_at__lte=cutoff.at)
    if cutoff.epoch:
        rows = rows.exclude(taken_on__lt=cutoff.epoch)
    grouped = (
        rows.annotate(is_positive=positive, is_negative=negative, is_unclear=unclear)
        .values("target_group")
        .annotate(
            total=Count("*"),
            new=Count("pk", filter=Q(reported_at__gt=cutoff.since)),
            positives=Count("pk", filter=Q(is_positive=True)),
            negatives=Count("pk", filter=Q(is_positive=False, is_negative=True)),
            unclear=Count("pk", filter=Q(is_positive=False, is_negative=False, is_unclear=True)),
        )
    )
    return {
        g["target_group"]: SampleTally(
            g["total"], g["new"], g["negatives"], g["positives"], g["unclear"], g["total"] - g["negatives"] - g["positives"] - g["unclear"]
        )
        for g in grouped.order_by()
    }
