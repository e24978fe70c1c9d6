"""PostgreSQL is killed and comes back while pages are asked for: 503 meanwhile, answers again afterwards, and no process of ours was restarted."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
BIN = next(iter(sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)), "")
pytestmark = pytest.mark.slow


def _free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Cluster:
    """A PostgreSQL of the test's own."""

    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        self.before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def __call__(self, program, *words):
        return subprocess.run([*self.before, f"{BIN}/{program}", *words], check=True, capture_output=True, timeout=120)

    def make(self):
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self("initdb", "-D", f"{self.folder}/data", "-U", "tienphuong", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self):
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder}"
        self("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def kill(self):
        self("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")


@pytest.fixture
def cluster(tmp_path_factory):
    if not BIN or (os.geteuid() == 0 and (shutil.which("runuser") is None or "postgres" not in {one.pw_name for one in pwd.getpwall()})):
        pytest.skip("no PostgreSQL server is installed here")
    folder = Path(tempfile.mkdtemp(prefix="post-"))  # a socket's path may not be long
    found = Cluster(folder, _free_port())
    found.make()
    found.start()
    yield found
    with contextlib.suppress(subprocess.CalledProcessError):
        found.kill()
    shutil.rmtree(folder)


def _ask(port):
    """The status of a page that asks the database, and when to ask again."""
    try:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/areas", headers={"Authorization": "Bearer of-nobody"})
        answer = urllib.request.urlopen(asked, timeout=30)
        return answer.status, ""
    except urllib.error.HTTPError as told:
        return told.code, told.headers.get("Retry-After", "")


def _children(pid):
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def test_a_post_outlives_its_database(cluster, tmp_path):
    port, url = _free_port(), f"postgresql://tienphuong@127.0.0.1:{cluster.port}/postgres"
    environment = os.environ | {"DATABASE_URL": url, "TIENPHUONG_VAR": str(tmp_path / "var"), "PYTHONPATH": str(SOURCE)}
    told = [sys.executable, "-m", "tienphuong.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(told, env=environment, stdout=subprocess.DEVNULL, stderr=(tmp_path / "log").open("w"))
    try:
        _wait(lambda: _ask_or_none(port) == 401)
        page = _page_of(server.pid)
        everybody = _children(server.pid)
        seen, over = [], threading.Event()
        askers = [threading.Thread(target=_keep_asking, args=(port, seen, over)) for _ in range(4)]
        for one in askers:
            one.start()
        time.sleep(1)
        cluster.kill()
        _wait(lambda: seen[-1][0] == 503)
        time.sleep(2)
        away = len(seen)
        cluster.start()
        _wait(lambda: seen[-1][0] == 401)
        time.sleep(3)
        over.set()
        for one in askers:
            one.join()
        back = next(number for number, (status, _) in enumerate(seen) if number > away and status == 401)
        settled = seen[back + len(askers) :]
        assert settled and all(status == 401 for status, _ in settled), settled
        assert all(again == "10" for status, again in seen if status == 503)
        assert {status for status, _ in seen} == {401, 503}, "nothing but its answer, or that the database is away"
        assert _page_of(server.pid) == page and _children(server.pid) == everybody, "no process of ours was restarted"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _keep_asking(port, seen, over):
    while not over.is_set():
        seen.append(_ask(port))
        time.sleep(0.05)


def _ask_or_none(port):
    try:
        return _ask(port)[0]
    except OSError:
        return None


def _page_of(pid):
    """The process of the page among those of a post, and its workers."""
    for child in _children(pid):
        if "granian" in Path(f"/proc/{child}/cmdline").read_text():
            return {child, *_children(child)}
    raise AssertionError("there is no page")


def _wait(until, seconds=120):
    for _ in range(seconds * 10):
        if until():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that")
