"""The processes of a post: one that dies is started again, none outlives the post, and a post is served once."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tienphuong.core.alone import Busy, hold
from tienphuong.jobs.supervision import LONGEST, Kept, Service

SOURCES = Path(__file__).parents[3] / "src"
SLEEPER = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
with open(sys.argv[1], "a") as pids:
    print(os.getpid(), child.pid, file=pids, flush=True)
time.sleep(120)
"""
POST = """
import os, sys
from tienphuong.jobs.supervision import Service, supervise
sys.exit(supervise([Service("sleeper", ("sleeper", sys.argv[1]))], environment=os.environ, every=0.05))
"""


def until(what, *, seconds=60):
    """What a condition comes to, once it is true."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.05)
    return found


def lives(pid):
    """Whether a process is there and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def post(tmp_path):
    """A supervision with one service that starts a process of its own; gives it, and its pairs of processes so far."""
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    pids = tmp_path / "pids"
    environment = os.environ | {"PYTHONPATH": f"{SOURCES}{os.pathsep}{tmp_path}"}
    process = subprocess.Popen([sys.executable, "-c", POST, str(pids)], env=environment)

    def pairs(count):
        lines = pids.read_text().splitlines() if pids.exists() else []
        return [tuple(map(int, line.split())) for line in lines] if len(lines) >= count else None

    yield process, pairs
    process.kill()
    process.wait()


def test_a_process_that_is_killed_is_started_again_and_leaves_nothing(post):
    _, pairs = post
    [(first, child)] = until(lambda: pairs(1))
    os.kill(first, signal.SIGKILL)
    second, _ = until(lambda: pairs(2))[-1]
    assert second != first and lives(second)
    until(lambda: not lives(child))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_ends_everything(post, number):
    process, pairs = post
    [(first, child)] = until(lambda: pairs(1))
    process.send_signal(number)
    assert process.wait(timeout=60) == 0
    until(lambda: not lives(first) and not lives(child))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends a child with its parent")
def test_killed_it_leaves_no_process_behind(post):
    process, pairs = post
    [(first, _)] = until(lambda: pairs(1))
    process.kill()
    until(lambda: not lives(first))


class Ended:
    """A process that has ended with a code."""

    pid = 2**22 - 1

    def __init__(self, code):
        self.code = code

    def poll(self):
        return self.code


@pytest.fixture
def service(monkeypatch):
    """A service whose processes end at once with a given code; gives it, and the moments at which it was started."""
    starts = []

    def started(self, now, code=1):
        starts.append(now)
        self._started, self.process = now, Ended(self.code)

    monkeypatch.setattr(Kept, "_start", started)
    monkeypatch.setattr(Kept, "end", lambda *_: None)
    kept = Kept(Service("any", ()), {})
    kept.code = 1
    return kept, starts


def test_one_that_fails_again_and_again_waits_ever_longer_but_never_too_long(service):
    kept, starts = service
    for tenth in range(4000):
        kept.look(tenth / 10)
    gaps = [round(after - before) for before, after in itertools.pairwise(starts)]
    assert gaps[:7] == [1, 2, 4, 8, 16, 32, LONGEST] and max(gaps) <= LONGEST + 1


def test_one_that_ended_well_is_started_at_once(service):
    kept, starts = service
    kept.code = 0
    for tenth in range(10):
        kept.look(tenth / 10)
    assert len(starts) == 5  # each second look starts it


def test_one_that_lived_long_is_not_made_to_wait_for_its_earlier_failures(service):
    kept, starts = service
    kept.look(0.0)
    kept.failures = 6
    kept.look(LONGEST + 1)  # it ends after a long life
    kept.look(LONGEST + 2)
    assert starts == [0.0, LONGEST + 2]


# --- one post, one server


def serve(tmp_path, *more):
    environment = {**os.environ, "TIENPHUONG_VAR": str(tmp_path), "PYTHONPATH": str(SOURCES)}
    started = [sys.executable, "-m", "tienphuong.cli", "serve", *more]
    return subprocess.run(started, env=environment, capture_output=True, text=True, timeout=120)


def test_a_lock_is_one_processs_and_says_whose(tmp_path):
    hold(tmp_path / "a" / "lock", note="tiến trình 7")
    with pytest.raises(Busy, match="tiến trình 7"):
        hold(tmp_path / "a" / "lock")


def test_a_post_that_is_served_is_not_served_again(tmp_path):
    hold(tmp_path / "locks" / "serve", note="tiến trình 7, http://127.0.0.1:8000/")
    refused = serve(tmp_path)
    assert refused.returncode == 2 and "đang chạy (tiến trình 7, http://127.0.0.1:8000/)" in refused.stderr


def test_a_port_that_is_taken_is_said_so(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = serve(tmp_path, "--port", port)
    assert refused.returncode == 2 and f"cổng {port}" in refused.stderr and refused.stderr.count("\n") == 1


# --- the whole post


def answers(address):
    try:
        return urllib.request.urlopen(address, timeout=30).status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def children(pid):
    """The processes that a process started, and theirs."""
    try:
        own = [int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # a thread or the process ended while it was looked at
        return []
    return own + [further for child in own for further in children(child)]


@pytest.mark.e2e
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")
def test_a_served_post_comes_back_and_goes_whole(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"TIENPHUONG_VAR": str(tmp_path), "PYTHONPATH": str(SOURCES)}
    post = subprocess.Popen([sys.executable, "-m", "tienphuong.cli", "serve", "--port", str(port)], env=environment)
    address = f"http://127.0.0.1:{port}/dang-nhap/"
    try:
        until(lambda: answers(address), seconds=240)
        page = next(pid for pid in children(post.pid) if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(page, signal.SIGKILL)
        until(lambda: page not in children(post.pid))
        until(lambda: answers(address), seconds=240)
        everybody = children(post.pid)
        assert len(everybody) >= 5
    finally:
        post.kill()
        post.wait()
    until(lambda: not any(map(lives, everybody)), seconds=120)
