"""Báo cáo ngày: chốt số liệu, ghi .docx và .pdf."""

import argparse
from pathlib import Path

from django.conf import settings

from tienphuong.cli.common import add_place, moment, now, policy_for, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.intake.queries import silent_communes
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.reports.composing import render_report
from tienphuong.reports.cutoff import last_cutoff


def arguments(parser: argparse.ArgumentParser) -> None:
    """--at, --out, --working-copy, and the place"""
    parser.add_argument("--at", type=moment, help="giờ chốt, ví dụ 2021-08-24T16:00 (mặc định: giờ chốt gần nhất)")
    parser.add_argument("--out", type=Path, help="thư mục ghi tệp (mặc định: var/reports)")
    parser.add_argument("--working-copy", action="store_true", help="kèm ghi chú chất lượng số liệu, đóng dấu BẢN LÀM VIỆC")
    add_place(parser)


def run(chosen: argparse.Namespace) -> int:
    """Freeze and write the papers."""
    present = now()
    policy = policy_for(chosen.policy, at=chosen.at or present)
    disease = chosen.disease or post().disease
    at = chosen.at or last_cutoff(present, policy=policy.disease(disease))
    for path in write_report(area=post_area(chosen.area, at=at), disease=disease, at=at, policy=policy, folder=chosen.out, working=chosen.working_copy):
        print(path)
    return 0
