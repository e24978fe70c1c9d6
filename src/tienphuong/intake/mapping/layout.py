"""A mapping: which column means what, why, and how it is remembered for a sender."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from .terms import Basis, TargetField
from .wording import bare

_SAME_LABEL = 88.0
_SAME_LAYOUT = 0.85
SURE = 0.8


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column is taken for; `target` None means it is kept as a note under its own label."""

    column: int
    label: str
    target: TargetField | None
    confidence: float
    basis: Basis
    reason: str

    @property
    def sure(self) -> bool:
        """Whether the screen may show it as settled."""
        return self.confidence >= SURE

    @property
    def meaning(self) -> TargetField | None:
        """What the cells say: a column a day holds states of follow-up though it is not the sheet's one column of them."""
        return TargetField.FOLLOW_UP_STATE if self.basis is Basis.DAILY else self.target

    @property
    def decision(self) -> str:
        """What becomes of the column: `sure` is taken, `ask` waits for an officer, `note` is kept beside the row, `ignore` is left."""
        if self.basis is Basis.DAILY:
            return "sure"
        if self.target is None:
            return "note"
        if self.target is TargetField.IGNORED:
            return "ignore"
        return "sure" if self.sure else "ask"


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of one sheet with their meanings."""

    columns: tuple[ColumnGuess, ...]

    def column_of(self, target: TargetField) -> int | None:
        """The 0-based column of a meaning."""
        return next((guess.column for guess in self.columns if guess.target is target), None)

    def without(self, columns: Iterable[int], *, daily: bool = False) -> "Mapping":
        """The mapping with some columns apart, whatever their cells look like; an officer's choice stands.

        They are kept as notes, or, with `daily`, each holds the checks of its day.
        """
        left = frozenset(columns)
        basis, confidence = (Basis.DAILY, 1.0) if daily else (Basis.NONE, 0.0)
        plain = (replace(g, target=None, confidence=confidence, basis=basis, reason=Basis.DAILY.label) for g in self.columns)
        kept = zip(self.columns, plain, strict=True)
        return Mapping(tuple(note if g.column in left and g.basis is not Basis.OFFICER else g for g, note in kept))

    @property
    def targets(self) -> frozenset[TargetField]:
        """The meanings that have a column."""
        return frozenset(guess.target for guess in self.columns if guess.target is not None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the columns."""
        return tuple(guess.label for guess in self.columns)

    def changed(self, column: int, *, target: TargetField | None) -> "Mapping":
        """The mapping after an officer chose a meaning; another column that had it becomes a note."""
        moved = [_officers(guess, column=column, target=target) for guess in self.columns]
        return Mapping(tuple(moved))

    def to_json(self) -> str:
        """The mapping as it is stored for a sender."""
        columns = [[g.column, g.label, g.target, round(g.confidence, 3), g.basis, g.reason] for g in self.columns]
        return json.dumps({"columns": columns}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Mapping":
        """The mapping as it was stored."""
        return cls(tuple(_guess_from(entry) for entry in json.loads(text)["columns"]))


def _guess_from(entry: list[Any]) -> ColumnGuess:
    column, label, target, confidence, basis, reason = entry
    return ColumnGuess(column, label, TargetField(target) if target else None, confidence, Basis(basis), reason)


def _officers(guess: ColumnGuess, *, column: int, target: TargetField | None) -> ColumnGuess:
    """One column after the officer's choice."""
    if guess.column == column:
        return replace(guess, target=target, confidence=1.0, basis=Basis.OFFICER, reason=Basis.OFFICER.label)
    if target is not None and guess.target is target:
        return replace(guess, target=None, confidence=0.0, basis=Basis.NONE, reason="ý nghĩa này đã chuyển sang cột khác")
    return guess


def sender_signature(headers: Sequence[str]) -> str:
    """The short name of a layout: the same for the same labels whatever their case, accents or order."""
    words = sorted(bare(label) for label in headers if label.strip())
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]


def reapply(remembered: Mapping, labels: Sequence[str]) -> Mapping | None:
    """A remembered mapping laid over new labels, columns moved where they moved; None when the layout is another one."""
    known = [guess for guess in remembered.columns if guess.label.strip()]
    pairs = _paired([guess.label for guess in known], labels)
    filled = sum(1 for label in labels if label.strip())
    if not known or len(pairs) < _SAME_LAYOUT * max(len(known), filled):
        return None
    found = {column: known[index] for index, column in pairs.items()}
    return Mapping(tuple(_remembered(column, label, found.get(column)) for column, label in enumerate(labels)))


def _remembered(column: int, label: str, guess: ColumnGuess | None) -> ColumnGuess:
    """One column as it was settled last time."""
    if guess is None:
        return ColumnGuess(column, label, None, 0.0, Basis.NONE, "cột mới, chưa có trong lần gửi trước")
    return ColumnGuess(column, label, guess.target, max(0.9, guess.confidence), Basis.REMEMBERED, Basis.REMEMBERED.label)


def _paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Old label to new column, nearest labels first, each used once."""
    scored = [
        (fuzz.ratio(bare(before), bare(after)), -abs(index - column), index, column)
        for index, before in enumerate(old)
        for column, after in enumerate(new)
        if after.strip()
    ]
    pairs: dict[int, int] = {}
    for score, _, index, column in sorted(scored, reverse=True):
        if score >= _SAME_LABEL and index not in pairs and column not in pairs.values():
            pairs[index] = column
    return pairs
