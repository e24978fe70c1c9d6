"""The processes of a post: started together, one that ends is started again, and none outlives the post."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tienphuong.core.alone import end_with_parent

log = logging.getLogger(__name__)

LONGEST: Final = 60.0
"""Seconds: no process waits longer to be started again, and one that lived as long is well."""
PATIENCE: Final = 15.0
"""Seconds that a process has to end what it is doing before it is killed."""


@dataclass(frozen=True, slots=True)
class Service:
    """One process of a post: a Python module with its words, and how far it stands behind the others (a Unix niceness)."""

    name: str
    words: tuple[str, ...]
    niceness: int = 0


class Kept:
    """A service that is kept running."""

    def __init__(self, service: Service, environment: Mapping[str, str]) -> None:
        self.service, self._environment = service, environment
        self.failures, self._due, self._started = 0, 0.0, 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def look(self, now: float) -> None:
        """Start the process if it is due, and note its end; `now` is of the clock that only goes forward."""
        if self.process is None:
            if now >= self._due:
                self._start(now)
        elif (code := self.process.poll()) is not None:
            self._ended(code, now)

    def _start(self, now: float) -> None:
        self._started = now
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.service.words], env=self._environment, process_group=0, preexec_fn=_tied(self.service.niceness)
        )

    def _ended(self, code: int, now: float) -> None:
        """Whoever ended well, or lived long, is started at once; who fails again and again, ever later."""
        self.end(signal.SIGKILL)  # what it may have left behind
        self.process = None
        self.failures = 0 if code == 0 else 1 if now - self._started >= LONGEST else self.failures + 1
        wait = min(2.0 ** (self.failures - 1), LONGEST) if self.failures else 0.0
        self._due = now + wait
        if code:
            log.warning("service=%s ended code=%s failures=%s restart_in=%ss", self.service.name, code, self.failures, wait)

    def end(self, number: signal.Signals) -> None:
        """Send a signal to the process and to everything it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def supervise(services: Sequence[Service], *, environment: Mapping[str, str], every: float = 0.25) -> int:
    """Keep the services running until this process is asked to stop; then end them all."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    kept = [Kept(service, environment) for service in services]
    try:
        while not stopping.wait(every):
            for one in kept:
                one.look(time.monotonic())
    finally:
        _end(kept)
    return 0


def _end(kept: Sequence[Kept]) -> None:
    """Ask all of them to end at once; whoever has not by the end of its patience is killed."""
    for one in kept:
        one.end(signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    for one in kept:
        if one.process is not None:
            try:
                one.process.wait(timeout=max(until - time.monotonic(), 0.01))
            except subprocess.TimeoutExpired:
                log.warning("service=%s did not end in time and is killed", one.service.name)
            one.end(signal.SIGKILL)


def _tied(niceness: int) -> Callable[[], None]:
    """What a child does before it becomes its program: stand back, and be tied to this process."""

    def before() -> None:
        end_with_parent()
        if niceness:
            os.nice(niceness)

    return before
