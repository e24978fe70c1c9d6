"""The dry run: every row with what it says, what is doubtful about it, and what applying it would do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import F

from tienphuong.core.alone import Busy
from tienphuong.core.bulk import insert
from tienphuong.core.turns import let_others
from tienphuong.intake.facts.becomes import becomes_of
from tienphuong.intake.facts.facts import WITHOUT_PEOPLE, RowFacts, facts_of
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.reading.faults import UnreadableFile
from tienphuong.intake.services.contradicting import foreseen_remarks, is_contrary
from tienphuong.intake.services.deciding import Decision, Question, decide
from tienphuong.intake.services.digests import Digests
from tienphuong.intake.services.file_locks import locked, worked_on
from tienphuong.intake.services.reading import read_file
from tienphuong.intake.services.sheets import OpenSheet, open_sheets, opened
from tienphuong.intake.services.stopping import begin_check, note_stopped, sense_of_check, stopped_by
from tienphuong.intake.services.summaries import summary_issues
from tienphuong.intake.services.unplaced import UNPLACED, unplaced
from tienphuong.intake.terms import DuplicatePolicy, FileState, Severity, Verdict
from tienphuong.registry.areas.index import AreaIndex
from tienphuong.registry.matching import MatchKind
from tienphuong.registry.models import Person

_MATCHED_AT_ONCE = 4000
PART = 500
"""Rows that are stored in one transaction: other officers write between two of them."""
MAY_BE_CHECKED = (FileState.RECEIVED, FileState.READ, FileState.CHECKED, FileState.NOTHING_READ, FileState.STOPPED)


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a file would do: rows by verdict, remarks by kind, rows in all."""

    rows: int
    verdicts: dict[str, int]
    issues: dict[str, int]


class CheckEnded(RuntimeError):
    """An officer stopped the check, or changed what rows are judged by: another check begins."""


def check_file(file: IntakeFile, *, areas: AreaIndex | None = None) -> Preview:
    """Read every row, find its people, and write down what it would come to. Nothing of it is applied.

    Rows are judged outside any transaction and stored in short ones; after a fall the check goes on with the rows that are left. It may
    be repeated, after a mapping was corrected or the base has changed; rows already applied stay as they are.
    """
    try:
        with worked_on(file):
            if file.state in (FileState.RECEIVED, FileState.READ, FileState.NOTHING_READ, FileState.STOPPED):
                read_file(file)
            if file.state in MAY_BE_CHECKED:
                _check(file, areas=areas)
    except (Busy, CheckEnded):
        file.refresh_from_db()
    except Exception as fault:
        if why := stopped_by(fault):
            note_stopped(file, why)
        raise
    return preview_of(file)


def _check(file: IntakeFile, *, areas: AreaIndex | None) -> None:
    try:
        with opened(file) as book:
            token = begin_check(file)
            if token is None:
                return
            sheets = open_sheets(file, book, areas=areas)
            _store_total(file, sum(len(sheet.plan.data_rows) for sheet in sheets), token=token)
            for chunk in _chunks(sheets, Digests(file.sender, file.disease)):
                _check_chunk(file, chunk, token=token)
            _end_check(file, token=token)
            if file.state == FileState.READ:  # a word was explained meanwhile
                _check(file, areas=areas)
    except UnreadableFile as fault:
        IntakeFile.objects.filter(pk=file.pk).update(state=FileState.UNREADABLE, message=fault.message)
        file.state, file.message = FileState.UNREADABLE, fault.message


