"""Which records stand behind a figure: the condition of its count, as rows. Every number on a page links to these."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tienphuong.cases.models import LabResult, Sample
from tienphuong.cases.terms import LabOutcome
from tienphuong.core.policy import DiseasePolicy
from tienphuong.core.policy.terms import Subject
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.quarantine.terms import StayState as State
from tienphuong.registry.models import MatchProposal
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.counting.arrivals import arrival_rows
from tienphuong.reports.counting.cases import Slice, beliefs, case_q
from tienphuong.reports.counting.contacts import degree_rows, pending_rows, watch_ends_after
from tienphuong.reports.counting.stays import stay_rows


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows a figure counts; `subject` is the column with the id of what is counted (a case, a person, a sample, a stay)."""

    records: str
    rows: Any
    subject: str

    def ids(self, *, limit: int | None = None) -> list[Any]:
        """The ids of what is counted, in a steady order."""
        found = self.rows.order_by(self.subject).values_list(self.subject, flat=True)
        return list(found[:limit] if limit else found)


def records_behind(key: str, *, part: Slice, policy: DiseasePolicy) -> Behind | None:
    """The records an indicator counts; None for one that counts no records (communes, checks of the day)."""
    indicator = BY_KEY[key]
    find = _FINDERS.get(indicator.records)
    return find(key, part, policy) if find else None


def _cases(key: str, part: Slice, _: DiseasePolicy) -> Behind:
    return Behind("cases", beliefs(part).filter(case_q(key, part.cutoff)), "case_id")


def _contacts(key: str, part: Slice, policy: DiseasePolicy) -> Behind:
    degree, word = int(key[1]), key.split("_")[1]
    rows, watched = degree_rows(part, degree=degree), watch_ends_after(part, degree=degree, policy=policy)
    return Behind("contacts", _of_watch(rows, word, watched, part), "person_id")


def _arrivals(key: str, part: Slice, policy: DiseasePolicy) -> Behind:
    abroad, word = key.startswith("arrivals"), key.split("_")[1]
    row = policy.quarantine_for(None, on=part.cutoff.day, arrival=Subject.ARRIVAL if abroad else Subject.AFFECTED_AREA)
    going_on = Q(arrived_on=None) | Q(arrived_on__gte=part.cutoff.day - timedelta(days=row.days)) if row and row.days else None
    return Behind("returnees", _of_watch(arrival_rows(part, from_abroad=abroad), word, going_on, part), "id")


def _of_watch(rows: Any, word: str, watched: Q | None, part: Slice) -> Any:
    """All, new, watched or completed; without a length laid down everybody is watched."""
    if word == "new":
        return rows.filter(reported_at__gt=part.cutoff.since)
    if word == "watched":
        return rows if watched is None else rows.filter(watched)
    if word == "completed":
        return rows.none() if watched is None else rows.exclude(watched)
    return rows


def _samples(key: str, part: Slice, _: DiseasePolicy) -> Behind:
    cutoff, word = part.cutoff, key.split("_")[1]
    rows = Sample.objects.filter(part.within(), disease=part.disease, recorded_at__lte=cutoff.known_at, reported_at__lte=cutoff.at)
    rows = rows.exclude(taken_on__lt=cutoff.epoch) if cutoff.epoch else rows
    if word == "new":
        rows = rows.filter(reported_at__gt=cutoff.since)
    results = LabResult.objects.filter(sample=OuterRef("pk"), recorded_at__lte=cutoff.known_at, reported_at__lte=cutoff.at)
    answered = [Exists(results.filter(result=result)) for result in (LabOutcome.POSITIVE, LabOutcome.NEGATIVE, LabOutcome.INCONCLUSIVE)]
    place = {"positive": 0, "negative": 1, "inconclusive": 2, "pending": 3}.get(word)
    if place is not None:
        for stronger in answered[:place]:
            rows = rows.exclude(stronger)
        rows = rows.filter(answered[place]) if place < len(answered) else rows
    return Behind("samples", rows, "id")


def _stays(key: str, part: Slice, _: DiseasePolicy) -> Behind:
    word = key.split("_")[1]
    over = (State.COMPLETED, State.TRANSFERRED, State.LEFT)
    going_on = ~Q(state__in=over)
    conditions = {
        "total": Q(),
        "new": Q(started_on=part.cutoff.day),
        "current": going_on,
        "central": going_on & Q(form=QuarantineForm.CENTRAL),
        "home": going_on & Q(form=QuarantineForm.HOME),
    }
    return Behind("stays", stay_rows(part).filter(conditions[word] if word in conditions else Q(state=word)), "stay_id")


def _links(_key: str, part: Slice, _: DiseasePolicy) -> Behind:
    return Behind("links", pending_rows(part), "id")


def _duplicates(_key: str, part: Slice, _: DiseasePolicy) -> Behind:
    return Behind("duplicates", open_pairs(part), "id")


def open_pairs(part: Slice) -> Any:
    """Pairs of records proposed and not decided at the cut-off's moment of knowledge."""
    undecided = Q(decided_at=None) | Q(decided_at__gt=part.cutoff.known_at)
    return MatchProposal.objects.filter(part.within(), undecided, proposed_at__lte=part.cutoff.known_at)


_FINDERS: dict[str, Callable[[str, Slice, DiseasePolicy], Behind]] = {
    "cases": _cases,
    "contacts": _contacts,
    "returnees": _arrivals,
    "samples": _samples,
    "stays": _stays,
    "links": _links,
    "duplicates": _duplicates,
}
