"""Nhận nghiên cứu phương án: a text in TOML becomes one of the studies that an area can choose from."""

from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import in_turn
from tienphuong.forecast.models import KnownStudy
from tienphuong.forecast.services.studies import LARGEST, keep_text
from tienphuong.forecast.studies import StudyError
from tienphuong.registry.models import Area


def keep_study(area: Area, data: bytes, *, actor: Viewer, at: datetime) -> tuple[KnownStudy, bool]:
    """The study of a file, and whether it is new. Raises StudyError for a file that is no study.

    1 the officer may run forecasts for the area
    2 read; the same text again is the study that is there
    3 audit, if it is new
    """
    actor.require(Permission.RUN_FORECAST, area.path)
    with in_turn():
        study, new = keep_text(area, _text(data), actor=actor, at=at)
        if new:
            facts = {"area": area.full_name, "study": study.title, "sha256": study.sha256}
            audit.record("study.kept", actor=actor, at=at, subject_kind="study", subject_id=study.pk, facts=facts)
    return study, new


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise StudyError(sentence("tệp lớn hơn {largest} byte", largest=LARGEST), where="tệp", remedy="Chọn tệp nghiên cứu .toml.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError("tệp không phải văn bản UTF-8", where="tệp", remedy="Chọn tệp nghiên cứu .toml, lưu với mã UTF-8.") from error
