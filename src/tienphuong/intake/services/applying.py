"""Applying a file: batch by batch, each in one transaction with its own rows marked, so that a fall in the middle loses nothing.

No figure counts a part of it: until the last transaction figures are those from before the act (core/unfinished.py).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection

from tienphuong.core import audit, collector, unfinished
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.alone import Busy
from tienphuong.core.bulk import insert
from tienphuong.core.clock import local, machine_now
from tienphuong.core.policy import Pack, pack, pack_at
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import let_others
from tienphuong.intake.facts.facts import WITHOUT_PEOPLE
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.terms import SheetKind as K
from tienphuong.intake.models import IntakeBatch, IntakeFile, IntakeRow
from tienphuong.intake.reading.faults import UnreadableFile
from tienphuong.intake.services.batches import ActContext, Batch, apply_batch
from tienphuong.intake.services.checking import cells_of
from tienphuong.intake.services.digests import Digests
from tienphuong.intake.services.file_locks import locked, locked_in_turn, worked_on
from tienphuong.intake.services.reading import note_unreadable, understand
from tienphuong.intake.services.sheets import OpenSheet, open_sheets, opened
from tienphuong.intake.services.stopping import stopped_by
from tienphuong.intake.services.summaries import submit, summary_issues
from tienphuong.intake.services.unplaced import note_unplaced
from tienphuong.intake.terms import FileState, Severity, Verdict
from tienphuong.procedures.reclassify import reclassify
from tienphuong.registry.areas.index import AreaIndex

BATCH = 2000
# People first, then cases, then those linked to them: fewer links have to wait.
_ORDER = (
    K.HOUSEHOLD_REGISTER,
    K.CASE_LIST,
    K.LINE_LIST,
    K.SORMAS_CASE,
    K.SORMAS_LINE_LISTING,
    K.CONTACT_LIST,
    K.SORMAS_CONTACT,
    K.SORMAS_CASE_CONTACT,
)
MAY_BE_APPLIED = (FileState.RECEIVED, FileState.READ, FileState.CHECKED, FileState.APPLYING)
Progress = Callable[[int, int], None]
Pending = tuple[IntakeRow, RawRecord]


def apply_file(
    file: IntakeFile,
    *,
    actor: Viewer,
    at: datetime,
    policy: Pack | None = None,
    progress: Progress | None = None,
    areas: AreaIndex | None = None,
    batch_size: int = BATCH,
) -> IntakeFile:
    """Write what a file says into the base. May be called again after a fall: it goes on with the rows that are left.

    A file that was checked is applied as it was previewed; one that was not is read, decided and written in one pass.

    1 rights; the act's moment and policy are settled once and kept over restarts
    2 batches: people, cases, contacts and the rest of each, its rows marked in the same transaction
    3 degrees, once for everybody whose surroundings changed
    4 audit
    """
    actor.require(Permission.SEND_FILE, file.area_path or None)
    if file.state not in MAY_BE_APPLIED:
        return file
    try:
        with worked_on(file), opened(file) as book, collector.gc_paused():
            plans = understand(file, book) if file.state == FileState.RECEIVED else None
            act = ActContext(actor, *_begin(file, actor=actor, at=at, policy=policy))
            _apply_sheets(file, open_sheets(file, book, areas=areas, plans=plans), act=act, progress=progress, size=batch_size)
            if not IntakeRow.objects.filter(sheet__file=file).exists():
                return _nothing_read(file)
            _finish(file, act=act)
    except UnreadableFile as fault:
        unfinished.end(file.pk)
        note_unreadable(file, fault)
    except (AppliedElsewhere, Busy):
        file.refresh_from_db()
    except StopAsked:
        take_back_part(file)
    except Exception as fault:
        if why := stopped_by(fault):
            IntakeFile.objects.filter(pk=file.pk).update(message=sentence("Việc ghi đã dừng: {fault}", fault=why)[:1000])
        raise
    return file


class StopAsked(RuntimeError):
    """An officer asked the writing of a file to stop."""


class AppliedElsewhere(RuntimeError):
    """Another process is writing the same rows: it goes on, this one stops."""


def _apply_sheets(file: IntakeFile, sheets: Sequence[OpenSheet], *, act: ActContext, progress: Progress | None, size: int) -> None:
    file.rows_total = file.rows_total or sum(len(sheet.plan.data_rows) for sheet in sheets)
    digests = Digests(file.sender, file.disease)
    for sheet in in_order(sheets):
        _apply_sheet(file, sheet, _pending(sheet, digests), act=act, progress=progress, size=size)


def in_order(sheets: Sequence[OpenSheet]) -> list[OpenSheet]:
    """The sheets of a file in the order in which they are written."""
    return sorted(sheets, key=lambda one: (_rank(one.sense.kind), one.sheet.position))


def _claim(sheet: OpenSheet, part: Sequence[Pending], *, now: IntakeFile) -> None:
    """Make sure, the file being held, that it is still to be written and that nobody wrote these rows since they were read."""
    _still_to_be_written(now)
    numbers = [row.number for row, _ in part]
    near = IntakeRow.objects.filter(sheet=sheet.sheet, number__gte=min(numbers), number__lte=max(numbers), applied_at__isnull=False)
    written = set(near.values_list("number", "part"))
    if any((row.number, row.part) in written for row, _ in part):
        raise AppliedElsewhere(str(now.pk))


def _still_to_be_written(now: IntakeFile) -> None:
    if now.state != FileState.APPLYING:
        raise AppliedElsewhere(str(now.pk))
    if now.stop_asked_at is not None:
        raise StopAsked(str(now.pk))


def take_back_part(file: IntakeFile) -> None:
    """Withdraw what was written of a file until an officer stopped it."""
    from tienphuong.intake.services.withdrawing import withdraw_part  # it applies rows of other files again

    with worked_on(file):
        withdraw_part(file)


def _begin(file: IntakeFile, *, actor: Viewer, at: datetime, policy: Pack | None) -> tuple[datetime, Pack]:
    """The moment and the policy of the act: those of the first attempt, be it another officer's of this moment."""
    with locked(file) as now:
        if now.state not in MAY_BE_APPLIED:
            raise AppliedElsewhere(str(file.pk))
        if now.applying_at is None:
            now.applying_at = at
            now.policy = (policy or pack_at(local(at).date())).version
            now.started_at, now.applying_by = machine_now(), actor.user_id
        now.state, now.message = FileState.APPLYING, ""
        now.save(update_fields=[*_OF_THE_ACT])
        unfinished.begin(now.pk, name=now.name, disease=now.disease, since=now.applying_at)
    for name in _OF_THE_ACT:
        setattr(file, name, getattr(now, name))
    return now.applying_at, policy if policy and policy.version == now.policy else pack(now.policy)


