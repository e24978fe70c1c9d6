"""Trang web của sở chỉ huy, cùng người làm việc nền."""

import argparse
import os
import socket
import sys
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection

from tienphuong.cli.common import UserError
from tienphuong.core.alone import Busy, hold
from tienphuong.core.durable import keep_private
from tienphuong.core.keys import settle
from tienphuong.core.versions import refuse_newer

_WAITED = 60
"""Seconds a database that is starting is waited for."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """--host, --port"""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=4)


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped."""
    return serve(host=chosen.host, port=chosen.port, threads=chosen.threads)


def serve(*, host: str, port: int, threads: int = 4) -> int:
    """Run the web server, the workers of long jobs and the clockwork until the user stops them.

    Raises UserError where the post is served already or the port is taken.
    """
    lock = _alone(host, port)
    _free(host, port)
    prepare()
    connection.close()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tienphuong.config.settings", "TIENPHUONG_VAR": str(settings.VAR)}
    os.set_inheritable(lock, True)  # the lock goes on with the process that this one becomes
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "tienphuong.jobs", "supervise", host, str(port), str(threads)], environment)


def prepare() -> None:
    """Bring the post's folder, the database and the static files up to date; a second start finds both done."""
    keep_private(Path(settings.VAR))
    _wait_for_database()
    refuse_newer()
    settle()
    call_command("migrate", verbosity=0)
    _collect_static()


def _collect_static() -> None:
    """Collect, hash and compress the static files, unless they are those that were collected before."""
    root = Path(settings.STATIC_ROOT)
    collected, sources = root / ".sources", _static_sources()
    if collected.is_file() and collected.read_text("utf-8") == sources:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    collected.write_text(sources, "utf-8")


def _static_sources() -> str:
    """Which static files there are to collect: name, size and time of change of each."""
    found = ((name, Path(storage.path(name)).stat()) for finder in get_finders() for name, storage in finder.list([]))
    return "\n".join(sorted(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in found))


def _alone(host: str, port: int) -> int:
    """Hold the post: no second server on one folder of data."""
    try:
        return hold(Path(settings.VAR) / "locks" / "serve", note=f"tiến trình {os.getpid()}, http://{host}:{port}/")
    except Busy as holder:
        raise UserError(f"sở chỉ huy này đang chạy ({holder}). Mở địa chỉ đó, hoặc dừng tiến trình ấy trước.") from None


def _free(host: str, port: int) -> None:
    """See that nothing else listens at the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as fault:
            raise UserError(f"không mở được cổng {port} tại {host} ({fault.strerror}). Chọn cổng khác bằng --port.") from None


def _wait_for_database() -> None:
    """Wait for a database that is starting; say so once."""
    for second in range(_WAITED):
        try:
            connection.ensure_connection()
        except OperationalError as fault:
            if second == _WAITED - 1:
                raise UserError(f"không nối được cơ sở dữ liệu sau {_WAITED} giây: {fault}") from fault
            if not second:
                print("Đang chờ cơ sở dữ liệu…", file=sys.stderr)
            time.sleep(1)
        else:
            return
