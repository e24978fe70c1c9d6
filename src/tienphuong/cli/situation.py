"""Tình hình tại một thời điểm chốt: mọi chỉ tiêu, theo hồ sơ đã tiếp nhận."""

import argparse
import json
import sys

from tienphuong.cli.common import VIETNAM, add_place, moment, now, policy_for, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.reports.composing import figures_json, situation_text
from tienphuong.reports.cutoff import cutoff_of, last_cutoff
from tienphuong.reports.figures import figures


def arguments(parser: argparse.ArgumentParser) -> None:
    """--at, --known-at, --json, and the place"""
    parser.add_argument("--at", type=moment, help="thời điểm chốt, ví dụ 2021-08-24T16:00 (mặc định: giờ chốt gần nhất)")
    parser.add_argument("--known-at", type=moment, help="theo hiểu biết tại thời điểm này (mặc định: tại giờ chốt)")
    parser.add_argument("--json", action="store_true", help="in JSON theo khóa chỉ tiêu")
    add_place(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print the situation."""
    present = now()
    policy = policy_for(chosen.policy, at=chosen.at or present)
    disease = chosen.disease or post().disease
    at = chosen.at or last_cutoff(present, policy=policy.disease(disease))
    if at > present:
        print(
            f"tienphuong situation: giờ chốt ở sau giờ của sở chỉ huy ({present.astimezone(VIETNAM):%Hh%M ngày %d/%m/%Y}); sau giờ đó chưa có gì được nhận.",
            file=sys.stderr,
        )
    cutoff = cutoff_of(at, policy=policy.disease(disease), known_at=chosen.known_at)
    found = figures(terminal(), area=post_area(chosen.area, at=at), disease=disease, cutoff=cutoff, policy=policy)
    print(json.dumps(figures_json(found), ensure_ascii=False, indent=2) if chosen.json else situation_text(found, policy=policy))
    return 0
