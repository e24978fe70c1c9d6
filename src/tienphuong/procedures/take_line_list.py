"""Lấy số liệu hôm nay để mô phỏng các phương án: the records of a morning, without the people, for a forecast."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.forecast.entries import LineListEntry
from tienphuong.forecast.queries.records import line_list
from tienphuong.registry.models import Area


def take_line_list(
    area: Area, *, communes: Sequence[Area], disease: str, day0: date, known_at: datetime, study: str, actor: Viewer, at: datetime
) -> LineListEntry:
    """The line list of an area as known at a moment.

    1 the officer may see the cases and the people of the area
    2 read: days and communes only
    3 audit, naming the study it was read for
    """
    actor.require(Permission.SEE_CLINICAL, area.path)
    actor.require(Permission.SEE_PERSON, area.path)
    codes = {commune.path: commune.code for commune in communes}
    with transaction.atomic():
        known = line_list(actor, communes=codes, area_path=area.path, disease=disease, day0=day0, known_at=known_at)
        facts = {"area": area.full_name, "disease": disease, "study": study, "reported": len(known.cases), "contacts": len(known.contacts)}
        audit.record("line_list.taken", actor=actor, at=at, subject_kind="area", subject_id=area.code, facts=facts)
    return known
