"""The records behind the lines of our own exports that come back."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from tienphuong.cases.models import Case, Sample
from tienphuong.core.any_of import AnyOf
from tienphuong.core.own_lines import OwnLine, read_line
from tienphuong.intake.facts.own import OwnRecord
from tienphuong.intake.mapping.survey import SheetPlan
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.reading.book import Book
from tienphuong.quarantine.models import Stay
from tienphuong.registry.models import Person
from tienphuong.tracing.models import Arrival

Pairs = Iterable[tuple[UUID, int | None]]
_BY_PERSON: Final = frozenset({"contacts", "contacts_waiting", "follow_up", "search"})
_RECORDS: Final[dict[str, Callable[[list[UUID]], Pairs]]] = {
    "cases": lambda ids: Case.objects.filter(pk__in=AnyOf(ids)).values_list("pk", "person_id"),
    "samples": lambda ids: Sample.objects.filter(pk__in=AnyOf(ids)).values_list("pk", "person_id"),
    "stays": lambda ids: Stay.objects.filter(pk__in=AnyOf(ids)).values_list("pk", "person_id"),
    "returnees": lambda ids: Arrival.objects.filter(pk__in=AnyOf(ids)).values_list("pk", "person_id"),
    **dict.fromkeys(_BY_PERSON, lambda ids: Person.objects.filter(uid__in=AnyOf(ids)).values_list("uid", "pk")),
}


def own_records(book: Book, plan: SheetPlan) -> dict[str, OwnRecord]:
    """By the code as the sheet holds it: each line this post wrote, with whose record it is of. Codes nobody here wrote are left out."""
    column = plan.mapping.column_of(TargetField.OWN_CODE)
    if column is None:
        return {}
    lines = {code: line for code in _codes(book, plan, column) if (line := read_line(code))}
    people = _people(lines.values())
    return {code: _record(line, people) for code, line in lines.items()}


def _codes(book: Book, plan: SheetPlan, column: int) -> Iterator[str]:
    for row in book.sheet(plan.sheet).rows():
        if column < len(row.cells) and isinstance(code := row.cells[column], str):
            yield code


def _people(lines: Iterable[OwnLine]) -> dict[tuple[str, str], int | None]:
    asked: dict[str, list[UUID]] = {}
    for line in lines:
        if line.list in _RECORDS:
            asked.setdefault(line.list, []).append(UUID(line.record))
    return {(name, record.hex): person for name, ids in asked.items() for record, person in _RECORDS[name](ids)}


def _record(line: OwnLine, people: dict[tuple[str, str], Any]) -> OwnRecord:
    if line.list not in _RECORDS:
        return OwnRecord(line)
    key = (line.list, line.record)
    return OwnRecord(line, people.get(key), gone=key not in people)
