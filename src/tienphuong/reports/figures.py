"""All figures of an area at a cut-off, from the records, in one go."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tienphuong.cases.terms import Classification, Outcome, SourceStatus
from tienphuong.core.access.rules import next_path
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.balances import Groups
from tienphuong.core.policy import DiseasePolicy, Pack
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.registry.areas.terms import AreaKind
from tienphuong.registry.models import Area
from tienphuong.reports.counting.arrivals import arrival_tally
from tienphuong.reports.counting.behind import doubled_at_most, open_pairs
from tienphuong.reports.counting.cases import CONFIRMED, SETTINGS, by_day, cumulative_counts, new_cases, new_outcomes
from tienphuong.reports.counting.contacts import DegreeTally, degree_tallies, follow_up_today, pending_rows
from tienphuong.reports.counting.laboratory import SampleTally, sample_tallies
from tienphuong.reports.counting.late import Moved, closing_values, movements, undated
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.counting.stays import SiteTally, StayTally, site_tallies, stay_tallies
from tienphuong.reports.cutoff import Cutoff
from tienphuong.reports.whole import as_whole


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """One commune's line of the commune table."""

    code: str
    name: str
    kind: str
    path: str
    population: int | None
    total: int
    new: int
    recovered: int
    in_treatment: int
    deaths: int
    transferred: int
    f1: int
    f2: int
    late: int = 0
    withdrawn: int = 0

    @property
    def full_name(self) -> str:
        """The unit word and the name: 'Xã Liên Ninh'."""
        return f"{AreaKind(self.kind).label} {self.name}"


@dataclass(frozen=True)
class Figures:
    """What the board, the report, the API and the exports show: every indicator by key, and the tables behind them."""

    area: Area
    disease: str
    policy: str
    cutoff: Cutoff
    values: dict[str, int]
    communes: list[CommuneLine]
    elsewhere: int
    samples: dict[str, SampleTally] = field(default_factory=dict)
    stays: dict[str, StayTally] = field(default_factory=dict)
    grounds: dict[str, StayTally] = field(default_factory=dict)
    sites: list[SiteTally] = field(default_factory=list)
    degrees: dict[int, DegreeTally] = field(default_factory=dict)


def figures(viewer: Viewer, *, area: Area, disease: str, cutoff: Cutoff, policy: Pack) -> Figures:
    """Every figure of an area for a disease at a cut-off."""
    rules, cutoff = policy.disease(disease), as_whole(cutoff, disease)
    part = CountScope(viewer, area.path, disease, cutoff)
    communes = communes_of(area, on=cutoff.day)
    degrees = degree_tallies(part, policy=rules)
    samples, stays = sample_tallies(part), stay_tallies(part)
    cases, lines, elsewhere = _cases(part, communes, degrees)
    values = cases | _contacts(part, degrees) | _samples(samples) | _stays(stays.forms) | _arrivals(part, rules)
    values["links_pending"] = pending_rows(part).count()
    values["duplicates_open"] = open_pairs(part).count()
    values["cases_doubled_at_most"] = doubled_at_most(part) if values["duplicates_open"] else 0
    sites = site_tallies(stays.sites)
    return Figures(area, disease, policy.version, cutoff, values, lines, elsewhere, samples, stays.forms, stays.grounds, sites, degrees)


def headline_values(viewer: Viewer, *, area: Area, disease: str, cutoff: Cutoff, policy: Pack) -> dict[str, int]:
    """The standing figures alone, to compare with: cases, contacts, samples, stays; no tables, nothing of the day."""
    rules = policy.disease(disease)
    part = CountScope(viewer, area.path, disease, as_whole(cutoff, disease))
    confirmed = Counter({key: n for key, n in cumulative_counts(part).items() if key[1] in CONFIRMED})
    values = _outcomes(confirmed) | _samples(sample_tallies(part)) | _stays(stay_tallies(part).forms)
    for degree, tally in degree_tallies(part, policy=rules).items():
        values |= {f"f{degree}_{name}": getattr(tally, name) for name in ("total", "watched", "completed")}
    return values


