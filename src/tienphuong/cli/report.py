"""Báo cáo ngày: chốt số liệu, ghi .docx và .pdf."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from tienphuong.cli.common import VIETNAM, add_place, moment, now, policy_for, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.core.policy import Pack
from tienphuong.intake.queries import silent_communes
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.reports.composing import render_report
from tienphuong.reports.cutoff import last_cutoff
from tienphuong.reports.queries import report_of_cutoff


def arguments(parser: argparse.ArgumentParser) -> None:
    """--at, --out, --replace, --working-copy, and the place"""
    parser.add_argument("--at", type=moment, help="giờ chốt, ví dụ 2021-08-24T16:00 (mặc định: giờ chốt gần nhất)")
    parser.add_argument("--out", type=Path, metavar="THƯ_MỤC", help="nơi ghi tệp (mặc định: reports trong thư mục của sở chỉ huy)")
    parser.add_argument(
        "--replace", action="store_true", help="chốt lại theo hiểu biết hiện nay dù giờ chốt này đã có báo cáo; báo cáo cũ vẫn được giữ"
    )
    parser.add_argument("--working-copy", action="store_true", help="kèm ghi chú chất lượng số liệu, có chữ BẢN LÀM VIỆC")
    add_place(parser)


def run(chosen: argparse.Namespace) -> int:
    """Freeze and write the papers."""
    present = now()
    policy = policy_for(chosen.policy, at=chosen.at or present)
    disease = chosen.disease or post().disease
    at = chosen.at or last_cutoff(present, policy=policy.disease(disease))
    area = post_area(chosen.area, at=at)
    how = {"folder": chosen.out, "working_copy": chosen.working_copy, "replace": chosen.replace}
    for path in write_report(area=area, disease=disease, at=at, policy=policy, **how):
        print(path)
    return 0


def write_report(
    *,
    area: Any,
    disease: str,
    at: datetime,
    policy: Pack,
    folder: Path | None = None,
    working_copy: bool = False,
    replace: bool = False,
) -> list[Path]:
    """The report of a cut-off as Word and PDF: the one that was frozen, else a new one; `replace` freezes anew in any case.

    What is doubtful about its figures goes to the error stream.
    """
    actor = terminal()
    snapshot = None if replace else report_of_cutoff(actor, area=area, disease=disease, cutoff=at)
    if snapshot is None:
        silent = silent_communes(actor, area=area, disease=disease, at=at)
        snapshot = freeze_report(area, disease, at, actor=actor, at=now(), policy=policy, silent_communes=silent)
    else:
        frozen = snapshot.frozen_at.astimezone(VIETNAM)
        print(f"In lại báo cáo do {snapshot.frozen_by_name} chốt lúc {frozen:%Hh%M ngày %d/%m/%Y}; --replace để chốt lại.", file=sys.stderr)
    for finding in snapshot.quality:
        print(f"  ! {finding['text']}", file=sys.stderr)
    return render_report(snapshot, folder=folder or settings.VAR / "reports", working_copy=working_copy)
