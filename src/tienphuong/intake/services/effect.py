"""What writing a checked file would change in the figures: it is written as it would be, counted, and taken back."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from tienphuong.core.access.viewer import Viewer, system_viewer
from tienphuong.core.clock import local, machine_now
from tienphuong.core.policy import Pack, pack_at
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.terms import FileState
from tienphuong.reports.catalogue import INDICATORS
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

MOST_ROWS = 2000
_LONGEST: Final = timedelta(minutes=10)
Effect = list[list[Any]]


def is_counted(file: IntakeFile) -> bool:
    """Whether the figures before and after are counted for a file: checked, of an area, of a disease with rules, not too long."""
    known = file.area is not None and file.disease in pack_at(local(file.received_at).date()).diseases
    return file.state == FileState.CHECKED and file.rows_total <= MOST_ROWS and known


def ask_effect(file: IntakeFile) -> None:
    """Say that the worker is about to count the file's effect; what was counted before is of no use any more."""
    file.effect, file.effect_asked_at = None, machine_now()
    IntakeFile.objects.filter(pk=file.pk).update(effect=None, effect_asked_at=file.effect_asked_at)


def is_being_counted(file: IntakeFile) -> bool:
    """Whether the worker is at it; what was asked long ago has stopped with its worker."""
    asked = file.effect_asked_at
    return file.effect is None and asked is not None and machine_now() - asked < _LONGEST


def check_and_count(file: IntakeFile, *, actor: Viewer, at: datetime) -> None:
    """Check a file, and count what writing it would change: what the worker does, whether an officer asked or it takes up what was left."""
    ask_effect(file)
    check_file(file)
    note_effect(file, actor=actor, at=at)


def note_effect(file: IntakeFile, *, actor: Viewer, at: datetime) -> None:
    """Keep with a checked file the figures of its area that would change; nothing is kept for more than MOST_ROWS rows."""
    try:
        file.effect = effect_of(file, actor=actor, at=at) if is_counted(file) else None
    finally:
        IntakeFile.objects.filter(pk=file.pk).update(effect=file.effect, effect_asked_at=None)


def effect_of(file: IntakeFile, *, actor: Viewer, at: datetime) -> Effect | None:
    """The figures that differ when the file is written at a moment, [key, before, after]; nothing of it stays written.

    None where they cannot be counted: the file reports on no area, or on a disease without rules.
    """
    policy = pack_at(local(at).date())
    if file.area is None or file.disease not in policy.diseases:
        return None
    before = _values(file, at=at, policy=policy)
    with transaction.atomic():
        apply_file(IntakeFile.objects.get(pk=file.pk), actor=actor, at=at, policy=policy)
        after = _values(file, at=at, policy=policy)
        transaction.set_rollback(True)
    keys = [one.key for one in INDICATORS if before.get(one.key) != after.get(one.key)]
    return [[key, before.get(key, 0), after.get(key, 0)] for key in keys]


def _values(file: IntakeFile, *, at: datetime, policy: Pack) -> dict[str, int]:
    cutoff = cutoff_of(at, policy=policy.disease(file.disease))
    assert file.area is not None, "asked only of files that report on an area"
    return figures(system_viewer(), area=file.area, disease=file.disease, cutoff=cutoff, policy=policy).values
