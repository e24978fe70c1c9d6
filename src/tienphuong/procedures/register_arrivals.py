"""Ghi nhận người về từ vùng dịch: who came, from where, found by whom."""

from collections.abc import Sequence
from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.provenance import Provenance
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import ArrivalEntry
from tienphuong.tracing.models import Arrival
from tienphuong.tracing.services.arrivals import record_arrivals


def register_arrivals(
    person_entries: Sequence[tuple[Person, ArrivalEntry]], *, actor: Viewer, at: datetime, policy: Pack
) -> list[tuple[Arrival, bool]]:
    """Write arrivals down; says for each whether it was news."""
    with in_turn():
        recorded = record_arrivals(person_entries, stamp=Provenance(at, actor.user_id, policy.version))
        news = sum(new for _, new in recorded)
        if news:
            audit.record("arrivals.recorded", actor=actor, at=at, facts={"reported": len(recorded), "news": news}, policy=policy.version)
    return recorded
