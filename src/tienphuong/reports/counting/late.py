"""What moves a cumulative figure besides the new of the day: earlier days learned of late, and what counts no longer.

Of what is counted now and was not at the cut-off before (as known then), all that is not new of the day is late; what was counted then
and is not now is withdrawn. So total today = total yesterday + new + late - withdrawn, for any area.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from tienphuong.cases.models import CaseState
from tienphuong.cases.terms import Outcome
from tienphuong.reports.counting.cases import counted_before, counted_q
from tienphuong.reports.counting.scopes import CountScope, grouped

TOTALS: dict[str, str] = {"cases_total": "", "cases_recovered": Outcome.RECOVERED, "deaths": Outcome.DIED}
"""The cumulative figures whose days close, and the outcome that each counts."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The figures by which yesterday's total becomes today's."""

    total: str
    new: str
    late: str
    withdrawn: str


CLOSINGS: tuple[Closing, ...] = tuple(
    Closing(total, *(f"{total.removesuffix('_total')}_{way}" for way in ("new", "late", "withdrawn"))) for total in TOTALS
)
_LATE = {closing.late: closing.total for closing in CLOSINGS}
_WITHDRAWN = {closing.withdrawn: closing.total for closing in CLOSINGS}
UNDATED = "cases_late_undated"
CLOSING_FIGURES = {UNDATED} | _LATE.keys() | _WITHDRAWN.keys()


@dataclass(frozen=True, slots=True)
class Moved:
    """What the post learned since the cut-off before: `learned` by area, not new of the day; `counted` then and replaced or ended since,
    by area then and area now (None where the area asked for counts it no longer)."""

    learned: Counter[str]
    counted: Counter[tuple[str, str | None]]

    @property
    def late(self) -> int:
        """What joined the total and is of earlier days."""
        return self.learned.total() - sum(number for (_, now), number in self.counted.items() if now is not None)

    @property
    def withdrawn(self) -> int:
        """What left the total."""
        return sum(number for (_, now), number in self.counted.items() if now is None)


def moved(part: CountScope, total: str) -> Moved:
    """How a total moved since the cut-off before; only beliefs that began or ended since then are read."""
    learned = grouped(part.recorded_since(CaseState, since=part.cutoff.since).filter(_not_new(part, total)))
    before = part.cutoff.before
    ended = part.ended(CaseState, since=before.at).filter(counted_q(before, outcome=TOTALS[total]))
    pairs = grouped(ended.annotate(now=Subquery(_counted_now(part, total).values("area_path")[:1])), "now")
    return Moved(Counter({path: n for (path,), n in learned.items()}), Counter({(then, now): n for (then, now), n in pairs.items()}))


def movements(part: CountScope) -> dict[str, Moved]:
    """How each total that closes moved."""
    return {closing.total: moved(part, closing.total) for closing in CLOSINGS}


def closing_values(changes: Mapping[str, Moved]) -> dict[str, int]:
    """What came late to each total and what was withdrawn from it."""
    late = {closing.late: changes[closing.total].late for closing in CLOSINGS}
    return late | {closing.withdrawn: changes[closing.total].withdrawn for closing in CLOSINGS}


def closing_q(figure: str, part: CountScope) -> Q | None:
    """The beliefs behind a late figure (held at the cut-off) or a withdrawn one (held at the cut-off before); None for other figures."""
    if figure == UNDATED:
        return _late_q("cases_total", part) & _without_day()
    if total := _LATE.get(figure):
        return _late_q(total, part)
    if total := _WITHDRAWN.get(figure):
        return counted_q(part.cutoff.before, outcome=TOTALS[total]) & Q(~Exists(_counted_now(part, total)))
    return None


def undated(part: CountScope) -> int:
    """How many of the late cases no list gave any day."""
    learned = part.recorded_since(CaseState, since=part.cutoff.since)
    return int(learned.filter(_late_q("cases_total", part), _without_day()).count())


def _late_q(total: str, part: CountScope) -> Q:
    since = Q(known_from__gt=part.cutoff.since)
    return since & _not_new(part, total) & ~counted_before(part.cutoff, outcome=TOTALS[total], within=part.within())


def _without_day() -> Q:
    """A case of which no list gave a day: a day is a midnight of the post, while such a case is dated by the hour of the file, less a day."""
    return Q(onset_on=None, detected_on=None) & ~Q(classified_at__time=time())


def was_counted(figure: str) -> bool:
    """Whether the records of a figure are those of the cut-off before."""
    return figure in _WITHDRAWN


def _not_new(part: CountScope, total: str) -> Q:
    """Counted now, and either of an earlier day or counted before already (a case that came from another area)."""
    cutoff, outcome = part.cutoff, TOTALS[total]
    moment = "outcome_at" if outcome else "classified_at"
    earlier = Q(**{f"{moment}__lte": cutoff.since})
    return counted_q(cutoff, outcome=outcome) & (earlier | counted_before(cutoff, outcome=outcome))


def _counted_now(part: CountScope, total: str) -> Any:
    """What is counted now of the case that the condition speaks of."""
    known_at = part.cutoff.known_at
    counted = CaseState.objects.filter(part.within(), case_id=OuterRef("case_id"), known_from__lte=known_at, known_to__gt=known_at)
    return counted.filter(counted_q(part.cutoff, outcome=TOTALS[total]))
