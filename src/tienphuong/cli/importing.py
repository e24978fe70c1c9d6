"""Tiếp nhận tệp: đọc, hiểu, kiểm tra, áp dụng; mọi dòng đều có kết cục."""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tienphuong.cli.common import UserError, now, policy_for, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.intake.errors import error_file
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file, preview_of
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.terms import FileState, Verdict

WARNING_ROWS = (Verdict.DUPLICATE, Verdict.REFUSED)


@dataclass(frozen=True, slots=True)
class Sending:
    """A file, who sent it, and the area it reports on (None: not told)."""

    path: Path
    sender: str
    area: object


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file."""

    file: object
    verdicts: dict[str, int]
    message: str
    seconds: float


def arguments(parser: argparse.ArgumentParser) -> None:
    """TỆP..., --sender, --area, --dry-run"""
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    parser.add_argument("--sender", default="", help="đơn vị gửi; cách hiểu cột được nhớ theo đơn vị gửi")
    parser.add_argument("--area", help="địa bàn mà tệp báo cáo (mã hoặc tên)")
    parser.add_argument("--disease", help="mã bệnh (mặc định: bệnh của sở chỉ huy)")
    parser.add_argument("--policy", help="gói quy định; mặc định: gói có hiệu lực vào ngày tiếp nhận")
    parser.add_argument("--duplicates", default="queue", choices=["link", "skip", "create", "queue"], help="cách xử lý hồ sơ nghi trùng")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và kiểm tra, không ghi vào hồ sơ")
    parser.add_argument("--errors-to", type=Path, metavar="THƯ_MỤC", help="nơi ghi tệp trả lại cho đơn vị gửi")


def run(chosen: argparse.Namespace) -> int:
    """Take the files in; 1 if any could not be read."""
    at = now()
    missing = [str(path) for path in chosen.files if not path.is_file()]
    if missing:
        raise UserError(f"không có tệp: {', '.join(missing)}")
    area = post_area(chosen.area, at=at)
    sent = [Sending(path, chosen.sender or path.stem, area) for path in chosen.files]
    choices = {"disease": chosen.disease or post().disease, "duplicates": chosen.duplicates, "dry_run": chosen.dry_run}
    receipts = take_in(sent, at=at, policy=policy_for(chosen.policy, at=at), **choices)
    show(receipts, dry_run=chosen.dry_run)
    if chosen.errors_to:
        give_back(receipts, folder=chosen.errors_to)
    return 1 if any(receipt.file.state == FileState.UNREADABLE for receipt in receipts) else 0


def take_in(
    sent: Sequence[Sending],
    *,
    disease: str,
    at: datetime,
    policy: Pack,
    duplicates: str = "queue",
    dry_run: bool = False,
    actor: Viewer | None = None,
) -> list[Receipt]:
    """Receive, check and apply files one after another, with a bar."""
    actor = actor or terminal()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("dòng"), TimeRemainingColumn())
    receipts = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        for sending in sent:
            receipts.append(
                _take_one(sending, bar, disease=disease, at=at, policy=policy, duplicates=duplicates, dry_run=dry_run, actor=actor)
            )
    return receipts


def _take_one(
    sending: Sending, bar: Progress, *, disease: str, at: datetime, policy: Pack, duplicates: str, dry_run: bool, actor: Viewer
) -> Receipt:
    begun = bar.get_time()
    task = bar.add_task(sending.path.name[:40], total=None)
    file = receive_file(
        sending.path,
        sending.path.name,
        sender=sending.sender,
        area=sending.area,
        disease=disease,
        actor=actor,
        at=at,
        duplicate_policy=duplicates,
    )
    message = ""
    if file.state == FileState.APPLIED:
        message = f"đã nhận trước đây với tên “{file.name}”; không có gì thay đổi"
    elif dry_run:
        check_file(file)
    else:
        apply_file(file, actor=actor, at=at, policy=policy, progress=lambda done, total: bar.update(task, completed=done, total=total))
    bar.remove_task(task)
    return Receipt(file, preview_of(file).verdicts, message or file.message, bar.get_time() - begun)


def show(receipts: Sequence[Receipt], *, dry_run: bool = False) -> None:
    """One line a file, and the sum."""
    total: Counter[str] = Counter()
    for receipt in receipts:
        rows = ", ".join(f"{number} {Verdict(word).label}" for word, number in sorted(receipt.verdicts.items()))
        print(f"  {receipt.file.name}: {rows or 'không có dòng số liệu'}{f' – {receipt.message}' if receipt.message else ''}")
        total.update({} if receipt.message else receipt.verdicts)
    seconds = sum(receipt.seconds for receipt in receipts)
    verb = "Đã kiểm tra (chưa ghi)" if dry_run else "Đã tiếp nhận"
    words = ", ".join(f"{number} {Verdict(word).label}" for word, number in total.items())
    print(f"{verb} {len(receipts)} tệp, {total.total()} dòng trong {seconds:.0f} giây: {words}.")


def give_back(receipts: Sequence[Receipt], *, folder: Path) -> list[Path]:
    """Write the sender's own sheets with a reason column, for files with rows that need attention."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for receipt in receipts:
        if any(receipt.verdicts.get(word) for word in WARNING_ROWS):
            path = folder / f"{Path(receipt.file.name).stem} - can xem lai.xlsx"
            path.write_bytes(error_file(receipt.file))
            written.append(path)
    return written
