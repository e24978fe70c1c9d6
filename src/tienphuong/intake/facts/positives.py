"""Positive results in lists that write no results down: what an officer said, for the sender, that they become."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.terms import LabOutcome
from tienphuong.intake.facts.asked import Beyond, CellKind, cell_key
from tienphuong.intake.facts.cases import case_of
from tienphuong.intake.facts.codes import Code
from tienphuong.intake.facts.places import Residence
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.facts.unused import SAMPLES, WRITTEN
from tienphuong.intake.mapping.terms import SheetKind as K
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.lists.words.reading import NONE

_ROUNDS: Final = ((F.RESULT, F.SAMPLED_ON), (F.RESULT_2, F.SAMPLED_ON_2), (F.RESULT_3, F.SAMPLED_ON_3))


def positive_answer(row: RowReading) -> tuple[str, tuple[F, F]]:
    """What the row's positive result becomes by an officer's word, and in which columns its result and day stand; empty where none said."""
    for result, taken in _ROUNDS:
        if result not in WRITTEN.get(row.sense.kind, ()) and row.word("result", result).value == LabOutcome.POSITIVE:
            return row.sense.answers.get((CellKind.POSITIVE, cell_key(row.text(result))), ""), (result, taken)
    return "", _ROUNDS[0]


def case_beyond(row: RowReading, positive: tuple[F, F], home: Residence, *, codes: Sequence[Code], source_row: int | None) -> CaseEntry:
    """The case of a positive person: the row read as a list of cases would be, with the positive result for its result."""
    cells = {target: cell for target, cell in row.record.cells.items() if target not in _other_rounds(row)}
    for target, column in zip(_ROUNDS[0], positive, strict=True):
        if column in row.record.cells:
            cells[target] = row.record.cells[column]
    read = RowReading(replace(row.record, cells=cells), row.sense)
    read.issues = row.issues
    return case_of(read, home, codes=codes, source_row=source_row)


def _other_rounds(row: RowReading) -> frozenset[F]:
    """What says nothing of the case: every result and its day, and in a register the state of the stay."""
    rounds = frozenset(target for pair in _ROUNDS for target in pair)
    return rounds | {F.OUTCOME} if row.sense.kind is K.QUARANTINE_REGISTER else rounds


def written_beyond(answer: str, positive: tuple[F, F]) -> frozenset[F]:
    """What the row writes down by that word."""
    if answer == Beyond.CASE:
        return WRITTEN[K.CASE_LIST] | {*positive}
    if answer == Beyond.SAMPLE:
        return SAMPLES
    return frozenset({positive[0]}) if answer == NONE else frozenset()
