"""Trả lại danh sách cho nơi gửi: the sender's sheets leave the post only with the rights of what they hold, and with an entry in the audit."""

from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.intake.cells import permissions_for
from tienphuong.intake.errors import error_file
from tienphuong.intake.models import IntakeFile, IntakeRow


def may_take_out(viewer: Viewer, file: IntakeFile) -> bool:
    """Whether the sheets are still there, and the officer may see whatever they hold, where they are from."""
    return bool(file.stored_as) and all(viewer.may(permission, file.area_path or None) for permission in permissions_for(file))


def return_sheets(file: IntakeFile, *, actor: Viewer, at: datetime) -> bytes:
    """The sender's sheets with remarks, as a workbook.

    1 the officer may see whatever the sheets hold, where they are from
    2 audit: which file, how many rows
    """
    for permission in sorted(permissions_for(file)):
        actor.require(permission, file.area_path or None)
    rows = IntakeRow.objects.filter(sheet__file=file).count()
    audit.note("sheets.returned", actor=actor, at=at, subject_kind="file", subject_id=file.pk, facts={"rows": rows})
    return error_file(file)
