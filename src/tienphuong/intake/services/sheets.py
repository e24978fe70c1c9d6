"""Reading a received file again, each time with what is settled about its sheets."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.clock import local
from tienphuong.core.policy import pack_at
from tienphuong.core.text.terms import DateOrder
from tienphuong.intake.facts.facts import parts_of
from tienphuong.intake.facts.row import DateConvention, SheetContext
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.kinds import KindGuess
from tienphuong.intake.mapping.layout import Mapping
from tienphuong.intake.mapping.survey import SheetPlan, records, survey
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.mapping.titles import title_day
from tienphuong.intake.models import IntakeFile, IntakeSheet, RememberedWord
from tienphuong.intake.reading.book import Book
from tienphuong.intake.reading.reader import read_book
from tienphuong.intake.services.own import own_records
from tienphuong.intake.services.receive import stored_bytes
from tienphuong.registry.areas.index import AreaIndex
from tienphuong.registry.areas.queries import area_index
from tienphuong.registry.models import Area

OF_CASES = frozenset({SheetKind.CASE_LIST, SheetKind.LINE_LIST})
_DATING = frozenset({TargetField.REPORTED_ON, TargetField.DETECTED_ON, TargetField.RESULT_ON})
LOST = "lost_letters"
"""The kind of a file's warning that letters of a sheet were lost."""


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet with its plan and the sense its rows are read with."""

    sheet: IntakeSheet
    plan: SheetPlan
    sense: SheetContext
    book: Book

    def records(self) -> Iterator[tuple[int, int, RawRecord]]:
        """Row number, part and record, in the sender's order; the parts of a row are numbered from 0."""
        row, part = 0, 0
        for record in records(self.book, self.plan):
            for person in parts_of(record):
                part = part + 1 if person.row == row else 0
                row = person.row
                yield row, part, person


@contextmanager
def opened(file: IntakeFile) -> Iterator[Book]:
    """The book of a file; may raise UnreadableFile."""
    book = read_book(stored_bytes(file), file.name)
    try:
        yield book
    finally:
        book.close()


def open_sheets(
    file: IntakeFile, book: Book, *, areas: AreaIndex | None = None, plans: Sequence[SheetPlan] | None = None
) -> list[OpenSheet]:
    """Every sheet of the file as it is settled: kind, mapping and habits of dates come from what is stored."""
    stored = {sheet.name: sheet for sheet in IntakeSheet.objects.filter(file=file)}
    areas = areas or index_for(file)
    plans = survey(book, commune_names=commune_names()) if plans is None else plans
    return [_open(file, sheet, _settled(plan, sheet), areas, book) for plan in plans if (sheet := stored.get(plan.sheet[:120]))]


def _open(file: IntakeFile, sheet: IntakeSheet, plan: SheetPlan, areas: AreaIndex, book: Book) -> OpenSheet:
    sense = sense_of(file, sheet, areas, book)
    titled = title_day(plan.titles, at=sense.day) if takes_day_of_title(sense.kind, plan.mapping) else None
    return OpenSheet(
        sheet, plan, replace(sense, own=own_records(book, plan), titled_on=titled, sorts_cases=plan.sorts_cases, sexes=plan.sexes), book
    )


def takes_day_of_title(kind: SheetKind, mapping: Mapping) -> bool:
    """Whether a list of cases has no column that dates what it reports: at most the days of its samples."""
    return kind in OF_CASES and not mapping.targets & _DATING


def sense_of(file: IntakeFile, sheet: IntakeSheet, areas: AreaIndex, book: Book) -> SheetContext:
    """What every row of the sheet is read with."""
    return SheetContext(
        kind=SheetKind(sheet.kind),
        disease=file.disease,
        at=file.received_at,
        day=local(file.received_at).date(),
        sender=file.sender,
        areas=areas,
        area_id=file.area_id,
        area_path=file.area_path,
        dates={TargetField(target): habit_from(written) for target, written in sheet.dates.items()},
        epoch=book.date_system,
        lost=any(kind == LOST and name == sheet.name for kind, name, _ in file.warnings),
        probable_by=probable_by(file.disease, local(file.received_at).date()),
        reported_on=file.reported_on,
        answers=answers_for(file.sender),
    )


def answers_for(sender: str) -> dict[tuple[str, str], str]:
    """What officers said the words of a sender mean."""
    rows = RememberedWord.objects.filter(sender=sender, withdrawn_at=None) if sender else RememberedWord.objects.none()
    return {(kind, key): word for kind, key, word in rows.values_list("kind", "key", "word")}


def probable_by(disease: str, day: date) -> frozenset[str]:
    """The methods that make a case probable only, by the case definition in force."""
    rules = pack_at(day).diseases.get(disease)
    definition = rules.case_definition_at(day) if rules else None
    return frozenset(method.value for method in definition.probable_by) if definition else frozenset()


def habit_from(written: list[Any]) -> DateConvention:
    """A stored habit of dates."""
    order, swap, *year = written
    return DateConvention(DateOrder(order) if order else None, bool(swap), year[0] if year else None)


def mapping_from(stored: dict[str, Any]) -> Mapping:
    """A stored mapping."""
    import json

    return Mapping.from_json(json.dumps(stored))


def index_for(file: IntakeFile) -> AreaIndex:
    """The reader of written places as of the file's day."""
    return area_index(system_viewer(), on=local(file.received_at).date())


def commune_names() -> list[str]:
    """The names that make a column one of communes."""
    return list(Area.objects.filter(level="commune").values_list("name", flat=True).distinct())


def _settled(plan: SheetPlan, sheet: IntakeSheet) -> SheetPlan:
    kind = SheetKind(sheet.kind)
    guess = plan.guess if plan.kind is kind else KindGuess(kind, 1.0, ("do cán bộ chọn",))
    return replace(plan, guess=guess, mapping=mapping_from(sheet.mapping))
