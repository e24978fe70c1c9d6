"""Counting quarantine: new today, going on, completed, transferred, by form and by ground."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from tienphuong.quarantine.models import Facility, StayState
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.quarantine.terms import StayState as State
from tienphuong.reports.counting.cases import Slice


@dataclass(frozen=True, slots=True)
class StayTally:
    """Stays of one kind: all = current + completed + transferred + left."""

    total: int
    new: int
    current: int
    completed: int
    transferred: int
    left: int


def stay_rows(part: Slice) -> Any:
    """The believed stays at the cut-off's moment of knowledge."""
    rows = StayState.objects.filter(part.within(), disease=part.disease)
    return rows.filter(known_from__lte=part.cutoff.known_at, known_to__gt=part.cutoff.known_at).exclude(started_on__gt=part.cutoff.day)


def stay_tallies(part: Slice, *, by: str) -> dict[str, StayTally]:
    """Stays by `form` or by `ground`."""
    counts = {
        "total": Count("*"),
        "new": Count("pk", filter=Q(started_on=part.cutoff.day)),
        "completed": Count("pk", filter=Q(state=State.COMPLETED)),
        "transferred": Count("pk", filter=Q(state=State.TRANSFERRED)),
        "left": Count("pk", filter=Q(state=State.LEFT)),
    }
    tallies = {}
    for g in stay_rows(part).values(by).annotate(**counts).order_by():
        current = g["total"] - g["completed"] - g["transferred"] - g["left"]
        tallies[g[by]] = StayTally(g["total"], g["new"], current, g["completed"], g["transferred"], g["left"])
    return tallies


@dataclass(frozen=True, slots=True)
class SiteTally:
    """One central site: places activated (None: not told) and people there."""

    name: str
    places: int | None
    stays: StayTally


def site_tallies(part: Slice) -> list[SiteTally]:
    """The central quarantine sites of the registers, with who is there."""
    rows = stay_rows(part).filter(form=QuarantineForm.CENTRAL, stay__facility__isnull=False)
    counts: dict[Any, list[int]] = {}
    for site, state, started in rows.values_list("stay__facility_id", "state", "started_on"):
        numbers = counts.setdefault(site, [0, 0, 0, 0, 0])
        numbers[0] += 1
        numbers[1] += started == part.cutoff.day
        for place, word in ((2, State.COMPLETED), (3, State.TRANSFERRED), (4, State.LEFT)):
            numbers[place] += state == word
    sites = Facility.objects.filter(pk__in=list(counts)).select_related("organisation")
    tallies = []
    for site in sites:
        total, new, completed, transferred, left = counts[site.pk]
        current = total - completed - transferred - left
        tally = StayTally(total, new, current, completed, transferred, left)
        tallies.append(SiteTally(site.organisation.name, site.organisation.places, tally))
    return sorted(tallies, key=lambda tally: tally.name)