def communes_of(area: Area, *, on: date) -> list[Area]:
    """The commune-level units of an area on a day, by code (the area itself when it is one)."""
    inside = Area.objects.filter(level="commune", path__gte=area.path, path__lt=next_path(area.path), valid_from__lte=on)
    return [commune for commune in inside.order_by("code") if commune.valid_to is None or commune.valid_to >= on]


def epidemic_curve(viewer: Viewer, *, area: Area, disease: str, cutoff: Cutoff, date_kind: str) -> dict[date, int]:
    """Cases by day of onset (`onset_on`) or detection (`detected_on`), every day from first to last, days without cases included."""
    counted = by_day(CountScope(viewer, area.path, disease, as_whole(cutoff, disease)), date_kind=date_kind)
    days = sorted(day for day in counted if day)
    if not days:
        return {}
    return {date.fromordinal(n): counted.get(date.fromordinal(n), 0) for n in range(days[0].toordinal(), days[-1].toordinal() + 1)}


def _cases(part: CountScope, communes: list[Area], degrees: Mapping[int, DegreeTally]) -> tuple[dict[str, int], list[CommuneLine], int]:
    tally, fresh, came, changes = cumulative_counts(part), new_cases(part), new_outcomes(part), movements(part)
    confirmed = Counter({key: n for key, n in tally.items() if key[1] in CONFIRMED})
    lines, elsewhere = _commune_lines(communes, confirmed, fresh, changes["cases_total"], degrees)
    values = _outcomes(confirmed) | {
        "cases_new": fresh.total(),
        "cases_recovered_new": _sum(came, Outcome.RECOVERED),
        "deaths_new": _sum(came, Outcome.DIED),
        "cases_re_positive": sum(n for (_, word, _), n in tally.items() if word == Classification.RE_POSITIVE),
        "cases_probable": sum(n for (_, word, _), n in tally.items() if word == Classification.PROBABLE),
        "cases_suspected": sum(n for (_, word, _), n in tally.items() if word == Classification.SUSPECTED),
        "communes_total": len(communes),
        "communes_with_cases": sum(line.total > 0 for line in lines),
        "communes_with_new_cases": sum(line.new > 0 for line in lines),
    }
    values |= closing_values(changes)
    values["cases_late_undated"] = undated(part) if values["cases_late"] else 0
    values["cases_new_source_unknown"] = sum(n for (_, _, source), n in fresh.items() if source != SourceStatus.KNOWN)
    for key, settings in SETTINGS.items():
        values[key] = sum(number for (_, setting, _), number in fresh.items() if setting in settings)
    return values, lines, elsewhere


def _outcomes(confirmed: Groups) -> dict[str, int]:
    """The whole and what became of it; a case nobody told the outcome of is in treatment."""
    outcomes: Counter[str] = Counter()
    for (_, _, outcome), number in confirmed.items():
        outcomes[outcome or Outcome.IN_TREATMENT] += number
    return {
        "cases_total": confirmed.total(),
        "cases_recovered": outcomes[Outcome.RECOVERED],
        "cases_in_treatment": outcomes[Outcome.IN_TREATMENT],
        "deaths": outcomes[Outcome.DIED],
        "cases_transferred": outcomes[Outcome.TRANSFERRED],
    }


def _sum(came: Groups, outcome: str) -> int:
    return sum(number for (_, word), number in came.items() if word == outcome)


