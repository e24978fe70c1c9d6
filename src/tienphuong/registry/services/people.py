"""Writing people down: new records in bulk, and what a later row adds to a known one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from tienphuong.core.bulk import insert, write
from tienphuong.core.identity_cipher import finding_hash, seal
from tienphuong.core.text.collate import sort_key
from tienphuong.core.text.fold import fold, loose_key
from tienphuong.core.text.lost import is_damaged
from tienphuong.registry.entries import IdentifierEntry, PersonEntry
from tienphuong.registry.matching.contradictions import contradictions
from tienphuong.registry.models import Address, Household, Identifier, Person, Phone
from tienphuong.registry.services.contradictions import note
from tienphuong.registry.terms import Aspect

CHUNK = 500
DESCRIBED = (
    "full_name",
    "original_name",
    "name_key",
    "loose_key",
    "sort_key",
    "sex",
    "birth_year",
    "birth_date",
    "birth_precision",
    "nationality",
    "occupation",
    "household_id",
    "relation_to_head",
    "area_id",
    "area_path",
    "source_row",
)
"""The columns that the row that opens a record writes."""


def enrol(entries: Sequence[PersonEntry], *, at: datetime, by: UUID | None) -> list[Person]:
    """New records for people the post does not know yet, in the order given."""
    households = _households(entries, at=at)
    people = [_person(entry, at=at, by=by, household=households.get((entry.area_path, entry.household_code))) for entry in entries]
    insert(people)
    _add_particulars(zip(people, entries, strict=True), at=at)
    return people


def describe(known: Sequence[tuple[Person, PersonEntry]], *, at: datetime) -> None:
    """Write what a row says into records that were emptied, as if it had opened them."""
    households = _households([entry for _, entry in known], at=at)
    for person, entry in known:
        fresh = _person(entry, at=at, by=person.recorded_by, household=households.get((entry.area_path, entry.household_code)))
        for name in DESCRIBED:
            setattr(person, name, getattr(fresh, name))
    Person.objects.bulk_update([person for person, _ in known], [*DESCRIBED], batch_size=CHUNK)
    _add_particulars(known, at=at)


def supplement(known: Sequence[tuple[Person, PersonEntry]], *, at: datetime) -> list[tuple[Person, dict[str, list[str]]]]:
    """Add to known people what a later row says and the post lacked; says for each what was added.

    Nothing that was known is overwritten: a value that contradicts it is kept as a contradiction for an officer to decide.
    """
    clashes = [(person, entry, contradictions(person, entry)) for person, entry in known]
    note((clash for clash in clashes if clash[2]), at=at)
    changed = [(person, _fill_gaps(person, entry, has_birth=Aspect.BIRTH not in aspects)) for person, entry, aspects in clashes]
    touched = [person for person, added in changed if added]
    if touched:
        columns = [*_GAPS, "name_key", "loose_key", "sort_key", "birth_precision", "area_path", "filled"]
        Person.objects.bulk_update(touched, columns, batch_size=CHUNK)
    _add_particulars(known, at=at)
    return changed


def _person(entry: PersonEntry, *, at: datetime, by: UUID | None, household: Household | None) -> Person:
    return Person(
        full_name=entry.full_name,
        original_name=entry.original_name if entry.original_name != entry.full_name else "",
        **_name_keys(entry.full_name),
        sex=entry.sex,
        birth_year=entry.birth_year,
        birth_date=entry.birth_date,
        birth_precision=entry.birth_precision,
        nationality=entry.nationality,
        occupation=entry.occupation,
        household=household,
        relation_to_head=entry.relation_to_head,
        area_id=entry.area_id,
        area_path=entry.area_path,
        recorded_at=at,
        recorded_by=by,
        source_row=entry.source_row,
    )


def _name_keys(name: str) -> dict[str, str]:
    return {"name_key": fold(name), "loose_key": loose_key(name), "sort_key": sort_key(name)[:300]}


_GAPS = ("full_name", "sex", "birth_year", "birth_date", "nationality", "occupation", "area_id")


def _fill_gaps(person: Person, entry: PersonEntry, *, has_birth: bool) -> dict[str, list[str]]:
    """Fill what was empty; {what: [before, after]}. A day of birth is no filling of a gap where its year contradicts the one held."""
    added: dict[str, list[str]] = {}
    for name in _GAPS:
        before, given = _current(person, name), getattr(entry, name)
        if given and not before and (has_birth or name != "birth_date"):
            setattr(person, name, given)
            added[name] = [str(before or ""), str(given)]
    if "full_name" in added:
        for key, value in _name_keys(person.full_name).items():
            setattr(person, key, value)
    if "birth_date" in added or "birth_year" in added:
        person.birth_precision, person.birth_year = entry.birth_precision, entry.birth_year or person.birth_year
    if "area_id" in added:
        person.area_path = entry.area_path
    if entry.source_row is not None:
        person.filled |= dict.fromkeys(added, entry.source_row)
    return added


def _current(person: Person, name: str) -> Any:
    """What is held of a person. A name that lost letters in a file is a gap: who tells it whole fills it."""
    value = getattr(person, name)
    return "" if name == "full_name" and is_damaged(value) else value


def _add_particulars(known: Iterable[tuple[Person, PersonEntry]], *, at: datetime) -> None:
    """Papers, phones and addresses: added once, however often they are told."""
    new_entries = [(person.pk, entry) for person, entry in known]
    papers = ((pk, *_paper(paper), entry.source_row) for pk, entry in new_entries for paper in entry.identifiers)
    phones = ((pk, p.number, p.original, p.relation, entry.source_row) for pk, entry in new_entries for p in entry.phones)
    places = (
        (pk, place.kind, place.raw[:300], place.hamlet[:80], place.area_id, place.area_path, entry.source_row)
        for pk, entry in new_entries
        for place in entry.addresses
    )
    shared = {"recorded_at": at}
    columns = ("person_id", "kind", "sealed", "finding_hash", "tail", "flags", "source_row")
    write(Identifier, columns, papers, shared=shared, ignore_conflicts=True)
    write(Phone, ("person_id", "number", "original", "relation", "source_row"), phones, shared=shared, ignore_conflicts=True)
    columns = ("person_id", "kind", "raw", "hamlet", "area_id", "area_path", "source_row")
    write(Address, columns, places, shared=shared, ignore_conflicts=True)


def _paper(entry: IdentifierEntry) -> tuple[str, bytes, str, str, str]:
    """Kind, sealed number, finding hash, tail and flags of a paper."""
    return entry.kind, seal(entry.value), finding_hash(entry.kind, entry.value), entry.value[-4:], ",".join(entry.flags)[:120]


def _households(entries: Sequence[PersonEntry], *, at: datetime) -> dict[tuple[str, str], Household]:
    """The households the rows name, existing or new, by (area path, code)."""
    wanted = {(entry.area_path, entry.household_code): entry for entry in entries if entry.household_code and entry.area_id}
    if not wanted:
        return {}
    known = Household.objects.filter(area_path__in={path for path, _ in wanted}, code__in={code for _, code in wanted})
    found = {(household.area_path, household.code): household for household in known}
    new = [_household(entry, at=at) for key, entry in wanted.items() if key not in found]
    insert(new)
    return found | {(household.area_path, household.code): household for household in new}


def _household(entry: PersonEntry, *, at: datetime) -> Household:
    address = entry.addresses[0] if entry.addresses else None
    return Household(
        code=entry.household_code,
        area_id=cast(int, entry.area_id),
        area_path=entry.area_path,
        address=address.raw[:300] if address else "",
        hamlet=address.hamlet[:80] if address else "",
        recorded_at=at,
        source_row=entry.source_row,
    )
