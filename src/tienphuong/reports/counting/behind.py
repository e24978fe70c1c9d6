"""The rows behind a figure, with the id of what each counts: what a broken sum and a correction compare."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from tienphuong.cases.models import Sample
from tienphuong.core.any_of import AnyOf
from tienphuong.core.policy import DiseasePolicy
from tienphuong.registry.models import MatchProposal
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.counting.arrivals import arrival_rows
from tienphuong.reports.counting.cases import beliefs, case_q
from tienphuong.reports.counting.contacts import degree_rows, pending_rows
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.counting.stays import stay_rows
from tienphuong.reports.records import filter_for


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows a figure counts; `subject` is the column with the id of what is counted (a case, a person, a sample, a stay)."""

    records: str
    rows: Any
    subject: str

    def ids(self, *, limit: int | None = None) -> list[Any]:
        """The ids of what is counted, in a steady order."""
        found = self.rows.order_by(self.subject).values_list(self.subject, flat=True)
        return list(found[:limit] if limit else found)


def rows_for(key: str, *, part: CountScope, policy: DiseasePolicy) -> Rows | None:
    """The rows an indicator counts; None for one that counts no records (communes, checks of the day)."""
    records = BY_KEY[key].records
    if records == "links":
        return Rows(records, pending_rows(part), "id")
    if records == "duplicates":
        return Rows(records, open_pairs(part), "id")
    behind = filter_for(key, part=part, policy=policy)
    if behind is None or records == "follow_up":
        return None
    as_of = replace(part, cutoff=replace(part.cutoff, known_at=behind.known_at)) if behind.known_at else part
    rows, subject = _listed(records, as_of, degree=behind.degree, from_abroad=behind.from_abroad)
    return Rows(records, rows.filter(behind.condition), subject)


def _listed(records: str, part: CountScope, *, degree: int | None, from_abroad: bool | None) -> tuple[Any, str]:
    """Everything of one list that is known at the cut-off, and the column that says what a row is of."""
    match records:
        case "cases":
            return beliefs(part), "case_id"
        case "contacts":
            return degree_rows(part, degree=degree or 0), "person_id"
        case "returnees":
            return arrival_rows(part, from_abroad=bool(from_abroad)), "id"
        case "samples":
            return Sample.everything.filter(disease=part.disease), "id"
        case _:
            return stay_rows(part), "stay_id"


def open_pairs(part: CountScope) -> Any:
    """Pairs of records proposed and not decided at the cut-off's moment of knowledge."""
    undecided = Q(decided_at=None) | Q(decided_at__gt=part.cutoff.known_at)
    return MatchProposal.objects.filter(part.within(), undecided, proposed_at__lte=part.cutoff.known_at)


def doubled_at_most(part: CountScope) -> int:
    """By how many the case count would fall if every open pair were one person: counted people less groups of them."""
    pairs = list(open_pairs(part).values_list("left_id", "right_id"))
    people = {person for pair in pairs for person in pair}
    counted = beliefs(part).filter(case_q("cases_total", part.cutoff), case__person_id__in=AnyOf(people))
    ill = set(counted.values_list("case__person_id", flat=True))
    leader = {person: person for person in people}

    def lead(person: int) -> int:
        while leader[person] != person:
            person = leader[person]
        return person

    for left, right in pairs:
        leader[lead(left)] = lead(right)
    return len(ill) - len({lead(person) for person in ill})
