"""Tệp đã tiếp nhận: xem danh sách, rút một tệp đã nhập."""

import argparse
from typing import Any
from uuid import UUID, uuid4

from tienphuong.cli.common import VIETNAM, UserError, now, terminal
from tienphuong.intake.previews import file_lines, file_of
from tienphuong.intake.services.foreseeing import Foreseen, foresee_withdrawal, kept_people
from tienphuong.intake.services.withdrawing import WithdrawalRefused, may_be_withdrawn, withdraw_file
from tienphuong.intake.terms import KeptBecause

_SHOWN = 200
_ASKED = "xem trước"


def arguments(parser: argparse.ArgumentParser) -> None:
    """list | withdraw MÃ_TỆP --reason LÝ_DO [--dry-run]"""
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="các tệp đã nhận, mới nhất trước, với mã tệp")
    gone = acts.add_parser("withdraw", help="rút một tệp đã nhập: những gì chỉ tệp này ghi không còn hiệu lực")
    gone.add_argument("file", metavar="MÃ_TỆP", help="mã tệp, hoặc mấy ký tự đầu hay cuối của mã (xem: tienphuong intake list)")
    gone.add_argument("--reason", default="", metavar="LÝ_DO", help="vì sao rút; ghi vào nhật ký")
    gone.add_argument("--dry-run", action="store_true", help="chỉ xem trước: người, ca và chỉ tiêu nào đổi")
    gone.add_argument("--act-id", type=UUID, default=None, metavar="UUID", help="mã của lần rút; gửi lại cùng mã thì không rút hai lần")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the files."""
    return {"list": _list, "withdraw": _withdraw}[chosen.act](chosen)


def _list(_chosen: argparse.Namespace) -> int:
    for line in file_lines(terminal(), size=_SHOWN).lines:
        came = line.file.received_at.astimezone(VIETNAM)
        print(f"{line.file.pk}  {came:%d/%m/%Y %Hh%M}  {line.file.name}: {line.state.label}, {line.rows} dòng")
    return 0


def _withdraw(chosen: argparse.Namespace) -> int:
    file, actor, at = _file(chosen.file), terminal(), now()
    if chosen.dry_run:
        if refusal := may_be_withdrawn(file, reason=_ASKED):
            raise UserError(str(refusal))
        _show(foresee_withdrawal(file, actor=actor, at=at))
        return 0
    try:
        done = withdraw_file(file, actor=actor, at=at, reason=chosen.reason, act_id=chosen.act_id or uuid4())
    except WithdrawalRefused as refused:
        raise UserError(str(refused)) from refused
    print(f"Đã rút tệp “{file.name}”: {done.rows} dòng, {done.people} người, {done.cases} ca chỉ tệp này ghi.")
    _show_kept(kept_people(actor, withdrawal=done))
    return 0


def _file(text: str) -> Any:
    """The one file whose id begins or ends so: ids made in one hour begin alike."""
    code = text.lower()
    found = [
        line for line in file_lines(terminal(), size=None).lines if str(line.file.pk).startswith(code) or str(line.file.pk).endswith(code)
    ]
    if len(found) != 1:
        raise UserError(f"{'không có tệp' if not found else 'có nhiều tệp'} mang mã “{text}”. Xem: tienphuong intake list")
    line = file_of(terminal(), file_id=found[0].file.pk)
    assert line is not None
    return line.file


def _show(foreseen: Foreseen) -> None:
    done = foreseen.withdrawal
    print(
        f"Rút tệp này (chưa ghi): {done.rows} dòng, {done.people} người và {done.cases} ca không còn; {done.stay} người khác được ghi lại."
    )
    for change in foreseen.changes:
        print(f"  {change.indicator.label}: {change.before} → {change.after}")
    _show_kept(foreseen.kept)


def _show_kept(kept: Any) -> None:
    if kept:
        print(f"Giữ nguyên {len(kept)} người đã có cán bộ xử lý sau khi nhập:")
    for one in kept:
        print(f"  {one.name}: {KeptBecause(one.why).label}")
