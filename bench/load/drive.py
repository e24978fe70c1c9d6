"""An open schedule: requests are due at a fixed rate, whatever the post does, and their time runs from when they were due.

A slow post is not flattered: what waits for a free connection waits on the post's account (coordinated omission).
"""

from __future__ import annotations

import http.client
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.load.browser import Answer, Browser
from bench.load.work import Ask

CONNECTIONS = 6
"""As many as a browser opens to one host."""
AWAY = 503


@dataclass(frozen=True, slots=True)
class Done:
    """One request: what it was, when it was due and sent (seconds from the start), what it took from then on, and what came."""

    ask: Ask
    due: float
    late: float
    took: float
    status: int
    fault: str = ""

    @property
    def well(self) -> bool:
        """Whether the page came, or the write was acknowledged."""
        return not self.fault

    @property
    def away(self) -> bool:
        """Whether the post said that its database is away, and when to ask again."""
        return self.fault == "away"


def drive(browsers: Sequence[Browser], schedule: Iterator[tuple[float, Ask]], *, beside: Callable[[float], None]) -> list[Done]:
    """Sends each request when it is due, through the sessions in turn; `beside` is called twice a second with the seconds gone."""
    done: list[Done] = []
    waiting: list[queue.SimpleQueue[tuple[float, Ask] | None]] = [queue.SimpleQueue() for _ in browsers]
    start = time.perf_counter() + 0.5
    workers = [
        threading.Thread(target=_work, args=(one, line, start, done))
        for one, line in zip(browsers, waiting, strict=True)
        for _ in range(CONNECTIONS)
    ]
    for worker in workers:
        worker.start()
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(over, start, beside))
    watcher.start()
    for number, (due, ask) in enumerate(schedule):
        time.sleep(max(0.0, start + due - time.perf_counter()))
        waiting[number % len(waiting)].put((due, ask))
    for number in range(len(workers)):
        waiting[number // CONNECTIONS].put(None)
    for worker in workers:
        worker.join()
    over.set()
    watcher.join()
    return done


def _watch(over: threading.Event, start: float, beside: Callable[[float], None]) -> None:
    while not over.wait(0.5):
        beside(time.perf_counter() - start)


def _work(browser: Browser, line: queue.SimpleQueue[tuple[float, Ask] | None], start: float, done: list[Done]) -> None:
    """One connection of one session: whatever is due next."""
    while (next_ := line.get()) is not None:
        due, ask = next_
        late = time.perf_counter() - start - due
        status, fault = _asked(browser, ask)
        done.append(Done(ask, due, late, time.perf_counter() - start - due, status, fault))


def _asked(browser: Browser, ask: Ask) -> tuple[int, str]:
    try:
        answer = browser.get(ask.address) if ask.said is None else browser.post(ask.address, ask.said)
    except (OSError, http.client.HTTPException) as fault:
        return 0, f"{type(fault).__name__}: {fault}"
    return answer.status, _fault(ask, answer)


def _fault(ask: Ask, answer: Answer) -> str:
    """Empty where it is as it should be: a page, or a write that leads back to its own page."""
    if answer.status == AWAY and answer.again:
        return "away"
    if ask.said is None:
        return "" if answer.status == 200 else f"{answer.status} {answer.location}"
    home = ask.address.split("?")[0].removesuffix("ghi/")
    return "" if answer.status == 302 and answer.location.startswith(home) else f"{answer.status} {answer.location}"


def schedule(
    reads: Iterator[Ask], writes: Iterator[Ask], *, read_rate: float, write_rate: float, seconds: float
) -> Iterator[tuple[float, Ask]]:
    """When each is due: reads evenly, and writes evenly between them."""
    due = [(n / read_rate, True) for n in range(int(read_rate * seconds))]
    due += [((n + 0.5) / write_rate, False) for n in range(int(write_rate * seconds))]
    return ((at, next(reads) if is_read else next(writes)) for at, is_read in sorted(due))


def one_after_another(browser: Browser, address: str, *, number: int) -> list[float]:
    """The seconds of so many requests, each sent when the one before is answered."""
    found = []
    for _ in range(number):
        began = time.perf_counter()
        assert browser.get(address).status == 200, address
        found.append(time.perf_counter() - began)
    return found
