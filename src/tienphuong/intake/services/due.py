"""Whose data, and which lists, have been kept for their time: a question to the records, asked in parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Max, Q

from tienphuong.cases.models import Case
from tienphuong.core.any_of import AnyOf
from tienphuong.core.clock import VIETNAM
from tienphuong.core.policy import Pack
from tienphuong.core.policy.terms import Kept
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.personal_tables import PERSONAL_TABLES
from tienphuong.intake.services.receive import GONE
from tienphuong.registry.briefs import inside
from tienphuong.registry.models import Person

PART: Final = 200


@dataclass(frozen=True, slots=True)
class Ground:
    """Where and since when: what lies in an area (with what lies in none, if `wide`), by the rules and the day of a purge."""

    area_path: str
    wide: bool
    policy: Pack
    day: date

    def ends(self, kept: Kept) -> datetime | None:
        """What was last recorded before this moment has been kept for its time; None where the rules lay nothing down."""
        row = self.policy.retention_at(self.day, kept=kept)
        return datetime.combine(self.day - timedelta(days=row.days), time(), VIETNAM) if row else None

    @property
    def here(self) -> Q:
        """Rows of the area."""
        return inside(self.area_path) | Q(area_path="") if self.wide else inside(self.area_path)


@dataclass(frozen=True, slots=True)
class Due:
    """One person whose time is over: the numbers of all their records."""

    records: tuple[int, ...]
    kept: Kept


def due_people(ground: Ground) -> Iterator[list[Due]]:
    """The people whose time is over, part by part."""
    ends = [end for kept in (Kept.CASE, Kept.PERSON) if (end := ground.ends(kept))]
    last = 0
    while ends:
        old = Person.objects.filter(ground.here, identity=None, purged_at=None, recorded_at__lt=max(ends), pk__gt=last)
        part = list(old.order_by("pk").values_list("pk", flat=True)[:PART])
        if not part:
            return
        last = part[-1]
        yield _due_of(part, ground=ground)


def _due_of(speakers: list[int], *, ground: Ground) -> list[Due]:
    owner = {number: number for number in speakers}
    owner |= dict(Person.objects.filter(identity_id__in=AnyOf(speakers)).values_list("pk", "identity_id"))
    latest, ill = _latest(owner), _were_cases(owner)
    records: dict[int, list[int]] = {}
    for number, canonical in owner.items():
        records.setdefault(canonical, []).append(number)
    found = []
    for canonical in speakers:
        kept = Kept.CASE if canonical in ill else Kept.PERSON
        end, recorded = ground.ends(kept), latest.get(canonical)
        if end and recorded and recorded < end:
            found.append(Due(tuple(records[canonical]), kept))
    return found


def _latest(owner: Mapping[int, int]) -> dict[int, datetime]:
    """When anything was last recorded of each."""
    found: dict[int, datetime] = {}
    for table in PERSONAL_TABLES:
        for path in table.people:
            recorded = table.rows.filter(**{f"{path}__in": AnyOf(list(owner))}).order_by().values_list(path)
            for number, *moments in recorded.annotate(*(Max(moment) for moment in table.moments)):
                for moment in filter(None, moments):
                    found[owner[number]] = max(found.get(owner[number], moment), moment)
    return found


def _were_cases(owner: Mapping[int, int]) -> set[int]:
    rows = Case.everything.filter(person_id__in=AnyOf(list(owner)))
    return {owner[number] for number in rows.values_list("person_id", flat=True)}


def due_lists(ground: Ground) -> Any:
    """The files that came before their end, and still hold what their senders wrote."""
    end = ground.ends(Kept.LIST)
    rows = IntakeFile.objects.filter(ground.here).exclude(name=GONE)
    return rows.filter(received_at__lt=end).order_by("received_at", "pk") if end else rows.none()


def counted(ground: Ground) -> dict[str, int]:
    """How many of each kind are due."""
    found = {str(Kept.LIST): due_lists(ground).count(), str(Kept.CASE): 0, str(Kept.PERSON): 0}
    for part in due_people(ground):
        for one in part:
            found[one.kept] += 1
    return found
