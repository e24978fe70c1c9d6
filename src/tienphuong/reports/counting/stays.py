"""Counting quarantine: new today, going on, completed, transferred, by form and by ground."""

from collections import Counter
from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class StayTallies:
    """Stays by form and by ground, from one pass."""

    forms: dict[str, StayTally]
    grounds: dict[str, StayTally]


def stay_tallies(part: Slice) -> StayTallies:
    """Stays by form and by ground."""
    forms: dict[str, Numbers] = {}
    grounds: dict[str, Numbers] = {}
    for g in stay_rows(part).values("form", "ground").annotate(**_counts(part)).order_by():
        for tallies, key in ((forms, g["form"]), (grounds, g["ground"])):
            tallies.setdefault(key, Counter()).update({name: g[name] for name in _COUNTED})
    return StayTallies({key: _tally(n) for key, n in forms.items()}, {key: _tally(n) for key, n in grounds.items()})


Numbers = Counter[str]
_COUNTED = ("total", "new", "completed", "transferred", "left")


def _counts(part: Slice) -> dict[str, Count]:
    over = {
        name: Count("pk", filter=Q(state=state))
        for name, state in zip(_COUNTED[2:], (State.COMPLETED, State.TRANSFERRED, State.LEFT), strict=True)
    }
    return {"total": Count("*"), "new": Count("pk", filter=Q(started_on=part.cutoff.day)), **over}


def _tally(n: Mapping[str, int]) -> StayTally:
    current = n["total"] - n["completed"] - n["transferred"] - n["left"]
    return StayTally(n["total"], n["new"], current, n["completed"], n["transferred"], n["left"])


@dataclass(frozen=True, slots=True)
class SiteTally:
    """One central site: places activated (None: not told) and people there."""

    name: str
    places: int | None
    stays: StayTally


def site_tallies(part: Slice) -> list[SiteTally]:
    """The central quarantine sites of the registers, with who is there."""
    rows = stay_rows(part).filter(form=QuarantineForm.CENTRAL, stay__facility__isnull=False)
    counts = {row["stay__facility"]: row for row in rows.values("stay__facility").annotate(**_counts(part)).order_by()}
    sites = Facility.objects.filter(pk__in=list(counts)).select_related("organisation")
    tallies = [SiteTally(site.organisation.name, site.organisation.places, _tally(counts[site.pk])) for site in sites]
    return sorted(tallies, key=lambda tally: tally.name)
