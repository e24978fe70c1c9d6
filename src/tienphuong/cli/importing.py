"""Tiếp nhận tệp: đọc, hiểu, kiểm tra, áp dụng; mọi dòng đều có kết cục."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tienphuong.cli import mapping_file as settling
from tienphuong.cli import understood as shown
from tienphuong.cli.common import UserError, day_of, now, policy_for, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import local
from tienphuong.core.policy import Pack
from tienphuong.intake.errors import error_file, rows_to_look_at
from tienphuong.intake.services.answering import Cell, NoSuchAnswer, remember_word
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.areas import commune_of_sender, correct_area, note_area_of_sender
from tienphuong.intake.services.checking import check_file, preview_of
from tienphuong.intake.services.reading import correct_mapping, give_day, read_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.services.trying import left_behind_nothing
from tienphuong.intake.terms import FileState, Verdict
from tienphuong.intake.understood import rows_read, understood_sheets, unsure

NOTHING_READ, UNSURE, TOO_LATE = 2, 3, 4
_LOOK = "cột “CẦN HỎI” chưa chắc chắn nên chưa ghi gì. Sửa tệp cách hiểu (--dry-run --save-mapping TỆP, rồi --mapping TỆP), hoặc thêm --accept-unsure."


@dataclass(frozen=True, slots=True)
class Sending:
    """A file, who sent it, and the area it reports on (None: not told)."""

    path: Path
    sender: str
    area: object
    of_sender: bool = False
    """Whether no area was given and it is the one the sender is named after."""
    stated: bool = False
    """Whether the area was given in so many words."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file."""

    file: object
    verdicts: dict[str, int]
    message: str
    seconds: float
    too_late: str = ""
    """What was given with a file whose rows were written before, and changes nothing of them; what to do instead."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """TỆP..., --sender, --area, --dry-run, --json, --mapping"""
    parser.epilog = f"Các tên trường (field) trong tệp cách hiểu: {settling.fields_named()}"
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    parser.add_argument("--sender", default="", help="đơn vị gửi; cách hiểu cột được nhớ theo đơn vị gửi")
    parser.add_argument("--area", help="địa bàn mà tệp báo cáo (mã hoặc tên)")
    parser.add_argument(
        "--reported-on", metavar="NGÀY", help="ngày báo cáo của danh sách, cho dòng không ghi ngày báo cáo (2021-08-24 hoặc 24/8/2021)"
    )
    parser.add_argument("--disease", help="mã bệnh (mặc định: bệnh của sở chỉ huy)")
    parser.add_argument("--policy", help="gói quy định; mặc định: gói có hiệu lực vào ngày tiếp nhận")
    parser.add_argument("--duplicates", default="queue", choices=["link", "skip", "create", "queue"], help="cách xử lý hồ sơ nghi trùng")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và kiểm tra, không ghi vào hồ sơ")
    parser.add_argument("--errors-to", type=Path, metavar="THƯ_MỤC", help="nơi ghi tệp trả lại cho đơn vị gửi")
    parser.add_argument("--json", action="store_true", help="với --dry-run: in cách hiểu từng trang, cột và số dòng dạng JSON")
    parser.add_argument("--mapping", type=Path, metavar="TỆP", help="cách hiểu cột đã được cán bộ chọn")
    parser.add_argument("--save-mapping", type=Path, metavar="TỆP", help="với --dry-run: ghi cách hiểu cột ra tệp để sửa")
    parser.add_argument("--accept-unsure", action="store_true", help="nhập cả khi có cột chưa chắc chắn")


def run(chosen: argparse.Namespace) -> int:
    """Take the files in: 0, or 2 if nothing was read of a file, or 3 if a column waits for an officer, or 4 if what was given comes too late."""
    at = now()
    missing = [str(path) for path in chosen.files if not path.is_file()]
    if missing:
        raise UserError(f"không có tệp: {', '.join(missing)}")
    area = post_area(chosen.area, at=at)
    senders = {path: chosen.sender or path.stem for path in chosen.files}
    sent = [_sending(path, sender, area, given=bool(chosen.area), at=at) for path, sender in senders.items()]
    choices: dict[str, Any] = {"disease": chosen.disease or post().disease, "duplicates": chosen.duplicates, "at": at}
    choices["day"] = day_of(chosen.reported_on) if chosen.reported_on else None
    choices["mapping"] = settling.mapping_file(chosen.mapping) if chosen.mapping else None
    policy = policy_for(chosen.policy, at=at)
    if chosen.json and not chosen.dry_run:
        raise UserError("--json chỉ dùng với --dry-run.")
    if chosen.save_mapping and not chosen.dry_run:
        raise UserError("--save-mapping chỉ dùng với --dry-run.")
    if chosen.dry_run or _must_ask(sent, policy=policy, chosen=chosen, choices=choices):
        return _try_out(sent, policy=policy, chosen=chosen, choices=choices)
    receipts = take_in(sent, policy=policy, **choices)
    _print_all(receipts, dry_run=False, folder=chosen.errors_to)
    return _code(receipts)


def _sending(path: Path, sender: str, area: Any, *, given: bool, at: datetime) -> Sending:
    """A file with its area: as given, else the commune of the post's own area that the sender is named after, else the post's own."""
    named = None if given else commune_of_sender(terminal(), sender=sender, within=area, on=local(at).date())
    return Sending(path, sender, named or area, of_sender=named is not None, stated=given)


def _must_ask(sent: Sequence[Sending], *, policy: Pack, chosen: argparse.Namespace, choices: dict[str, Any]) -> bool:
    """Whether a column waits for an officer and nobody said to go on without: below the sure level nothing is written."""
    if chosen.accept_unsure:
        return False
    with left_behind_nothing():
        receipts = take_in(sent, policy=policy, only_read=True, **choices)
        return any(unsure(receipt.file) for receipt in receipts if receipt.file.state != FileState.APPLIED)


def _try_out(sent: Sequence[Sending], *, policy: Pack, chosen: argparse.Namespace, choices: dict[str, Any]) -> int:
    """Read and check, tell what was understood, and leave nothing behind."""
    with left_behind_nothing():
        receipts = take_in(sent, policy=policy, dry_run=True, **choices)
        if chosen.save_mapping:
            settling.save_mapping([receipt.file for receipt in receipts], chosen.save_mapping)
        if chosen.json:
            sheets = [{"file": one.file.name, **sheet} for one in receipts for sheet in understood_sheets(one.file)]
            print(json.dumps({"sheets": sheets}, ensure_ascii=False))
            _give(receipts, chosen.errors_to)
        else:
            _print_all(receipts, dry_run=True, folder=chosen.errors_to)
        code = _code(receipts)
    if chosen.dry_run or code:
        return code
    print(f"tienphuong import: {_LOOK}", file=sys.stderr)
    return UNSURE


def _print_all(receipts: Sequence[Receipt], *, dry_run: bool, folder: Path | None) -> None:
    show(receipts, dry_run=dry_run)
    for receipt in receipts:
        shown.print_warnings(receipt.file)
        if dry_run:
            shown.print_mapping(receipt.file)
            shown.print_rows(receipt.file)
            shown.print_effect(receipt.file, at=receipt.file.received_at)
        shown.print_cell_questions(receipt.file)
        shown.print_questions(receipt.file, returned=folder is not None)
    for path in _give(receipts, folder):
        print(f"    Đã ghi tệp trả lại: {path}")


def _give(receipts: Sequence[Receipt], folder: Path | None) -> list[Path]:
    return give_back(receipts, folder=folder) if folder else []


def _code(receipts: Sequence[Receipt]) -> int:
    """0 if every file said something; else the reason on the error stream: a script must not take silence for success."""
    empty = [receipt for receipt in receipts if not rows_read(receipt.file)]
    for receipt in empty:
        reasons = [text for _, _, text in receipt.file.warnings]
        reason = receipt.message or " ".join(reasons) or "không có dòng số liệu nào được nhận ra"
        print(f"tienphuong import: {receipt.file.name}: {reason}", file=sys.stderr)
    late = [receipt for receipt in receipts if receipt.too_late]
    for receipt in late:
        print(f"tienphuong import: {receipt.file.name}: {receipt.too_late}", file=sys.stderr)
    return NOTHING_READ if empty else TOO_LATE if late else 0


def take_in(
    sent: Sequence[Sending],
    *,
    disease: str,
    at: datetime,
    policy: Pack,
    duplicates: str = "queue",
    dry_run: bool = False,
    only_read: bool = False,
    day: date | None = None,
    mapping: settling.Settled | None = None,
    actor: Viewer | None = None,
) -> list[Receipt]:
    """Receive, check and apply files one after another, with a bar. `mapping`: columns as an officer settled them; `day`: of the lists."""
    options = {"disease": disease, "at": at, "actor": actor or terminal()}
    stop = "read" if only_read else "checked" if dry_run else ""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("dòng"), TimeRemainingColumn())
    receipts = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        for sending in sent:
            task = bar.add_task(sending.path.name[:40], total=None)
            begun = bar.get_time()
            file = _received(sending, duplicates=duplicates, **options)
            _date(file, day, actor=options["actor"], at=at)
            _settle(file, mapping, actor=options["actor"], at=at)
            message = _go_on(file, bar, task=task, stop=stop, policy=policy, options=options)
            bar.remove_task(task)
            late = _too_late(file, day, mapping) if message else ""
            receipts.append(Receipt(file, preview_of(file).verdicts, message or file.message, bar.get_time() - begun, late))
    return receipts


def _too_late(file: Any, day: date | None, mapping: settling.Settled | None) -> str:
    """That what was given, and is not what the file was applied with, cannot change rows that were written before."""
    given = [
        word
        for word, new in (("--mapping", mapping and settling.differs(file, mapping)), ("--reported-on", day and day != file.reported_on))
        if new
    ]
    words = f"tệp đã nhập trước đây nên {' và '.join(given)} không đổi được gì; rút tệp (tienphuong intake withdraw {file.pk} --reason LÝ_DO) rồi nhập lại"
    return words if given else ""


def _received(sending: Sending, *, disease: str, at: datetime, actor: Viewer, duplicates: str) -> Any:
    options = {"sender": sending.sender, "area": sending.area, "disease": disease}
    file = receive_file(sending.path, sending.path.name, **options, actor=actor, at=at, duplicate_policy=duplicates)
    if sending.of_sender and file.area is not None:
        note_area_of_sender(file, file.area)
    if sending.stated:
        correct_area(file, options["area"], actor=actor, at=at)
    return file


def _date(file: Any, day: date | None, *, actor: Viewer, at: datetime) -> None:
    """The day of report the officer gives the list."""
    if day and file.state != FileState.APPLIED:
        try:
            give_day(file, day, actor=actor, at=at)
        except ValueError as refused:
            raise UserError(str(refused)) from refused


def _settle(file: Any, mapping: settling.Settled | None, *, actor: Viewer, at: datetime) -> None:
    """Columns and words as the officer's file says, remembered for the sender."""
    if mapping is None or file.state == FileState.APPLIED:
        return
    for word in mapping.words:
        _remember(Cell(file.sender, file.area_path, word["kind"], word["text"]), word["reading"], actor=actor, at=at)
    for sheet, chosen in settling.given_for(read_file(file), mapping, name=file.name):
        sheet.file = file
        columns, kind = settling.settled(sheet, chosen), settling.kind(sheet, chosen)
        correct_mapping(sheet, columns, actor=actor, at=at, kind=kind, orders=settling.orders(columns, chosen))


