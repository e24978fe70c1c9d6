"""What the post does by itself: every minute it rings legal clocks and takes up files left in the middle; once a night it re-checks everything."""

import logging
import time
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tienphuong.core import audit, clock, deadlines
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.nights import give_night_back, night_is_over, take_night
from tienphuong.core.policy import pack_at
from tienphuong.jobs.files import take_up
from tienphuong.procedures.nightly_check import nightly_check

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT_HOUR = 2
log = logging.getLogger(__name__)


def tick(at: datetime) -> None:
    """One turn: who looked at what is linked into the audit, what is late lapses or escalates; after two in the morning the night's check runs, once a day."""
    audit.settle()
    lapsed, escalated = deadlines.ring(at=at)
    if lapsed or escalated:
        audit.record("deadlines.rung", actor=system_viewer(), at=at, facts={"lapsed": lapsed, "escalated": escalated})
    if night_check_due(at):
        _check_the_night(at)


def _check_the_night(at: datetime) -> None:
    """Tonight's check, if no other clock of the post has taken it. One that fails may be taken again at the next turn."""
    day = at.astimezone(VIETNAM).date()
    if not take_night(day, now=clock.machine_now()):
        return
    try:
        nightly_check(actor=system_viewer(), at=at, policy=pack_at(day))
    except BaseException:
        give_night_back(day)
        raise
    night_is_over(day, at=at)


def night_check_due(at: datetime) -> bool:
    """Whether tonight's check has not run yet."""
    local = at.astimezone(VIETNAM)
    last = audit.last("night.checked")
    return local.hour >= NIGHT_HOUR and (last is None or last.astimezone(VIETNAM).date() < local.date())


def run(*, every: timedelta = timedelta(minutes=1)) -> None:
    """Turn until stopped. A turn that fails is logged and the next one comes: a post does not stop its clocks."""
    idle: set[UUID] = set()
    while True:
        try:
            idle = take_up(idle)
            tick(clock.now())
        except Exception:
            log.exception("a turn of the clockwork failed")
        time.sleep(every.total_seconds())
