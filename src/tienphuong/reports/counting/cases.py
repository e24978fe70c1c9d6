"""Counting cases at a cut-off: all that was believed, and small corrections for what lies outside the window."""

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from tienphuong.cases.models import CaseState
from tienphuong.cases.terms import Classification, DetectionSetting, Outcome, SourceStatus
from tienphuong.core.balances import Groups
from tienphuong.reports.counting.scopes import CountScope, grouped
from tienphuong.reports.cutoff import Cutoff

CONFIRMED = (Classification.CONFIRMED, Classification.RE_POSITIVE)


def beliefs(part: CountScope) -> Any:
    """The case beliefs held at the cut-off's moment of knowledge."""
    return part.as_of(CaseState)


def cumulative_counts(part: CountScope) -> Groups:
    """Cases by area, classification and outcome as of the cut-off.

    Everything believed, less what was classified before the epoch or after the cut-off; an outcome after the cut-off had not come yet.
    When the knowledge is of the cut-off itself nothing is after it, since no fact is later than its report.
    """
    cutoff = part.cutoff
    tally = part.tally(CaseState)
    if cutoff.epoch_moment:
        tally.subtract(_by_standing(part.selective(CaseState).filter(classified_at__lt=cutoff.epoch_moment)))
    if cutoff.known_at > cutoff.at:
        later = part.recorded_since(CaseState, since=cutoff.at)
        tally.subtract(_by_standing(later.filter(classified_at__gt=cutoff.at)))
        for (path, classification, outcome), number in _by_standing(later.filter(~_outside(cutoff), outcome_at__gt=cutoff.at)).items():
            tally[path, classification, outcome] -= number
            tally[path, classification, Outcome.IN_TREATMENT] += number
    return tally


def _by_standing(rows: Any) -> Groups:
    return grouped(rows, "classification", "outcome")


def _outside(cutoff: Cutoff) -> Q:
    late = Q(classified_at__gt=cutoff.at)
    return late | Q(classified_at__lt=cutoff.epoch_moment) if cutoff.epoch_moment else late


def new_cases(part: CountScope) -> Groups:
    """Cases confirmed in the day: (area path, where detected, what is known of the source) -> cases."""
    return grouped(part.selective(CaseState).filter(case_q("cases_new", part.cutoff)), "detection_setting", "source_status")


def new_outcomes(part: CountScope) -> Groups:
    """Outcomes that came in the day: (area path, outcome) -> cases."""
    came = part.selective(CaseState).filter(counted_q(part.cutoff), outcome_at__gt=part.cutoff.since, outcome_at__lte=part.cutoff.at)
    return grouped(came.exclude(counted_before(part.cutoff, outcome=OuterRef("outcome"))), "outcome")


def by_day(part: CountScope, *, date_kind: str) -> Counter[Any]:
    """Counted cases by day of `onset_on` or `detected_on`, for the epidemic curve; None: day not known."""
    counted = counted_q(part.cutoff)
    # One of the two days has an index with all that is asked; it gives the days in their order, so that nothing is sorted.
    rows = part.along(CaseState, counted, day=date_kind) if date_kind == "detected_on" else part.full_scan(CaseState).filter(counted)
    return Counter(dict(rows.values_list(date_kind).annotate(number=Count("*")).order_by()))


def counted_q(cutoff: Cutoff, *, outcome: Any = "") -> Q:
    """What is counted at a cut-off: confirmed cases, or those of them an outcome had come to."""
    counted = Q(classification__in=CONFIRMED) & ~_outside(cutoff)
    return counted & Q(outcome=outcome, outcome_at__lte=cutoff.at) if outcome else counted


def counted_before(cutoff: Cutoff, *, outcome: Any = "", within: Q | None = None) -> Q:
    """Whether the cut-off before counted the case, as known then: what it counted is nothing new, wherever the case lay."""
    before = cutoff.before
    states = CaseState.objects.filter(within or Q(), case_id=OuterRef("case_id"), known_from__lte=before.at, known_to__gt=before.at)
    return Q(Exists(states.filter(counted_q(before, outcome=outcome))))


_QUARANTINED = (DetectionSetting.QUARANTINE_FACILITY, DetectionSetting.HOME_QUARANTINE, DetectionSetting.ON_ENTRY)
SETTINGS: dict[str, tuple[str, ...]] = {
    "cases_new_community": (DetectionSetting.COMMUNITY, DetectionSetting.HEALTH_FACILITY),
    "cases_new_quarantine": _QUARANTINED,
    "cases_new_cordon": (DetectionSetting.CORDON,),
    "cases_new_setting_unknown": (DetectionSetting.UNKNOWN, ""),
}


def case_q(figure: str, cutoff: Cutoff) -> Q:
    """Which beliefs a case figure counts: the condition behind the number's link to its records."""
    came, counted = Q(outcome_at__lte=cutoff.at), counted_q(cutoff)
    if figure.startswith("cases_new"):
        return counted & Q(classified_at__gt=cutoff.since) & ~counted_before(cutoff) & _new_of(figure)
    conditions = {
        "cases_total": counted,
        "cases_recovered": counted_q(cutoff, outcome=Outcome.RECOVERED),
        "cases_recovered_new": _came_today(cutoff, Outcome.RECOVERED),
        "cases_in_treatment": counted & (~came | Q(outcome_at=None) | Q(outcome__in=(Outcome.IN_TREATMENT, ""))),
        "deaths": counted_q(cutoff, outcome=Outcome.DIED),
        "deaths_new": _came_today(cutoff, Outcome.DIED),
        "cases_transferred": counted_q(cutoff, outcome=Outcome.TRANSFERRED),
        "cases_re_positive": counted & Q(classification=Classification.RE_POSITIVE),
        "cases_probable": ~_outside(cutoff) & Q(classification=Classification.PROBABLE),
        "cases_suspected": ~_outside(cutoff) & Q(classification=Classification.SUSPECTED),
    }
    return conditions[figure]


def _new_of(figure: str) -> Q:
    """Which of the day's new cases a figure counts."""
    if figure in SETTINGS:
        return Q(detection_setting__in=SETTINGS[figure])
    return {"cases_new": Q(), "cases_new_source_unknown": ~Q(source_status=SourceStatus.KNOWN)}[figure]


def _came_today(cutoff: Cutoff, outcome: str) -> Q:
    return counted_q(cutoff, outcome=outcome) & Q(outcome_at__gt=cutoff.since) & ~counted_before(cutoff, outcome=outcome)
