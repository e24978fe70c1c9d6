"""Thời hạn lưu giữ: đếm những gì hết thời hạn, quyết định xóa, xem đã xóa gì."""

import argparse
from uuid import UUID

from django.contrib.auth import get_user_model

from tienphuong.cli.common import VIETNAM, UserError, add_place, now, policy_for, post_area, terminal
from tienphuong.core.access.viewer import Viewer, viewer_of
from tienphuong.intake.purges import PurgeLine, kept_for, purge_of, purges
from tienphuong.intake.services.purging import PurgeRefused, decide_purge, propose_purge, run_purge


def arguments(parser: argparse.ArgumentParser) -> None:
    """list | due | decide MÃ --officer TÀI_KHOẢN --reason CĂN_CỨ [--refuse]"""
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="giữ bao lâu, và các đợt xóa")
    add_place(acts.add_parser("due", help="đếm những gì hết thời hạn, chờ cán bộ quyết định"))
    decided = acts.add_parser("decide", help="ghi quyết định của một cán bộ có tên, rồi xóa")
    decided.add_argument("purge", metavar="MÃ", help="mã đợt xóa (xem: tienphuong retention list)")
    decided.add_argument("--officer", required=True, metavar="TÀI_KHOẢN", help="tên đăng nhập của cán bộ quyết định")
    decided.add_argument("--reason", required=True, metavar="CĂN_CỨ", help="căn cứ của quyết định")
    decided.add_argument("--refuse", action="store_true", help="quyết định không xóa")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked."""
    return {"list": _list, "due": _due, "decide": _decide}[chosen.act](chosen)


def _list(_chosen: argparse.Namespace) -> int:
    day = now().astimezone(VIETNAM).date()
    for kept, row in kept_for(terminal(), policy=policy_for(None, at=now()), on=day):
        print(f"{kept.label}: {row.days} ngày sau lần ghi cuối ({row.cite}; {row.cite.confidence.label})")
    for line in purges(terminal()):
        _show(line)
    return 0


def _due(chosen: argparse.Namespace) -> int:
    at = now()
    found = propose_purge(post_area(chosen.area, at=at), actor=terminal(), at=at, policy=policy_for(chosen.policy, at=at))
    _show_by_id(found.pk)
    return 0


def _decide(chosen: argparse.Namespace) -> int:
    actor, at = _officer(chosen.officer), now()
    try:
        line = purge_of(actor, purge_id=UUID(chosen.purge))
    except ValueError:
        line = None
    if line is None:
        raise UserError(f"không có đợt xóa “{chosen.purge}” trong địa bàn của {chosen.officer}. Xem: tienphuong retention list")
    try:
        decided = decide_purge(line.record, accept=not chosen.refuse, actor=actor, at=at, reason=chosen.reason)
    except PurgeRefused as refused:
        raise UserError(str(refused)) from refused
    run_purge(decided, actor=actor, at=at)
    _show_by_id(decided.pk)
    return 0


def _officer(username: str) -> Viewer:
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UserError(f"không có tài khoản “{username}”. Xem: tienphuong users list")
    return viewer_of(user, on=now().astimezone(VIETNAM).date())


def _show_by_id(purge_id: UUID) -> None:
    line = purge_of(terminal(), purge_id=purge_id)
    assert line is not None
    _show(line)


_STATES = {"proposed": "chờ quyết định", "decided": "đang xóa", "refused": "không xóa", "done": "đã xóa"}


def _show(line: PurgeLine) -> None:
    record = line.record
    kinds = "; ".join(f"{kept.label}: {due} hết thời hạn, {done} đã xóa" for kept, due, done in line.kinds)
    print(f"{record.pk}  {record.area_name}, {record.day:%d/%m/%Y}: {_STATES[record.state]}. {kinds}")
