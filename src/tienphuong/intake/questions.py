"""What is asked about the cells of a file, one question for all rows that hold the same words, and what was answered before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.choices import LabelledChoice
from tienphuong.core.pages import Page
from tienphuong.intake.facts.asked import NOTED, CellKind, cell_key, kind_of, words_of
from tienphuong.intake.facts.row import NOT_NOTED, NOT_UNDERSTOOD
from tienphuong.intake.facts.unused import POSITIVE_BEYOND
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.models import IntakeRow, RememberedWord, remarked
from tienphuong.intake.terms import Severity

_QUESTIONS = frozenset({NOT_UNDERSTOOD[0], NOT_NOTED[0]})


@dataclass(slots=True)
class CellQuestion:
    """One question: which words in which column, in how many rows (the first of them by number), and what they may be answered with."""

    kind: CellKind
    target: TargetField
    text: str
    rows: int
    first: int
    words: list[LabelledChoice]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an officer said a cell of a sender means; `word` in official words."""

    record: Any
    kind: CellKind
    word: LabelledChoice
    words: list[LabelledChoice]


def cell_questions(viewer: Viewer, *, file: Any) -> list[CellQuestion]:
    """The questions of a file, those of most rows first; cells of results and symptoms are asked of whoever may see diagnoses there."""
    if not viewer.may(Permission.SEE_CLINICAL, file.area_path):
        return []
    rows = IntakeRow.objects.filter(_with_questions(), sheet__file=file).values_list("number", "issues", "sheet__kind")
    found: dict[tuple[str, str], CellQuestion] = {}
    for number, issues, sheet in rows.order_by("sheet__position", "number", "part").iterator():
        for kind, target, text in _asked(issues, SheetKind(sheet)):
            one = found.setdefault((kind, cell_key(text)), CellQuestion(kind, target, text, 0, number, words_of(kind)))
            one.rows += 1
    return sorted(found.values(), key=lambda question: (question.target in NOTED, -question.rows))


def _with_questions() -> Q:
    """Rows that may hold a question: every one with something to check, and those with a word that is only noted."""
    wanted = remarked(Severity.WARNING)
    for target in NOTED:
        wanted |= remarked(Severity.INFO, target)
    return wanted


def _asked(issues: Iterable[list[str]], sheet: SheetKind) -> Iterator[tuple[CellKind, TargetField, str]]:
    for _, target, _, value, reason, _ in issues:
        if reason == POSITIVE_BEYOND[0]:
            yield CellKind.POSITIVE, TargetField(target), value
        elif reason in _QUESTIONS and (kind := kind_of(TargetField(target), sheet)):
            yield kind, TargetField(target), value


def meanings(viewer: Viewer, *, start: int = 0, size: int = 50) -> Page[Meaning]:
    """The words officers explained within reach, the latest first, those taken back among them."""
    own = Q(answered_by=viewer.user_id) if viewer.user_id else Q(pk=None)
    rows = RememberedWord.objects.filter(viewer.scope(Permission.SEND_FILE) | own)
    lines = [_meaning(row) for row in rows.order_by("-answered_at", "-id")[start : start + size]]
    return Page(tuple(lines), rows.count())


def meaning_of(viewer: Viewer, *, number: UUID) -> Meaning | None:
    """One remembered word within reach that stands; None if there is none."""
    own = Q(answered_by=viewer.user_id) if viewer.user_id else Q(pk=None)
    row = RememberedWord.objects.filter(viewer.scope(Permission.SEND_FILE) | own, pk=number, withdrawn_at=None).first()
    return _meaning(row) if row else None


def _meaning(row: Any) -> Meaning:
    words = words_of(row.kind)
    return Meaning(row, CellKind(row.kind), next(word for word in words if word == row.word), words)
