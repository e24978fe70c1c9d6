"""What the board and the report pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.rules import next_path
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.registry.models import Area
from tienphuong.reports.catalogue import BY_KEY, Indicator
from tienphuong.reports.counting.behind import Rows, rows_for
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import Cutoff, cutoff_of
from tienphuong.reports.deadlines import DeadlineLine, late_deadlines
from tienphuong.reports.figures import CommuneLine, Figures, figures, headline_values
from tienphuong.reports.models import Snapshot
from tienphuong.reports.quality import Finding, quality
from tienphuong.reports.services import Words, draft_of
from tienphuong.reports.terms import Section
from tienphuong.reports.whole import as_whole
from tienphuong.tracing.models import Referral

SMALL_COUNT = 20
"""Below so many events a rate is mostly chance: its relative standard error is above 22% (1 / sqrt(count))."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One large figure, and by how much it differs from the same figure at the cut-off before, as known then."""

    indicator: Indicator
    value: int
    change: int


@dataclass(frozen=True, slots=True)
class Place:
    """One commune: its counts, and per 100,000 people, never one without the other. `small`: too few cases for a steady rate."""

    line: CommuneLine
    rate: float | None
    small: bool


@dataclass(frozen=True, slots=True)
class ToDecide:
    """What waits for an officer."""

    duplicates: int
    referrals: int
    links: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.duplicates + self.referrals + self.links


@dataclass(frozen=True, slots=True)
class Board:
    """The command board, in the order a commander asks: what changed, what is late, where, what is wrong, what must be decided."""

    found: Figures
    changed: list[Headline]
    late: list[DeadlineLine]
    places: list[Place]
    wrong: list[Finding]
    decide: ToDecide


HEADLINES = (
    "cases_total",
    "cases_in_treatment",
    "cases_recovered",
    "deaths",
    "f1_watched",
    "f2_watched",
    "stays_current",
    "samples_pending",
)


def board(
    viewer: Viewer,
    *,
    area: Area,
    disease: str,
    at: datetime,
    policy: Pack,
    known_at: datetime | None = None,
    silent_communes: Sequence[Area] = (),
) -> Board:
    """Everything the board shows of an area at a cut-off."""
    rules = policy.disease(disease)
    cutoff = cutoff_of(at, policy=rules, known_at=known_at)
    found = figures(viewer, area=area, disease=disease, cutoff=cutoff, policy=policy)
    before = headline_values(viewer, area=area, disease=disease, cutoff=cutoff_of(cutoff.since, policy=rules), policy=policy)
    return Board(
        found=found,
        changed=_changed(found, before),
        late=late_deadlines(viewer, area_path=area.path, at=cutoff.known_at),
        places=[_place(line) for line in found.communes],
        wrong=quality(viewer, found=found, policy=policy, silent_communes=silent_communes),
        decide=ToDecide(found.values["duplicates_open"], _referrals(viewer, found), found.values["links_pending"]),
    )


def _changed(found: Figures, before: Mapping[str, int]) -> list[Headline]:
    """The headline figures; contacts only where the disease's contacts are traced."""
    keys = [key for key in HEADLINES if not (key[0] == "f" and int(key[1]) not in found.degrees)]
    return [Headline(BY_KEY[key], found.values[key], found.values[key] - before[key]) for key in keys]


def _place(line: CommuneLine) -> Place:
    rate = line.total / line.population * 100_000 if line.population else None
    return Place(line, rate, small=0 < line.total < SMALL_COUNT)


def _referrals(viewer: Viewer, found: Figures) -> int:
    """People handed to this area whom nobody here has taken on or returned yet."""
    part = CountScope(viewer, found.area.path, found.disease, found.cutoff)
    waiting = Q(answered_at=None) | Q(answered_at__gt=found.cutoff.known_at)
    rows = Referral.objects.filter(part.within("to_path"), waiting, disease=found.disease)
    return rows.filter(recorded_at__lte=found.cutoff.known_at).count()


def behind(viewer: Viewer, *, key: str, area: Area, disease: str, cutoff: Cutoff, policy: Pack) -> Rows | None:
    """The records behind an indicator's number, for its list."""
    return rows_for(key, part=CountScope(viewer, area.path, disease, as_whole(cutoff, disease)), policy=policy.disease(disease))


def reports(viewer: Viewer, *, area: Area, disease: str = "", limit: int = 60) -> list[Snapshot]:
    """The frozen reports of an area and below it, the newest first."""
    rows = Snapshot.objects.filter(viewer.scope(Permission.SEE_REPORT), area_path__gte=area.path, area_path__lt=next_path(area.path))
    rows = rows.filter(disease=disease) if disease else rows
    return list(rows.select_related("area", "previous").order_by("-cutoff", "-frozen_at")[:limit])


def snapshot(viewer: Viewer, *, report: UUID) -> Snapshot | None:
    """One frozen report; None if there is none or it is not the officer's to see."""
    rows = Snapshot.objects.filter(viewer.scope(Permission.SEE_REPORT), pk=report)
    return rows.select_related("area", "previous").first()


def report_of_cutoff(viewer: Viewer, *, area: Area, disease: str, cutoff: datetime) -> Snapshot | None:
    """The report of a cut-off that stands: the last one frozen, if any."""
    viewer.require(Permission.SEE_REPORT, area.path)
    rows = Snapshot.objects.filter(area=area, disease=disease, cutoff=cutoff).select_related("area")
    return rows.order_by("-frozen_at", "-id").first()


def draft(viewer: Viewer, *, area: Area, disease: str, day: date) -> dict[Section, Words]:
    """The words for a day's report, yesterday's marked as carried over."""
    viewer.require(Permission.SEE_REPORT, area.path)
    return draft_of(area, disease=disease, day=day)
