"""Where the runs of an ensemble are carried out: here, on threads, in processes, or on a Dask cluster. The results are the same bytes.

Each executor is a generator of (job, result) in the order in which they come in; who gathers them puts each in its own place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final

from epiengine.ensemble.setting import Job, Result, Setting, run_one
from epiengine.errors import EngineError

if TYPE_CHECKING:
    from distributed import Client

Finished = Iterator[tuple[Job, Result]]
Executor = Callable[[Setting, Sequence[Job]], Finished]

#: How often a job is sent again after the process that had it died; a job that kills its process each time is the job's own fault.
ATTEMPTS: Final = 3
#: Jobs handed out beyond those at work, so that nobody waits for the next one and few results wait to be gathered.
AHEAD: Final = 2


def serial(setting: Setting, jobs: Sequence[Job]) -> Finished:
    """One after another, in the caller's thread."""
    for job in jobs:
        yield job, run_one(setting, job)


def threads(workers: int) -> Executor:
    """On threads of this process: kernels hold no lock and the people are shared. What a single machine wants."""

    def execute(setting: Setting, jobs: Sequence[Job]) -> Finished:
        _ = setting.people  # built once, before threads could each begin to
        with ThreadPoolExecutor(workers) as pool:
            yield from _fed(lambda job: pool.submit(run_one, setting, job), jobs, at_work=workers)

    return execute


def processes(workers: int) -> Executor:
    """In processes of this machine: one that dies is replaced, and its jobs are done again."""

    def execute(setting: Setting, jobs: Sequence[Job]) -> Finished:
        left, attempts = dict.fromkeys(jobs), 0
        while left:
            attempts += 1
            try:
                for job, result in _in_one_pool(setting, list(left), workers=workers):
                    del left[job]
                    attempts = 0
                    yield job, result
            except BrokenProcessPool:
                if attempts >= ATTEMPTS:
                    raise

    return execute


def dask(client: Client) -> Executor:
    """On a Dask cluster (extra `cluster`): each worker gets the setting once; what a lost worker held is done again elsewhere."""

    def execute(setting: Setting, jobs: Sequence[Job]) -> Finished:
        from distributed import as_completed

        # a future, not data sent along: the scheduler can have it made again on another worker
        shared = client.submit(_itself, setting, pure=False)
        sent = {client.submit(run_one, shared, job, pure=False, retries=ATTEMPTS): job for job in jobs}
        for done in as_completed(sent):  # type: ignore[no-untyped-call]
            yield sent.pop(done), done.result()
            done.release()

    return execute


def executor(name: str | Client, *, workers: int) -> Executor:
    """The executor of this name: serial, threads, processes; or of the Dask client given."""
    if not isinstance(name, str):
        return dask(name)
    known: dict[str, Executor] = {"serial": serial, "threads": threads(workers), "processes": processes(workers)}
    if name not in known:
        raise EngineError("executor", name, "serial, threads, processes, or a Dask client")
    return known[name]


def _fed(submit: Callable[[Job], Future[Result]], jobs: Sequence[Job], *, at_work: int) -> Finished:
    """Hands out a few jobs at a time and yields what is done, so that neither jobs nor results pile up."""
    waiting, under_way = iter(jobs), {}
    for job in waiting:
        under_way[submit(job)] = job
        if len(under_way) < at_work + AHEAD:
            continue
        yield from _done(under_way)
    while under_way:
        yield from _done(under_way)


def _done(under_way: dict[Future[Result], Job]) -> Finished:
    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
        yield under_way.pop(future), future.result()


def _in_one_pool(setting: Setting, jobs: Sequence[Job], *, workers: int) -> Finished:
    # spawned, not forked: a fork copies locks that threads of the parent may hold
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle, initargs=(setting,)) as pool:
        yield from _fed(lambda job: pool.submit(_run_here, job), jobs, at_work=workers)


_here: list[Setting] = []


def _settle(setting: Setting) -> None:
    """Keeps the setting in this process, so that jobs travel without it."""
    _here[:] = [setting]


def _run_here(job: Job) -> Result:
    return run_one(_here[0], job)


def _itself(setting: Setting) -> Any:
    return setting
