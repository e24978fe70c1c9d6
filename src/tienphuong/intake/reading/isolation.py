"""The parent's side of the child process: start it, wait for it, and say in plain words how it ended.

Every binary format goes through a child with a memory ceiling set by the kernel. A scan of the sheet's own XML would have to
understand each of four formats and every way a parser may be led to allocate; a ceiling needs to understand none of them."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from typing import IO

from .faults import UnreadableFile
from .limits import Limits
from .terms import Reason

_REFUSED = 3


def read_apart(file: IO[bytes], *, mode: str, limits: Limits) -> IO[bytes]:
    """The spool of a file read in a child; tries the streaming reader when the dense one hits the ceiling."""
    spool, refusal = _run(file, mode=mode, limits=limits)
    if refusal is not None and refusal.reason is Reason.TOO_MUCH_MEMORY and mode == "zip":
        spool.close()
        spool, refusal = _run(file, mode="sparse", limits=limits)
    if refusal is not None:
        spool.close()
        raise refusal
    return spool


def _run(file: IO[bytes], *, mode: str, limits: Limits) -> tuple[IO[bytes], UnreadableFile | None]:
    """Runs the child once; the answer is its spool and, when it was stopped, why."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the book owns it and closes it
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"{__package__}.child", mode, json.dumps(asdict(limits))],
            stdin=file.fileno(),
            stdout=spool.fileno(),
            stderr=subprocess.PIPE,
            env=_environment(),
            timeout=limits.seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return spool, UnreadableFile(Reason.TOO_SLOW)
    return spool, _how_it_ended(done)


def _how_it_ended(done: "subprocess.CompletedProcess[bytes]") -> UnreadableFile | None:
    """Why a child stopped: in its own words, or by its signal: SIGXCPU and SIGKILL are time, an abort is memory."""
    if done.returncode == 0:
        return None
    if done.returncode == _REFUSED:
        return _unreadable(done.stderr)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return UnreadableFile(Reason.TOO_SLOW)
    memory = any(word in done.stderr for word in (b"MemoryError", b"memory allocation", b"capacity overflow"))
    if memory or done.returncode in (-signal.SIGABRT, -signal.SIGSEGV):
        return UnreadableFile(Reason.TOO_MUCH_MEMORY)
    return UnreadableFile(Reason.BROKEN)


def _unreadable(answer: bytes) -> UnreadableFile:
    """The child's own refusal."""
    answer_fields = json.loads(answer.splitlines()[-1])
    return UnreadableFile(Reason(answer_fields["reason"]), message=answer_fields["message"])


def _environment() -> Mapping[str, str]:
    """The child sees this program's path and no secret of the parent's environment."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONIOENCODING": "utf-8"}
