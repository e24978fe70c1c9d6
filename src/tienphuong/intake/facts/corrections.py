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


def _value(row: RowReading, kind: str, folded: str) -> str:
    """The value that is said to be right; where only the wrong one is named, what it comes to without it."""
    right, wrong = "", ""
    for clause in _APART.split(folded):
        denied = bool(_WRONG.search(clause))
        word = row.reading_of(kind, _RIGHT.sub(" ", _WRONG.sub(" ", clause)).strip()).value
        word = _MEANS.get(word, word) if kind == "result" else word
        right, wrong = (right, word or wrong) if denied else (word or right, wrong)
    return right if right and right != wrong else _OPPOSITE.get(wrong, "")
