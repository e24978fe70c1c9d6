"""Counting samples: taken, negative, positive, waiting. Samples are not persons, and pending time is a first-class number."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from tienphuong.cases.models import SampleState
from tienphuong.cases.services.answers import answers_known
from tienphuong.core.balances import Groups
from tienphuong.reports.counting.scopes import CountScope, grouped
from tienphuong.reports.cutoff import Cutoff


@dataclass(frozen=True, slots=True)
class SampleTally:
    """Samples of one group: all = negative + positive + inconclusive + pending."""

    total: int
    new: int
    negative: int
    positive: int
    inconclusive: int
    pending: int


def sample_tallies(part: CountScope) -> dict[str, SampleTally]:
    """Samples by why they were taken ('' where no list says)."""
    groups: dict[str, Counter[str]] = {}
    for (_, group, answer), number in _standing(part).items():
        groups.setdefault(group, Counter()).update({answer: number, "total": number})
    came = part.recorded_since(SampleState, since=part.cutoff.since).filter(
        _since_epoch(part.cutoff), reported_at__gt=part.cutoff.since, reported_at__lte=part.cutoff.at
    )
    for (_, group), number in grouped(came, "target_group").items():
        groups.setdefault(group, Counter())["new"] += number
    return {group: SampleTally(**{name: n[name] for name in SampleTally.__dataclass_fields__}) for group, n in groups.items() if n["total"]}


def _standing(part: CountScope) -> Groups:
    """Samples by area, group and answer: all that was believed, less what was taken before the epoch or reported after the cut-off."""
    cutoff = part.cutoff
    tally = part.tally(SampleState)
    if cutoff.epoch:
        tally.subtract(_by_answer(part.selective(SampleState).filter(taken_on__lt=cutoff.epoch)))
    if cutoff.known_at > cutoff.at:
        later = part.recorded_since(SampleState, since=cutoff.at).filter(_since_epoch(cutoff))
        tally.subtract(_by_answer(later.filter(reported_at__gt=cutoff.at)))
        _take_back(tally, later.filter(reported_at__lte=cutoff.at, answered_at__gt=cutoff.at), cutoff=cutoff)
    return tally


def _take_back(tally: Groups, rows: Any, *, cutoff: Cutoff) -> None:
    """Answers that were reported after the cut-off: their samples stand where the answers before it left them."""
    few = list(rows.values_list("sample_id", "here", "target_group", "answer"))
    before = answers_known([sample for sample, *_ in few], known_at=cutoff.known_at, reported_until=cutoff.at)
    for sample, path, group, answer in few:
        tally[path, group, answer] -= 1
        tally[path, group, before[sample].word] += 1


def _since_epoch(cutoff: Cutoff) -> Q:
    """A sample of which nobody knows when it was taken counts."""
    return Q(taken_on=None) | Q(taken_on__gte=cutoff.epoch) if cutoff.epoch else Q()


def _by_answer(rows: Any) -> Groups:
    return grouped(rows, "target_group", "answer")
