"""What a study asks: which people, which disease, from which day, which plans with which measures, and what there is of places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneEntry:
    """One commune of the population: households by size (1, 2, ... the last meaning "and more"), centre point in degrees if known."""

    code: str
    name: str
    population: int
    household_sizes: tuple[int, ...]
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """One measure as written: its kind and its settings; where it stands, so that an error can name the place."""

    kind: str
    settings: Mapping[str, object]
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One plan: a name to show, what it is in a sentence, whose document orders it, and its measures."""

    name: str
    description: str = ""
    source: str = ""
    measures: tuple[MeasureEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityEntry:
    """What there is of something that a daily series needs: 1.416 places for F1."""

    series: str
    limit: int
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEntry:
    """The state of day 0: `records` (the post's own line list) or so many infected people in the communes told."""

    kind: str = "infected"
    infected: int = 50
    communes: Mapping[str, int] = field(default_factory=dict)
    immune_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """A confirmed case without the person: its commune's code and its days; `isolated_until` None: not isolated any more, or never."""

    commune: str
    detected_on: date
    onset_on: date | None
    isolated_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownContact:
    """An F1 in quarantine: the commune's code, the first day free, in a centre or at home."""

    commune: str
    until: date
    in_centre: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineListEntry:
    """What the post knows on a morning: its cases and the contacts it keeps."""

    cases: tuple[KnownCase, ...]
    contacts: tuple[KnownContact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEntry:
    """A comparison of plans; measures `common` to all of them are what is in force already.

    disease  as the engine knows it;  records_disease  its code in the records, for a study that starts from them
    transmission  factor on all transmission;  fit_days  days before day 0 to whose counts the factor is matched instead (0: it is not)
    """

    title: str
    disease: str
    day0: date
    days: int
    plans: tuple[PlanEntry, ...]
    common: tuple[MeasureEntry, ...] = ()
    capacities: tuple[CapacityEntry, ...] = ()
    start: StartEntry = field(default_factory=StartEntry)
    transmission: float = 1.0
    records_disease: str = ""
    fit_days: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeopleEntry:
    """Whom a study is about, and whose figures these are."""

    communes: Sequence[CommuneEntry]
    source: str


@dataclass(frozen=True, slots=True)
class RunsEntry:
    """How often each plan is run, and the seed of all random draws."""

    replicates: int
    seed: int
