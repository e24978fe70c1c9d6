"""What the post does by itself, and when: one line a job."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tienphuong.core import audit, clock, deadlines
from tienphuong.core.access.sessions import forget_ended
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.nights import night_to_check
from tienphuong.core.place import own_place
from tienphuong.core.policy import pack_at
from tienphuong.intake.queries import silent_communes
from tienphuong.intake.services.receive import drop_halves
from tienphuong.jobs.files import take_up
from tienphuong.procedures.nightly_check import nightly_check
from tienphuong.procedures.open_deadlines import PostArea, open_due
from tienphuong.registry.areas.queries import area_by_code
from tienphuong.reports.figures import communes_of

NIGHT_HOUR = 2
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing done by itself: what, how often, and whether it is due at a moment."""

    name: str
    work: Callable[[datetime], None]
    every: timedelta
    due: Callable[[datetime], bool] = lambda at: True


def mark_the_clock(at: datetime) -> None:
    """How far the post's time has come, so that it does not go back with the machine's clock."""
    del at
    if (behind := clock.mark()) > MINUTE:
        log.warning("the machine's clock is behind the post's time by %s seconds", round(behind.total_seconds()))


def settle_audit(at: datetime) -> None:
    """Who looked at what is linked into the audit."""
    del at
    audit.settle()


def open_deadlines(at: datetime) -> None:
    """The deadlines of the post's own area, for its own disease; a post whose area nobody has set has none."""
    own = own_place()
    day = clock.local(at).date()
    policy = pack_at(day)
    area = area_by_code(system_viewer(), code=own.area_code, on=day, code_system=own.code_system or None).area if own else None
    if own is None or area is None or own.disease not in policy.diseases:
        return
    silent = silent_communes(system_viewer(), area=area, disease=own.disease, at=at, policy=policy)
    communes = tuple(one for one in communes_of(area, on=day) if one.pk != area.pk)
    post = PostArea(area=area, communes=communes, silent=frozenset(one.path for one in silent))
    open_due(post, own.disease, actor=system_viewer(), at=at, policy=policy)


def forget_sessions(at: datetime) -> None:
    """Sessions that ended by themselves are removed."""
    del at
    forget_ended(now=clock.machine_now())


class GoOnWithFiles:
    """Files left in the middle are gone on with when two looks in a row find nobody at them; the looks are remembered here."""

    def __init__(self) -> None:
        self._idle: set[UUID] = set()

    def __call__(self, at: datetime) -> None:
        del at
        self._idle = take_up(self._idle)


def drop_half_files(at: datetime) -> None:
    """What processes that were killed had begun to write is removed; one that still writes is done within the hour."""
    del at
    drop_halves(before=clock.machine_now() - HOUR)


def process_due(at: datetime) -> None:
    """What is late lapses or escalates."""
    lapsed, escalated = deadlines.process_due(at=at)
    if lapsed or escalated:
        audit.record("deadlines.processed", actor=system_viewer(), at=at, facts={"lapsed": lapsed, "escalated": escalated})


def check_the_night(at: datetime) -> None:
    """Tonight's check, unless it is over or another process of the post is at it. One that fell is taken up at the next turn."""
    day = clock.local(at).date()
    with night_to_check(day, now=clock.machine_now()) as mine:
        if mine:
            nightly_check(actor=system_viewer(), at=at, policy=pack_at(day))


def night_check_due(at: datetime) -> bool:
    """Whether tonight's check has not run yet."""
    local = clock.local(at)
    last = audit.last("night.checked")
    return local.hour >= NIGHT_HOUR and (last is None or clock.local(last).date() < local.date())


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SCHEDULE = (
    Job("clock", mark_the_clock, MINUTE),
    Job("files", GoOnWithFiles(), MINUTE),
    Job("halves", drop_half_files, HOUR),
    Job("audit", settle_audit, MINUTE),
    Job("sessions", forget_sessions, MINUTE),
    Job("deadlines.open", open_deadlines, 5 * MINUTE),
    Job("deadlines.due", process_due, MINUTE),
    Job("night", check_the_night, MINUTE, night_check_due),
)
