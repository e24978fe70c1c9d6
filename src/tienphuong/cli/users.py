"""Tài khoản và phân công: vai trò x địa bàn x thời gian; mã truy cập cho máy."""

import argparse
import getpass
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from tienphuong.cli.common import UserError, now, post_area, terminal
from tienphuong.core import clock
from tienphuong.core.access.officers import officer_named
from tienphuong.core.access.terms import Role
from tienphuong.core.refusal import Refusal
from tienphuong.procedures.add_factor import remove_factors_of
from tienphuong.procedures.appoint_officer import appoint, close_account, officers, open_account, release_account
from tienphuong.procedures.change_password import reset_password
from tienphuong.procedures.issue_token import issue_token, tokens, withdraw_token


def arguments(parser: argparse.ArgumentParser) -> None:
    """list | add TÊN | reset TÊN | unlock TÊN | factors-off TÊN | appoint TÊN | close TÊN | token TÊN | untoken TÊN | tokens"""
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="danh sách tài khoản")
    add = acts.add_parser("add", help="mở tài khoản (mật khẩu được hỏi, hoặc --one-time)")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="họ và tên")
    add.add_argument("--position", default="", help="chức vụ")
    add.add_argument("--one-time", action="store_true", help="cấp mật khẩu một lần; cán bộ tự đổi khi đăng nhập")
    reset = acts.add_parser("reset", help="cấp lại mật khẩu một lần")
    reset.add_argument("username")
    unlock = acts.add_parser("unlock", help="cho đăng nhập lại sau nhiều lần nhập sai")
    unlock.add_argument("username")
    off = acts.add_parser("factors-off", help="bỏ lớp xác thực thứ hai của người mất máy và mã dự phòng")
    off.add_argument("username")
    given = acts.add_parser("appoint", help="giao vai trò tại một địa bàn")
    given.add_argument("username")
    given.add_argument("--role", required=True, choices=list(Role))
    given.add_argument("--area", required=True, help="mã hoặc tên địa bàn")
    given.add_argument("--from", dest="valid_from", type=date.fromisoformat)
    given.add_argument("--to", dest="valid_to", type=date.fromisoformat)
    close = acts.add_parser("close", help="khóa tài khoản")
    close.add_argument("username")
    token = acts.add_parser("token", help="cấp mã truy cập API (chỉ in một lần)")
    token.add_argument("username")
    token.add_argument("--name", required=True, help="máy hoặc phần mềm nào dùng")
    token.add_argument("--days", type=int, default=90, help="hiệu lực bao nhiêu ngày")
    untoken = acts.add_parser("untoken", help="thu hồi mã truy cập")
    untoken.add_argument("username")
    untoken.add_argument("--name", required=True)
    acts.add_parser("tokens", help="các mã đã cấp")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the accounts."""
    return _ACTS[chosen.act](chosen)


def _list(chosen: argparse.Namespace) -> int:
    lines = officers(on=now().date())
    for line in lines:
        print(line)
    if not lines:
        print("Chưa có tài khoản nào. Mở: tienphuong users add TÊN --name 'HỌ VÀ TÊN'")
    return 0


def _add(chosen: argparse.Namespace) -> int:
    password = None if chosen.one_time else _asked_password()
    refusals = open_account(chosen.username, full_name=chosen.name, position=chosen.position, password=password, actor=terminal(), at=now())
    if refusals:
        raise UserError("; ".join(refusals))
    if chosen.one_time:
        _reset(chosen)
    print(f"Đã mở tài khoản {chosen.username}. Giao vai trò bằng: tienphuong users appoint {chosen.username} --role ... --area ...")
    return 0


def _asked_password() -> str:
    """The password typed twice."""
    password = getpass.getpass(f"Mật khẩu (từ {settings.SHORTEST_PASSWORD} ký tự): ")
    if password != getpass.getpass("Nhập lại: "):
        raise UserError("hai lần nhập mật khẩu không giống nhau")
    return password


def _reset(chosen: argparse.Namespace) -> int:
    secret = reset_password(chosen.username, actor=terminal(), at=now(), now=clock.machine_now())
    if isinstance(secret, Refusal):
        raise UserError(str(secret))
    print(f"{secret}\nMật khẩu một lần của {chosen.username}, chỉ hiện lần này, dùng được trong 24 giờ; đăng nhập xong phải đổi ngay.")
    return 0


def _unlock(chosen: argparse.Namespace) -> int:
    if not release_account(chosen.username, actor=terminal(), at=now()):
        raise UserError(f"{chosen.username} không có lần nhập sai nào đang đếm")
    print(f"{chosen.username} đăng nhập lại được ngay.")
    return 0


def _factors_off(chosen: argparse.Namespace) -> int:
    officer = officer_named(chosen.username)
    if officer is None or not remove_factors_of(officer.pk, actor=terminal(), at=now()):
        raise UserError(f"{chosen.username} không có lớp xác thực thứ hai")
    print(f"Đã bỏ lớp xác thực thứ hai của {chosen.username}; vai trò nào cần thì lần đăng nhập tới phải lập lại.")
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


def _token(chosen: argparse.Namespace) -> int:
    at = now()
    secret = issue_token(chosen.username, name=chosen.name, expires_at=at + timedelta(days=chosen.days), actor=terminal(), at=at)
    if isinstance(secret, Refusal):
        raise UserError(str(secret))
    print(f"{secret}\nMã chỉ hiện một lần này. Gửi trong tiêu đề: Authorization: Bearer <mã>.")
    return 0


def _untoken(chosen: argparse.Namespace) -> int:
    if not withdraw_token(chosen.username, name=chosen.name, actor=terminal(), at=now()):
        raise UserError(f"{chosen.username} không có mã tên “{chosen.name}” đang dùng")
    print("Đã thu hồi.")
    return 0


def _tokens(chosen: argparse.Namespace) -> int:
    for line in tokens(at=now()):
        print(line)
    return 0


_ACTS: Final = {
    "list": _list,
    "add": _add,
    "reset": _reset,
    "unlock": _unlock,
    "factors-off": _factors_off,
    "appoint": _appoint,
    "close": _close,
    "token": _token,
    "untoken": _untoken,
    "tokens": _tokens,
}
