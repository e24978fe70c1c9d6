"""Đặt địa bàn và bệnh của sở chỉ huy."""

from datetime import datetime

from django.db import transaction

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.place import Place, keep_own_place
from tienphuong.registry.models import Area


def settle_post(area: Area, *, disease: str, actor: Viewer, at: datetime) -> None:
    """From now on this area and this disease are meant wherever a command names none."""
    actor.require(Permission.MANAGE_AREAS, area.path)
    with transaction.atomic():
        keep_own_place(Place(area.code, disease))
        facts = {"area": f"{area.code} {area.full_name}", "disease": disease}
        audit.record("post.settled", actor=actor, at=at, subject_kind="area", subject_id=area.code, facts=facts)
