"""Counting cases at a cut-off: one ordered pass over the beliefs, and small corrections for what lies outside the window."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce

from tienphuong.cases.models import CaseState
from tienphuong.cases.terms import Classification, DetectionSetting, Outcome, SourceStatus
from tienphuong.core.access.rules import next_path
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.reports.cutoff import Cutoff

CONFIRMED = (Classification.CONFIRMED, Classification.RE_POSITIVE)


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows are meant: who looks, at which area, at which disease, when."""

    viewer: Viewer
    area_path: str
    disease: str
    cutoff: Cutoff

    def within(self, column: str = "area_path") -> Q:
        """The rows of the area that the viewer may count."""
        inside = Q(**{f"{column}__gte": self.area_path, f"{column}__lt": next_path(self.area_path)}) if self.area_path else Q()
        return inside & self.viewer.scope(Permission.SEE_BOARD, column)


Tally = Counter[tuple[str, str, str]]
"""(area path, classification, outcome) -> cases."""


def beliefs(part: Slice) -> Any:
    """The case beliefs held at the cut-off's moment of knowledge."""
    known = CaseState.objects.filter(part.within(), disease=part.disease)
    return known.filter(known_from__lte=part.cutoff.known_at, known_to__gt=part.cutoff.known_at)


def standing(part: Slice) -> Tally:
    """Cases by area, classification and outcome as of the cut-off.

    Everything believed, less what was classified before the epoch or after the cut-off; an outcome after the cut-off had not come yet.
    When the knowledge is of the cut-off itself nothing is after it, since no fact is later than its report.
    """
    cutoff = part.cutoff
    tally = _count(beliefs(part))
    if cutoff.epoch_moment:
        tally.subtract(_few(part, Q(classified_at__lt=cutoff.epoch_moment)))
    if cutoff.known_at > cutoff.at:
        tally.subtract(_few(part, Q(classified_at__gt=cutoff.at)))
        for (path, classification, outcome), number in _few(part, ~_outside(cutoff) & Q(outcome_at__gt=cutoff.at)).items():
            tally[path, classification, outcome] -= number
            tally[path, classification, Outcome.IN_TREATMENT] += number
    return tally


def few_beliefs(part: Slice) -> Any:
    """The same beliefs for a condition that a narrow range of moments meets, with the area path as `here`.

    An index leads by disease and moment; the area must then be a filter, not a range that tempts the database to walk
    the whole area and read every row of it.
    """
    known = CaseState.objects.annotate(here=Coalesce("area_path", Value(""))).filter(part.within("here"), disease=part.disease)
    return known.filter(known_from__lte=part.cutoff.known_at, known_to__gt=part.cutoff.known_at)


def scanned_beliefs(part: Slice) -> Any:
    """The same beliefs for counts over columns that no index holds: read from end to end.

    Walking the area's index and fetching every row of it takes four times as long at a million cases (measured on SQLite).
    """
    known = CaseState.objects.annotate(here=Coalesce("area_path", Value("")), what=Coalesce("disease", Value("")))
    known = known.filter(part.within("here"), what=part.disease)
    return known.filter(known_from__lte=part.cutoff.known_at, known_to__gt=part.cutoff.known_at)


def _few(part: Slice, condition: Q) -> Tally:
    return _count(few_beliefs(part).filter(condition), path="here")


def _outside(cutoff: Cutoff) -> Q:
    late = Q(classified_at__gt=cutoff.at)
    return late | Q(classified_at__lt=cutoff.epoch_moment) if cutoff.epoch_moment else late


def _count(rows: Any, *, path: str = "area_path") -> Tally:
    grouped = rows.values_list(path, "classification", "outcome").annotate(number=Count("*")).order_by()
    return Counter({(place, classification, outcome): number for place, classification, outcome, number in grouped})


def new_cases(part: Slice) -> Counter[tuple[str, str]]:
    """Cases confirmed in the day: (area path, where detected) -> cases."""
    rows = few_beliefs(part).filter(case_q("cases_new", part.cutoff))
    grouped = rows.values_list("here", "detection_setting").annotate(number=Count("*")).order_by()
    return Counter({(path, setting): number for path, setting, number in grouped})


def new_outcomes(part: Slice) -> Counter[tuple[str, str]]:
    """Outcomes that came in the day: (area path, outcome) -> cases."""
    rows = few_beliefs(part).filter(_counted(part.cutoff), outcome_at__gt=part.cutoff.since, outcome_at__lte=part.cutoff.at)
    grouped = rows.values_list("here", "outcome").annotate(number=Count("*")).order_by()
    return Counter({(path, outcome): number for path, outcome, number in grouped})


def by_day(part: Slice, *, date_kind: str) -> Counter[Any]:
    """Counted cases by day of `onset_on` or `detected_on`, for the epidemic curve; None: day not known."""
    rows = scanned_beliefs(part).filter(_counted(part.cutoff))
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
