"""A commune's own figures: kept as it reported them, with the sums that do not close."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import local
from tienphuong.core.text.fold import fold
from tienphuong.core.text.numbers import NumberKind, read_number
from tienphuong.intake.facts.row import Issue
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.terms import Severity
from tienphuong.reports.models import Submission
from tienphuong.reports.sum_checks import broken

_COLUMNS: Final = {
    F.COUNT_NEW: "new",
    F.COUNT_CURRENT: "watched",
    F.COUNT_DONE: "completed",
    F.COUNT_TRANSFERRED: "transferred",
    F.COUNT_TOTAL: "total",
    F.COUNT_NEGATIVE: "negative",
    F.COUNT_POSITIVE: "positive",
    F.COUNT_WAITING: "pending",
}
_CASE_COLUMNS: Final = {"watched": "in_treatment", "completed": "recovered"}
_STAY_COLUMNS: Final = {"watched": "current"}
_SUBJECTS: Final = (
    ("f1", re.compile(r"\bf1\b")),
    ("f2", re.compile(r"\bf2\b")),
    ("deaths", re.compile(r"tu vong")),
    ("cases", re.compile(r"\bf0\b|ca mac|ca benh|duong tinh")),
    ("arrivals", re.compile(r"nhap canh")),
    ("returnees", re.compile(r"vung dich|ve tu")),
    ("samples", re.compile(r"xet nghiem|lay mau|mau")),
    ("stays", re.compile(r"cach ly")),
)


def summary_issues(record: RawRecord, *, area: bool) -> list[Issue]:
    """Remarks on one line of figures: an indicator nobody knows, a figure that is none, figures of no area (`area`: the file has one)."""
    issues = []
    label = record.text(F.INDICATOR)
    if not _subject(label):
        issues.append(
            _refused(record, "Chưa nhận ra chỉ tiêu này nên không nhận số liệu của dòng.", "Dùng tên chỉ tiêu theo mẫu báo cáo ngày.")
        )
    elif not area:
        issues.append(_refused(record, "Chưa rõ số liệu này của địa bàn nào nên không nhận.", "Chọn địa bàn mà tệp báo cáo rồi gửi lại."))
    for target in _COLUMNS:
        text = record.text(target)
        if text and _figure(text) is None:
            issues.append(
                Issue(Severity.WARNING, target, _column(record, target), text[:120], "Không đọc được số.", "Ghi một con số, không kèm chữ.")
            )
    return issues


def _refused(record: RawRecord, reason: str, remedy: str) -> Issue:
    """The line is not taken in, and why."""
    return Issue(Severity.REFUSED, F.INDICATOR, _column(record, F.INDICATOR), record.text(F.INDICATOR)[:120], reason, remedy)


def submit(file: IntakeFile, rows: Iterable[tuple[IntakeRow, RawRecord]], *, actor: Viewer, at: datetime, policy: str) -> Submission | None:
    """Keep the figures of a commune for the day of the file, once, with the closing identities that do not hold."""
    figures: dict[str, int] = {}
    first: IntakeRow | None = None
    for row, record in rows:
        first = first or row
        figures |= _figures(record)
    if not figures or file.area_id is None or first is None:
        return None
    return Submission.objects.create(
        area_id=file.area_id,
        area_path=file.area_path,
        disease=file.disease,
        day=local(file.received_at).date(),
        figures=figures,
        broken=[str(each) for each in broken(figures)],
        event_at=file.received_at,
        reported_at=min(file.received_at, at),
        recorded_at=at,
        recorded_by=actor.user_id,
        policy=policy,
        source_row=first.pk,
    )


def _figures(record: RawRecord) -> dict[str, int]:
    subject = _subject(record.text(F.INDICATOR))
    if not subject:
        return {}
    counts = {name: number for target, name in _COLUMNS.items() if (number := _figure(record.text(target))) is not None}
    if subject == "deaths":
        total = counts.get("total", counts.get("new"))
        return {} if total is None else {"deaths": total}
    renamed = _CASE_COLUMNS if subject == "cases" else _STAY_COLUMNS if subject == "stays" else {}
    return {f"{subject}_{renamed.get(name, name)}": number for name, number in counts.items()}


def _subject(label: str) -> str:
    folded = fold(label)
    return next((subject for subject, pattern in _SUBJECTS if pattern.search(folded)), "")


def _figure(text: str) -> int | None:
    reading = read_number(text) if text else None
    return int(reading.value) if reading and reading.kind is NumberKind.NUMBER and reading.value is not None else None


def _column(record: RawRecord, target: F) -> str:
    cell = record.cells.get(target)
    return cell.column if cell else ""
