"""Long work on files, done by the worker so that a page can be left and found again: reading with checking, applying."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks import task

from tienphuong.core import clock
from tienphuong.core.access.viewer import Viewer, viewer_of
from tienphuong.intake.previews import file_of
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.effect import check_and_count
from tienphuong.intake.services.withdrawing import withdraw_file
from tienphuong.intake.terms import FileState


@task()
def check_in_background(file_id: str, officer: str, at: str) -> str:
    """Read and check a file; the state it ends in."""
    line = file_of(_viewer(officer, at=at), file_id=UUID(file_id))
    if line is None:
        return "gone"
    if line.state == FileState.STOPPED:  # by an officer, while the job waited
        return str(line.state)
    check_and_count(line.file, actor=_viewer(officer, at=at), at=datetime.fromisoformat(at))
    return str(line.file.state)


@task()
def apply_in_background(file_id: str, officer: str, at: str) -> str:
    """Write a checked file into the base, under the name of the officer who asked; the state it ends in."""
    viewer = _viewer(officer, at=at)
    line = file_of(viewer, file_id=UUID(file_id))
    if line is None:
        return "gone"
    return str(apply_file(line.file, actor=viewer, at=datetime.fromisoformat(at)).state)


@task()
def withdraw_in_background(file_id: str, reason: str, act_id: str, officer: str, at: str) -> str:
    """Withdraw a large file, under the name of the officer who asked; the state it ends in."""
    viewer = _viewer(officer, at=at)
    line = file_of(viewer, file_id=UUID(file_id))
    if line is None:
        return "gone"
    withdraw_file(line.file, actor=viewer, at=datetime.fromisoformat(at), reason=reason, act_id=UUID(act_id))
    return str(line.file.state)


def _viewer(officer: str, *, at: str) -> Viewer:
    """The officer with the appointments of the moment the work was asked for."""
    user = get_user_model().objects.get(pk=UUID(officer))
    return viewer_of(user, on=clock.local(datetime.fromisoformat(at)).date())