_OF_THE_ACT = ("applying_at", "applying_by", "policy", "started_at", "state", "message")


def _rank(kind: K) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _apply_sheet(
    file: IntakeFile, sheet: OpenSheet, pending: Iterator[Pending], *, act: ActContext, progress: Progress | None, size: int
) -> None:
    if sheet.sense.kind in WITHOUT_PEOPLE:
        _submit(file, sheet, list(pending), act=act)
        return
    while part := list(islice(pending, size)):
        let_others()
        with locked_in_turn(file) as now:
            _claim(sheet, part, now=now)
            batch = apply_batch(part, file=file, sense=sheet.sense, act=act)
            _mark(part, batch, at=act.at)
            _note_batch(file, sheet.sense.disease, rows=len(batch.applied), touched=batch.touched)
        if progress is not None:
            progress(rows_applied(file), file.rows_total)


def _note_batch(file: IntakeFile, disease: str, *, rows: int, touched: set[int]) -> None:
    """What the batch leaves for the end, and for whoever watches."""
    IntakeBatch.objects.create(file=file, rows=rows, disease=disease, touched=sorted(touched), committed_at=machine_now())
    file.degrees_due = file.degrees_due or bool(touched)
    file.save(update_fields=["degrees_due", "rows_total"])


def _pending(sheet: OpenSheet, digests: Digests) -> Iterator[Pending]:
    """The rows not applied yet, each with its record; a row the check did not write down is made."""
    if sheet.sense.kind is K.UNKNOWN:
        return
    known = {(row.number, row.part): row for row in IntakeRow.objects.filter(sheet=sheet.sheet).defer("cells", "match")}
    kind = sheet.sense.kind.value
    for number, part, record in sheet.records():
        row = known.get((number, part))
        digest = row.digest if row is not None else digests.of(kind, record, part)
        if row is None:
            yield IntakeRow(sheet=sheet.sheet, number=number, part=part, digest=digest, cells=cells_of(record)), record
        elif row.applied_at is None and row.verdict != Verdict.REFUSED:
            yield row, record


