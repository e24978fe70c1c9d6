"""Bản lưu của cả sở chỉ huy trong một tệp niêm phong: lập, kiểm tra, phục hồi. Khóa không nằm trong bản lưu."""

import argparse
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tienphuong.cli.common import VIETNAM, UserError, now, terminal
from tienphuong.core import audit, backups, keys
from tienphuong.core.alone import Busy, hold
from tienphuong.core.clock import machine_now


def arguments(parser: argparse.ArgumentParser) -> None:
    """make TỆP | verify TỆP | restore TỆP"""
    acts = parser.add_subparsers(dest="act", required=True)
    for name, line in (
        ("make", "lập bản lưu, sở chỉ huy vẫn chạy"),
        ("verify", "đọc hết bản lưu và đối chiếu từng phần"),
        ("restore", "đưa bản lưu vào chỗ dữ liệu hiện có; dữ liệu cũ được chuyển sang một thư mục khác"),
    ):
        acts.add_parser(name, help=line).add_argument("file", type=Path, metavar="TỆP")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the backup."""
    try:
        return {"make": _make, "verify": _verify, "restore": _restore}[chosen.act](chosen.file)
    except backups.BackupFault as fault:
        raise UserError(str(fault)) from fault


def _make(file: Path) -> int:
    if file.exists():
        raise UserError(f"đã có tệp {file}. Chọn tên khác.")
    audit.record("backup.made", actor=terminal(), at=now(), facts={"name": file.name})
    noted = backups.make(file, at=now())
    print(
        f"Đã lưu {len(noted['parts'])} phần vào {file}. Khóa ở {settings.VAR / 'keys'}: cất ở nơi khác, thiếu khóa không đọc được bản lưu."
    )
    return 0


def _verify(file: Path) -> int:
    noted = backups.verify(file)
    made_at = datetime.fromisoformat(noted["made_at"]).astimezone(VIETNAM)
    print(f"Bản lưu còn nguyên: {len(noted['parts'])} phần, lập lúc {made_at:%Hh%M ngày %d/%m/%Y}.")
    return 0


def _restore(file: Path) -> int:
    try:
        hold(settings.VAR / "locks" / "serve", note="đang phục hồi")
    except Busy as holder:
        raise UserError(f"sở chỉ huy đang chạy ({holder}). Dừng nó trước khi phục hồi.") from None
    aside = backups.restore(file, at=machine_now())  # a drill's clock stands: two restores would meet in one folder
    call_command("migrate", verbosity=0)  # a backup of an earlier version
    at = now()  # by the clock of the post that came back: a new machine has none before
    keys.settle()
    audit.record("backup.restored", actor=terminal(), at=at, facts={"name": file.name})
    print(f"Đã phục hồi từ {file} lúc {at.astimezone(VIETNAM):%Hh%M ngày %d/%m/%Y}." + (f" Dữ liệu cũ ở {aside}." if aside else ""))
    return 0
