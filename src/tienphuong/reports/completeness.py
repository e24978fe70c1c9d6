"""Comparing communes fairly: on how completely, how soon and how widely they report; never on how few cases they have."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q

from tienphuong.cases.terms import SourceStatus
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models.records import in_force_at
from tienphuong.core.policy import DiseasePolicy, Pack
from tienphuong.reports.counting.cases import beliefs, case_q
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.figures import CommuneLine, Figures
from tienphuong.tracing.models import Contact

USUAL_HOURS = 24
"""Where a pack lays no hours down for the disease, a day."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; a share is never shown without its counts."""

    of: int
    out_of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there is nothing to take a share of."""
        return self.of / self.out_of if self.out_of else None


@dataclass(frozen=True, slots=True)
class CommuneQuality:
    """How one commune reports. `traced` is None for a disease whose contacts are not traced."""

    line: CommuneLine
    dated: Share
    placed: Share
    sourced: Share
    timely: Share
    traced: Share | None


def commune_quality(viewer: Viewer, *, found: Figures, policy: Pack) -> list[CommuneQuality]:
    """Per commune: cases with dates, with where they were detected, with a source looked for; reported in time; with contacts listed."""
    rules = policy.disease(found.disease)
    counts = _counts(CountScope(viewer, found.area.path, found.disease, found.cutoff), rules)
    return [_quality(line, _below(counts, line.path), traced=rules.contacts_traced.value) for line in found.communes]


def _counts(part: CountScope, rules: DiseasePolicy) -> list[dict[str, Any]]:
    # A detection is known by its day only: a report is in time until the end of the last day its hours reach into.
    days = -(-(rules.reporting_hours or USUAL_HOURS) // 24)
    due = ExpressionWrapper(F("detected_on") + timedelta(days=days), output_field=DateField())
    shares: dict[str, Any] = {
        "cases": Count("pk"),
        "dated": Count("pk", filter=~Q(onset_on=None, detected_on=None)),
        "placed": Count("pk", filter=~Q(detection_setting__in=("", "unknown"))),
        "sourced": Count("pk", filter=Q(source_status__in=(SourceStatus.KNOWN, SourceStatus.UNDER_INVESTIGATION))),
        "detected": Count("pk", filter=Q(detected_on__isnull=False)),
        "timely": Count("pk", filter=Q(case__recorded_at__date__lte=F("due"))),
    }
    if rules.contacts_traced.value:
        person = OuterRef("case__person_id")
        listed = Exists(Contact.everything.filter(in_force_at(part.cutoff.known_at), source_id=person, disease=part.disease))
        shares["traced"] = Count("pk", filter=Q(listed))
    counted = beliefs(part).filter(case_q("cases_total", part.cutoff)).annotate(due=due)
    return list(counted.values("area_path").annotate(**shares).order_by())


def _below(counts: list[dict[str, Any]], path: str) -> dict[str, int]:
    own = [row for row in counts if row["area_path"].startswith(path)]
    names = {name for row in counts for name in row if name != "area_path"}
    return {name: sum(row[name] for row in own) for name in names}


def _quality(line: CommuneLine, n: dict[str, int], *, traced: bool) -> CommuneQuality:
    cases = n.get("cases", 0)
    return CommuneQuality(
        line=line,
        dated=Share(n.get("dated", 0), cases),
        placed=Share(n.get("placed", 0), cases),
        sourced=Share(n.get("sourced", 0), cases),
        timely=Share(n.get("timely", 0), n.get("detected", 0)),
        traced=Share(n.get("traced", 0), cases) if traced else None,
    )
