"""Đọc từng ô chữ: mỗi dòng vào là một ô, mỗi dòng ra là điều ô ấy nói; "ask" là phải hỏi lại, "none" là không nói gì."""

import argparse
import json
import sys
from datetime import date

from django.db import DatabaseError

from tienphuong.core.clock import local, machine_now, now
from tienphuong.lists.words.kinds import KINDS, read_words
from tienphuong.lists.words.reading import CellContext, Reading


def arguments(parser: argparse.ArgumentParser) -> None:
    """The kind of fact, the day of the list and the form of the answer."""
    parser.add_argument("kind", choices=sorted(KINDS), metavar="LOẠI", help="loại thông tin: " + ", ".join(sorted(KINDS)))
    parser.add_argument(
        "--day", type=date.fromisoformat, default=None, metavar="NGÀY", help="ngày của danh sách, dạng 2021-08-24; nếu không ghi là hôm nay"
    )
    parser.add_argument("--json", action="store_true", help="mỗi ô một dòng JSON: cell, reading, facts, reason")


def run(options: argparse.Namespace) -> None:
    """Read one cell a line."""
    context = CellContext(options.day or _today())
    for line in sys.stdin:
        cell = line.rstrip("\r\n")
        print(_line(cell, read_words(options.kind, cell, context=context), as_json=options.json))


def _line(cell: str, reading: Reading, *, as_json: bool) -> str:
    if not as_json:
        return "\t".join((cell, reading.word, reading.reason))
    return json.dumps({"cell": cell, "reading": reading.word, "facts": dict(reading.facts), "reason": reading.reason}, ensure_ascii=False)


def _today() -> date:
    """The post's day; reading words needs no base, so where there is none yet it is the machine's."""
    try:
        return local(now()).date()
    except DatabaseError:
        return local(machine_now()).date()
