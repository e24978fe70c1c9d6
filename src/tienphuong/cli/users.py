"""Tài khoản và phân công: vai trò x địa bàn x thời gian."""

import argparse
import getpass
from datetime import date

from tienphuong.cli.common import UserError, now, post_area, terminal
from tienphuong.core.access.terms import Role
from tienphuong.procedures.appoint_officer import appoint, close_account, officers, open_account


def arguments(parser: argparse.ArgumentParser) -> None:
    """list | add TÊN | appoint TÊN | close TÊN"""
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="danh sách tài khoản")
    add = acts.add_parser("add", help="mở tài khoản (mật khẩu được hỏi)")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="họ và tên")
    add.add_argument("--position", default="", help="chức vụ")
    given = acts.add_parser("appoint", help="giao vai trò tại một địa bàn")
    given.add_argument("username")
    given.add_argument("--role", required=True, choices=list(Role))
    given.add_argument("--area", required=True, help="mã hoặc tên địa bàn")
    given.add_argument("--from", dest="valid_from", type=date.fromisoformat)
    given.add_argument("--to", dest="valid_to", type=date.fromisoformat)
    close = acts.add_parser("close", help="khóa tài khoản")
    close.add_argument("username")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the accounts."""
    return {"list": _list, "add": _add, "appoint": _appoint, "close": _close}[chosen.act](chosen)


def _list(chosen: argparse.Namespace) -> int:
    for line in officers(on=now().date()):
        print(line)
    return 0


def _add(chosen: argparse.Namespace) -> int:
    password = getpass.getpass("Mật khẩu (từ 10 ký tự): ")
    if password != getpass.getpass("Nhập lại: "):
        raise UserError("hai lần nhập mật khẩu không giống nhau")
    refusals = open_account(chosen.username, full_name=chosen.name, position=chosen.position, password=password, actor=terminal(), at=now())
    if refusals:
        raise UserError("; ".join(refusals))
    print(f"Đã mở tài khoản {chosen.username}. Giao vai trò bằng: tienphuong users appoint {chosen.username} --role ... --area ...")
    return 0


def _appoint(chosen: argparse.Namespace) -> int:
    at = now()
    area = post_area(chosen.area, at=at)
    period = (chosen.valid_from or at.date(), chosen.valid_to)
    if not appoint(chosen.username, role=Role(chosen.role), area=area, period=period, actor=terminal(), at=at):
        raise UserError(f"không có tài khoản {chosen.username}")
    print(f"{chosen.username}: {Role(chosen.role).label} tại {area.full_name}.")
    return 0


def _close(chosen: argparse.Namespace) -> int:
    if not close_account(chosen.username, actor=terminal(), at=now()):
        raise UserError(f"không có tài khoản {chosen.username} đang mở")
    print(f"Đã khóa {chosen.username}.")
    return 0
