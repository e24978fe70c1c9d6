"""Rows of our own exports: what was not changed says nothing new, and a changed cell says that one fact of that one record."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.terms import DetectionSetting, LabMethod
from tienphuong.core.choices import LabelledChoice
from tienphuong.core.own_lines import OwnLine
from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.places import Residence, residence
from tienphuong.intake.facts.row import RowReading, SheetContext
from tienphuong.intake.mapping.extract import CellText, RawRecord
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.quarantine.terms import StayState
from tienphuong.registry.entries import PersonEntry

if TYPE_CHECKING:
    from tienphuong.intake.facts.facts import RowFacts

_PERSON: Final = frozenset({F.FULL_NAME, F.SEX, F.BIRTH, F.IDENTITY_NO, F.INSURANCE_NO, F.PHONE})
# What a changed cell of each list can tell, and what the rest of the row is needed for: to know which record is meant.
_TELLS: Final = {
    "cases": frozenset(
        {F.CASE_NO, F.NATIONAL_NO, F.CLASSIFICATION, F.OUTCOME, F.OUTCOME_ON, F.COMMUNE, F.DETECTION_SETTING, F.ONSET_ON, F.DETECTED_ON}
    ),
    "contacts_waiting": frozenset({F.LINKED_CASE}),
    "follow_up": frozenset({F.FOLLOW_UP_STATE}),
    "stays": frozenset({F.OUTCOME, F.LEFT_ON}),
    "samples": frozenset({F.RESULT, F.RESULT_ON, F.METHOD}),
}
_BESIDE: Final = {
    "contacts_waiting": frozenset({F.DEGREE, F.RELATION, F.LAST_CONTACT_ON, F.REPORTED_ON}),
    "follow_up": frozenset({F.FOLLOW_UP_ON}),
    "stays": frozenset({F.QUARANTINE_FORM, F.QUARANTINE_FROM, F.OUTCOME, F.LEFT_ON}),
    "samples": frozenset({F.SAMPLE_CODE, F.POOL_ID, F.SAMPLED_ON, F.RESULT, F.RESULT_ON, F.METHOD, F.CT}),
}
_OFFICIAL: Final[dict[tuple[str, F], tuple[type[LabelledChoice], str, str]]] = {
    ("cases", F.DETECTION_SETTING): (DetectionSetting, "cases", "detection_setting"),
    ("stays", F.OUTCOME): (StayState, "stays", "state"),
    ("samples", F.METHOD): (LabMethod, "labs", "method"),
}


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """The record behind a line: whose it is, where the line is of a person; `gone` when the base holds it no more."""

    line: OwnLine
    person: int | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A row of our own export: the record it is of, and the row with nothing in it but what was changed and what that needs."""

    of: OwnRecord
    reported: frozenset[F]
    record: RawRecord
    untold: tuple[CellText, ...] = ()
    """Changed cells that a list cannot change."""


def edit_of(record: RawRecord, sense: SheetContext) -> Edit | None:
    """What a row of our own export changes; None for a row of anybody else, or one made into somebody else's by hand."""
    own = sense.own.get(record.text(F.OWN_CODE))
    if own is None:
        return None
    list_ = own.line.list
    changed = {target: cell for target, cell in record.cells.items() if target is not F.OWN_CODE and not _holds(own, cell)}
    notes = tuple(cell for cell in record.notes if cell.label and not _holds(own, cell))
    if (own.gone and changed) or _somebody_else(changed.keys()):
        return None
    reported = frozenset(changed) & ((_TELLS.get(list_, frozenset()) | _PERSON) if own.person else frozenset())
    beside = _BESIDE.get(list_, frozenset()) if reported - _PERSON else frozenset()
    if list_ == "cases" and F.OUTCOME_ON in reported:
        beside = frozenset({F.OUTCOME})
    cells = {target: cell for target, cell in record.cells.items() if target in reported | beside}
    untold = tuple(cell for target, cell in changed.items() if target not in reported)
    return Edit(own, reported, replace(record, cells=cells, notes=()), (*untold, *notes))


def _holds(own: OwnRecord, cell: CellText) -> bool:
    return own.line.holds(cell.label, cell.original if isinstance(cell.value, str) or cell.value is None else cell.value)


def _somebody_else(changed: Any) -> bool:
    """A line copied and written over for another person: another name, and something else of the person that is another's."""
    return F.FULL_NAME in changed and bool(changed & (_PERSON - {F.FULL_NAME}))


def note_copied(row: RowReading) -> None:
    """The remark of a row with our code that is read as any other row."""
    row.say(
        Severity.WARNING,
        F.OWN_CODE,
        "Dòng mang mã hồ sơ của phần mềm nhưng họ tên và thông tin khác đã đổi, hoặc hồ sơ không còn; đọc như một dòng mới.",
        "Nếu là người khác, xóa mã hồ sơ ở dòng này.",
    )


def note_missing(row: RowReading, edit: Edit) -> None:
    """The remarks of changed cells that change nothing."""
    for cell in edit.untold:
        row.note_of(
            Severity.WARNING,
            cell,
            sentence("Cột “{column}” của bản xuất đã bị sửa nhưng không đổi được từ tệp; chưa ghi gì.", column=cell.label),
            "Sửa trên trang của người này.",
        )


def narrowed(facts: "RowFacts", edit: Edit) -> None:
    """Cut what the row says down to what was changed."""
    person = facts.person or PersonEntry()
    facts.person = replace(person, area_id=None, area_path="", addresses=(), aliases=())
    facts.cases = [_case(case, edit) for case in facts.cases] if edit.reported - _PERSON else []
    if edit.of.line.list != "contacts_waiting":
        facts.contacts = []
    for target in edit.record.cells:
        _officially(facts, edit, target)


def _case(case: CaseEntry, edit: Edit) -> CaseEntry:
    """The case with what the row's cells say, and nothing that a list of cases says by itself; a correction has its reason."""
    reported = edit.reported
    return replace(
        case,
        case_id=UUID(edit.of.line.record),
        classification=case.classification if F.CLASSIFICATION in reported else "",
        evidence="",
        symptomatic=None,
        source_status="",
        residence_area_id=case.residence_area_id if F.COMMUNE in reported else None,
        residence_area_path=case.residence_area_path if F.COMMUNE in reported else "",
        detection_area_id=None,
        reason=case.reason or sentence("sửa trên bản xuất: {columns}", columns=", ".join(cell.label for cell in _changed(edit)))[:300],
    )


def _changed(edit: Edit) -> list[CellText]:
    return [edit.record.cells[target] for target in edit.reported]


def _officially(facts: "RowFacts", edit: Edit, target: F) -> None:
    """Our own words are read as what they are, in either language."""
    words, of, name = _OFFICIAL.get((edit.of.line.list, target), (None, "", ""))
    if words is None:
        return
    text = fold(edit.record.text(target))
    word = next((word for word in words if text in (fold(word.label), fold(word.label_en))), None)
    if word is not None:
        setattr(facts, of, [replace(entry, **{name: word.value}) for entry in getattr(facts, of)])


def home_of(edit: Edit, row: RowReading) -> Residence:
    """Where the row says somebody lives: an edited row says it only in the cell that was changed."""
    return residence(row) if F.COMMUNE in edit.reported else Residence(None, "", ())
