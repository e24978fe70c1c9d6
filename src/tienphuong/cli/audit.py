"""Nhật ký: kiểm tra rằng không bản ghi nào bị sửa, xóa hoặc chen vào."""

import argparse

from tienphuong.core import audit
from tienphuong.core.audit import entries


def arguments(parser: argparse.ArgumentParser) -> None:
    """verify"""
    parser.add_argument("act", choices=["verify"])


def run(chosen: argparse.Namespace) -> int:
    """Walk the whole chain; 1 if it is broken anywhere."""
    audit.settle()
    faults = list(audit.faults())
    for fault in faults:
        print(f"bản ghi {fault.sequence}: {fault.reason}")
    print(f"{entries()} bản ghi, {'chuỗi toàn vẹn' if not faults else f'{len(faults)} chỗ hỏng'}.")
    return 1 if faults else 0
