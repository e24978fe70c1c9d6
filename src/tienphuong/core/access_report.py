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

VIEWED: Final = ("person.viewed", "match.viewed", "list.viewed")
TAKEN: Final = ("list.exported", "sheets.returned", "line_list.taken", "subject.answered")
MOST: Final = 500
MOST_PEOPLE: Final = 200


@dataclass(frozen=True, slots=True)
class RecordAccess:
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
class AccessTotal:
    """What one officer, or the officers of one area, looked at: pages of how many people, rows of lists seen, rows taken out."""

    name: str
    looks: int
    people: int
    views: int
    taken: int
    papers: int


@dataclass(frozen=True, slots=True)
class AccessReport:
    """Every access summed by officer, by area, by person; the accesses themselves oldest first, at most MOST of `total`."""

    lines: tuple[RecordAccess, ...]
    total: int
    officers: tuple[AccessTotal, ...]
    areas: tuple[AccessTotal, ...]
    people: tuple[tuple[str, int, int], ...]
    """(who, how often, by how many officers), the most looked at first, at most MOST_PEOPLE."""

    @property
    def cut(self) -> bool:
        """Whether there are more accesses than are listed one by one."""
        return self.total > len(self.lines)


def accesses_between(viewer: Viewer, *, since: datetime, until: datetime, officer: str = "", subject: str = "") -> AccessReport:
    """What officers of the viewer's areas looked at and took out between two moments."""
    viewer.require(Permission.SEE_AUDIT)
    rows = AuditEntry.objects.filter(of_reach(viewer), act__in=(*VIEWED, *TAKEN), at__gte=since, at__lte=until)
    rows = rows.filter(actor_name__icontains=officer.strip()) if officer.strip() else rows
    return _summed(rows.filter(_about(subject)) if subject else rows)


def accesses_of(viewer: Viewer, *, subjects: Iterable[str], words: Iterable[str] = ()) -> tuple[RecordAccess, ...]:
    """Every look at one person, for the answer to that person: `words` are the marks of what may have been looked for."""
    del viewer  # who may answer the person was asked before
    condition = Q(pk__in=[])
    for subject in subjects:
        condition |= _about(subject)
    condition |= Q(facts__filters__q__in=list(words))
    return tuple(_accesses(AuditEntry.objects.filter(condition, act__in=(*VIEWED, *TAKEN))))


def _about(subject: str) -> Q:
    return Q(subject_id=subject) | Q(facts__left=subject) | Q(facts__right=subject)


def _summed(rows: QuerySet[AuditEntry]) -> AccessReport:
    lines = tuple(_accesses(rows.order_by("sequence")))
    times = Counter(who for line in lines for who in line.people)
    officers: dict[str, set[str]] = {}
    for line in lines:
        for who in line.people:
            officers.setdefault(who, set()).add(line.officer)
    people = tuple((who, number, len(officers[who])) for who, number in times.most_common(MOST_PEOPLE))
    return AccessReport(lines[:MOST], len(lines), _sums(lines, "officer"), _sums(lines, "area"), people)


def _accesses(rows: Iterable[AuditEntry]) -> Iterable[RecordAccess]:
    entries = list(rows)
    areas = _areas({entry.actor_id for entry in entries if entry.actor_id})
    for entry in entries:
        people = tuple(str(entry.facts[side]) for side in ("left", "right") if side in entry.facts)
        people = (entry.subject_id,) if entry.subject_kind == "person" else people
        numbers = [value if isinstance(value := entry.facts.get(key), int) else 0 for key in ("shown", "rows", "papers")]
        name = str(entry.facts.get("list", ""))
        yield RecordAccess(
            entry.at, entry.actor_name, entry.actor_id, areas.get(entry.actor_id, ""), entry.act, entry.subject_kind, entry.subject_id,
            people, name, numbers[0] or numbers[1], numbers[2],
        )  # fmt: skip


def _areas(officers: set[UUID]) -> dict[UUID | None, str]:
    found: dict[UUID | None, str] = {}
    for user, name in Appointment.objects.filter(user_id__in=officers).order_by("valid_from").values_list("user_id", "area_name"):
        found[user] = name
    return found


def _sums(lines: tuple[RecordAccess, ...], name: str) -> tuple[AccessTotal, ...]:
    groups: dict[str, list[RecordAccess]] = {}
    for line in lines:
        groups.setdefault(getattr(line, name), []).append(line)
    sums = [
        AccessTotal(
            key,
            len(group),
            len({who for line in group for who in line.people}),
            sum(line.rows for line in group if not line.taken),
            sum(line.rows for line in group if line.taken),
            sum(line.papers for line in group),
        )
        for key, group in groups.items()
    ]
    return tuple(sorted(sums, key=lambda one: (-one.taken, -one.looks, one.name)))
