"""Cells that say something which the kind of their list does not write down: remarked on the row, and asked where figures hang on them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from tienphuong.cases.terms import LabOutcome
from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.notes import from_note
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.mapping.terms import SheetKind as K
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity

UNWRITTEN: Final = (
    "Loại danh sách này không ghi việc ở ô này nên chưa ghi nhận; số liệu chưa tính.",
    "Ghi người này vào danh sách ca bệnh hoặc danh sách xét nghiệm, hoặc để cán bộ quyết định.",
)
POSITIVE_BEYOND: Final = (
    "Người có kết quả dương tính trong danh sách không ghi kết quả xét nghiệm: chưa ghi nhận, số liệu chưa tính.",
    "Chọn ghi là ca bệnh hay ghi là mẫu xét nghiệm cho mọi dòng như vậy.",
)
NO_SAMPLE: Final = (
    "Kết quả xét nghiệm không kèm ngày, hoặc ở loại danh sách không ghi xét nghiệm: chưa ghi nhận là mẫu; giữ nguyên chữ gốc.",
    "Ghi ngày lấy mẫu hoặc ngày có kết quả, hoặc gửi danh sách kết quả xét nghiệm.",
)
_KEPT: Final = "Danh sách loại này không ghi vào hồ sơ: {columns}; giữ nguyên chữ gốc."
_REMEDY: Final = "Nếu cần ghi, gửi các cột này trong danh sách đúng loại."

_ENDS: Final = frozenset({F.OUTCOME, F.OUTCOME_ON, F.DIED_ON, F.RECOVERED_ON, F.DIED, F.RECOVERED})
_RESULTS: Final = frozenset({F.RESULT, F.RESULT_2, F.RESULT_3})
SAMPLES: Final = _RESULTS | {
    F.SAMPLED_ON,
    F.SAMPLED_ON_2,
    F.SAMPLED_ON_3,
    F.RESULT_ON,
    F.METHOD,
    F.CT,
    F.POOL_ID,
    F.POOL_RESULT,
    F.SAMPLE_CODE,
    F.LAB,
}
"""What a list of results says of a sample."""
_LINKS: Final = frozenset(
    {F.DEGREE, F.LINKED_CASE, F.LINKED_NAME, F.RELATION, F.EXPOSURE_FROM, F.EXPOSURE_TO, F.LAST_CONTACT_ON, F.EXPOSURE_PLACE}
)
_ILLNESS: Final = frozenset(
    {F.CLASSIFICATION, F.SYMPTOMS, F.ONSET_ON, F.DETECTED_ON, F.DETECTION_SETTING, F.SOURCE_STATUS, F.TREATMENT_PLACE, F.CLUSTER}
)
_STAYS: Final = frozenset({F.QUARANTINE_FORM, F.QUARANTINE_FROM, F.QUARANTINE_TO, F.QUARANTINE_PLACE, F.LEFT_ON, F.ROOM, F.ORDER_NO})
_JOURNEYS: Final = frozenset({F.ARRIVED_ON, F.FROM_PLACE, F.TRANSPORT, F.FLIGHT, F.SEAT, F.FOUND_HOW, F.FOUND_ON})
_CHECKS: Final = frozenset({F.FOLLOW_UP_ON, F.FOLLOW_UP_STATE, F.TEMPERATURE})
_EVENTS: Final = frozenset({F.EVENT_CODE, F.EVENT_KIND, F.EVENT_ON, F.ACTIVITY, F.TIME_FROM, F.TIME_TO, F.NUMBER_PRESENT})
_COUNTS: Final = frozenset(target for target in F if target.value.startswith("count_")) | {F.INDICATOR}
_NOWHERE: Final = _COUNTS | {F.WORKPLACE, F.EXPOSURE, F.HOUSEHOLD_HEAD, F.ROUND, F.POOL_SIZE, F.POOL_MEMBERS}
"""What has a name among columns and no place in the records of a person."""
FACTS: Final = (
    _ENDS | SAMPLES | _LINKS | _ILLNESS | _STAYS | _JOURNEYS | _CHECKS | _EVENTS | _NOWHERE | {F.REPORTED_ON, F.DISEASE, F.VACCINATION}
)
"""Everything but who the person is, what a list is numbered by, and its notes."""
NOTES: Final = frozenset({F.ROW_NO, F.NOTE, F.OWN_CODE, F.IGNORED})
"""What stands beside the facts of a row: its number, its note, its code, and what an officer leaves out."""
PARTS: Final = frozenset(
    {F.FAMILY_NAME, F.GIVEN_NAME, F.BIRTH_OF_MALE, F.BIRTH_OF_FEMALE, F.BIRTH_DAY, F.BIRTH_MONTH, F.BIRTH_YEAR, F.AGE_UNIT}
)
"""What is put together with its neighbours before a row is read."""
_PERSON: Final = frozenset(F) - FACTS - NOTES - PARTS - {F.CASE_NO}

_OF_CASES: Final = (
    _ENDS | _ILLNESS | {F.RESULT, F.RESULT_ON, F.SAMPLED_ON, F.METHOD, F.QUARANTINE_FROM, F.LINKED_CASE, F.REPORTED_ON, F.DISEASE}
)
_OF_CONTACTS: Final = (_LINKS - {F.EXPOSURE_PLACE}) | {F.SAMPLED_ON, F.QUARANTINE_FROM, F.REPORTED_ON, F.DISEASE}
WRITTEN: Final[Mapping[K, frozenset[F]]] = {
    **dict.fromkeys((K.CASE_LIST, K.LINE_LIST, K.SORMAS_CASE, K.SORMAS_LINE_LISTING), _OF_CASES),
    **dict.fromkeys((K.CONTACT_LIST, K.SORMAS_CONTACT, K.SORMAS_CASE_CONTACT), _OF_CONTACTS),
    K.CONTACT_PAIRS: _OF_CONTACTS - {F.DEGREE},
    K.RETURNEES: _JOURNEYS | {F.DETECTED_ON, F.REPORTED_ON, F.DISEASE},
    K.LAB_RESULTS: SAMPLES | {F.ROUND, F.DEGREE, F.REPORTED_ON, F.DISEASE},
    K.QUARANTINE_REGISTER: (_STAYS - {F.ROOM, F.ORDER_NO}) | {F.OUTCOME, F.REPORTED_ON, F.DISEASE},
    K.FOLLOW_UP: _CHECKS | {F.SYMPTOMS, F.DISEASE},
    K.EXPOSURE_EVENTS: _EVENTS | {F.EXPOSURE_PLACE, F.EXPOSURE_FROM, F.DETECTED_ON, F.LINKED_CASE},
}
"""What each kind of list writes down; a kind that is not here writes down people only."""

OF_A_SAMPLE: Final = _ENDS | {F.TREATMENT_PLACE}
"""What a list of results writes down of a positive person's case."""
OF_A_STAY: Final = _STAYS - {F.ROOM, F.ORDER_NO}
"""What a list of contacts writes down of a stay."""
_READ_AS: Final = {
    **dict.fromkeys(_RESULTS, "result"),
    F.CLASSIFICATION: "classification",
    F.OUTCOME: "outcome",
    F.DEGREE: "degree",
    F.DIED: "boolean",
    F.RECOVERED: "boolean",
}
# What changes no figure of cases: said by every row of many lists, and by itself no reason to ask.
_LIGHT: Final = frozenset({"negative", "pending", "in_treatment", "refuted", "no", "none", "F1", "F2", "F3", "F4", "F5"})
_POSITIVE: Final = frozenset({"positive", "confirmed"})
_OTHERWISE: Final = ("state", "follow_up", "symptoms", "form")


