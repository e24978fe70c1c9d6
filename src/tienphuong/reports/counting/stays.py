"""Counting quarantine: new today, going on, completed, transferred, by form and by ground."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tienphuong.quarantine.models import Facility, StayState
from tienphuong.quarantine.terms import StayState as State
from tienphuong.reports.counting.scopes import CountScope, grouped


@dataclass(frozen=True, slots=True)
class StayTally:
    """Stays of one kind: all = current + awaited + completed + transferred + left."""

    total: int
    new: int
    current: int
    awaited: int
    completed: int
    transferred: int
    left: int


def stay_rows(part: CountScope) -> Any:
    """The believed stays at the cut-off's moment of knowledge, for lists."""
    return part.as_of(StayState).exclude(started_on__gt=part.cutoff.day)


@dataclass(frozen=True, slots=True)
class StayTallies:
    """Stays by form, by ground and by central site (its number)."""

    forms: dict[str, StayTally]
    grounds: dict[str, StayTally]
    sites: dict[str, StayTally]


def stay_tallies(part: CountScope) -> StayTallies:
    """Stays by form, by ground and by site. One that begins after the day has not begun."""
    tally = part.tally(StayState)
    tally.subtract(grouped(part.selective(StayState).filter(started_on__gt=part.cutoff.day), *StayState.GROUPED))
    new = grouped(part.selective(StayState).filter(started_on=part.cutoff.day), *StayState.GROUPED)
    counted: Numbers = Counter()
    for (_, form, ground, state, site), number in tally.items():
        counted.update({(form, ground, site, "total"): number, (form, ground, site, state): number})
    for (_, form, ground, _, site), number in new.items():
        counted[form, ground, site, "new"] += number
    return StayTallies(*(_by(counted, column) for column in range(3)))


Numbers = Counter[tuple[Any, ...]]


def _by(counted: Numbers, column: int) -> dict[str, StayTally]:
    """The numbers by one of form, ground and site."""
    sums: dict[str, Counter[str]] = {}
    for (*kinds, what), number in counted.items():
        if kinds[column] is not None:
            sums.setdefault(kinds[column], Counter())[what] += number
    return {key: _tally(n) for key, n in sums.items() if n["total"]}


def _tally(n: Mapping[str, int]) -> StayTally:
    awaited, completed, transferred, left = n[State.AWAITED], n[State.COMPLETED], n[State.TRANSFERRED], n[State.LEFT]
    current = n["total"] - awaited - completed - transferred - left
    return StayTally(n["total"], n["new"], current, awaited, completed, transferred, left)


@dataclass(frozen=True, slots=True)
class SiteTally:
    """One central site: places activated (None: not told) and people there."""

    name: str
    places: int | None
    stays: StayTally


def site_tallies(stays: Mapping[str, StayTally]) -> list[SiteTally]:
    """The central quarantine sites of the registers, with who is there."""
    sites = Facility.objects.filter(pk__in=list(stays)).select_related("organisation")
    tallies = [SiteTally(site.organisation.name, site.organisation.places, stays[str(site.pk)]) for site in sites]
    return sorted(tallies, key=lambda tally: tally.name)
