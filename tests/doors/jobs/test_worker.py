"""Jobs of a worker that was killed: taken up again, and given up when they take down one worker after another."""

import pytest
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tienphuong.intake.models import IntakeFile
from tienphuong.jobs import worker
from tienphuong.web.intake_work import check_in_background

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(areas, at):
    return IntakeFile.objects.create(name="a.xlsx", sha256="a" * 64, size=1, received_at=at)


@pytest.fixture
def job(file):
    """A job that a worker has begun."""

    def make(workers=1, queue="default"):
        result = check_in_background.enqueue(str(file.pk), "officer", "2021-08-24T16:00:00+07:00")
        left = DBTaskResult.objects.get(pk=result.id)
        for number in range(workers):
            left.claim(f"worker {number}")
        DBTaskResult.objects.filter(pk=left.pk).update(queue_name=queue)
        return left

    return make


def test_a_job_that_was_begun_and_not_ended_is_waiting_again(job):
    left, others = job(), job(queue="forecasts")
    assert worker.recover("default") == 1
    left.refresh_from_db()
    others.refresh_from_db()
    assert left.status == TaskResultStatus.READY and others.status == TaskResultStatus.RUNNING


def test_a_job_that_ends_every_worker_is_given_up_and_its_file_says_so(job, file):
    left = job(workers=worker.TRIES)
    worker.recover("default")
    left.refresh_from_db()
    file.refresh_from_db()
    assert left.status == TaskResultStatus.FAILED and "GivenUp" in left.exception_class_path
    assert "đã dừng" in str(file.message) and str(worker.TRIES) in str(file.message)


def test_jobs_that_wait_or_ended_are_left_as_they_are(job):
    left = job()
    DBTaskResult.objects.filter(pk=left.pk).update(status=TaskResultStatus.SUCCESSFUL)
    assert worker.recover("default") == 0
