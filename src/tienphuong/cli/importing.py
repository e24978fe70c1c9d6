"""Tiếp nhận tệp: đọc, hiểu, kiểm tra, áp dụng; mọi dòng đều có kết cục."""

import argparse
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tienphuong.cli.common import now, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.core.access.viewer import Viewer
from tienphuong.registry.areas.queries import area_index


@dataclass(frozen=True, slots=True)
class Sending:
    """A file and who sent it about which area."""

    path: Path
    sender: str
    area: object


def arguments(parser: argparse.ArgumentParser) -> None:
    """TỆP..., --sender, --area, --dry-run"""
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    parser.add_argument("--sender", default="", help="đơn vị gửi; cách hiểu cột được nhớ theo đơn vị gửi")
    parser.add_argument("--area", help="địa bàn mà tệp báo cáo (mã hoặc tên)")
    parser.add_argument("--disease", help="mã bệnh")
    parser.add_argument("--duplicates", default="queue", choices=["link", "skip", "create", "queue"], help="cách xử lý hồ sơ nghi trùng")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và kiểm tra, không ghi vào hồ sơ")
    parser.add_argument("--errors-to", type=Path, help="thư mục ghi tệp trả lại cho đơn vị gửi")
