"""Địa bàn và bệnh của sở chỉ huy: mặc định của mọi lệnh."""

import argparse

from tienphuong.cli.common import UserError, now, policy_for, post_area, terminal
from tienphuong.core.place import own_place
from tienphuong.procedures.settle_post import settle_post


def arguments(parser: argparse.ArgumentParser) -> None:
    """set --area --disease | show"""
    acts = parser.add_subparsers(dest="act", required=True)
    given = acts.add_parser("set", help="đặt địa bàn và bệnh của sở chỉ huy")
    given.add_argument("--area", required=True, help="mã hoặc tên địa bàn")
    given.add_argument("--disease", required=True, help="mã bệnh, ví dụ covid-19, dengue")
    acts.add_parser("show", help="địa bàn và bệnh đang đặt")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the post."""
    return {"set": _set, "show": _show}[chosen.act](chosen)


def _set(chosen: argparse.Namespace) -> int:
    at = now()
    area = post_area(chosen.area, at=at)
    policy_for(None, at=at).disease(chosen.disease)  # a disease that no rule knows is refused here, not by every later command
    settle_post(area, disease=chosen.disease, actor=terminal(), at=at)
    print(f"Sở chỉ huy: {area.full_name} ({area.code}), bệnh {chosen.disease}.")
    return 0


def _show(_chosen: argparse.Namespace) -> int:
    place = own_place()
    if place is None:
        raise UserError("chưa đặt. Dùng: tienphuong post set --area ĐỊA_BÀN --disease BỆNH")
    print(f"Sở chỉ huy: {place.area_name} ({place.area_code}), bệnh {place.disease}.")
    return 0