def _store_total(file: IntakeFile, total: int, *, token: UUID) -> None:
    IntakeFile.objects.filter(pk=file.pk, check_token=token).update(rows_total=total)


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as it stands in the file, not judged yet."""

    sheet: OpenSheet
    number: int
    part: int
    record: RawRecord
    digest: str

    @property
    def key(self) -> tuple[int, int, int]:
        return self.sheet.sheet.pk, self.number, self.part


def _chunks(sheets: list[OpenSheet], digests: Digests) -> Iterator[list[_Read]]:
    """The rows of the file, as many at once as are compared with each other: the same whenever the check begins again."""
    rows = _read(sheets, digests)
    while chunk := list(islice(rows, _MATCHED_AT_ONCE)):
        yield chunk


def _read(sheets: list[OpenSheet], digests: Digests) -> Iterator[_Read]:
    for sheet in sheets:
        if sheet.sense.kind is SheetKind.UNKNOWN:
            continue
        for number, part, record in sheet.records():
            yield _Read(sheet, number, part, record, digests.of(sheet.sense.kind.value, record, part))


def _check_chunk(file: IntakeFile, chunk: list[_Read], *, token: UUID) -> None:
    """Judge rows together, and store those that an earlier beginning of this check has not."""
    stored = _stored(chunk)
    if len(stored) == len(chunk):
        return
    rows = _decided(file, [_with_facts(one) for one in chunk])
    left = iter([row for row, one in zip(rows, chunk, strict=True) if one.key not in stored])
    while part := list(islice(left, PART)):
        let_others()
        with locked(file) as now:
            _still_mine(now, token)
            insert(part)
            IntakeFile.objects.filter(pk=file.pk).update(checked_rows=F("checked_rows") + len(part))


def _still_mine(now: IntakeFile, token: UUID) -> None:
    if now.check_token != token:
        raise CheckEnded(str(now.pk))


def _stored(chunk: list[_Read]) -> set[tuple[int, int, int]]:
    sheets = {one.sheet.sheet.pk for one in chunk}
    span = {"number__gte": min(one.number for one in chunk), "number__lte": max(one.number for one in chunk)}
    rows = IntakeRow.objects.filter(sheet__in=sheets, **span) if len(sheets) == 1 else IntakeRow.objects.filter(sheet__in=sheets)
    return set(rows.values_list("sheet_id", "number", "part")) & {one.key for one in chunk}


def _with_facts(one: _Read) -> tuple[IntakeRow, RowFacts]:
    sheet, record = one.sheet, one.record
    facts = facts_of(record, sheet.sense) if sheet.sense.kind not in WITHOUT_PEOPLE else _figures(sheet, record)
    row = IntakeRow(sheet=sheet.sheet, number=one.number, part=one.part, digest=one.digest, cells=cells_of(record))
    return row, facts


def _figures(sheet: OpenSheet, record: RawRecord) -> RowFacts:
    """A line of a commune's own figures: it opens no record, it only has remarks."""
    return RowFacts(issues=summary_issues(record, area=sheet.sheet.file.area_id is not None))


def _decided(file: IntakeFile, waiting: list[tuple[IntakeRow, RowFacts]]) -> list[IntakeRow]:
    asked = [(row, facts, facts.person) for row, facts in waiting if facts.person is not None and not facts.refused]
    questions = [Question(person, row.digest, facts.own, facts.resent, facts.days) for row, facts, person in asked]
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
    _note_contrary([(row, decision.person, facts) for row, facts in waiting if (decision := decisions.get(id(row)))])
    return [row for row, _ in waiting]


def _note_contrary(decided: Sequence[tuple[IntakeRow, Person | None, RowFacts]]) -> None:
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
    if decision is None or decision.kind is MatchKind.NEW or (decision.person is None and facts.is_pooled):
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


def _end_check(file: IntakeFile, *, token: UUID) -> None:
    """The check is over: what it says of the whole file is counted first, and written in one short act."""
    rows = IntakeRow.objects.filter(sheet__file=file)
    kept, unplaced_names = rows.exclude(verdict=Verdict.REFUSED).count(), unplaced(file)
    with locked(file) as now:
        _still_mine(now, token)
        now.rows_total, now.check_token = kept, None
        same = now.check_sense == sense_of_check(now)
        now.state = FileState.READ if not same else FileState.CHECKED if rows.exists() else FileState.NOTHING_READ
        now.warnings = [*(one for one in now.warnings if one[0] != UNPLACED), *unplaced_names]
        now.save(update_fields=["rows_total", "check_token", "state", "warnings"])
    file.refresh_from_db()


def preview_of(file: IntakeFile) -> Preview:
    """The preview from the stored rows."""
    return _counted(list(IntakeRow.objects.filter(sheet__file=file).only("verdict", "issues")))


def _counted(rows: list[IntakeRow]) -> Preview:
    verdicts = Counter(str(row.verdict) for row in rows)
    issues = Counter(issue[4] for row in rows for issue in row.issues if issue[0] != Severity.INFO)
    return Preview(len(rows), {word.value: verdicts[word.value] for word in Verdict}, dict(issues.most_common()))
