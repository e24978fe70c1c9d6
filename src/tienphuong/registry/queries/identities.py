"""Everything the registry holds of one person: names, papers, phones, addresses, household, the records merged into one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.identity_cipher import unseal
from tienphuong.registry.briefs import PersonBrief, brief, record_brief
from tienphuong.registry.models import Address, Household, Identifier, Merge, Person, Phone

HOUSEHOLD_SHOWN = 40


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record that stands for the person: as written, when it was learned, from which row."""

    number: int
    uid: UUID
    name: str
    original_name: str
    area: str
    nationality: str
    occupation: str
    recorded_at: datetime
    source_row: int | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper: its number in full, or masked but for the last digits."""

    kind: str
    number: str
    masked: bool
    flags: str
    recorded_at: datetime
    source_row: int | None


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A number somebody answers, and whose it is said to be."""

    number: str
    original: str
    relation: str
    source_row: int | None


@dataclass(frozen=True, slots=True)
class AddressLine:
    """An address as written, in one sense, in one period."""

    kind: str
    raw: str
    hamlet: str
    area: str
    valid_from: date | None
    valid_to: date | None
    source_row: int | None


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household and those who live in it."""

    code: str
    head_name: str
    address: str
    hamlet: str
    members: tuple[PersonBrief, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One merge: which record went behind which, by whom, and whether it was taken back."""

    id: UUID
    kept: PersonBrief
    absorbed: PersonBrief
    at: datetime
    by: UUID | None
    reason: str
    undone_at: datetime | None
    undone_reason: str

    @classmethod
    def of(cls, merge: Merge) -> "MergeLine":
        """A merge as pages show it: each side by the name of its own record."""
        sides = (record_brief(merge.kept), record_brief(merge.absorbed))
        return cls(merge.pk, *sides, merge.at, merge.by, merge.reason, merge.undone_at, merge.undone_reason)


@dataclass(frozen=True, slots=True)
class Identity:
    """One human being as the registry knows them: the record that speaks, and all that stand behind it."""

    person: PersonBrief
    nationality: str
    occupation: str
    relation_to_head: str
    records: tuple[RecordLine, ...]
    papers: tuple[PaperLine, ...]
    phones: tuple[PhoneLine, ...]
    addresses: tuple[AddressLine, ...]
    household: HouseholdLine | None
    merges: tuple[MergeLine, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The inner numbers of all records."""
        return frozenset(record.number for record in self.records)


def person_behind(viewer: Viewer, *, uid: UUID) -> tuple[Person, ...]:
    """All records of the person a page number means, the speaking one first. Reach is judged by `open_person`, which knows more."""
    del viewer
    found = Person.objects.filter(uid=uid).values_list("pk", "identity_id").first()
    if found is None:
        return ()
    canonical = found[1] or found[0]
    rows = Person.objects.filter(Q(pk=canonical) | Q(identity_id=canonical)).select_related("identity", "area", "household")
    return tuple(sorted(rows, key=lambda person: (person.pk != canonical, person.pk)))


def identity_of(viewer: Viewer, *, records: tuple[Person, ...]) -> Identity:
    """What the registry holds of a person whose records these are; papers are masked unless the officer may see them there."""
    canonical, numbers = records[0], [person.pk for person in records]
    return Identity(
        person=brief(canonical),
        nationality=_first(person.nationality for person in records),
        occupation=_first(person.occupation for person in records),
        relation_to_head=_first(person.relation_to_head for person in records),
        records=tuple(_record(person) for person in records),
        papers=_papers(viewer, numbers, path=canonical.area_path),
        phones=_phones(numbers),
        addresses=_addresses(numbers),
        household=_household(viewer, next((person.household for person in records if person.household), None), apart_from=set(numbers)),
        merges=merges_of(viewer, numbers=numbers),
    )


def merges_of(viewer: Viewer, *, numbers: list[int]) -> tuple[MergeLine, ...]:
    """The merges these records took part in, newest first."""
    del viewer
    rows = Merge.objects.filter(Q(kept_id__in=numbers) | Q(absorbed_id__in=numbers)).order_by("-at")
    return tuple(map(MergeLine.of, rows.select_related("kept__area", "absorbed__area")))


def _first(values: object) -> str:
    return next((value for value in values if value), "")  # type: ignore[attr-defined]


def _record(person: Person) -> RecordLine:
    return RecordLine(
        person.pk,
        person.uid,
        person.full_name,
        person.original_name,
        person.area.name if person.area else "",
        person.nationality,
        person.occupation,
        person.recorded_at,
        person.source_row,
        person.withdrawn_reason,
    )


def _papers(viewer: Viewer, numbers: list[int], *, path: str) -> tuple[PaperLine, ...]:
    open_ = viewer.may(Permission.SEE_IDENTITY, path)
    rows = {(row.kind, row.finding_hash): row for row in Identifier.objects.filter(person_id__in=numbers).order_by("-recorded_at")}
    return tuple(
        PaperLine(row.kind, unseal(row.sealed) if open_ else f"••••{row.tail}", not open_, row.flags, row.recorded_at, row.source_row)
        for row in rows.values()
    )


def _phones(numbers: list[int]) -> tuple[PhoneLine, ...]:
    rows = {row.number: row for row in Phone.objects.filter(person_id__in=numbers).order_by("-recorded_at", "-pk")}
    return tuple(PhoneLine(row.number, row.original, row.relation, row.source_row) for row in rows.values())


def _addresses(numbers: list[int]) -> tuple[AddressLine, ...]:
    rows = {
        (row.kind, row.raw): row for row in Address.objects.filter(person_id__in=numbers).select_related("area").order_by("recorded_at")
    }
    return tuple(
        AddressLine(r.kind, r.raw, r.hamlet, r.area.name if r.area else "", r.valid_from, r.valid_to, r.source_row) for r in rows.values()
    )


def _household(viewer: Viewer, household: Household | None, *, apart_from: set[int]) -> HouseholdLine | None:
    if household is None:
        return None
    rows = Person.objects.filter(viewer.scope(Permission.SEE_PERSON), household=household, identity=None, withdrawn_at=None)
    everybody = rows.exclude(pk__in=apart_from).select_related("identity", "area").order_by("birth_year", "pk")
    shown = [brief(person) for person in everybody[: HOUSEHOLD_SHOWN + 1]]
    more = max(0, rows.count() - HOUSEHOLD_SHOWN) if len(shown) > HOUSEHOLD_SHOWN else 0
    return HouseholdLine(household.code, household.head_name, household.address, household.hamlet, tuple(shown[:HOUSEHOLD_SHOWN]), more)