def _mark(part: Sequence[Pending], batch: Batch, *, at: datetime) -> None:
    """The rows' people, verdicts and remarks, and which of them are applied."""
    for number, (row, _) in enumerate(part):
        row.verdict, row.person = batch.verdicts[number], batch.people[number]
        row.applied_at = at if number in batch.applied else None
    stored = [row for row, _ in part if not row._state.adding]
    insert(row for row, _ in part if row._state.adding)
    values = [(row.verdict, row.person_id, connection.ops.adapt_datetimefield_value(row.applied_at), row.pk) for row in stored]
    IntakeRow.objects.bulk_update([part[number][0] for number in sorted(batch.remarked)], ["issues", "remarked"])
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {IntakeRow._meta.db_table} SET verdict = %s, person_id = %s, applied_at = %s WHERE id = %s", values)


def _submit(file: IntakeFile, sheet: OpenSheet, rows: list[Pending], *, act: ActContext) -> None:
    """A sheet of figures is one submission."""
    if not rows:
        return
    with locked_in_turn(file) as now:
        _claim(sheet, rows, now=now)
        for row, record in rows:
            _judge_figures(file, row, record, at=act.at)
        insert(row for row, _ in rows if row._state.adding)
        IntakeRow.objects.bulk_update([row for row, _ in rows], ["issues", "remarked", "verdict", "applied_at"], batch_size=200)
        taken = [(row, record) for row, record in rows if row.applied_at is not None]
        submit(file, taken, actor=act.actor, at=act.at, policy=act.policy.version)
        _note_batch(file, file.disease, rows=len(taken), touched=set())


def _judge_figures(file: IntakeFile, row: IntakeRow, record: RawRecord, *, at: datetime) -> None:
    """A line of figures is taken in, or refused with its reason."""
    found = summary_issues(record, area=file.area_id is not None)
    refused = any(issue.severity == Severity.REFUSED for issue in found)
    row.remark(found)
    row.verdict, row.applied_at = (Verdict.REFUSED, None) if refused else (Verdict.NEW, at)


def _nothing_read(file: IntakeFile) -> IntakeFile:
    """No row of the file was understood: it is not "applied", and it may be checked again once an officer said what its sheets are."""
    file.state, file.applying_at, file.started_at = FileState.NOTHING_READ, None, None
    with locked(file):
        unfinished.end(file.pk)
        file.save(update_fields=["state", "applying_at", "started_at"])
    return file


def _finish(file: IntakeFile, *, act: ActContext) -> None:
    """Degrees once for the whole file, and the file is done, in one transaction."""
    with locked_in_turn(file) as now:
        _still_to_be_written(now)
        for disease, people in _touched(file).items():
            if disease in act.policy.diseases:
                reclassify(people, disease=disease, actor=act.actor, at=act.at, policy=act.policy, cause="file")
        file.state, file.degrees_due, file.rows_total = FileState.APPLIED, False, rows_applied(file)
        file.applied_at, file.finished_at = act.at, machine_now()
        note_unplaced(file)
        unfinished.end(file.pk)
        file.save(update_fields=["state", "degrees_due", "rows_total", "applied_at", "finished_at", "warnings"])
        facts: dict[str, object] = {"name": file.name, "rows": file.rows_total}
        audit.record(
            "file.applied", actor=act.actor, at=act.at, subject_kind="file", subject_id=file.pk, facts=facts, policy=act.policy.version
        )


def _touched(file: IntakeFile) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for disease, touched in IntakeBatch.objects.filter(file=file).values_list("disease", "touched"):
        found.setdefault(disease, set()).update(touched)
    return {disease: people for disease, people in found.items() if people}


def rows_applied(file: IntakeFile) -> int:
    """How many rows of a file are in the base."""
    return sum(IntakeBatch.objects.filter(file=file).values_list("rows", flat=True))
