"""Counting cases at a cut-off: all that was believed, and small corrections for what lies outside the window."""

from collections import Counter
from typing import Any

from django.db.models import Count, Q

from tienphuong.cases.models import CaseState
from tienphuong.cases.terms import Classification, DetectionSetting, Outcome, SourceStatus
from tienphuong.core.balances import Groups
from tienphuong.reports.counting.slices import Slice, grouped
from tienphuong.reports.cutoff import Cutoff

CONFIRMED = (Classification.CONFIRMED, Classification.RE_POSITIVE)


def beliefs(part: Slice) -> Any:
    """The case beliefs held at the cut-off's moment of knowledge."""
    return part.held(CaseState)


def standing(part: Slice) -> Groups:
    """Cases by area, classification and outcome as of the cut-off.

    Everything believed, less what was classified before the epoch or after the cut-off; an outcome after the cut-off had not come yet.
    When the knowledge is of the cut-off itself nothing is after it, since no fact is later than its report.
    """
    cutoff = part.cutoff
    tally = part.tally(CaseState)
    if cutoff.epoch_moment:
        tally.subtract(_by_standing(part.few(CaseState).filter(classified_at__lt=cutoff.epoch_moment)))
    if cutoff.known_at > cutoff.at:
        later = part.learned(CaseState, since=cutoff.at)
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


def new_cases(part: Slice) -> Groups:
    """Cases confirmed in the day: (area path, where detected, what is known of the source) -> cases."""
    return grouped(part.few(CaseState).filter(case_q("cases_new", part.cutoff)), "detection_setting", "source_status")


def new_outcomes(part: Slice) -> Groups:
    """Outcomes that came in the day: (area path, outcome) -> cases."""
    came = part.few(CaseState).filter(_counted(part.cutoff), outcome_at__gt=part.cutoff.since, outcome_at__lte=part.cutoff.at)
    return grouped(came, "outcome")


def by_day(part: Slice, *, date_kind: str) -> Counter[Any]:
    """Counted cases by day of `onset_on` or `detected_on`, for the epidemic curve; None: day not known."""
    rows = part.scanned(CaseState).filter(_counted(part.cutoff))
    return Counter(dict(rows.values_list(date_kind).annotate(number=Count("*")).order_by()))


def _counted(cutoff: Cutoff) -> Q:
    return Q(classification__in=CONFIRMED) & ~_outside(cutoff)


_QUARANTINED = (DetectionSetting.QUARANTINE_FACILITY, DetectionSetting.HOME_QUARANTINE, DetectionSetting.ON_ENTRY)
SETTINGS: dict[str, tuple[str, ...]] = {
    "cases_new_community": (DetectionSetting.COMMUNITY, DetectionSetting.HEALTH_FACILITY),
    "cases_new_quarantine": _QUARANTINED,
    "cases_new_cordon": (DetectionSetting.CORDON,),
    "cases_new_setting_unknown": (DetectionSetting.UNKNOWN, ""),
}


def case_q(figure: str, cutoff: Cutoff) -> Q:
    """Which beliefs a case figure counts: the condition behind the number's link to its records."""
    came = Q(outcome_at__lte=cutoff.at)
    today = Q(classified_at__gt=cutoff.since, classified_at__lte=cutoff.at)
    counted = _counted(cutoff)
    if figure in SETTINGS:
        return counted & today & Q(detection_setting__in=SETTINGS[figure])
    conditions = {
        "cases_total": counted,
        "cases_new": counted & today,
        "cases_recovered": counted & came & Q(outcome=Outcome.RECOVERED),
        "cases_recovered_new": counted & came & Q(outcome=Outcome.RECOVERED, outcome_at__gt=cutoff.since),
        "cases_in_treatment": counted & (~came | Q(outcome_at=None) | Q(outcome__in=(Outcome.IN_TREATMENT, ""))),
        "deaths": counted & came & Q(outcome=Outcome.DIED),
        "deaths_new": counted & came & Q(outcome=Outcome.DIED, outcome_at__gt=cutoff.since),
        "cases_transferred": counted & came & Q(outcome=Outcome.TRANSFERRED),
        "cases_re_positive": counted & Q(classification=Classification.RE_POSITIVE),
        "cases_probable": ~_outside(cutoff) & Q(classification=Classification.PROBABLE),
        "cases_suspected": ~_outside(cutoff) & Q(classification=Classification.SUSPECTED),
        "cases_new_source_unknown": counted & today & ~Q(source_status=SourceStatus.KNOWN),
    }
    return conditions[figure]
