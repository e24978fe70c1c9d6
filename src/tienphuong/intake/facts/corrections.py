"""Cells that say that an earlier list was wrong: "đính chính: âm tính", "hôm qua ghi nhầm tử vong"."""

import re
from functools import lru_cache
from typing import Final

from tienphuong.cases.terms import Classification, LabOutcome, Outcome
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.row import NOT_UNDERSTOOD, RowReading
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.registry.terms import Aspect

CORRECTS: Final = (
    "Ô ghi là đính chính; hồ sơ chưa đổi, chờ cán bộ quyết định.",
    "Quyết định ở “Giá trị mâu thuẫn”, hoặc ghi rõ giá trị đúng và gửi lại.",
)
_WRONG: Final = re.compile(
    r"\b(?:da )?(?:ghi|nhap|go|bao|dien|danh|viet|gui)? ?(?:nham|sai)(?: la| thanh)?\b|\bby mistake\b|\bmistake\b|\bin error\b|\berror\b|\bwrongly\b"
)
_RIGHT: Final = re.compile(r"\bdinh chinh(?: lai)?(?: la| thanh)?\b|\bsua (?:lai )?(?:thanh|la)\b|\bcorrect(?:ed|ion)(?: to)?\b")
_APART: Final = re.compile(r"[,;:.()\[\]\n–]|->|=>|→|\b(?:nay|thuc te|dung ra|dung la|hom qua|hom truoc|yesterday|now|actually)\b")
_KINDS: Final = {
    F.OUTCOME: (("outcome", Aspect.OUTCOME), ("classification", Aspect.CLASSIFICATION)),
    F.RESULT: (("result", Aspect.CLASSIFICATION),),
    F.CLASSIFICATION: (("classification", Aspect.CLASSIFICATION),),
}
_MEANS: Final = {LabOutcome.NEGATIVE.value: Classification.REFUTED.value, LabOutcome.POSITIVE.value: Classification.CONFIRMED.value}
_OPPOSITE: Final = {
    Outcome.DIED.value: Outcome.IN_TREATMENT.value,
    Outcome.RECOVERED.value: Outcome.IN_TREATMENT.value,
    Classification.CONFIRMED.value: Classification.REFUTED.value,
}


@lru_cache(maxsize=4096)
def is_correction(text: str) -> bool:
    """Whether a cell says that something written before was wrong."""
    folded = fold(text)
    return bool(_WRONG.search(folded) or _RIGHT.search(folded))


def disputed(row: RowReading) -> tuple[tuple[Aspect, str], ...]:
    """The values that cells of correction put against what was written before: never applied by themselves, always asked."""
    found: list[tuple[Aspect, str]] = []
    for target, kinds in _KINDS.items():
        if not is_correction(row.text(target)):
            continue
        row.issues[:] = [issue for issue in row.issues if issue.target != target or issue.reason != NOT_UNDERSTOOD[0]]
        row.say(Severity.WARNING, target, *CORRECTS)
        found += [(aspect, word) for kind, aspect in kinds if (word := _value(row, kind, fold(row.text(target))))]
    return tuple(found)


DENIES: Final = (
    "Ghi chú đính chính hoặc phủ nhận điều dòng này ghi; chờ cán bộ quyết định.",
    "Ghi điều đúng vào đúng cột rồi gửi lại, hoặc để cán bộ quyết định.",
)
_NO_CASE: Final = re.compile(
    r"\b(?:khong|ko|chua) (?:phai|la|con la)(?: la)? (?:(?:truong hop|nguoi) )?(?:ca|f0|f1|benh nhan|bn|duong tinh|mac|nhiem)\b"
    r"|\b(?:loai|rut|bo|gach|xoa)(?: ten)?(?: ra)? khoi (?:danh sach|ds)\b|\bnot (?:a |an )?(?:case|positive|covid|infected)\b"
)
# What else a note may put right: nothing of the class hangs on it.
_ELSE: Final = re.compile(
    r"\b(?:dia chi|sdt|dien thoai|ten|nam sinh|tuoi|gioi(?: tinh)?|cccd|cmnd|so nha|thon|to dan pho|que|nghe nghiep|ma so|ngay (?!\d)\w+|phone|address|name|birth)\b"
)
# An outcome that is put right leaves the class too, unless the note speaks of the class beside it.
_OF_OUTCOME: Final = re.compile(
    r"\b(?:tu vong|chet|ra vien|xuat vien|chuyen vien|khoi benh|da khoi|dieu tri|died|dead|deceased|death|recovered|discharged)\b"
)
_OF_CLASS: Final = re.compile(r"\b(?:ca|f0|benh nhan|bn|duong tinh|am tinh|mac|nhiem|case|positive|negative|infected)\b")
_NO_WORD_OF_IT: Final = re.compile(r"\bsài\b(?: gòn)?|\bsai gon\b", re.IGNORECASE)


def note_denied(row: RowReading) -> bool:
    """Remark a note that denies or corrects what the row says; whether the class is what it speaks of."""
    found = False
    for cell in (row.cell(F.NOTE), *row.record.notes):
        text = _NO_WORD_OF_IT.sub(" ", cell.text) if cell is not None and isinstance(cell.value, str) else ""
        if cell is not None and (_denies(text) or is_correction(text)):
            row.note_of(Severity.WARNING, cell, *DENIES)
            found = found or _denies(text) or not _leaves_the_class(fold(text))
    return found


def _leaves_the_class(folded: str) -> bool:
    """Whether what a note puts right is something else than the class."""
    return bool(_ELSE.search(folded) or (_OF_OUTCOME.search(folded) and not _OF_CLASS.search(folded)))


@lru_cache(maxsize=4096)
def _denies(text: str) -> bool:
    """Whether a note says that somebody is no case."""
    return bool(_NO_CASE.search(fold(text)))


def _value(row: RowReading, kind: str, folded: str) -> str:
    """The value that is said to be right; where only the wrong one is named, what it comes to without it."""
    right, wrong = "", ""
    for clause in _APART.split(folded):
        denied = bool(_WRONG.search(clause))
        word = row.reading_of(kind, _RIGHT.sub(" ", _WRONG.sub(" ", clause)).strip()).value
        word = _MEANS.get(word, word) if kind == "result" else word
        right, wrong = (right, word or wrong) if denied else (word or right, wrong)
    return right if right and right != wrong else _OPPOSITE.get(wrong, "")
