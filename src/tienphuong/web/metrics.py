"""Figures of work in Prometheus' text: requests of this process, jobs, the queue of the audit, disk, clock. None tells of anybody."""

import contextlib
import resource
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django_tasks_db.models import DBTaskResult

from tienphuong.core import audit_queue, clock
from tienphuong.core.logs import access
from tienphuong.web.readiness import parts

BOUNDS: Final = (0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds by which answers are sorted."""
_STARTED: Final = time.time()


class Tally:
    """What this process has answered since its start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.answers: Counter[tuple[str, str]] = Counter()
        self.within: Counter[float] = Counter()
        self.seconds = 0.0

    def add(self, method: str, status: int, seconds: float) -> None:
        """One answer more."""
        with self._lock:
            self.answers[method, f"{status // 100}xx"] += 1
            self.within.update(bound for bound in BOUNDS if seconds <= bound)
            self.seconds += seconds


TALLY: Final = Tally()
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MetricsMiddleware:
    """Stands outside all others: counts each answer and how long it took, and writes the line of the access log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - begun
        method = str(request.method) if request.method in _METHODS else "other"
        TALLY.add(method, response.status_code, seconds)
        match = request.resolver_match
        access(method=method, route=match.view_name if match else "", status=response.status_code, ms=round(seconds * 1000))
        return response


def exposition() -> str:
    """Every figure, each with its kind; what the database knows is left out while it is away."""
    lines = [*_of_this_process(), *_of_the_machine()]
    with contextlib.suppress(DatabaseError):
        lines += _of_the_database()
    return "\n".join(lines) + "\n"


def _of_this_process() -> Iterator[str]:
    yield "# TYPE tienphuong_requests_total counter"
    for (method, status), number in sorted(TALLY.answers.items()):
        yield f'tienphuong_requests_total{{method="{method}",status="{status}"}} {number}'
    total = sum(TALLY.answers.values())
    yield "# TYPE tienphuong_request_seconds histogram"
    for bound in BOUNDS:
        yield f'tienphuong_request_seconds_bucket{{le="{bound}"}} {TALLY.within[bound]}'
    yield f'tienphuong_request_seconds_bucket{{le="+Inf"}} {total}'
    yield f"tienphuong_request_seconds_sum {TALLY.seconds:.6f}"
    yield f"tienphuong_request_seconds_count {total}"
    yield from _gauge("process_start_time_seconds", _STARTED)
    yield from _gauge("page_memory_peak_bytes", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def _of_the_machine() -> Iterator[str]:
    yield "# TYPE tienphuong_ready gauge"
    for part in parts():
        yield f'tienphuong_ready{{part="{part.name}"}} {int(not part.why)}'
    disk = shutil.disk_usage(settings.VAR)
    yield from _gauge("disk_free_bytes", disk.free)
    yield from _gauge("disk_bytes", disk.total)
    yield from _gauge("audit_entries_waiting", audit_queue.waiting())


def _of_the_database() -> Iterator[str]:
    yield "# TYPE tienphuong_jobs gauge"
    for queue, status, number in DBTaskResult.objects.values_list("queue_name", "status").annotate(number=Count("pk")).order_by():
        yield f'tienphuong_jobs{{queue="{queue}",status="{status.lower()}"}} {number}'
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    waited = (clock.machine_now() - oldest).total_seconds() if oldest else 0
    yield from _gauge("job_oldest_waiting_seconds", max(waited, 0))
    yield from _gauge("clock_behind_seconds", clock.behind().total_seconds())


def _gauge(name: str, value: float) -> Iterator[str]:
    yield f"# TYPE tienphuong_{name} gauge"
    yield f"tienphuong_{name} {value:.17g}"
