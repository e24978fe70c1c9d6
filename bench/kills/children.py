"""A child process does one act: forked from a warm parent, so that a kill meets the act and not the start of the interpreter."""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, connections

LONGEST = 60.0
"""Seconds after which a child that has not answered is stuck."""
_BEGUN, _DONE, _FAULT = "begun", "done ", "fault "


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended: what it acknowledged (None: nothing), how long it took, whether it was ended in the middle, its fault."""

    answer: str | None
    seconds: float
    killed: bool = False
    fault: str = ""


def child(work: Callable[[], str], *, kill_after: float | None = None) -> End:
    """Do the work in a child. With `kill_after` it is killed so many seconds after it began, unless it has acknowledged before."""
    connections.close_all()
    reader, writer = os.pipe()
    number = os.fork()
    if number == 0:
        _work(work, writer)
    os.close(writer)
    try:
        return _watched(number, reader, kill_after)
    finally:
        os.close(reader)
        os.waitpid(number, 0)


def _work(work: Callable[[], str], writer: int) -> None:
    """In the child: say that it begins, do it, say what came of it. Nothing of the parent's is cleaned up on the way out."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        connection.ensure_connection()
        os.write(writer, _BEGUN.encode() + b"\n")
        os.write(writer, _DONE.encode() + work().encode() + b"\n")
    except BaseException:
        os.write(writer, _FAULT.encode() + traceback.format_exc()[-3000:].encode() + b"\n")
    os._exit(0)


def _watched(number: int, reader: int, kill_after: float | None) -> End:
    said = _said(reader, until=time.monotonic() + LONGEST, upto="\n")
    start = time.monotonic()
    said += _said(reader, until=start + (LONGEST if kill_after is None else kill_after))
    seconds, over = time.monotonic() - start, _DONE in said or _FAULT in said
    os.kill(number, signal.SIGKILL)
    said += _said(reader, until=time.monotonic() + LONGEST)  # an acknowledgement may have come between the look and the kill
    answer = said.partition(_DONE)[2].strip() if _DONE in said else None
    return End(answer, seconds, killed=not over and answer is None, fault=said.partition(_FAULT)[2])


def _said(reader: int, *, until: float, upto: str = "") -> str:
    """What the child has written by a moment, or until it ended."""
    said = b""
    while (left := until - time.monotonic()) > 0 and select.select([reader], [], [], left)[0]:
        came = os.read(reader, 65536)
        said += came
        if not came or (upto and upto.encode() in said):
            break
    return said.decode(errors="replace")
