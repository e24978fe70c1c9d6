"""Kiểm tra đêm: tính lại bậc F của mọi người từ toàn bộ tiếp xúc, nêu chỗ khác và sửa."""

import argparse

from tienphuong.cli.common import add_place, now, policy_for, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.procedures.reclassify import recheck_degrees


def arguments(parser: argparse.ArgumentParser) -> None:
    """--disease, --policy"""
    add_place(parser)


def run(chosen: argparse.Namespace) -> int:
    """Recheck; 1 if the stored degrees differed anywhere."""
    at = now()
    disease = chosen.disease or post().disease
    differences = recheck_degrees(disease=disease, actor=terminal(), at=at, policy=policy_for(chosen.policy, at=at))
    for item in differences[:50]:
        print(f"hồ sơ {item.person}: đang lưu {item.stored}, tính lại {item.rechecked}")
    print(f"{len(differences)} khác biệt{', đã sửa' if differences else ''}.")
    return 1 if differences else 0
