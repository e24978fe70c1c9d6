"""Keeping what a row says against a record, and putting the one or the other value in force."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tienphuong.core.any_of import AnyOf
from tienphuong.core.bulk import write
from tienphuong.core.text.collate import sort_key
from tienphuong.core.text.fold import fold, loose_key
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.matching.contradictions import Described
from tienphuong.registry.models import Contradiction, Person
from tienphuong.registry.terms import OF_THE_CASE, Aspect, ContradictionState

_WORKED_OUT = "~"
_FORMS = {4: "year", 7: "month", 10: "day"}


def note(reported: Iterable[tuple[Person, PersonEntry, frozenset[Aspect]]], *, at: datetime) -> int:
    """Keep what rows say against records, each value once; says how many there were."""
    rows = [
        (person.pk, aspect.value, value_of(person, aspect), value_of(entry, aspect), person.area_path, entry.source_row)
        for person, entry, aspects in reported
        for aspect in sorted(aspects)
    ]
    columns = ("person_id", "aspect", "current", "reported", "area_path", "source_row")
    return write(Contradiction, columns, rows, shared={"reported_at": at}, ignore_conflicts=True)


def note_of_cases(reported: Iterable[tuple[Person, tuple[Aspect, str, str], str, int | None]], *, at: datetime) -> int:
    """Keep what rows say against what is believed of cases: (person, (aspect, value believed, value said), disease, row)."""
    rows = [
        (person.pk, aspect.value, current, other, person.area_path, disease, row)
        for person, (aspect, current, other), disease, row in reported
    ]
    columns = ("person_id", "aspect", "current", "reported", "area_path", "disease", "source_row")
    return write(Contradiction, columns, rows, shared={"reported_at": at}, ignore_conflicts=True)


def decided_values(people: Iterable[int]) -> set[tuple[int, str, str]]:
    """(person, aspect, value said) on which an officer has decided."""
    decided = Contradiction.objects.filter(person_id__in=AnyOf(people), state__in=(ContradictionState.KEPT, ContradictionState.TAKEN))
    return set(decided.values_list("person_id", "aspect", "reported"))


def settle(found: Contradiction, *, take: bool, at: datetime, by: UUID | None, reason: str) -> bool:
    """Keep the value in force, or take the row's; False if somebody decided before."""
    state = ContradictionState.TAKEN if take else ContradictionState.KEPT
    person, aspect = Person.objects.select_for_update().get(pk=found.person_id), Aspect(found.aspect)
    replaced = (found.current if aspect in OF_THE_CASE else value_of(person, aspect)) if take else ""
    pending = Contradiction.objects.filter(pk=found.pk, state=ContradictionState.OPEN)
    if not pending.update(state=state, replaced=replaced, decided_at=at, decided_by=by, decision_reason=reason[:300]):
        return False
    if take and aspect not in OF_THE_CASE:
        _put(person, aspect, found.reported)
    return True


def reopen(found: Contradiction) -> bool:
    """Undo a decision; False if there is none, or if another value came into force since and would be lost."""
    decided = Contradiction.objects.select_for_update().exclude(state=ContradictionState.OPEN).filter(pk=found.pk).first()
    if decided is None:
        return False
    person, aspect = Person.objects.select_for_update().get(pk=decided.person_id), Aspect(decided.aspect)
    if decided.state == ContradictionState.TAKEN and aspect not in OF_THE_CASE:
        if value_of(person, aspect) != decided.reported:
            return False
        _put(person, aspect, decided.replaced)
    Contradiction.objects.filter(pk=found.pk).update(
        state=ContradictionState.OPEN, replaced="", decided_at=None, decided_by=None, decision_reason=""
    )
    return True


def value_of(person: Described, aspect: Aspect) -> str:
    """A value as text: births as 1980-05-03, 1980-05, 1980 or, worked out from an age, ~1980."""
    if aspect is not Aspect.BIRTH:
        return str({Aspect.NAME: person.full_name, Aspect.SEX: person.sex, Aspect.NATIONALITY: person.nationality}[aspect])[:200]
    if person.birth_date and person.birth_precision in ("day", "month"):
        return person.birth_date.isoformat()[: 10 if person.birth_precision == "day" else 7]
    year = person.birth_year or (person.birth_date.year if person.birth_date else "")
    return f"{_WORKED_OUT if person.birth_precision == 'age_derived' else ''}{year}"


def _put(person: Person, aspect: Aspect, value: str) -> None:
    """Put a value in force, with the keys people are found by."""
    Person.objects.filter(pk=person.pk).update(**_columns(aspect, value))


def _columns(aspect: Aspect, value: str) -> dict[str, Any]:
    match aspect:
        case Aspect.NAME:
            return {"full_name": value, "name_key": fold(value), "loose_key": loose_key(value), "sort_key": sort_key(value)[:300]}
        case Aspect.BIRTH:
            return _birth(value)
        case _:
            return {aspect.value: value}


def _birth(value: str) -> dict[str, Any]:
    """The columns of a birth written as text."""
    text = value.removeprefix(_WORKED_OUT)
    precision = "age_derived" if text != value else _FORMS.get(len(text), "")
    day = date.fromisoformat(f"{text}-01"[:10]) if precision in ("day", "month") else None
    return {"birth_year": int(text[:4]) if text else None, "birth_date": day, "birth_precision": precision}
