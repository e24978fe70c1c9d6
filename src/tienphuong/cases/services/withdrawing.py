"""Taking back what rows of a file said of cases and samples: records, and the beliefs that rested on them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.cases.models import (
    AttributionRecord,
    Case,
    CaseAlias,
    CaseState,
    ClassificationRecord,
    Cluster,
    ClusterMembership,
    InvestigationRecord,
    LabResult,
    OutcomeRecord,
    Sample,
    SampleState,
)
from tienphuong.cases.services.answers import refresh_answers
from tienphuong.cases.services.duplicates import refresh
from tienphuong.core.any_of import AnyOf
from tienphuong.core.withdrawing import stop_believing, take_back

_RECORDS = (ClassificationRecord, InvestigationRecord, AttributionRecord, OutcomeRecord)


def take_cases_back(rows: Collection[int], *, at: datetime) -> set[UUID]:
    """Take back the records, numbers and clusters of cases that these rows gave; the cases that lost something.

    A case of which nothing is left is believed no more until another row says it again (`settle_cases`).
    """
    lost = {case for kind in (*_RECORDS, CaseAlias, ClusterMembership) for (case,) in take_back(kind, rows, at=at, columns=("case_id",))}
    lost |= set(Case.objects.filter(source_row__in=AnyOf(rows)).values_list("pk", flat=True))
    counted = _counted(lost)
    left = _recorded(counted)
    stop_believing(CaseState, Q(case_id__in=AnyOf(counted - left)), at=at)
    refresh(Case.objects.filter(pk__in=AnyOf(left)), at=at)
    return counted


def settle_cases(lost: Collection[UUID], rows: Collection[int], *, at: datetime) -> list[UUID]:
    """Once every other row was taken in again: the cases nobody says any more are taken back; the others are of the row that says them."""
    left = _recorded(lost)
    gone = [case for case in lost if case not in left]
    Case.objects.filter(pk__in=AnyOf(gone)).update(withdrawn_at=at)
    others = list(Case.objects.filter(pk__in=AnyOf(left), source_row__in=AnyOf(rows)))
    first = _first_rows([case.pk for case in others])
    for case in others:
        case.source_row = first.get(case.pk)
    Case.objects.bulk_update(others, ["source_row"], batch_size=500)
    members = set(ClusterMembership.objects.values_list("cluster_id", flat=True))
    Cluster.objects.filter(source_row__in=AnyOf(rows)).exclude(pk__in=members).update(withdrawn_at=at)
    return gone


def take_samples_back(rows: Collection[int], *, at: datetime) -> set[str]:
    """Take back the samples and answers that these rows gave; the codes of the pools whose tube is among them."""
    samples = take_back(Sample, rows, at=at, columns=("pk", "person_id", "pool_code"))
    answered = {sample for (sample,) in take_back(LabResult, rows, at=at, columns=("sample_id",))}
    stop_believing(SampleState, Q(sample_id__in=AnyOf([sample for sample, *_ in samples])), at=at)
    refresh_answers([sample for sample in Sample.objects.filter(pk__in=AnyOf(answered)) if _is_counted(sample)], at=at)
    return {pool for _, person, pool in samples if person is None and pool}


def rows_of_pools(pools: Collection[str]) -> set[int]:
    """The rows that name somebody in one of these pools."""
    rows = Sample.objects.filter(pool_code__in=AnyOf(pools)).values_list("source_row", flat=True)
    return {row for row in rows if row is not None}


def cases_touched_by_hand(rows: Collection[int], *, since: datetime) -> set[int]:
    """The people of cases these rows speak of, on which an officer has recorded something by themselves since."""
    of_rows = {case for kind in _RECORDS for case in kind.objects.filter(source_row__in=AnyOf(rows)).values_list("case_id", flat=True)}
    by_hand = Q(source_row=None, recorded_at__gte=since, case_id__in=AnyOf(of_rows))
    return {person for kind in _RECORDS for person in kind.objects.filter(by_hand).values_list("case__person_id", flat=True)}


def _counted(cases: Iterable[UUID]) -> set[UUID]:
    """The cases that count, for these and for those that hide behind them."""
    pairs = Case.objects.filter(pk__in=AnyOf(set(cases))).values_list("pk", "duplicate_of_id")
    return {behind or case for case, behind in pairs}


def _recorded(cases: Collection[UUID]) -> set[UUID]:
    """Of these cases, those of which a record is in force, their own or that of a duplicate."""
    found: set[UUID] = set()
    for kind in _RECORDS:
        own = kind.objects.filter(case_id__in=AnyOf(cases)).values_list("case_id", flat=True)
        hidden = kind.objects.filter(case__duplicate_of_id__in=AnyOf(cases)).values_list("case__duplicate_of_id", flat=True)
        found |= {*own, *hidden}
    return found


def _first_rows(cases: Collection[UUID]) -> dict[UUID, int]:
    """The row that now says each case first."""
    found: dict[UUID, int] = {}
    for kind in _RECORDS:
        rows = kind.objects.filter(case_id__in=AnyOf(cases)).order_by("-recorded_at", "-pk").values_list("case_id", "source_row")
        found |= {case: row for case, row in rows if row is not None}
    return found


def _is_counted(sample: Sample) -> bool:
    return sample.kind == "single" or sample.person_id is None
