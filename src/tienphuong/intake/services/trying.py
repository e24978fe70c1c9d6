"""Trying a file out: received, read and checked as it would be, and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.receive import stored_path


@contextmanager
def left_behind_nothing() -> Iterator[None]:
    """Whatever is received and checked inside is taken back, the kept bytes too, so that no later sender meets it."""
    before = set(IntakeFile.objects.values_list("pk", flat=True))
    with transaction.atomic():
        try:
            yield
        finally:
            new = [stored_path(file) for file in IntakeFile.objects.exclude(pk__in=before)]
            transaction.set_rollback(True)
    for path in new:
        path.unlink(missing_ok=True)
