"""The dry run: every row with what it says, what is doubtful about it, and what applying it would do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tienphuong.core.bulk import insert
from tienphuong.intake.facts.becomes import becomes_of
from tienphuong.intake.facts.facts import WITHOUT_PEOPLE, RowFacts, facts_of
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.reading.faults import UnreadableFile
from tienphuong.intake.services.contradicting import foreseen_remarks, is_contrary
from tienphuong.intake.services.deciding import Decision, Question, decide
from tienphuong.intake.services.digests import Digests
from tienphuong.intake.services.holding import held
from tienphuong.intake.services.reading import read_file
from tienphuong.intake.services.sheets import OpenSheet, open_sheets, opened
from tienphuong.intake.services.summaries import summary_issues
from tienphuong.intake.services.unplaced import say_unplaced
from tienphuong.intake.terms import DuplicatePolicy, FileState, Severity, Verdict
from tienphuong.registry.areas.index import AreaIndex
from tienphuong.registry.matching import MatchKind
from tienphuong.registry.models import Person

_CHUNK = 1000
_MATCHED_AT_ONCE = 4000


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a file would do: rows by verdict, remarks by kind, rows in all."""

    rows: int
    verdicts: dict[str, int]
    issues: dict[str, int]


def check_file(file: IntakeFile, *, areas: AreaIndex | None = None) -> Preview:
    """Read every row, find its people, and write down what it would come to. Nothing of it is applied.

    A check may be repeated, after a mapping was corrected or the base has changed; rows already applied stay as they are.
    """
    if file.state in (FileState.RECEIVED, FileState.READ, FileState.NOTHING_READ):
        read_file(file)
    if file.state == FileState.UNREADABLE:
        return preview_of(file)
    try:
        with opened(file) as book, held(file) as now:
            if _is_past_checking(now, was=FileState(file.state)):
                file.refresh_from_db()
                return preview_of(file)
            IntakeRow.objects.filter(sheet__file=file).delete()
            rows = _rows(file, open_sheets(file, book, areas=areas))
            file.rows_total = sum(1 for row in rows if row.verdict != Verdict.REFUSED)
            file.state = FileState.CHECKED if rows else FileState.NOTHING_READ
            say_unplaced(file)
            file.save(update_fields=["rows_total", "state", "warnings"])
    except UnreadableFile as fault:
        IntakeFile.objects.filter(pk=file.pk).update(state=FileState.UNREADABLE, message=fault.message)
        file.state, file.message = FileState.UNREADABLE, fault.message
        return Preview(0, {}, {})
    return _counted(rows)


def _is_past_checking(file: IntakeFile, *, was: FileState) -> bool:
    """Whether rows of a file are in the base or on their way, or another officer has checked it since it was looked up."""
    if file.state == FileState.CHECKED and was != FileState.CHECKED:
        return True
    may = file.state in (FileState.READ, FileState.CHECKED, FileState.NOTHING_READ)
    return not may or IntakeRow.objects.filter(sheet__file=file, applied_at__isnull=False).exists()


def _rows(file: IntakeFile, sheets: list[OpenSheet]) -> list[IntakeRow]:
    """Every row of the file, decided and stored."""
    digests = Digests(file.sender, file.disease)
    found: list[IntakeRow] = []
    waiting: list[tuple[IntakeRow, RowFacts]] = []
    for row, facts in _read(sheets, digests):
        waiting.append((row, facts))
        if len(waiting) >= _MATCHED_AT_ONCE:
            found += _decided(file, waiting)
            waiting = []
    return found + _decided(file, waiting)


def _read(sheets: list[OpenSheet], digests: Digests) -> Iterator[tuple[IntakeRow, RowFacts]]:
    for sheet in sheets:
        if sheet.sense.kind is SheetKind.UNKNOWN:
            continue
        for number, part, record in sheet.records():
            facts = facts_of(record, sheet.sense) if sheet.sense.kind not in WITHOUT_PEOPLE else _figures(sheet, record)
            digest = digests.of(sheet.sense.kind.value, record, part)
            yield IntakeRow(sheet=sheet.sheet, number=number, part=part, digest=digest, cells=cells_of(record)), facts


def _figures(sheet: OpenSheet, record: RawRecord) -> RowFacts:
    """A line of a commune's own figures: it opens no record, it only has remarks."""
    return RowFacts(issues=summary_issues(record, area=sheet.sheet.file.area_id is not None))


def _decided(file: IntakeFile, waiting: list[tuple[IntakeRow, RowFacts]]) -> list[IntakeRow]:
    asked = [(row, facts, facts.person) for row, facts in waiting if facts.person is not None and not facts.refused]
    questions = [Question(person, row.digest, facts.own, facts.resent) for row, facts, person in asked]
    decide(questions, disease=file.disease, policy=DuplicatePolicy(file.duplicate_policy))
    decisions = {id(row): question.decision for (row, _, _), question in zip(asked, questions, strict=True)}
    for row, facts in waiting:
        decision = decisions.get(id(row))
        row.remark(facts.issues)
        row.becomes = [list(pair) for pair in becomes_of(facts)]
        row.verdict = _verdict(facts, decision)
        if decision is not None:
            row.match = decision.as_json()
            row.person = decision.person
    _say_contrary([(row, decision.person, facts) for row, facts in waiting if (decision := decisions.get(id(row)))])
    insert([row for row, _ in waiting])
    return [row for row, _ in waiting]


def _say_contrary(decided: Sequence[tuple[IntakeRow, Person | None, RowFacts]]) -> None:
    """The remarks on rows that say something against the records of their people; such a row is not known, it is to be decided."""
    known = [(row, person, facts) for row, person, facts in decided if person is not None and row.verdict == Verdict.CHANGED]
    for (row, _, _), found in zip(known, foreseen_remarks([(person, facts) for _, person, facts in known]), strict=True):
        row.remark([*row.issues, *(list(issue) for issue in found)])
        if is_contrary(row.issues):
            row.verdict = Verdict.CONTRARY


def _verdict(facts: RowFacts, decision: Decision | None) -> str:
    """What the row would come to. A known person's row that was never sent before may change something: applying tells."""
    if facts.refused:
        return Verdict.REFUSED
    if decision is None or decision.kind is MatchKind.NEW or (decision.person is None and facts.held_in_pool):
        return Verdict.NEW
    if decision.kind is MatchKind.DOUBT:
        return Verdict.DUPLICATE
    return Verdict.KNOWN if decision.resent else Verdict.CHANGED


def cells_of(record: RawRecord) -> dict[str, list[str]]:
    """What the sender wrote, by meaning, with its column; columns without a meaning by their label."""
    cells = {str(target): [cell.column, cell.original] for target, cell in record.cells.items()}
    for note in record.notes:
        cells[f"~{note.label or note.column}"] = [note.column, note.original]
    return cells


def preview_of(file: IntakeFile) -> Preview:
    """The preview from the stored rows."""
    return _counted(list(IntakeRow.objects.filter(sheet__file=file).only("verdict", "issues")))


def _counted(rows: list[IntakeRow]) -> Preview:
    verdicts = Counter(str(row.verdict) for row in rows)
    issues = Counter(issue[4] for row in rows for issue in row.issues if issue[0] != Severity.INFO)
    return Preview(len(rows), {word.value: verdicts[word.value] for word in Verdict}, dict(issues.most_common()))