def _remember(cell: Cell, word: str, *, actor: Viewer, at: datetime) -> None:
    try:
        remember_word(cell, word=word, actor=actor, at=at)
    except NoSuchAnswer:
        raise UserError(f"không có từ “{word}” cho ô “{cell.text}” ({cell.kind})") from None


def _go_on(file: Any, bar: Progress, *, task: Any, stop: str, policy: Pack, options: dict[str, Any]) -> str:
    """Read, check or apply a received file, as far as asked; what to say about it beyond its rows."""
    if file.state == FileState.APPLIED:
        return f"đã nhận trước đây với tên “{file.name}”; không có gì thay đổi"
    if stop == "read":
        read_file(file)
    elif stop == "checked":
        check_file(file)
    else:
        move = lambda done, total: bar.update(task, completed=done, total=total)  # noqa: E731
        apply_file(file, actor=options["actor"], at=options["at"], policy=policy, progress=move)
    return ""


def show(receipts: Sequence[Receipt], *, dry_run: bool = False) -> None:
    """One line a file, and the sum."""
    total: Counter[str] = Counter()
    for receipt in receipts:
        rows = ", ".join(f"{number} {Verdict(word).label}" for word, number in sorted(receipt.verdicts.items()) if number)
        print(f"  {receipt.file.name}: {rows or 'không có dòng số liệu'}{f' – {receipt.message}' if receipt.message else ''}")
        total.update({} if receipt.message else receipt.verdicts)
    seconds = sum(receipt.seconds for receipt in receipts)
    verb = "Đã kiểm tra (chưa ghi)" if dry_run else "Đã tiếp nhận"
    words = ", ".join(f"{number} {Verdict(word).label}" for word, number in total.items() if number)
    print(f"{verb} {len(receipts)} tệp, {total.total()} dòng trong {seconds:.0f} giây{f': {words}' if words else ''}.")


def give_back(receipts: Sequence[Receipt], *, folder: Path) -> list[Path]:
    """Write the sender's own sheets with a reason column, for files with rows that need attention."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for receipt in receipts:
        if receipt.file.state != FileState.UNREADABLE and next(iter(rows_to_look_at(receipt.file)), None) is not None:
            path = folder / f"{Path(receipt.file.name).stem} - can xem lai.xlsx"
            path.write_bytes(error_file(receipt.file))
            written.append(path)
    return written
