"""Trang web của sở chỉ huy, cùng người làm việc nền."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.management import call_command

# how far forecasts stand behind everything else: a Unix niceness
BEHIND = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """--host, --port"""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=4)


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped. Its processes live and die together."""
    prepare()
    return serve(host=chosen.host, port=chosen.port, threads=chosen.threads)


def prepare() -> None:
    """Bring the database and the static files up to date; a second start finds both done."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(*, host: str, port: int, threads: int = 4) -> int:
    """Run the web server, the worker of long jobs and the clockwork until one ends or the user stops them."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tienphuong.config.settings", "TIENPHUONG_VAR": str(settings.VAR)}
    server = [
        *("granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", str(threads)),
        *("--log-level", "warning", "--no-ws", "tienphuong.config.wsgi:application"),
    ]
    worker = ["django", "db_worker", "--interval", "1"]
    forecaster = [*worker, "--queue-name", "forecasts"]
    clockwork = ["tienphuong.jobs"]
    processes = [subprocess.Popen([sys.executable, "-m", *words], env=environment) for words in (server, worker, forecaster, clockwork)]
    _stand_back(processes[2])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return _first_to_end(processes)
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=15)


def _stand_back(process: "subprocess.Popen[bytes]") -> None:
    """Forecasts use what the pages and the intake leave; a system without priorities shares as it likes."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, BEHIND)


def _first_to_end(processes: Sequence["subprocess.Popen[bytes]"]) -> int:
    while True:
        for process in processes:
            try:
                return process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                continue
