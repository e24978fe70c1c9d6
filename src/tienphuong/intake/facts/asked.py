"""Cells that are asked about: which kind of fact each column says, and the official words an answer may be."""

from collections.abc import Mapping
from typing import Final

from tienphuong.cases.terms import Classification, LabOutcome, Outcome
from tienphuong.core.text.fold import tone_key
from tienphuong.core.words import Word
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.lists.words.reading import NONE
from tienphuong.tracing.terms import FollowUpState


class YesNo(Word):
    """An answer to a question of yes or no."""

    YES = "yes", "có", "yes"
    NO = "no", "không", "no"


class CellKind(Word):
    """The kinds of facts whose cells are asked about."""

    RESULT = "result", "kết quả xét nghiệm", "test result"
    CLASSIFICATION = "classification", "phân loại ca bệnh", "case classification"
    OUTCOME = "outcome", "kết cục", "outcome"
    FOLLOW_UP = "follow_up", "kết quả theo dõi", "follow-up"
    SYMPTOMS = "symptoms", "có triệu chứng", "symptoms"
    BOOLEAN = "boolean", "có hay không", "yes or no"


class Silent(Word):
    """The answer that a cell says nothing of what its column is for."""

    SILENT = NONE, "không nói gì về việc này", "says nothing of it"


KIND_OF: Final[Mapping[F, str]] = {
    F.RESULT: "result",
    F.RESULT_2: "result",
    F.RESULT_3: "result",
    F.CLASSIFICATION: "classification",
    F.OUTCOME: "outcome",
    F.FOLLOW_UP_STATE: "follow_up",
    F.SYMPTOMS: "symptoms",
    F.DIED: "boolean",
    F.RECOVERED: "boolean",
}
ANSWERS: Final[Mapping[str, type[Word]]] = {
    "result": LabOutcome,
    "classification": Classification,
    "outcome": Outcome,
    "follow_up": FollowUpState,
    "symptoms": YesNo,
    "boolean": YesNo,
}
# (kind, key of the cell) -> the official word, as officers answered for one sender.
Answers = Mapping[tuple[str, str], str]


def cell_key(text: str) -> str:
    """The key by which a cell is known again: lower case, accents kept, spaces one; at most 200 characters."""
    return tone_key(text)[:200]


def words_of(kind: str) -> list[Word]:
    """The official words a cell of a kind may be answered with, the last being that it says nothing of it."""
    return [*ANSWERS[kind], Silent.SILENT]
