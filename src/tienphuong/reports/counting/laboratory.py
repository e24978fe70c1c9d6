"""Counting samples: taken, negative, positive, waiting. Samples are not persons, and pending time is a first-class number."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, Max, OuterRef, Q, Subquery, When

from tienphuong.cases.models import LabResult, Sample
from tienphuong.cases.terms import LabOutcome, SampleKind
from tienphuong.reports.counting.cases import Slice

# A pool is one tube, however many people are in it.
TUBES = Q(kind=SampleKind.SINGLE) | Q(person=None)


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
    answers = LabResult.objects.filter(sample=OuterRef("pk"), recorded_at__lte=cutoff.known_at, reported_at__lte=cutoff.at).order_by()
    strongest = answers.values("sample").annotate(rank=Max(_RANK)).values("rank")
    rows = Sample.objects.filter(part.within(), TUBES, disease=part.disease, recorded_at__lte=cutoff.known_at, reported_at__lte=cutoff.at)
    if cutoff.epoch:
        rows = rows.exclude(taken_on__lt=cutoff.epoch)
    grouped = rows.annotate(answer=Subquery(strongest)).values("target_group", "answer")
    groups: dict[str, Counter[str]] = {}
    for g in grouped.annotate(total=Count("*"), new=Count("pk", filter=Q(reported_at__gt=cutoff.since))).order_by():
        answer = _ANSWERS[g["answer"] or 0]
        groups.setdefault(g["target_group"], Counter()).update({"total": g["total"], "new": g["new"], answer: g["total"]})
    return {group: SampleTally(**{name: n[name] for name in SampleTally.__dataclass_fields__}) for group, n in groups.items()}


# Of several answers to one sample the strongest speaks.
_ANSWERS = ("pending", "inconclusive", "negative", "positive")
_RANK = Case(
    When(result=LabOutcome.POSITIVE, then=3),
    When(result=LabOutcome.NEGATIVE, then=2),
    When(result=LabOutcome.INCONCLUSIVE, then=1),
    default=0,
)