def note_unused(row: RowReading, *, also: frozenset[F] = frozenset()) -> None:
    """Remark every cell that is not written down; `also` are those this row writes beyond its kind."""
    kept, outdone = _unwritten(row.sense.kind, also), _outdone(row)
    left = [
        target
        for target in row.record.cells
        if (target in kept or target in outdone) and row.text(target) and not _is_dealt_out(row, target)
    ]
    if not left:
        return
    remarked = {issue.target for issue in row.issues if issue.severity != Severity.INFO}
    for target in left:
        if target not in remarked and _weighs(row, target):
            positive = target in _RESULTS and row.word("result", target).value == LabOutcome.POSITIVE
            row.say(Severity.WARNING, target, *(POSITIVE_BEYOND if positive else UNWRITTEN), value=row.text(target)[:200])
    undated = [target for target in left if target not in remarked and _is_undated(row, target)]
    for target in undated:
        row.say(Severity.WARNING, target, *NO_SAMPLE, value=row.text(target)[:200])
    light = [target for target in left if not (target in undated or _weighs(row, target) or from_note(row.cell(target)))]
    if light:
        row.say(Severity.INFO, light[0], sentence(_KEPT, columns=", ".join(target.label for target in light)), _REMEDY)


def _is_undated(row: RowReading, target: F) -> bool:
    """Whether a cell is a plain answer of a laboratory that no sample is made of; what was found in a note stays in the note."""
    plain = target in _RESULTS and row.word("result", target).value in (LabOutcome.NEGATIVE, LabOutcome.PENDING)
    return plain and not from_note(row.cell(target))


@lru_cache
def _unwritten(kind: K, also: frozenset[F]) -> frozenset[F]:
    """What a list of that kind, or this row of it, does not write down."""
    wanted = FACTS | _PERSON if kind is K.EXPOSURE_EVENTS else FACTS  # an event is nobody's record
    return wanted - WRITTEN.get(kind, frozenset()) - also


def _outdone(row: RowReading) -> frozenset[F]:
    """What another cell of the row is read in place of: the name of a case beside its number."""
    return frozenset({F.LINKED_NAME}) if row.text(F.LINKED_CASE) else frozenset()


def _is_dealt_out(row: RowReading, target: F) -> bool:
    """Whether a cell of a pool's people gave the row its name."""
    name = row.cell(F.FULL_NAME)
    return target is F.POOL_MEMBERS and name is not None and "split_people" in name.flags and name.column == row.record.cells[target].column


def _weighs(row: RowReading, target: F) -> bool:
    """Whether figures hang on what the cell says: a case, a positive test, an end; words that are not understood may say one."""
    kind = _READ_AS.get(target)
    if kind is None:
        return target in _ENDS
    reading = row.word(kind, target)
    if reading.asked and target in (F.OUTCOME, F.DEGREE):
        return (
            target is F.OUTCOME
            and row.word("result", target).word not in _LIGHT
            and not any(row.word(one, target).value for one in _OTHERWISE)
        )
    return reading.word not in _LIGHT and not (reading.word in _POSITIVE and _is_written(row))


def _is_written(row: RowReading) -> bool:
    """Whether the row's own result says that the person is positive, in a list that writes results down."""
    return F.RESULT in WRITTEN.get(row.sense.kind, ()) and row.word("result", F.RESULT).value == "positive"
