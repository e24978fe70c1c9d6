"""Everything in one cell: the facts a sender wrote into the column of notes, as cells of their own."""

import re
from dataclasses import replace
from typing import Final

from tienphuong.intake.mapping.extract import CellText, RawRecord
from tienphuong.intake.mapping.terms import TargetField as F

_DATE: Final = r"(?:từ\s+)?(?:ngày\s+)?(\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?)(?!\d)"
_DATED: Final = (
    (F.SAMPLED_ON, re.compile(rf"(?:lấy mẫu|lm)\s*:?\s*{_DATE}", re.IGNORECASE)),
    (F.DETECTED_ON, re.compile(rf"(?:\(\+\)|dương tính)\s*{_DATE}", re.IGNORECASE)),
    (F.REPORTED_ON, re.compile(rf"(?:báo cáo|công bố)\s*:?\s*{_DATE}", re.IGNORECASE)),
    (F.QUARANTINE_FROM, re.compile(rf"(?<!khu )(?:cách ly|\bcl)\s*(?:tại nhà\s*)?:?\s*{_DATE}", re.IGNORECASE)),
    (F.ONSET_ON, re.compile(rf"(?:khởi phát|\bkp)\s*:?\s*{_DATE}", re.IGNORECASE)),
    (F.RECOVERED_ON, re.compile(rf"(?:ra viện|xuất viện|khỏi bệnh|khỏi)\s*:?\s*{_DATE}", re.IGNORECASE)),
    (F.DIED_ON, re.compile(rf"tử vong\s*:?\s*{_DATE}", re.IGNORECASE)),
    (F.LAST_CONTACT_ON, re.compile(rf"\b(?:tx|tiếp xúc)(?: cuối| lần cuối| gần nhất)?\s*:?\s*{_DATE}", re.IGNORECASE)),
    (F.ARRIVED_ON, re.compile(rf"\bvề\s+{_DATE}", re.IGNORECASE)),
)
_WORDED: Final = (
    (F.OUTCOME, re.compile(r"\b(đang điều trị|khỏi(?=\s*[,;.]|$| bệnh)|ra viện|tử vong|chuyển viện|loại trừ|nghi ngờ[^,;.]*)", re.IGNORECASE)),
    (F.DETECTION_SETTING, re.compile(r"(?<![^\W\d_])(cộng đồng|khu cách ly(?: tập trung)?|khu (?:vực )?phong tỏa|khu (?:vực )?phong toả)", re.IGNORECASE)),
    (F.SOURCE_STATUS, re.compile(r"((?:chưa rõ|đã rõ|rõ|đang điều tra) nguồn(?: lây)?)", re.IGNORECASE)),
    (F.TREATMENT_PLACE, re.compile(r"(?:tại|ở)\s+((?:bệnh viện|bv)\s+[^,;.]+)", re.IGNORECASE)),
    (F.SYMPTOMS, re.compile(r"(không triệu chứng)", re.IGNORECASE)),
    (F.QUARANTINE_FORM, re.compile(r"((?:cách ly|theo dõi) tại nhà|cách ly tập trung|theo dõi tại nhà)", re.IGNORECASE)),
)  # fmt: skip
_LINK: Final = re.compile(r"(?:^|[,;.]\s*)(F[0-5]\b\s*(?:,\s*)?(?:của|tiếp xúc|tx|liên quan)[^,;]*)", re.IGNORECASE)
_DEGREE: Final = re.compile(r"^\s*(F[0-5])\b", re.IGNORECASE)
_OWN_NUMBER: Final = re.compile(r"^\s*(BN\s?\d{1,7})\b", re.IGNORECASE)
_RELATION: Final = re.compile(r"^[^,;]*,\s*(?:tiếp xúc[^,;]*,\s*)?([^,;\d]{2,40}?)\s*(?=,|;|$)")
_RESULT: Final = re.compile(rf"\b(?:XN|xét nghiệm)(?:\s*lần\s*(\d))?\s*(âm tính|dương tính|\(-\)|\(\+\))\s*(?:{_DATE})?", re.IGNORECASE)


def with_notes_read(record: RawRecord) -> RawRecord:
    """The record with what its note says filled in where the row left a meaning open; the note itself stays."""
    note = record.cells.get(F.NOTE)
    if note is None or not isinstance(note.value, str) or len(note.value) < 6:
        return record
    found = _read(note.value)
    cells = dict(record.cells)
    for target, text in found.items():
        if target not in cells or cells[target].value is None:
            cells[target] = note._replace(value=text, flags=(*note.flags, "from_note"))
    return replace(record, cells=cells) if found else record


def _read(text: str) -> dict[F, str]:
    found = {target: match.group(1) for target, pattern in _DATED if (match := pattern.search(text))}
    found |= {target: match.group(1).strip() for target, pattern in _WORDED if (match := pattern.search(text))}
    if match := _OWN_NUMBER.match(text):
        found[F.NATIONAL_NO] = match.group(1)
    if match := _LINK.search(text):
        found[F.LINKED_CASE] = match.group(1).strip()
    if match := _DEGREE.match(text):
        found[F.DEGREE] = match.group(1).upper()
        if relation := _RELATION.match(text):
            found[F.RELATION] = relation.group(1).strip()
    if (match := _RESULT.search(text)) and found.get(F.DEGREE, "") != "":
        found[F.RESULT] = match.group(2)
        if match.group(3):
            found[F.RESULT_ON] = match.group(3)
    return found


def from_note(cell: CellText | None) -> bool:
    """Whether a cell was found in a note rather than in a column of its own."""
    return cell is not None and "from_note" in cell.flags
