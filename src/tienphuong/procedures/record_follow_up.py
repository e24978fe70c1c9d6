"""Theo dõi sức khỏe hằng ngày: today's checks on people under watch."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.provenance import Provenance
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import FollowUpEntry
from tienphuong.tracing.models import FollowUp
from tienphuong.tracing.services.follow_up import write_follow_up

ACT = "follow_up.recorded"


def record_follow_up(
    person_entries: Sequence[tuple[Person, FollowUpEntry]], *, actor: Viewer, at: datetime, policy: Pack, act_id: UUID | None = None
) -> list[tuple[FollowUp, bool]]:
    """Write checks down; says for each whether it was news. The same act (`act_id`) twice is one, and is told what was news then."""
    # A check on somebody who lives elsewhere is a true fact too; whom an officer may pick on a page, the page's query says.
    actor.require(Permission.RECORD_FOLLOW_UP)
    with in_turn():
        recorded = write_follow_up(person_entries, stamp=Provenance(at, actor.user_id, policy.version), act_id=act_id)
        news = sum(new for _, new in recorded)
        if news and not audit.done(act_id, ACT):
            facts = {"reported": len(recorded), "news": news}
            audit.record(ACT, actor=actor, at=at, facts=facts, policy=policy.version, act_id=act_id)
    return recorded
