"""Sổ số dư: đối chiếu số dư đã khóa với hồ sơ; lập lại từ hồ sơ."""

import argparse

from tienphuong.cli.common import now, terminal
from tienphuong.procedures.close_books import rebuild_books, wrong_closings


def arguments(parser: argparse.ArgumentParser) -> None:
    """verify | rebuild"""
    parser.add_argument("what", choices=("verify", "rebuild"), help="verify: đối chiếu mọi lần khóa sổ; rebuild: lập lại tất cả")


def run(chosen: argparse.Namespace) -> int:
    """Verify or rebuild; 1 if a closing is not what the records say."""
    if chosen.what == "rebuild":
        print(f"Đã lập lại {rebuild_books(actor=terminal(), at=now())} lần khóa sổ.")
        return 0
    wrong = wrong_closings()
    for item in wrong[:50]:
        print(f"{item.table} {item.disease}: số dư khóa lúc {item.closed_at:%Y-%m-%d %H:%M %z} khác hồ sơ")
    print(f"{len(wrong)} lần khóa sổ sai{': chạy tienphuong books rebuild' if wrong else ''}.")
    return 1 if wrong else 0
