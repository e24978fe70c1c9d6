"""The worker of one queue of long jobs. What a worker that was killed left behind is taken up again, and given up after five."""

import inspect
import logging
import time
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tienphuong.core.alone import hold
from tienphuong.core.plain import AWAY, BUSY, plain
from tienphuong.intake.services.reading import note_given_up

log = logging.getLogger(__name__)

PAUSE: Final = 2.0
"""Seconds between two looks whether a database that went away is back."""
TRIES: Final = 5
"""How often a job may take its worker down with it before it is given up."""


class GivenUp(RuntimeError):
    """A job whose workers died."""


def work(queue: str, *, once: bool = False) -> None:
    """Do the jobs of a queue until asked to stop; `once`: end after one, so that the memory it took is given back.

    One worker a queue: the next one waits until the one before it has ended. A database that goes away is waited for.
    """
    hold(Path(settings.VAR) / "locks" / f"worker-{queue}", wait=True)
    while True:
        try:
            recover(queue)
            return _worker(queue, once=once).run()
        except DatabaseError as fault:
            if plain(fault) not in (AWAY, BUSY):
                raise
            log.warning("the database of the worker of %s does not answer", queue)
            connection.close()
            time.sleep(PAUSE)


def _worker(queue: str, *, once: bool) -> Worker:
    worker = Worker(
        queue_names=[queue],
        interval=1.0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=1 if once else None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    return worker


def recover(queue: str) -> int:
    """Put the jobs that a dead worker had begun back in the queue, where no other worker of it lives; says how many."""
    left = list(DBTaskResult.objects.running().filter(queue_name=queue))
    for job in left:
        if len(job.worker_ids) >= TRIES:
            _give_up(job)
        else:
            DBTaskResult.objects.filter(pk=job.pk).update(status=TaskResultStatus.READY, started_at=None)
    return len(left)


def _give_up(job: "DBTaskResult[Any, Any]") -> None:
    """The job has failed, and the file it worked on says so."""
    log.error("job=%s path=%s given up after %s workers", job.pk, job.task_path, len(job.worker_ids))
    job.set_failed(GivenUp(f"{len(job.worker_ids)} workers ended while they worked on it"))
    named = inspect.signature(job.task.func).bind(*job.args_kwargs["args"], **job.args_kwargs["kwargs"]).arguments
    if "file_id" in named:
        note_given_up(named["file_id"], times=len(job.worker_ids))
