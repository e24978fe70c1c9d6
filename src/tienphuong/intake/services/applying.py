"""Applying a file: batch by batch, each in one transaction with its own rows marked, so that a fall in the middle loses nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import local, machine_now
from tienphuong.core.policy import Pack, pack, pack_at
from tienphuong.intake.facts.facts import WITHOUT_PEOPLE
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.terms import SheetKind as K
from tienphuong.intake.models import IntakeBatch, IntakeFile, IntakeRow
from tienphuong.intake.services.batches import Batch, apply_batch
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.sheets import OpenSheet, open_sheets, opened
from tienphuong.intake.services.summaries import submit
from tienphuong.intake.terms import DuplicatePolicy, FileState, Verdict
from tienphuong.procedures.reclassify import reclassify
from tienphuong.registry.areas.index import AreaIndex

BATCH = 1000
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
    """Write what a checked file says into the base. May be called again after a fall: it goes on with the rows that are left.

    1 rights; a file not checked yet is checked
    2 the act's moment and policy are settled once and kept over restarts
    3 batches: people, cases, contacts and the rest of each, its rows marked in the same transaction
    4 degrees, once for everybody whose surroundings changed
    5 audit
    """
    actor.require(Permission.SEND_FILE, file.area_path or None)
    if file.state in (FileState.RECEIVED, FileState.READ):
        check_file(file, areas=areas)
    if file.state not in (FileState.CHECKED, FileState.APPLYING):
        return file
    rules = _begin(file, at=at, policy=policy)
    moment = file.applying_at
    assert moment is not None
    with opened(file) as book:
        sheets = open_sheets(file, book, areas=areas)
        for sheet in sorted(sheets, key=lambda one: (_rank(one.sense.kind), one.sheet.position)):
            _apply_sheet(file, sheet, actor=actor, at=moment, policy=rules, progress=progress, size=batch_size)
    _finish(file, actor=actor, at=moment, policy=rules)
    return file


def _begin(file: IntakeFile, *, at: datetime, policy: Pack | None) -> Pack:
    """The moment and the policy of the act: those of the first attempt."""
    if file.applying_at is None:
        file.applying_at = at
        file.policy = (policy or pack_at(local(at).date())).version
        file.started_at = machine_now()
    file.state = FileState.APPLYING
    file.save(update_fields=["applying_at", "policy", "started_at", "state"])
    return policy if policy and policy.version == file.policy else pack(file.policy)


def _rank(kind: K) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _apply_sheet(
    file: IntakeFile, sheet: OpenSheet, *, actor: Viewer, at: datetime, policy: Pack, progress: Progress | None, size: int
) -> None:
    pending = _pending(file, sheet)
    if sheet.sense.kind in WITHOUT_PEOPLE:
        _submit(file, list(pending), actor=actor, at=at, policy=policy)
        return
    while part := list(islice(pending, size)):
        with transaction.atomic():
            batch = apply_batch(part, file=file, sense=sheet.sense, actor=actor, at=at, policy=policy)
            _mark(part, batch, at=at)
            IntakeBatch.objects.create(
                file=file, rows=len(part), disease=sheet.sense.disease, touched=sorted(batch.touched), committed_at=machine_now()
            )
            if batch.touched and not file.degrees_due:
                file.degrees_due = True
                file.save(update_fields=["degrees_due"])
        if progress is not None:
            progress(rows_applied(file), file.rows_total)


def _pending(file: IntakeFile, sheet: OpenSheet) -> Iterator[Pending]:
    """The rows not applied yet, each with its record read again from the file."""
    rows = IntakeRow.objects.filter(sheet=sheet.sheet, applied_at=None).exclude(verdict=Verdict.REFUSED).defer("cells")
    if file.duplicate_policy == DuplicatePolicy.SKIP:
        rows = rows.exclude(verdict=Verdict.DUPLICATE)
    waiting = {(row.number, row.part): row for row in rows}
    if not waiting:
        return
    for number, part, record in sheet.records():
        row = waiting.get((number, part))
        if row is not None:
            yield row, record


def _mark(part: Sequence[Pending], batch: Batch, *, at: datetime) -> None:
    """The rows' people, verdicts and remarks, and that they are applied."""
    for (row, _), verdict, person in zip(part, batch.verdicts, batch.people, strict=True):
        row.verdict, row.applied_at = verdict, at
        row.person = person
    table, names = IntakeRow._meta.db_table, ("verdict", "person_id", "applied_at")
    moment = connection.ops.adapt_datetimefield_value(at)
    values = [(row.verdict, row.person_id, moment, row.pk) for row, _ in part]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {', '.join(f'{name} = %s' for name in names)} WHERE id = %s", values)


def _submit(file: IntakeFile, rows: list[Pending], *, actor: Viewer, at: datetime, policy: Pack) -> None:
    """A sheet of figures is one submission."""
    if not rows:
        return
    with transaction.atomic():
        submit(file, rows, actor=actor, at=at, policy=policy.version)
        IntakeRow.objects.filter(pk__in=[row.pk for row, _ in rows]).update(applied_at=at)
        IntakeBatch.objects.create(file=file, rows=len(rows), disease=file.disease, committed_at=machine_now())


def _finish(file: IntakeFile, *, actor: Viewer, at: datetime, policy: Pack) -> None:
    """Degrees once for the whole file, and the file is done, in one transaction."""
    with transaction.atomic():
        for disease, people in _touched(file).items():
            if disease in policy.diseases:
                reclassify(people, disease=disease, actor=actor, at=at, policy=policy, cause="file")
        file.state, file.degrees_due = FileState.APPLIED, False
        file.applied_at, file.finished_at = at, machine_now()
        file.save(update_fields=["state", "degrees_due", "applied_at", "finished_at"])
        facts: dict[str, object] = {"name": file.name, "rows": rows_applied(file)}
        audit.record("file.applied", actor=actor, at=at, subject_kind="file", subject_id=file.pk, facts=facts, policy=policy.version)


def _touched(file: IntakeFile) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for disease, touched in IntakeBatch.objects.filter(file=file).values_list("disease", "touched"):
        found.setdefault(disease, set()).update(touched)
    return {disease: people for disease, people in found.items() if people}


def rows_applied(file: IntakeFile) -> int:
    """How many rows of a file are in the base."""
    return sum(IntakeBatch.objects.filter(file=file).values_list("rows", flat=True))
