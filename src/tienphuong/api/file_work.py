"""Long work on a file without keeping the machine that asked waiting: the worker of the post applies it, or counts its effect."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks import task

from tienphuong.core import clock
from tienphuong.core.access.viewer import Viewer, viewer_of
from tienphuong.intake.previews import file_of
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.effect import note_effect


@task()
def apply_for_a_machine(file_id: str, officer: str, at: str) -> str:
    """Write a checked file into the base, under the name and the rights of the account that asked; the state it ends in."""
    viewer, asked_at = _account(officer, at=at)
    line = file_of(viewer, file_id=UUID(file_id))
    return str(apply_file(line.file, actor=viewer, at=asked_at).state) if line else "gone"


@task()
def count_for_a_machine(file_id: str, officer: str, at: str) -> str:
    """Count what a checked file would change, so that its page shows it to whoever decides about it."""
    viewer, asked_at = _account(officer, at=at)
    line = file_of(viewer, file_id=UUID(file_id))
    if line is None:
        return "gone"
    note_effect(line.file, actor=viewer, at=asked_at)
    return "counted"


def _account(officer: str, *, at: str) -> tuple[Viewer, datetime]:
    """The account that asked, with its rights of the moment it asked, and that moment."""
    asked_at = datetime.fromisoformat(at)
    user = get_user_model().objects.get(pk=UUID(officer))
    return viewer_of(user, on=clock.local(asked_at).date()), asked_at
