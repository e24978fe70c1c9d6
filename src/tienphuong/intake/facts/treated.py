"""Where a patient is treated, by its own column or by the words of the outcome."""

import re
from typing import Final

from tienphuong.cases.terms import Classification
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.mapping.terms import TargetField as F

_PLACE: Final = re.compile(r"\b((?:bệnh viện|bv|ttyt|trung tâm y tế|tyt|trạm y tế)(?!\w)\.?\s*[^,;()\n]{2,})", re.IGNORECASE)
_BEHIND: Final = re.compile(r"\s+(?:(?:từ |ngày |hôm |lúc )?\d{1,2}[/.\-h].*|(?:từ|ngày)\s.*|[-–].*)$", re.IGNORECASE)


def treatment_place(row: RowReading) -> str:
    """The place of treatment: the column of places, else the hospital that the outcome names (`đang điều trị BV Đống Đa`)."""
    if named := row.text(F.TREATMENT_PLACE):
        return named[:200]
    found = _PLACE.search(row.text(F.OUTCOME))
    return _BEHIND.sub("", found.group(1)).strip()[:200] if found else ""


_NO_OUTCOME: Final = re.compile(r"\W*no[ _]?outcome\W*")


def has_no_outcome(row: RowReading, classification: str) -> bool:
    """Whether a system writes that there is no outcome of somebody who is no case or only suspected: nobody says that they are treated."""
    doubted = classification in ("", Classification.REFUTED, Classification.SUSPECTED)
    return (
        doubted and _NO_OUTCOME.fullmatch(row.text(F.OUTCOME).lower()) is not None and not (row.cell(F.DIED_ON) or row.cell(F.RECOVERED_ON))
    )
