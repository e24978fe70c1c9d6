"""Đặt địa bàn và bệnh của sở chỉ huy."""

from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.place import Place, demo, keep_own_place
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Area


def settle_post(area: Area, *, disease: str, actor: Viewer, at: datetime, scenario: str = "") -> None:
    """From now on this area and this disease are meant wherever a command names none. `scenario`: the demo that the base plays."""
    actor.require(Permission.MANAGE_AREAS, area.path)
    with in_turn():
        keep_own_place(Place(area.code, disease, area.code_system, area.full_name, scenario or demo()))
        facts = {"area": f"{area.code} {area.full_name}", "disease": disease}
        audit.record("post.settled", actor=actor, at=at, subject_kind="area", subject_id=area.code, facts=facts)
