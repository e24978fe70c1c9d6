"""Files whose work was left by a process that ended: found when nobody works on them and no job waits, and taken up again."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tienphuong.core import clock
from tienphuong.core.access.viewer import Viewer, system_viewer, viewer_of
from tienphuong.intake.previews import file_of
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.effect import check_and_count
from tienphuong.intake.services.file_locks import is_worked_on
from tienphuong.intake.services.stopping import unfinished_files
from tienphuong.intake.terms import FileState


@task()
def go_on_with_file(file_id: str) -> str:
    """Do what is left of the work on a file, be it the check or the writing; the state it ends in."""
    line = file_of(system_viewer(), file_id=UUID(file_id))
    if line is None or line.state == FileState.STOPPED:
        return "gone" if line is None else str(line.state)
    if line.state == FileState.APPLYING:
        return str(apply_file(line.file, actor=_officer(line.file), at=line.file.applying_at).state)
    check_and_count(line.file, actor=system_viewer(), at=line.file.received_at)
    return str(line.file.state)


def _officer(file: Any) -> Viewer:
    """Under whose name a file goes on being written: with the rights of the moment the act began."""
    user = get_user_model().objects.filter(pk=file.applying_by).first()
    return viewer_of(user, on=clock.local(file.applying_at).date()) if user else system_viewer()


def take_up(earlier: Collection[UUID]) -> set[UUID]:
    """Have the files gone on with that were idle at the last look too; says which are idle now.

    Two looks, because whoever has just received a file is about to work on it.
    """
    jobs = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    waiting = " ".join(str(job.args_kwargs) for job in jobs)
    idle = {pk for pk in unfinished_files() if str(pk) not in waiting and not is_worked_on(pk)}
    for pk in idle & set(earlier):
        go_on_with_file.enqueue(str(pk))
    return idle - set(earlier)
