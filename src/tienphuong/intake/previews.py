"""What the pages show of files: which came, how they were understood, what their rows come to. Reads only, within reach."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from tienphuong.cases.terms import Classification, LabOutcome, Outcome
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.choices import LabelledChoice
from tienphuong.core.pages import Page
from tienphuong.intake.cells import HIDDEN, Readable, readable
from tienphuong.intake.facts.becomes import Becomes
from tienphuong.intake.mapping.layout import ColumnGuess
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.models import IntakeFile, IntakeRow, IntakeSheet, remarked
from tienphuong.intake.services.applying import rows_applied
from tienphuong.intake.services.orders import order_of
from tienphuong.intake.services.sheets import mapping_from
from tienphuong.intake.terms import DayOrder, FileState, Severity, Verdict
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.tracing.terms import FollowUpState

BUSY = (FileState.RECEIVED, FileState.READ, FileState.APPLYING)
_HALF = (FileState.RECEIVED, FileState.READ, FileState.STOPPED)
"""Where some rows may be checked and others not: what there is of them says nothing yet."""
SEARCHED = 200
"""Rows that are looked through for examples of what stands in a column."""
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the list: where it stands, and its rows by verdict."""

    file: Any
    state: FileState
    verdicts: dict[Verdict, int]
    applied: int

    @property
    def busy(self) -> bool:
        """Whether the machine is at work on it."""
        return self.state in BUSY

    @property
    def rows(self) -> int:
        """Rows of all verdicts."""
        return sum(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a sheet: what it is taken for and why, with some of what stands in it."""

    guess: ColumnGuess
    letters: str
    samples: tuple[str, ...]
    order: DayOrder | None = None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet: kind, columns, rows that are no data, remarks on whole columns of dates."""

    sheet: Any
    kind: SheetKind
    columns: tuple[ColumnLine, ...]
    ignored: tuple[tuple[int, str, str], ...]
    rows: int


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One remark about a cell: how grave, which meaning and column, what was written, why, what to do."""

    severity: Severity
    target: TargetField | None
    column: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a sheet with its verdict and remarks. `reasons`: why it is taken for somebody the post knows."""

    sheet: str
    number: int
    part: int
    name: str
    verdict: Verdict
    remarks: tuple[RemarkLine, ...]
    reasons: tuple[str, ...]
    applied: bool
    becomes: tuple[tuple[Becomes, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a check or an application is: rows done of all, rows a second, seconds left (None: not known yet)."""

    done: int
    total: int
    rate: float | None
    seconds_left: float | None


def file_lines(viewer: Viewer, *, state: str = "", start: int = 0, size: int | None = 50) -> Page[FileLine]:
    """The files of the officer's reach and those the officer sent, the newest first."""
    rows = _within(viewer)
    rows = rows.filter(state=state) if state else rows
    page = rows.select_related("area").order_by("-received_at", "-id")
    files = list(page[start : None if size is None else start + size])
    tallies = _verdicts(files)
    return Page(tuple(_line(file, tallies.get(file.pk, {})) for file in files), rows.count())


def file_of(viewer: Viewer, *, file_id: UUID) -> FileLine | None:
    """One file; None if there is none or it is not the officer's to see."""
    file = _within(viewer).select_related("area").filter(pk=file_id).first()
    return _line(file, _verdicts([file]).get(file.pk, {})) if file else None


def sheets_of(viewer: Viewer, *, file: Any) -> list[SheetLine]:
    """How each sheet of a file is understood; samples only of what the officer may see in the file's area."""
    may = readable(viewer, area_path=file.area_path)
    return [_sheet(sheet, may=may) for sheet in IntakeSheet.objects.filter(file=file).order_by("position")]


def row_lines(viewer: Viewer, *, file: Any, verdict: str = "", severity: str = "", start: int = 0, size: int = 50) -> Page[RowLine]:
    """The rows of a file by verdict, or those with a remark of a kind, in the sender's order.

    Names, numbers of papers and diagnoses are written out only for whoever may see them in the file's area.
    """
    may = readable(viewer, area_path=file.area_path)
    rows = IntakeRow.objects.filter(sheet__file=file).select_related("sheet")
    rows = rows.filter(verdict=verdict) if verdict else rows
    rows = rows.filter(remarked(severity)) if severity else rows
    page = rows.order_by("sheet__position", "number", "part")[start : start + size]
    return Page(tuple(_row(row, severity=severity, may=may) for row in page), rows.count())


def remark_counts(viewer: Viewer, *, file: Any) -> dict[Severity, int]:
    """How many rows carry a remark of each gravity."""
    del viewer
    return {word: IntakeRow.objects.filter(remarked(word), sheet__file=file).count() for word in Severity}


def pace_of(viewer: Viewer, *, file: Any, at: datetime) -> Pace:
    """How far the check of a file, or its application, is at a moment of the machine's clock."""
    del viewer
    checked = file.state in (FileState.READ, FileState.STOPPED)
    done, begun = (file.checked_rows, file.checking_at) if checked else (rows_applied(file), file.started_at)
    spent = (at - begun).total_seconds() if begun else 0
    rate = done / spent if done and spent > 1 else None
    return Pace(done, file.rows_total, rate, (file.rows_total - done) / rate if rate else None)


def sheet_record(viewer: Viewer, *, file: Any, position: int) -> Any:
    """One sheet, for the act that corrects its mapping; None if the file has no such sheet."""
    del viewer
    return IntakeSheet.objects.filter(file=file, position=position).select_related("file").first()


def _within(viewer: Viewer) -> Any:
    own = Q(received_by=viewer.user_id) if viewer.user_id else Q()
    return IntakeFile.objects.filter(viewer.scope(Permission.SEND_FILE) | own)


def _verdicts(files: Iterable[Any]) -> dict[UUID, dict[Verdict, int]]:
    """Rows by verdict of several files, in one query."""
    whole = [file for file in files if file.state not in _HALF]
    grouped = IntakeRow.objects.filter(sheet__file__in=whole).values_list("sheet__file", "verdict").annotate(number=Count("pk"))
    found: dict[UUID, Counter[Verdict]] = {}
    for file, verdict, number in grouped.order_by():
        found.setdefault(file, Counter())[Verdict(verdict)] += number
    return {file: {word: tally[word] for word in Verdict} for file, tally in found.items()}


def _line(file: Any, verdicts: dict[Verdict, int]) -> FileLine:
    return FileLine(file, FileState(file.state), verdicts, rows_applied(file) if file.started_at else 0)


def _sheet(sheet: Any, *, may: Readable) -> SheetLine:
    rows = list(IntakeRow.objects.filter(sheet=sheet).order_by("number", "part")[:SEARCHED])
    columns = tuple(
        replace(
            column_line(guess, rows if may.shows(guess.target) or sheet.kind == SheetKind.COMMUNE_SUMMARY else ()),
            order=order_of(sheet, guess.target),
        )
        for guess in mapping_from(sheet.mapping).columns
    )
    ignored = tuple((row, fate, text if may.people else HIDDEN) for row, fate, text in sheet.ignored)
    return SheetLine(sheet, SheetKind(sheet.kind), columns, ignored, IntakeRow.objects.filter(sheet=sheet).count())


def column_line(guess: ColumnGuess, rows: Iterable[Any]) -> ColumnLine:
    """One column with some of what the rows hold in it."""
    key = guess.target.value if guess.target else f"~{guess.label}"
    texts = dict.fromkeys(str(row.cells[key][1]) for row in rows if key in row.cells and row.cells[key][1])
    return ColumnLine(guess, letters_of(guess.column), tuple(texts)[:_SAMPLES])


def letters_of(column: int) -> str:
    """A 0-based column as a spreadsheet names it: 0 is A, 26 is AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row(row: Any, *, severity: str, may: Readable) -> RowLine:
    naming = (row.cells.get(key) for key in (TargetField.FULL_NAME, TargetField.GIVEN_NAME, TargetField.CASE_NO, TargetField.INDICATOR))
    name = next((str(cell[1]) for cell in naming if cell and cell[1]), "")
    name = may.text(TargetField.FULL_NAME, name) if row.sheet.kind != SheetKind.COMMUNE_SUMMARY else name
    remarks = tuple(_remark(issue, may=may) for issue in row.issues if not severity or issue[0] == severity)
    reasons = tuple(row.match.get("reasons", ())) if may.people else ()
    becomes = tuple(becomes_words(row.becomes)) if may.diagnoses else ()
    return RowLine(row.sheet.name, row.number, row.part, name, Verdict(row.verdict), remarks, reasons, row.applied_at is not None, becomes)


_DETAILS: Mapping[Becomes, type[LabelledChoice]] = {
    Becomes.CASE: Classification,
    Becomes.OUTCOME: Outcome,
    Becomes.SAMPLE: LabOutcome,
    Becomes.STAY: QuarantineForm,
    Becomes.FOLLOW_UP: FollowUpState,
}


def becomes_words(pairs: Iterable[list[str]]) -> Iterator[tuple[Becomes, str]]:
    """What a row becomes: each sort with its official word, or with the text the list wrote."""
    for sort, detail in pairs:
        words = _DETAILS.get(Becomes(sort))
        yield Becomes(sort), words(detail) if words and detail else detail


def _remark(issue: list[str], *, may: Readable) -> RemarkLine:
    severity, target, column, value, reason, remedy = issue
    known = TargetField(target) if target in set(TargetField) else None
    open_ = may.shows(known) or known == TargetField.INDICATOR
    shown, reason = (value, reason) if open_ else (HIDDEN if value else "", reason.replace(value, HIDDEN) if value else reason)
    return RemarkLine(Severity(severity), known, column, shown, reason, remedy.replace(value, HIDDEN) if value and not open_ else remedy)
