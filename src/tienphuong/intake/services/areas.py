"""Which area a file reports on, where nobody gave one with it: the commune its sender is named after, changed by an officer."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.file_locks import locked_in_turn
from tienphuong.intake.services.reading import read_again, refuse_if_applied
from tienphuong.intake.services.receive import OF_AREA
from tienphuong.intake.terms import FileState
from tienphuong.registry.areas.queries import children_of
from tienphuong.registry.areas.terms import AreaLevel
from tienphuong.registry.models import Area


def commune_of_sender(viewer: Viewer, *, sender: str, within: Area, on: date) -> Area | None:
    """The one commune of an area that a sender is named after on a day, or None."""
    return commune_of(sender, [one for one in children_of(viewer, area=within, on=on) if one.level == AreaLevel.COMMUNE])


def commune_of(sender: str, communes: Iterable[Area]) -> Area | None:
    """The one commune a sender is named after (`Trạm Y tế xã Ngọc Hồi`); a name behind a wider unit is that unit's."""
    words_of_sender = " ".join(["", *re.findall(r"[^\W_]+", fold(sender)), ""])
    named = [
        area
        for area in communes
        if re.search(rf"(?<!huyen)(?<!quan)(?<!tinh)(?<!thanh pho) {re.escape(fold(area.name))} ", words_of_sender)
    ]
    whole = [area for area in named if not any(f" {fold(area.name)} " in f" {fold(other.name)} " for other in named if other is not area)]
    return whole[0] if len(whole) == 1 else None


def note_area_of_sender(file: IntakeFile, area: Area) -> None:
    """Say of a file nobody gave an area that it is read as the list of the commune its sender is named after."""
    words = "Địa bàn của tệp lấy theo tên nơi gửi: {area}. Nếu không đúng, hãy gửi lại và ghi rõ địa bàn."
    if file.state == FileState.RECEIVED and file.area_id == area.pk:
        _warn(file, sentence(words, area=str(area)))
        file.save(update_fields=["warnings"])


def note_no_commune(file: IntakeFile) -> None:
    """Say of a file that was to tell its commune by its names that it told none."""
    words = "Tên nơi gửi và tên tệp không nói rõ một xã nào, nên địa bàn của tệp là {area}. Nếu không đúng, hãy chọn lại địa bàn."
    if file.state == FileState.RECEIVED:
        _warn(file, sentence(words, area=str(file.area)))
        file.save(update_fields=["warnings"])


def give_area(file: IntakeFile, area: Area, *, actor: Viewer, at: datetime) -> None:
    """Settle which area the file reports on; it is checked again with it. Raises AlreadyApplied once rows of it are written."""
    actor.require(Permission.SEND_FILE, file.area_path or None)
    actor.require(Permission.SEND_FILE, area.path)
    if area.pk == file.area_id:
        return
    with locked_in_turn(file) as now:
        refuse_if_applied(now)
        facts: dict[str, object] = {"name": file.name, "before": file.area_path, "after": area.path}
        file.area, file.area_path = area, area.path
        _warn(file, sentence("Địa bàn của tệp do {officer} chọn lại: {area}.", officer=actor.name, area=str(area)))
        file.save(update_fields=["area", "area_path", "warnings"])
        if file.state != FileState.RECEIVED:
            read_again(file)
        audit.record("file.area_given", actor=actor, at=at, subject_kind="file", subject_id=file.pk, facts=facts)


def correct_area(file: IntakeFile, area: Area, *, actor: Viewer, at: datetime) -> None:
    """An area stated when the same bytes are sent again stands above one that was taken from a name; one that was stated stays."""
    taken_from_name = any(warning[0] == OF_AREA for warning in file.warnings)
    if taken_from_name and file.state in (FileState.RECEIVED, FileState.READ, FileState.CHECKED, FileState.NOTHING_READ):
        give_area(file, area, actor=actor, at=at)


def _warn(file: IntakeFile, words: str) -> None:
    """One remark about the area, in front of the others."""
    file.warnings = [[OF_AREA, "", words], *(warning for warning in file.warnings if warning[0] != OF_AREA)]
