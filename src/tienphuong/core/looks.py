"""Who looked at whom, and who took what out, between two moments: read from the audit, for a report of a breach and for a person who asks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import Appointment, AuditEntry
from tienphuong.core.queries import of_reach

SEEN: Final = ("person.viewed", "match.viewed", "list.viewed")
TAKEN: Final = ("list.exported", "sheets.returned", "line_list.taken", "subject.answered")
MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class Look:
    """One look, or one taking out: by whom, appointed where, of whom or of which list, how many rows."""

    at: datetime
    officer: str
    officer_id: UUID | None
    area: str
    act: str
    subject_kind: str
    subject_id: str
    people: tuple[str, ...]
    list: str
    rows: int
    papers: int

    @property
    def taken(self) -> bool:
        """Whether rows left the post."""
        return self.act in TAKEN


@dataclass(frozen=True, slots=True)
class Sum:
    """What one officer, or the officers of one area, looked at: pages of how many people, rows of lists seen, rows taken out."""

    name: str
    looks: int
    people: int
    seen: int
    taken: int
    papers: int


@dataclass(frozen=True, slots=True)
class Looks:
    """The report: every look oldest first (at most MOST, `total` says how many), summed by officer, by area, by person."""

    lines: tuple[Look, ...]
    total: int
    officers: tuple[Sum, ...]
    areas: tuple[Sum, ...]
    people: tuple[tuple[str, int, int], ...]
    """(who, how often, by how many officers), the most looked at first."""


def looks_between(viewer: Viewer, *, since: datetime, until: datetime, officer: str = "", subject: str = "") -> Looks:
    """What officers of the viewer's areas looked at and took out between two moments."""
    viewer.require(Permission.SEE_AUDIT)
    rows = AuditEntry.objects.filter(of_reach(viewer), act__in=(*SEEN, *TAKEN), at__gte=since, at__lte=until)
    rows = rows.filter(actor_name__icontains=officer.strip()) if officer.strip() else rows
    return _summed(rows.filter(_about(subject)) if subject else rows)


def looks_at(viewer: Viewer, *, subjects: Iterable[str], words: Iterable[str] = ()) -> tuple[Look, ...]:
    """Every look at one person, for the answer to that person: `words` are the marks of what may have been looked for."""
    del viewer  # who may answer the person was asked before
    condition = Q(pk__in=[])
    for subject in subjects:
        condition |= _about(subject)
    condition |= Q(facts__filters__q__in=list(words))
    return tuple(_looks(AuditEntry.objects.filter(condition, act__in=(*SEEN, *TAKEN))))


def _about(subject: str) -> Q:
    return Q(subject_id=subject) | Q(facts__left=subject) | Q(facts__right=subject)


def _summed(rows: QuerySet[AuditEntry]) -> Looks:
    lines, total = tuple(_looks(rows.order_by("sequence")[:MOST])), rows.count()
    seen = Counter(who for line in lines for who in line.people)
    by = {who: len({line.officer for line in lines if who in line.people}) for who, _ in seen.most_common(200)}
    people = tuple((who, number, by[who]) for who, number in seen.most_common(200))
    return Looks(lines, total, _sums(lines, "officer"), _sums(lines, "area"), people)


def _looks(rows: Iterable[AuditEntry]) -> Iterable[Look]:
    entries = list(rows)
    areas = _areas({entry.actor_id for entry in entries if entry.actor_id})
    for entry in entries:
        people = tuple(str(entry.facts[side]) for side in ("left", "right") if side in entry.facts)
        people = (entry.subject_id,) if entry.subject_kind == "person" else people
        numbers = [value if isinstance(value := entry.facts.get(key), int) else 0 for key in ("shown", "rows", "papers")]
        name = str(entry.facts.get("list", ""))
        yield Look(
            entry.at, entry.actor_name, entry.actor_id, areas.get(entry.actor_id, ""), entry.act, entry.subject_kind, entry.subject_id,
            people, name, numbers[0] or numbers[1], numbers[2],
        )  # fmt: skip


def _areas(officers: set[UUID]) -> dict[UUID | None, str]:
    found: dict[UUID | None, str] = {}
    for user, name in Appointment.objects.filter(user_id__in=officers).order_by("valid_from").values_list("user_id", "area_name"):
        found[user] = name
    return found


def _sums(lines: tuple[Look, ...], name: str) -> tuple[Sum, ...]:
    groups: dict[str, list[Look]] = {}
    for line in lines:
        groups.setdefault(getattr(line, name), []).append(line)
    sums = [
        Sum(
            key,
            len(told),
            len({who for line in told for who in line.people}),
            sum(line.rows for line in told if not line.taken),
            sum(line.rows for line in told if line.taken),
            sum(line.papers for line in told),
        )
        for key, told in groups.items()
    ]
    return tuple(sorted(sums, key=lambda one: (-one.taken, -one.looks, one.name)))
