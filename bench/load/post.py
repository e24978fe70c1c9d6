"""The post under load: the real `serve` as a process of its own, and what its processes hold of the memory."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STARTED = 240


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of all processes of a post: resident; and theirs alone, without files that the system may drop (libraries, the database)."""

    resident: int
    own: int
    processes: int


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextlib.contextmanager
def served(var: Path, *, database: str, log: Path) -> Iterator[tuple[int, int]]:
    """`tienphuong serve` over a folder of data: its port and its process; ended with everything it started."""
    port, environment = free_port(), surroundings(var, database=database)
    words = [sys.executable, "-m", "tienphuong.cli", "serve", "--port", str(port)]
    with log.open("w") as said:
        post = subprocess.Popen(words, env=environment, stdout=said, stderr=said)
        try:
            _answers(post, port, log)
            yield port, post.pid
        finally:
            post.send_signal(signal.SIGTERM)
            post.wait(timeout=60)


def surroundings(var: Path, *, database: str) -> dict[str, str]:
    """The environment of a process that works on this post's data."""
    source = str(Path(__file__).parents[2])
    path = os.pathsep.join([f"{source}/src", source])
    return os.environ | {"TIENPHUONG_VAR": str(var), "DATABASE_URL": database, "PYTHONPATH": path}


def _answers(post: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the sign-in page is there."""
    until = time.monotonic() + STARTED
    while time.monotonic() < until:
        if post.poll() is not None:
            break
        with contextlib.suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/", timeout=30).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"the post does not answer: {log.read_text()[-2000:]}")


def memory(pid: int) -> Memory:
    """Of a process and all that it started."""
    found = [_held(one) for one in (pid, *_children(pid))]
    held = [one for one in found if one]
    return Memory(sum(all_ for all_, _ in held) // 1024, sum(own for _, own in held) // 1024, len(held))


def processor(pid: int) -> float:
    """Seconds of the processor that a process and all that it started have used so far."""
    return sum(_used(one) for one in (pid, *_children(pid)))


def _used(pid: int) -> float:
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    try:
        own = [int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # it ended while it was looked at
        return []
    return own + [further for child in own for further in _children(child)]


def _held(pid: int) -> tuple[int, int] | None:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return None
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("VmRSS:", "RssAnon:"))}
    return (kilobytes["VmRSS"], kilobytes["RssAnon"]) if kilobytes else None
