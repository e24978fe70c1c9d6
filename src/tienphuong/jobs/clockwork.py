"""Runs the schedule: every minute the jobs whose time has come, one after the other; a job that fails does not stop the next."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from tienphuong.core import clock
from tienphuong.jobs.schedule import SCHEDULE, Job

log = logging.getLogger(__name__)


class Clockwork:
    """The schedule with when each job was last begun, by the machine's clock: a scenario's clock may stand still."""

    def __init__(self, jobs: tuple[Job, ...] = SCHEDULE) -> None:
        self._begun: dict[str, datetime] = {}
        self._jobs = jobs

    def turn(self, at: datetime, *, now: datetime) -> None:
        """One turn at a moment of the post; `now` is the machine's clock."""
        for job in self._jobs:
            last = self._begun.get(job.name)
            if (last is None or now - last >= job.every) and self._tried(job.due, job, at):
                self._begun[job.name] = now
                self._tried(job.work, job, at)

    @staticmethod
    def _tried(act: Callable[[datetime], object], job: Job, at: datetime) -> bool:
        """What the act answers; False when it fails, which is logged: the next job and the next turn come."""
        try:
            return bool(act(at))
        except Exception:
            log.exception("the job %s failed", job.name)
            return False


def run(*, every: timedelta = timedelta(minutes=1)) -> None:
    """Turn until stopped."""
    clockwork = Clockwork()
    while True:
        try:
            clockwork.turn(clock.now(), now=clock.machine_now())
        except Exception:
            log.exception("a turn of the schedule failed")
        time.sleep(every.total_seconds())
