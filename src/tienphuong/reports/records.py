"""Which records stand behind a figure: the condition that makes a list hold exactly what the figure counts."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from tienphuong.cases.models import LabResult
from tienphuong.cases.services.answers import COUNTED
from tienphuong.cases.terms import LabOutcome
from tienphuong.core.models.records import in_force_at
from tienphuong.core.policy import DiseasePolicy
from tienphuong.core.policy.terms import Subject
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.quarantine.terms import StayState as State
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.counting.cases import case_q
from tienphuong.reports.counting.contacts import latest_checks, watch_ends_after
from tienphuong.reports.counting.late import closing_q, was_counted
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import Cutoff

STATES = {"follow_up_done": "done", "follow_up_unreachable": "unreachable"}


@dataclass(frozen=True)
class FigureFilter:
    """A figure's records: in which list, under which condition, of which degree, from abroad or not, in which state of follow-up.

    `known_at`: as known when, where that is not the cut-off's own knowledge.
    """

    records: str
    condition: Q = field(default_factory=Q)
    degree: int | None = None
    from_abroad: bool | None = None
    state: str = ""
    known_at: datetime | None = None


def filter_for(figure: str, *, part: CountScope, policy: DiseasePolicy) -> FigureFilter | None:
    """The records of a figure of the catalogue; None for a figure that has no list."""
    indicator, cutoff = BY_KEY.get(figure), part.cutoff
    if indicator is None or not indicator.records:
        return None
    match indicator.records:
        case "cases":
            return _cases(figure, part)
        case "contacts":
            return _contacts(figure, part, policy)
        case "returnees":
            return _returnees(figure, part, policy)
        case "samples":
            return FigureFilter("samples", _samples(figure.removeprefix("samples_"), cutoff) & COUNTED & part.within())
        case "stays":
            return FigureFilter("stays", _stays(figure.removeprefix("stays_"), cutoff) & part.within())
        case "follow_up":
            return FigureFilter("follow_up", Q(pk__in=latest_checks(part).values("pk")), state=STATES[figure])
    # Links that wait and doubts: lists that need no condition of their own.
    return FigureFilter(indicator.records)


def _cases(figure: str, part: CountScope) -> FigureFilter:
    """What was withdrawn is listed as it stood before."""
    closing, known_at = closing_q(figure, part), part.cutoff.since if was_counted(figure) else None
    return FigureFilter("cases", (case_q(figure, part.cutoff) if closing is None else closing) & part.within(), known_at=known_at)


def _contacts(figure: str, part: CountScope, policy: DiseasePolicy) -> FigureFilter:
    degree, word = int(figure[1]), figure[3:]
    ends = watch_ends_after(part, degree=degree, policy=policy)
    watched = Q() if ends is None else ends
    conditions = {
        "total": Q(),
        "new": Q(reported_at__gt=part.cutoff.since),
        "watched": watched,
        "completed": _nobody() if ends is None else ~ends,
    }
    return FigureFilter("contacts", conditions[word] & Q(reported_at__lte=part.cutoff.at) & part.within(), degree=degree)


def _returnees(figure: str, part: CountScope, policy: DiseasePolicy) -> FigureFilter:
    kind, word = figure.split("_")
    abroad, cutoff = kind == "arrivals", part.cutoff
    row = policy.quarantine_for(None, on=cutoff.day, arrival=Subject.ARRIVAL if abroad else Subject.AFFECTED_AREA)
    day0 = row.earliest_day0(cutoff.day) if row else None
    ends = Q(arrived_on=None) | Q(arrived_on__gte=day0) if day0 else None
    watched, completed = (Q(), _nobody()) if ends is None else (ends, ~ends)
    conditions = {"total": Q(), "new": Q(reported_at__gt=cutoff.since), "watched": watched, "completed": completed}
    return FigureFilter("returnees", conditions[word] & Q(reported_at__lte=cutoff.at) & part.within(), from_abroad=abroad)


def _samples(word: str, cutoff: Cutoff) -> Q:
    """A sample is what its best answer says: positive before negative before unclear; without an answer it is waited for."""
    answers = LabResult.everything.filter(in_force_at(cutoff.known_at), sample=OuterRef("pk"), reported_at__lte=cutoff.at)
    positive, negative, unclear = (
        Exists(answers.filter(result=result)) for result in (LabOutcome.POSITIVE, LabOutcome.NEGATIVE, LabOutcome.INCONCLUSIVE)
    )
    conditions = {
        "total": Q(),
        "new": Q(reported_at__gt=cutoff.since),
        "positive": Q(positive),
        "negative": ~Q(positive) & Q(negative),
        "inconclusive": ~Q(positive) & ~Q(negative) & Q(unclear),
        "pending": ~Q(positive) & ~Q(negative) & ~Q(unclear),
    }
    counted = in_force_at(cutoff.known_at) & Q(reported_at__lte=cutoff.at)
    return conditions[word] & (counted & ~Q(taken_on__lt=cutoff.epoch) if cutoff.epoch else counted)


def _stays(word: str, cutoff: Cutoff) -> Q:
    going_on = ~Q(state__in=(State.AWAITED, State.COMPLETED, State.TRANSFERRED, State.LEFT))
    conditions = {
        "total": Q(),
        "new": Q(started_on=cutoff.day),
        "current": going_on,
        "awaited": Q(state=State.AWAITED),
        "completed": Q(state=State.COMPLETED),
        "transferred": Q(state=State.TRANSFERRED),
        "left": Q(state=State.LEFT),
        "central": going_on & Q(form=QuarantineForm.CENTRAL),
        "home": going_on & Q(form=QuarantineForm.HOME),
    }
    return conditions[word] & ~Q(started_on__gt=cutoff.day)


def _nobody() -> Q:
    return Q(pk__in=[])
