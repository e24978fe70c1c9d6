"""Theo dõi sức khỏe hằng ngày: today's checks on people under watch."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tienphuong.cases.services.register import Stamp
from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import FollowUpEntry
from tienphuong.tracing.models import FollowUp
from tienphuong.tracing.services.follow_up import hear_follow_up


def record_follow_up(
    told_of: Sequence[tuple[Person, FollowUpEntry]], *, actor: Viewer, at: datetime, policy: Pack
) -> list[tuple[FollowUp, bool]]:
    """Write checks down; says for each whether it was news."""
    # A check on somebody who lives elsewhere is a true fact too; whom an officer may pick on a page, the page's query says.
    actor.require(Permission.RECORD_FOLLOW_UP)
    with transaction.atomic():
        heard = hear_follow_up(told_of, stamp=Stamp(at, actor.user_id, policy.version))
        news = sum(new for _, new in heard)
        if news:
            audit.record("follow_up.recorded", actor=actor, at=at, facts={"told": len(heard), "news": news}, policy=policy.version)
    return heard
