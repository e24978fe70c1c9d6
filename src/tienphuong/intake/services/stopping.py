"""The check of a file begins, goes on after a fall, and stops when an officer asks."""

import hashlib
import json
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import machine_now
from tienphuong.core.plain import AWAY, BUSY, plain
from tienphuong.core.sentences import sentence
from tienphuong.intake.models import IntakeFile, IntakeRow, IntakeSheet
from tienphuong.intake.services.file_locks import locked
from tienphuong.intake.services.sheets import answers_for
from tienphuong.intake.terms import FileState

_AT_ONCE = 2000
"""Rows of an earlier check that are taken away in one transaction."""
MAY_BE_STOPPED = (FileState.RECEIVED, FileState.READ)


def begin_check(file: IntakeFile) -> UUID | None:
    """The number of the check that begins; None if there is nothing to check any more.

    Rows an earlier beginning stored are kept if it judged them by the same; else the check starts from nothing.
    """
    token, sense = uuid4(), sense_of_check(file)
    with locked(file) as now:
        if _is_past_checking(now, was=FileState(file.state)):
            file.refresh_from_db()
            return None
        goes_on = now.state in (FileState.READ, FileState.STOPPED) and now.check_sense == sense
        now.state, now.check_token, now.message = FileState.READ, token, ""
        now.check_sense, now.checking_at = sense if goes_on else "", machine_now()
        now.checked_rows = IntakeRow.objects.filter(sheet__file=file).count() if goes_on else 0
        now.save(update_fields=["state", "check_token", "message", "check_sense", "checking_at", "checked_rows"])
    if not goes_on:
        _start_from_nothing(file, sense=sense, token=token)
    file.refresh_from_db()
    return token


def _is_past_checking(file: IntakeFile, *, was: FileState) -> bool:
    """Whether rows of a file are in the base or on their way, or another officer has checked it since it was looked up."""
    if file.state == FileState.CHECKED and was != FileState.CHECKED:
        return True
    may = file.state in (*MAY_BE_STOPPED, FileState.CHECKED, FileState.NOTHING_READ, FileState.STOPPED)
    return not may or IntakeRow.objects.filter(sheet__file=file, applied_at__isnull=False).exists()


def _start_from_nothing(file: IntakeFile, *, sense: str, token: UUID) -> None:
    """Take the rows of an earlier check away, in short transactions; only then may a later beginning go on with what is there."""
    while rows := list(IntakeRow.objects.filter(sheet__file=file).values_list("pk", flat=True)[:_AT_ONCE]):
        with locked(file):
            IntakeRow.objects.filter(pk__in=rows, applied_at=None).delete()
    IntakeFile.objects.filter(pk=file.pk, check_token=token).update(check_sense=sense)


def sense_of_check(file: IntakeFile) -> str:
    """A hash of all that the rows of a file are judged by, apart from the records of the post."""
    sheets = IntakeSheet.objects.filter(file=file).order_by("position").values_list("kind", "mapping", "dates")
    of_file = [file.sender, file.area_id, file.area_path, file.disease, str(file.reported_on), file.duplicate_policy]
    answers = sorted([*key, word] for key, word in answers_for(file.sender).items())
    return hashlib.sha256(json.dumps([of_file, [list(one) for one in sheets], answers], default=str).encode()).hexdigest()[:32]


def unfinished_files() -> list[UUID]:
    """The files whose check or writing is not over. What stopped with a fault says so, and waits for an officer: it would stop there again."""
    left = Q(state__in=MAY_BE_STOPPED) | Q(state=FileState.APPLYING, message="")
    return list(IntakeFile.objects.filter(left).values_list("pk", flat=True))


def stopped_by(fault: Exception) -> str:
    """In words, the fault that work came to; empty where the database was away or busy: then the work is taken up again by itself."""
    known = plain(fault)
    if known in (AWAY, BUSY):
        return ""
    return known.reason if known else f"{type(fault).__name__}: {fault}"


def note_stopped(file: IntakeFile, why: str) -> None:
    """The check came to a fault: the file says so, and is not "being read" for ever."""
    message = sentence("Việc kiểm tra đã dừng: {fault}", fault=why)[:1000]
    IntakeFile.objects.filter(pk=file.pk, state__in=MAY_BE_STOPPED).update(state=FileState.STOPPED, check_token=None, message=message)


def stop_work(file: IntakeFile, *, actor: Viewer, at: datetime) -> bool:
    """Stop what is being done with a file. False where nothing is.

    A check ends before it stores anything more, and may be begun again. Writing ends before its next part, and the parts written are
    taken back: the file is withdrawn.
    """
    actor.require(Permission.SEND_FILE, file.area_path or None)
    with locked(file) as now:
        if now.state == FileState.APPLYING:
            return _ask_to_stop(now, actor=actor, at=at)
        if now.state not in MAY_BE_STOPPED:
            return False
        now.state, now.check_token = FileState.STOPPED, None
        now.message = sentence("{officer} đã dừng việc kiểm tra tệp. Chưa ghi gì vào hồ sơ.", officer=actor.name)
        now.save(update_fields=["state", "check_token", "message"])
        facts: dict[str, object] = {"name": now.name, "rows": now.checked_rows}
        audit.record("file.check_stopped", actor=actor, at=at, subject_kind="file", subject_id=now.pk, facts=facts)
    file.refresh_from_db()
    return True


def _ask_to_stop(now: IntakeFile, *, actor: Viewer, at: datetime) -> bool:
    """The officer who asked first is the one whose act it is; whoever writes the file finds it before its next part."""
    if now.stop_asked_at is None:
        now.stop_asked_at, now.stop_asked_by, now.stop_asked_by_name = at, actor.user_id, actor.name[:120]
        now.message = ""  # a file that stopped with a fault is taken up, to be taken back
        now.save(update_fields=["stop_asked_at", "stop_asked_by", "stop_asked_by_name", "message"])
        facts: dict[str, object] = {"name": now.name}
        audit.record("file.stop_asked", actor=actor, at=at, subject_kind="file", subject_id=now.pk, facts=facts)
    return True


def go_on_checking(file: IntakeFile, *, actor: Viewer) -> None:
    """A stopped file waits for its check again, with the rows that are judged already."""
    actor.require(Permission.SEND_FILE, file.area_path or None)
    IntakeFile.objects.filter(pk=file.pk, state=FileState.STOPPED).update(state=FileState.READ, message="")
    file.refresh_from_db()
