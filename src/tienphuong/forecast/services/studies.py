"""Keeping the studies of an area."""

import hashlib
from datetime import datetime

from tienphuong.core.access.viewer import Viewer
from tienphuong.forecast.models import KnownStudy
from tienphuong.forecast.studies import read_study
from tienphuong.registry.models import Area

#: A study is some dozen tables; what is longer is something else.
LARGEST = 200_000


def keep_text(area: Area, text: str, *, actor: Viewer, at: datetime) -> tuple[KnownStudy, bool]:
    """The study of a text, and whether it is new. Raises StudyError for a text that is no study."""
    fields = {
        "title": read_study(text).title[:200],
        "area_path": area.path,
        "text": text,
        "kept_at": at,
        "kept_by": actor.user_id,
        "kept_by_name": actor.name[:120],
    }
    return KnownStudy.objects.get_or_create(area=area, sha256=hashlib.sha256(text.encode()).hexdigest(), defaults=fields)
