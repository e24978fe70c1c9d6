"""Đồng hồ diễn tập: đặt giờ, trả về giờ thật, xem giờ của sở chỉ huy."""

import argparse
from datetime import timedelta

from tienphuong.cli.common import VIETNAM, moment, now, terminal
from tienphuong.core.clock import behind, scenario
from tienphuong.core.place import demo
from tienphuong.core.sentences import sentence
from tienphuong.procedures.set_clock import clear_clock, set_clock, trust_machine


def arguments(parser: argparse.ArgumentParser) -> None:
    """set THỜI_ĐIỂM | clear | trust | show"""
    acts = parser.add_subparsers(dest="act", required=True)
    given = acts.add_parser("set", help="cho đồng hồ đứng ở một thời điểm")
    given.add_argument("moment", type=moment, metavar="THỜI_ĐIỂM", help="ví dụ 2021-08-24T16:00")
    acts.add_parser("clear", help="trả về giờ thật của máy")
    acts.add_parser("trust", help="lấy lại giờ máy, sau khi giờ máy từng bị đặt nhầm về sau")
    acts.add_parser("show", help="giờ của sở chỉ huy")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the clock."""
    return {"set": _set, "clear": _clear, "trust": _trust, "show": _show}[chosen.act](chosen)


def _set(chosen: argparse.Namespace) -> int:
    # a demo that is being played stays the same demo
    set_clock(chosen.moment, scenario=scenario() or demo(), actor=terminal(), at=now())
    return _show(chosen)


def _clear(chosen: argparse.Namespace) -> int:
    if not clear_clock(actor=terminal(), at=now()):
        print("Không có đồng hồ diễn tập nào đang đặt.")
    return _show(chosen)


def _trust(chosen: argparse.Namespace) -> int:
    trust_machine(actor=terminal(), at=now())
    return _show(chosen)


def _show(_chosen: argparse.Namespace) -> int:
    kind = f"Đồng hồ diễn tập ({scenario()})" if scenario() else "Giờ thật"
    print(f"{kind}: {now().astimezone(VIETNAM):%Hh%M ngày %d/%m/%Y}.")
    if behind() > timedelta(minutes=1):
        words = (
            "Đồng hồ của máy chạy sau giờ đã ghi của sở chỉ huy {minutes:.0f} phút. Chỉnh lại giờ máy; ghi chép vẫn lấy giờ của sở chỉ huy."
        )
        print(sentence(words, minutes=behind().total_seconds() / 60))
    return 0