def _commune_lines(
    communes: list[Area], confirmed: Groups, fresh: Groups, change: Moved, degrees: Mapping[int, DegreeTally]
) -> tuple[list[CommuneLine], int]:
    """A line per commune, and how many cases lie in the area but in none of its communes (address known to the district only)."""
    by_commune = _Rolled(communes)
    outcomes = by_commune.roll(((path, outcome or Outcome.IN_TREATMENT), n) for (path, _, outcome), n in confirmed.items())
    news = by_commune.roll(((path, "new"), n) for (path, *_), n in fresh.items())
    late, withdrawn = by_commune.moved(change)
    contacts = by_commune.roll(((path, degree), n) for degree in degrees for path, n in degrees[degree].by_area.items())
    lines = []
    for commune in communes:
        own = {outcome: outcomes[commune.path, outcome] for outcome in Outcome}
        lines.append(
            CommuneLine(
                code=commune.code,
                name=commune.name,
                kind=commune.kind,
                path=commune.path,
                population=commune.population,
                total=sum(own.values()),
                new=news[commune.path, "new"],
                recovered=own[Outcome.RECOVERED],
                in_treatment=own[Outcome.IN_TREATMENT],
                deaths=own[Outcome.DIED],
                transferred=own[Outcome.TRANSFERRED],
                f1=contacts[commune.path, 1],
                f2=contacts[commune.path, 2],
                late=late[commune.path],
                withdrawn=withdrawn[commune.path],
            )
        )
    return lines, confirmed.total() - sum(line.total for line in lines)


class _Rolled:
    """Counts by any path, rolled up to the communes."""

    def __init__(self, communes: list[Area]) -> None:
        self.paths = {commune.path for commune in communes}
        self.lengths = sorted({len(path) for path in self.paths})

    def roll(self, counts: Iterable[tuple[tuple[str, Any], int]]) -> Counter[tuple[str, Any]]:
        rolled: Counter[tuple[str, Any]] = Counter()
        for (path, key), number in counts:
            if commune := self.commune(path):
                rolled[commune, key] += number
        return rolled

    def commune(self, path: str) -> str:
        """The commune a place lies in; '' where it lies in none of them."""
        return next((path[:length] for length in self.lengths if path[:length] in self.paths), "")

    def moved(self, change: Moved) -> tuple[Counter[str], Counter[str]]:
        """What came late to each commune and what left it; a case that moved left the one and came to the other."""
        late: Counter[str] = Counter()
        withdrawn: Counter[str] = Counter()
        for path, number in change.learned.items():
            late[self.commune(path)] += number
        for (then, now), number in change.counted.items():
            left, place = self.commune(then), self.commune(now) if now is not None else None
            if left == place:
                late[left] -= number
            else:
                withdrawn[left] += number
        return late, withdrawn


def _contacts(part: CountScope, degrees: Mapping[int, DegreeTally]) -> dict[str, int]:
    checks = follow_up_today(part)
    values = {"follow_up_done": checks["done"], "follow_up_unreachable": checks["unreachable"]}
    for degree in (1, 2):
        tally = degrees.get(degree)
        for name in ("total", "new", "watched", "completed"):
            values[f"f{degree}_{name}"] = getattr(tally, name) if tally else 0
    return values


def _samples(samples: Mapping[str, SampleTally]) -> dict[str, int]:
    names = ("total", "new", "negative", "positive", "inconclusive", "pending")
    return {f"samples_{name}": sum(getattr(tally, name) for tally in samples.values()) for name in names}


def _stays(stays: Mapping[str, StayTally]) -> dict[str, int]:
    names = ("total", "new", "current", "awaited", "completed", "transferred", "left")
    values = {f"stays_{name}": sum(getattr(tally, name) for tally in stays.values()) for name in names}
    for key, form in (("stays_central", QuarantineForm.CENTRAL), ("stays_home", QuarantineForm.HOME)):
        values[key] = stays[form].current if form in stays else 0
    return values


def _arrivals(part: CountScope, rules: DiseasePolicy) -> dict[str, int]:
    values = {}
    for word, abroad in (("returnees", False), ("arrivals", True)):
        tally = arrival_tally(part, from_abroad=abroad, policy=rules)
        for name in ("total", "new", "watched", "completed"):
            values[f"{word}_{name}"] = getattr(tally, name)
    return values
