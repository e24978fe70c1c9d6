"""Applying a file without keeping the machine that asked waiting: the worker of the post does it."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks import task

from tienphuong.core import clock
from tienphuong.core.access.viewer import viewer_of
from tienphuong.intake.previews import file_of
from tienphuong.intake.services.applying import apply_file


@task()
def apply_for_a_machine(file_id: str, officer: str, at: str) -> str:
    """Write a checked file into the base, under the name and the rights of the account that asked; the state it ends in."""
    asked_at = datetime.fromisoformat(at)
    user = get_user_model().objects.get(pk=UUID(officer))
    viewer = viewer_of(user, on=clock.local(asked_at).date())
    line = file_of(viewer, file_id=UUID(file_id))
    return str(apply_file(line.file, actor=viewer, at=asked_at).state) if line else "gone"
