"""Đặt đồng hồ diễn tập của sở chỉ huy, hoặc trả về giờ thật."""

from datetime import datetime, timedelta

from tienphuong.core import audit, clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.turns import in_turn

DRILL = "dien-tap"


def set_clock(stands_at: datetime, *, scenario: str = "", actor: Viewer, at: datetime) -> None:
    """Let the post stand at a drill's hour until it is told otherwise. Without a `scenario` it is a drill of the post's own."""
    actor.require(Permission.SET_CLOCK)
    with in_turn():
        clock.set_scenario(stands_at=stands_at, scenario=scenario or DRILL)
        audit.record("clock.set", actor=actor, at=at, facts={"from": at.isoformat(), "to": stands_at.isoformat()})


def trust_machine(*, actor: Viewer, at: datetime) -> timedelta:
    """The post's time is the machine's again, after that one stood in the future; says how far it went back."""
    actor.require(Permission.SET_CLOCK)
    with in_turn():
        back = clock.trust_machine()
        audit.record("clock.trusted", actor=actor, at=at, facts={"from": at.isoformat(), "back": str(back)})
    return back


def clear_clock(*, actor: Viewer, at: datetime) -> bool:
    """Back to the machine's hour; False if no drill's hour was set."""
    actor.require(Permission.SET_CLOCK)
    with in_turn():
        cleared = clock.clear_scenario()
        if cleared:
            audit.record("clock.cleared", actor=actor, at=at, facts={"from": at.isoformat()})
    return cleared
