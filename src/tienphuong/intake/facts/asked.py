"""Cells that are asked about: which kind of fact each column says, and the official words an answer may be."""

from collections.abc import Mapping
from typing import Final

from tienphuong.cases.terms import Classification, DetectionSetting, LabMethod, LabOutcome, Outcome, SourceStatus
from tienphuong.core.choices import LabelledChoice
from tienphuong.core.text.fold import tone_key
from tienphuong.intake.mapping.terms import SheetKind
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import DayOrder
from tienphuong.lists.words.reading import NONE
from tienphuong.quarantine.terms import QuarantineForm, StayState
from tienphuong.tracing.terms import ContactKind, Degree, FollowUpState, IdentifiedBy


class YesNo(LabelledChoice):
    """An answer to a question of yes or no."""

    YES = "yes", "có", "yes"
    NO = "no", "không", "no"


class CellKind(LabelledChoice):
    """The kinds of facts whose cells are asked about."""

    RESULT = "result", "kết quả xét nghiệm", "test result"
    CLASSIFICATION = "classification", "phân loại ca bệnh", "case classification"
    OUTCOME = "outcome", "kết cục", "outcome"
    FOLLOW_UP = "follow_up", "kết quả theo dõi", "follow-up"
    SYMPTOMS = "symptoms", "có triệu chứng", "symptoms"
    DEGREE = "degree", "diện tiếp xúc", "degree of contact"
    FORM = "form", "hình thức cách ly", "form of quarantine"
    STATE = "state", "tình trạng cách ly", "state of quarantine"
    BOOLEAN = "boolean", "có hay không", "yes or no"
    SETTING = "setting", "nơi phát hiện", "setting of detection"
    SOURCE = "source", "nguồn lây", "source of infection"
    METHOD = "method", "phương pháp xét nghiệm", "method of the test"
    FOUND = "found", "phát hiện qua", "found how"
    CONTACT_KIND = "contact_kind", "cách tiếp xúc", "kind of contact"
    DAY_ORDER = "day_order", "thứ tự ngày, tháng của cột", "order of days of a column"
    POSITIVE = "positive", "người dương tính trong danh sách không ghi xét nghiệm", "positive person of a list that writes no tests down"


class Beyond(LabelledChoice):
    """What becomes of a positive result in a list that writes no results down."""

    CASE = "case", "ghi là ca bệnh", "write down as a case"
    SAMPLE = "sample", "ghi là mẫu xét nghiệm, ca bệnh theo định nghĩa ca", "write down as a sample, the case by the case definition"


class Silent(LabelledChoice):
    """The answer that a cell says nothing of what its column is for."""

    SILENT = NONE, "không nói gì về việc này", "says nothing of it"


_KIND_OF: Final[Mapping[F, CellKind]] = {
    F.RESULT: CellKind.RESULT,
    F.POOL_RESULT: CellKind.RESULT,
    F.RESULT_2: CellKind.RESULT,
    F.RESULT_3: CellKind.RESULT,
    F.CLASSIFICATION: CellKind.CLASSIFICATION,
    F.OUTCOME: CellKind.OUTCOME,
    F.FOLLOW_UP_STATE: CellKind.FOLLOW_UP,
    F.SYMPTOMS: CellKind.SYMPTOMS,
    F.DEGREE: CellKind.DEGREE,
    F.QUARANTINE_FORM: CellKind.FORM,
    F.QUARANTINE_PLACE: CellKind.FORM,
    F.DIED: CellKind.BOOLEAN,
    F.RECOVERED: CellKind.BOOLEAN,
    F.DETECTION_SETTING: CellKind.SETTING,
    F.SOURCE_STATUS: CellKind.SOURCE,
    F.METHOD: CellKind.METHOD,
    F.FOUND_HOW: CellKind.FOUND,
    F.RELATION: CellKind.CONTACT_KIND,
}
_IN_LIST: Final[Mapping[tuple[F, SheetKind], CellKind]] = {
    (F.OUTCOME, SheetKind.QUARANTINE_REGISTER): CellKind.STATE,
    (F.DETECTION_SETTING, SheetKind.RETURNEES): CellKind.FOUND,
}
NOTED: Final = frozenset({F.DETECTION_SETTING, F.SOURCE_STATUS, F.METHOD, F.FOUND_HOW, F.RELATION})
"""The fields no figure of a case hangs on: their rows are written down without them, and they are asked about last."""
ANSWERS: Final[Mapping[str, type[LabelledChoice]]] = {
    CellKind.RESULT: LabOutcome,
    CellKind.CLASSIFICATION: Classification,
    CellKind.OUTCOME: Outcome,
    CellKind.FOLLOW_UP: FollowUpState,
    CellKind.DEGREE: Degree,
    CellKind.FORM: QuarantineForm,
    CellKind.STATE: StayState,
    CellKind.SYMPTOMS: YesNo,
    CellKind.BOOLEAN: YesNo,
    CellKind.SETTING: DetectionSetting,
    CellKind.SOURCE: SourceStatus,
    CellKind.METHOD: LabMethod,
    CellKind.FOUND: IdentifiedBy,
    CellKind.CONTACT_KIND: ContactKind,
    CellKind.POSITIVE: Beyond,
    CellKind.DAY_ORDER: DayOrder,
}
# (kind, key of the cell) -> the official word, as officers answered for one sender.
Answers = Mapping[tuple[str, str], str]


def kind_of(target: F, sheet: SheetKind) -> CellKind | None:
    """The kind of fact a column of a list says; one heading says another kind of fact in some lists."""
    return _IN_LIST.get((target, sheet)) or _KIND_OF.get(target)


def cell_key(text: str) -> str:
    """The key by which a cell is known again: lower case, accents kept, spaces one; at most 200 characters."""
    return tone_key(text)[:200]


def words_of(kind: str) -> list[LabelledChoice]:
    """The official words a cell of a kind may be answered with, the last being that it says nothing of it; a column has some order."""
    return [*ANSWERS[kind]] if kind == CellKind.DAY_ORDER else [*ANSWERS[kind], Silent.SILENT]
